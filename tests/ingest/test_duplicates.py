from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.duplicates import NEAR, Sketch, duplicates, from_hex, resemblance, sketch, to_hex
from ingest.records import Block, Document
from ingest.words import words
from tests.fakes import make_document

#: Words that are their own stems, so that a run of five stems is a run of five words.
WORDS = [f"w{number}" for number in range(400)]
ARTICLE = [f"{' '.join(WORDS[i : i + 12])}." for i in range(0, 240, 12)]
MENU = ["Home", "About us", "Contact", "Log in"]


def document(*lines: str) -> Document:
    return make_document(*(Block("paragraph", line) for line in lines))


def exact(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of runs of five words that two texts have in common, from the definition."""
    first, second = ({tuple(text[i : i + 5]) for i in range(max(1, len(text) - 4))} for text in (one, other))
    return len(first & second) / len(first | second)


def of(text: Sequence[str]) -> Sketch:
    return sketch(document(" ".join(text)))


def test_the_words_made_here_are_their_own_stems() -> None:
    assert words(" ".join(WORDS)) == WORDS


def test_an_exact_copy_is_a_duplicate() -> None:
    article = sketch(document(*ARTICLE))
    assert resemblance(article, article) == 1
    assert duplicates({"a.md": article, "b.md": article}) == {"b.md": "a.md"}


def test_a_copy_with_another_menu_around_it_is_a_duplicate() -> None:
    saved, printed = document(*MENU, *ARTICLE), document(*ARTICLE, "Printed on paper", "All rights reserved")
    assert duplicates({"page": sketch(saved), "print": sketch(printed)}) == {"print": "page"}


def test_case_spelling_and_the_way_it_is_cut_into_blocks_make_no_other_text() -> None:
    one = document("The PHYSICIAN’S non‑compete clauses — read twice, sign once, keep copies of both.")
    other = document("the physician's non-compete clauses", "read twice sign once", "keep copies of both")
    assert sketch(one) == sketch(other)


def test_half_of_a_text_is_no_duplicate_of_the_whole() -> None:
    whole, half = sketch(document(*ARTICLE)), sketch(document(*ARTICLE[:10]))
    assert resemblance(whole, half) == pytest.approx(116 / 236)  # 120 of 240 words: 116 of 236 runs of five
    assert duplicates({"whole": whole, "half": half}) == {}


def test_texts_that_share_their_words_in_another_order_are_no_duplicates() -> None:
    assert duplicates({"one": of(WORDS[:60]), "other": of(WORDS[:60][::-1])}) == {}


texts = st.lists(st.sampled_from(WORDS[:4]), min_size=1, max_size=40)


@given(texts, texts)
def test_of_small_texts_the_resemblance_is_exact(one: list[str], other: list[str]) -> None:
    assert resemblance(of(one), of(other)) == pytest.approx(exact(one, other))
    assert resemblance(of(one), of(other)) == resemblance(of(other), of(one))


@pytest.mark.parametrize("common", [100, 500, 900, 980])
def test_of_large_texts_the_resemblance_is_near_the_exact_one(common: int) -> None:
    chosen = random.Random(5).choices(WORDS, k=2_000 - common)
    one, other = chosen[:1_000], chosen[1_000 - common :]
    true = exact(one, other)
    error = (true * (1 - true) / 256) ** 0.5
    assert abs(resemblance(of(one), of(other)) - true) <= 4 * error


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a"), ("b", "c", "a")])
def test_the_first_of_equal_texts_is_kept_for_all_of_them(order: tuple[str, ...]) -> None:
    article = sketch(document(*ARTICLE))
    assert duplicates(dict.fromkeys(order, article)) == dict.fromkeys(order[1:], order[0])


def test_a_text_is_kept_under_the_one_that_is_nearest_to_it() -> None:
    near, nearer = [*WORDS[:100]], [*WORDS[12:112]]
    third = WORDS[6:110]
    assert exact(near, nearer) < NEAR < exact(near, third) < exact(nearer, third)
    assert duplicates({"near": of(near), "nearer": of(nearer), "third": of(third)}) == {"third": "nearer"}


@given(st.lists(texts, max_size=8))
def test_every_text_is_kept_or_near_an_earlier_one_that_is(written: list[list[str]]) -> None:
    sketches = {str(number): of(text) for number, text in enumerate(written)}
    found = duplicates(sketches)
    kept = [name for name in sketches if name not in found]
    assert all(int(other) < int(name) and other in kept for name, other in found.items())
    assert all(resemblance(sketches[name], sketches[other]) >= NEAR for name, other in found.items())
    assert all(resemblance(sketches[one], sketches[other]) < NEAR for one, other in combinations(kept, 2))


@given(texts)
def test_a_sketch_that_was_written_is_read_as_it_was(text: list[str]) -> None:
    assert from_hex(to_hex(of(text))) == of(text)
    assert list(of(text)) == sorted(set(of(text)))
