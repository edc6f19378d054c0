from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Block, Passage, Sentence, digest, embedded_text, heading_of, passage_id
from tests.fakes import make_document

PASSAGE = Passage(
    id="0" * 16,
    document="a/document",
    heading_path=("Outer", "Inner"),
    kind="guidance",
    text="Ask early.\n- Why?",
    start=6,
    end=23,
    sentences=(Sentence(0, 10, "sentence", 0), Sentence(13, 17, "item", 1)),
)


def test_the_text_of_a_document_has_every_block_on_a_line_of_its_own() -> None:
    document = make_document(
        Block("heading", "Pay", 2), Block("paragraph", "Ask:"), Block("item", "Why?", 1, "1. "), Block("row", "a · b")
    )
    assert document.text == "Pay\nAsk:\n1. Why?\na · b"
    assert make_document().text == ""


def test_a_quote_is_the_slice_that_the_sentence_names() -> None:
    assert [PASSAGE.quote(sentence) for sentence in PASSAGE.sentences] == ["Ask early.", "Why?"]


def test_a_digest_is_sha_256_over_the_parts_with_their_lengths_in_bytes() -> None:
    expected = hashlib.sha256((2).to_bytes(8, "big") + "é".encode() + (0).to_bytes(8, "big")).hexdigest()
    assert digest("é", "") == expected


parts = st.lists(st.text(max_size=4), max_size=4)


@given(parts, parts)
def test_equal_digests_mean_equal_parts(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_parts_do_not_run_into_each_other() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", ""), digest("", "abc")}) == 5


def test_a_passage_id_is_the_same_on_every_machine() -> None:
    document = replace(make_document(), library="Curbside", id="practice/buy-in")
    state = hashlib.sha256()
    for part in ("Curbside", "practice/buy-in", "Outer", "Inner", "Ask early."):
        state.update(len(part).to_bytes(8, "big") + part.encode())
    assert passage_id(document, heading_path=("Outer", "Inner"), text="Ask early.") == state.hexdigest()[:16]


def test_a_passage_id_tells_library_document_headings_and_text_apart() -> None:
    document = make_document()
    ids = {
        passage_id(document, heading_path=("A", "B"), text="Text."),
        passage_id(document, heading_path=("A",), text="Text."),
        passage_id(document, heading_path=("A", "B"), text="Text!"),
        passage_id(replace(document, library="Other"), heading_path=("A", "B"), text="Text."),
        passage_id(replace(document, id="other"), heading_path=("A", "B"), text="Text."),
    }
    assert len(ids) == 5


def test_a_new_title_or_review_date_leaves_a_passage_its_id() -> None:
    document = make_document()
    renamed = replace(document, title="Another title", summary="New.")
    assert passage_id(document, heading_path=(), text="A") == passage_id(renamed, heading_path=(), text="A")


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (PASSAGE, "Title › Outer › Inner\nAsk early.\n- Why?"),
        (replace(PASSAGE, lead_in="Ask these:"), "Title › Outer › Inner\nAsk these:\nAsk early.\n- Why?"),
        (replace(PASSAGE, heading_path=()), "Title\nAsk early.\n- Why?"),
    ],
)
def test_a_passage_is_embedded_below_its_title_and_headings(passage: Passage, expected: str) -> None:
    assert embedded_text("Title", passage) == expected


def test_the_heading_of_a_passage_is_its_innermost_or_the_title() -> None:
    assert heading_of("Title", PASSAGE) == "Inner"
    assert heading_of("Title", replace(PASSAGE, heading_path=())) == "Title"
