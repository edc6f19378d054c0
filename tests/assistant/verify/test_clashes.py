from __future__ import annotations

from dataclasses import asdict

import pytest

from assistant.verify.clashes import compare
from assistant.verify.reading import read
from assistant.verify.vocabulary import vocabulary

SENTENCE = "Residents must give 90 days of notice in June before they leave the Houston clinic."


def kinds(claim: str, sentence: str = SENTENCE) -> set[str]:
    near = read(sentence)
    return {kind for kind, count in asdict(compare(read(claim), near, whole=near)).items() if count}


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("Residents must give 60 days of notice.", "number"),
        ("Residents must give 90 weeks of notice.", "unit"),
        ("Residents must give 90 days of notice in July.", "date"),
        ("Residents must give 90 days before they leave the Dallas clinic.", "name"),
        ("Residents must not give 90 days of notice in June before they leave the Houston clinic.", "negation"),
        ("Residents may give 90 days of notice.", "modal"),
        ("Residents must give 90 days of notice after they leave.", "condition"),
    ],
)
def test_a_claim_that_says_otherwise_clashes(claim: str, kind: str) -> None:
    assert kind in kinds(claim)


@pytest.mark.parametrize(
    "claim",
    [
        SENTENCE,
        "Residents must give ninety days of notice.",
        "Before they leave, residents have to give 90 days of notice.",
        "Residents should give 90 days of notice.",
    ],
)
def test_a_claim_that_says_the_same_or_less_does_not(claim: str) -> None:
    assert kinds(claim) == set()


def test_words_in_another_order_turn_who_does_what() -> None:
    assert kinds("The group pays the physician.", "The physician pays the group.") == {"order"}


def test_an_amount_in_the_place_of_another_clashes_and_a_left_out_one_does_not() -> None:
    assert kinds("Some fellows moonlight.", "All fellows moonlight.") == {"amount"}
    assert kinds("Fellows moonlight.", "All fellows moonlight.") == set()


def test_an_opposite_clashes_though_both_words_stand_in_the_sentence() -> None:
    sentence = "The mentor plans, and the mentee writes."
    assert "opposite" in kinds("The mentor plans, and the mentor writes.", sentence)


def test_every_opposite_is_one_both_ways() -> None:
    opposites = vocabulary().opposites
    assert all(word in opposites[other] for word, others in opposites.items() for other in others)
