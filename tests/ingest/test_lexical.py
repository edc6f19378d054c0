from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IndexMissingError
from ingest.lexical import LexicalIndex
from ingest.words import STOP_WORDS, content_words, words

TEXTS = ["mentor mentor pay", "pay", "call"]


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Finding mentors", ["find", "mentor"]),
        ("What should I ask about the buy-in?", ["ask", "buy", "buyin"]),
        ("a non‑compete and a noncompete", ["non", "compet", "noncompet", "noncompet"]),
        ("The physician's, physicians' and physician’s pay", ["physician", "physician", "physician", "pay"]),
        ("H-1B and 401(k) wRVUs", ["h", "1b", "h1b", "401", "k", "wrvus"]),
        ("ＰＡＹ Straße", ["pay", "strass"]),
        ("AI/ML_notes", ["ai", "ml", "note"]),
        ("pay, pay", ["pay", "pay"]),
        ("what is the … ?", []),
        ("", []),
    ],
)
def test_a_text_is_indexed_under_the_stems_of_its_subject_words(text: str, stems: list[str]) -> None:
    assert words(text) == stems


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("I'm looking for a mentor", "I am looking for a mentor"),
        ("I’ve signed a lease", "I have signed a lease"),
        ("you'll need a mentor", "you will need a mentor"),
        ("we're leaving", "we are leaving"),
        ("I'd like a mentor", "I would like a mentor"),
        ("what's a mentor", "what is a mentor"),
    ],
)
def test_a_contraction_of_function_words_counts_as_they_do(short: str, long: str) -> None:
    assert words(short) == words(long)


@pytest.mark.parametrize("text", ["don't", "can’t", "isn't", "won't"])
def test_a_contraction_of_not_names_no_subject(text: str) -> None:
    assert content_words(text) == []
    assert set(words(text)) <= {"not"}


def test_the_spelling_with_a_hyphen_finds_the_one_without_and_the_other_way_round() -> None:
    index = LexicalIndex.of(["a buyin", "a buy-in", "a salary"])
    for query in ("buyin", "buy-in"):
        assert (index.scores(query) > 0).tolist() == [True, True, False]


def test_content_words_are_shown_as_they_were_written() -> None:
    question = "What should I ask my Program Director’s office about non‑compete clauses, please?"
    assert content_words(question) == ["Program", "Director", "office", "non-compete", "clauses"]


def test_light_words_name_no_subject_but_are_searched_for() -> None:
    assert content_words("How long does it usually take to find one?") == ["usually"]
    assert words("How long to find one?") == ["long", "find", "one"]


def test_scores_are_those_of_the_published_formula_by_hand() -> None:
    index = LexicalIndex.of(TEXTS)
    mentor, pay = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5)), math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    average = 5 / 3
    norms = [1.5 * (0.25 + 0.75 * length / average) for length in (3, 1, 1)]
    expected = [mentor * 2 / (2 + norms[0]) + pay * 1 / (1 + norms[0]), pay * 1 / (1 + norms[1]), 0]
    assert index.scores("a mentor’s pay").tolist() == pytest.approx(expected, rel=1e-5)
    assert (index.weight("mentor"), index.weight("pay")) == pytest.approx((mentor, pay))


def test_a_word_that_no_text_holds_scores_nothing_and_raises_the_ceiling() -> None:
    index = LexicalIndex.of(TEXTS)
    assert index.scores("tail coverage").tolist() == [0, 0, 0]
    assert index.scores("pay coverage").tolist() == index.scores("pay").tolist()
    assert index.ceiling("pay coverage") == pytest.approx(index.ceiling("pay") + math.log(1 + 3.5 / 0.5))
    assert index.weight("coverag") > index.weight("call") > index.weight("pay") > 0


def test_a_question_of_function_words_scores_nothing_under_a_ceiling_of_nothing() -> None:
    index = LexicalIndex.of(TEXTS)
    assert index.scores("what is it?").tolist() == [0, 0, 0]
    assert index.ceiling("what is it?") == 0


def test_a_text_of_function_words_keeps_its_row() -> None:
    assert (LexicalIndex.of(["of the", "pay"]).scores("pay") > 0).tolist() == [False, True]


_texts = st.lists(st.sampled_from(["mentor", "pay", "call", "tail", "buy-in", "the"]), max_size=8).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(_texts, min_size=1, max_size=6), _texts)
def test_no_score_passes_the_ceiling(texts: list[str], query: str) -> None:
    index = LexicalIndex.of(texts)
    scores = index.scores(query)
    assert scores.shape == (len(texts),)
    assert scores.min() >= 0
    assert scores.max() <= index.ceiling(query) + 1e-5


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert set(words(text)).isdisjoint({""})
    assert all(word.casefold() not in STOP_WORDS for word in content_words(text))


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    index = LexicalIndex.of([*TEXTS, "buy-in Straße"])
    index.save(tmp_path / "lexical")
    opened = LexicalIndex.load(tmp_path / "lexical")
    for query in ("mentor pay", "buy-in", "straße tail", ""):
        assert np.array_equal(opened.scores(query), index.scores(query))
        assert opened.ceiling(query) == index.ceiling(query)


def test_an_index_that_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"lexical: the lexical index is missing; rebuild with curbside ingest"):
        LexicalIndex.load(tmp_path / "lexical")


def test_an_index_that_is_not_whole_says_what_to_run(tmp_path: Path) -> None:
    LexicalIndex.of(TEXTS).save(tmp_path)
    next(tmp_path.glob("*.npy")).unlink()
    with pytest.raises(IndexMissingError, match="rebuild with curbside ingest"):
        LexicalIndex.load(tmp_path)
