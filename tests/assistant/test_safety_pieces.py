from __future__ import annotations

import math

import pytest

from assistant.safety.pieces import BUCKETS, pieces


@pytest.mark.parametrize("question", ["I can't go on", "a", "what is a letter of intent"])
def test_pieces_fall_into_the_buckets_and_have_length_one(question: str) -> None:
    said = pieces(question)
    assert all(0 <= bucket < BUCKETS for bucket in said)
    assert math.sqrt(sum(value**2 for value in said.values())) == pytest.approx(1.0)


def test_one_thing_written_in_two_ways_has_the_same_pieces() -> None:
    assert pieces("I CANNOT go on") == pieces("i can't  go on")


def test_the_order_of_words_counts() -> None:
    assert pieces("home is not safe") != pieces("safe is not home")


def test_nothing_said_has_no_pieces() -> None:
    assert pieces("") == {}
