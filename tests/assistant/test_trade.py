from __future__ import annotations

import pytest

from assistant.trade import other_trade


@pytest.mark.parametrize(
    "question",
    [
        "what should an architect ask before buying into a studio",
        "i'm a lawyer and my mentor keeps cancelling",
        "dentists: is a non-compete normal?",
        "teacher here, how do i ask for a raise",
        "senior accountant, should I wait for partner",
        "teacher mentor wont reply",
        "np school or pa school",
        "how do plumbers find a master",
        "what should a new police officer know the first year",
        "two years in at a law firm and nobody says how partners are picked",
    ],
)
def test_somebody_of_another_trade_is_recognised(question: str) -> None:
    assert other_trade(question) == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "do i need a lawyer to read my contract",
        "attorney contract review, worth it?",
        "lawyer pay for a contract review",
        "can my accountant set up a solo 401(k)",
        "how do i work with a new nurse practitioner",
        "what does my startup package include",
        "what should I ask about buy-in terms",
        "should I tell my therapist about my program director",
    ],
)
def test_people_whom_a_physician_hires_or_works_beside_are_no_trade_of_the_asker(question: str) -> None:
    assert other_trade(question) == 0.0


def test_a_trade_that_is_only_named_counts_half_and_a_quarter_beside_medicine() -> None:
    assert other_trade("does the offer include dental insurance") == 0.5
    assert other_trade("my spouse works in a museum and I am a resident, who should look first") == 0.25


def test_apostrophes_and_line_breaks_do_not_matter() -> None:
    assert other_trade("I’m\na lawyer") == 1.0
