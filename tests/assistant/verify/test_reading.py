from __future__ import annotations

import pytest

from assistant.verify.reading import read


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Give 90 days of notice", {(90.0, "day")}),
        ("three weeks off", {(3.0, "week")}),
        ("a bonus of $25,000", {(25000.0, "dollar")}),
        ("5% or 5 percent", {(5.0, "percent")}),
        ("two hundred hours", {(200.0, "hour")}),
        ("$1.5 million", {(1500000.0, "dollar")}),
        ("the one who left", set()),
        ("a 4-hour session", {(4.0, "hour")}),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, numbers: set[tuple[float, str]]) -> None:
    assert read(text).numbers == numbers


def test_may_is_a_month_with_a_capital_and_a_verb_without() -> None:
    assert read("Apply in May.").dates == {"may"}
    assert read("You may apply.").modals == ("may",)
    assert read("You may apply.").dates == frozenset()


def test_a_name_is_a_word_with_a_capital_inside_a_sentence() -> None:
    assert read("Ask the ACGME office in Houston. Then wait.").names == {"acgme", "houston"}


def test_a_negation_denies_the_next_word_that_carries_meaning() -> None:
    assert read("Do not sign it").denied == {"sign"}
    assert read("They can't possibly leave").negations == 1


def test_have_to_binds_as_must_does() -> None:
    assert read("You have to sign").modals == ("must",)
