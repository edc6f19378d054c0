from __future__ import annotations

import pytest

from assistant.spell import correct

KNOWN = {"residency": 9, "interview": 5, "appeal": 4, "loans": 6, "loan": 6, "mentor": 30, "curriculum": 3, "rare": 1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("after residensy", "after residency"),
        ("interveiw tips", "interview tips"),  # a swap of neighbours is one slip
        ("can i apeal?", "can i appeal?"),
        ("curiculumm plan", "curriculum plan"),  # two slips in a long word
        ("my menter", "my mentor"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert correct(typed, KNOWN) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "mentor loans",  # known
        "Duke residency",  # a name
        "PGY wRVU",  # short forms
        "don't loan",  # a contraction
        "lxn",  # too short to tell
        "cartographer",  # nothing like it
        "rure",  # only a word of one passage is near
        "interviews",  # the same word with an ending
        "🙂 401(k) ½",
    ],
)
def test_anything_else_stays_as_it_is(typed: str) -> None:
    assert correct(typed, KNOWN) == typed


def test_of_two_words_as_near_the_commoner_is_meant() -> None:
    assert correct("a loanz question", {"loans": 2, "loan": 8}) == "a loan question"


def test_the_name_of_another_trade_is_no_slip() -> None:
    assert correct("police", {"policy": 12}) == "police"


def test_a_word_of_the_encoder_s_vocabulary_is_no_slip() -> None:
    known = {"reference": 9}
    assert correct("referense", known) == "reference"
    assert correct("referense", known, is_word={"referense"}.__contains__) == "referense"


@pytest.mark.parametrize("typed", ["chole", "ruder", "locker"])
def test_in_a_short_word_no_letter_stands_for_another_and_a_comparative_is_no_slip(typed: str) -> None:
    known = {"chose": 9, "rude": 9, "locked": 9, "mentor": 9, "tail": 9}
    assert correct(typed, known, is_word={"locker"}.__contains__) == typed
    assert correct("mentr tial", known) == "mentor tail"
