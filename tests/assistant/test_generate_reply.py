from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generate.reply import ReplyParser, Unit

PROSE = "A buy-in is a price [P1]. It covers equipment. [P2] See Dr. Lee first [P1][P3].\nThen ask. [P2, P4]"
LIST = """Ask these questions:

- How is it calculated? [P1]
- Who values it, and
  when is that? [P2]

1. Ask for the price. Then a copy. [P1]
2) Read it [p02].

## A heading
---
Last words without a key."""


def _read(text: str, cuts: tuple[int, ...] = ()) -> list[Unit]:
    parser = ReplyParser()
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    units = [unit for start, end in pairwise(edges) for unit in parser.feed(text[start:end])]
    return [*units, *parser.end()]


def _flat(units: list[Unit]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(said.text, said.keys, unit.role) for unit in units for said in unit.said]


def test_each_sentence_has_the_keys_within_it_and_behind_it() -> None:
    assert _flat(_read(PROSE)) == [
        ("A buy-in is a price.", ("P1",), "sentence"),
        ("It covers equipment.", ("P2",), "sentence"),
        ("See Dr. Lee first.", ("P1", "P3"), "sentence"),
        ("Then ask.", ("P2", "P4"), "sentence"),
    ]


def test_list_items_are_units_and_headings_and_rules_are_nothing() -> None:
    assert _flat(_read(LIST)) == [
        ("Ask these questions:", (), "sentence"),
        ("How is it calculated?", ("P1",), "item"),
        ("Who values it, and when is that?", ("P2",), "item"),
        ("Ask for the price.", ("P1",), "item"),
        ("Then a copy.", ("P1",), "item"),
        ("Read it.", ("P2",), "item"),
        ("Last words without a key.", (), "sentence"),
    ]
    assert [unit.section for unit in _read(LIST)] == [0, 1, 1, 1, 1, 2]


@pytest.mark.parametrize("text", [PROSE, LIST, "One. [P1", "x [P1] y. [P 2] Z? [note] No. 5 of it."])
@given(cuts=st.lists(st.integers(0, 400)).map(tuple))
def test_however_a_reply_is_cut_into_pieces_its_sentences_are_the_same(text: str, cuts: tuple[int, ...]) -> None:
    assert _read(text, cuts) == _read(text)


@given(st.text(st.sampled_from("aB1.?: \n-*#[]P,(）é"), max_size=80), st.lists(st.integers(0, 80)).map(tuple))
def test_any_text_cut_in_any_way_gives_the_same_sentences(text: str, cuts: tuple[int, ...]) -> None:
    assert _read(text, cuts) == _read(text)


@given(st.text(st.sampled_from("aB1.? \n-*"), max_size=80))
def test_no_letter_of_a_reply_is_lost(text: str) -> None:
    letters = [c for c in text if c in "aB"]
    assert [c for unit in _read(text) for said in unit.said for c in said.text if c in "aB"] == letters


def test_a_sentence_is_given_out_as_soon_as_the_next_one_has_begun() -> None:
    parser = ReplyParser()
    assert parser.feed("One thing [P1]. Another") == []
    assert _flat(parser.feed(" thing [P2].")) == [("One thing.", ("P1",), "sentence")]


def test_a_line_that_ends_with_its_keys_is_given_out_at_once() -> None:
    assert _flat(ReplyParser().feed("- One thing [P1]\n")) == [("One thing", ("P1",), "item")]


def test_what_is_left_of_a_reply_that_was_cut_off_is_not_given_out() -> None:
    parser = ReplyParser()
    parser.feed("One thing. [P1] Another thing [P")
    assert _flat(parser.feed("")) == []
