from __future__ import annotations

import pytest

from evals.records import Case, Found, Run
from evals.score.completeness import completeness, holds, omission_rate

POINTS = ("written reasons|second vote", "tail coverage", "personal guarantee")
CASES = [Case("a", ("?",), "answered", points=POINTS)]
FOUND = (Found("d", "h", "p"),)
PASSAGES = {"p": "Ask for written reasons.\nAsk who pays tail coverage."}


def _run(text: str, outcome: str = "answered") -> Run:
    return Run("a", {"outcome": outcome, "text": text}, FOUND, passages=PASSAGES)


@pytest.mark.parametrize(
    ("sentence", "point", "found"),
    [
        ("Ask for the reasons in writing.", "reason ask", True),
        ("Ask for a second voting day.", "written reasons|second vote", True),
        ("A reason.", "written reasons", False),
        ("It costs $300 to $1,500.", "/\\$300 to/", True),
        ("Six nights.", "/five|six/", True),
        ("Six nights.", "/seven/", False),
        ("Of the and.", "the and", False),
    ],
)
def test_a_point_is_found_by_all_stems_of_an_alternative_or_a_pattern(sentence: str, point: str, found: bool) -> None:
    assert holds([sentence], point) is found


def test_the_stems_of_a_point_stand_in_one_sentence() -> None:
    assert completeness(CASES, [_run("Reasons matter. [1] Written, please. [1]")]).value == 0.0


def test_completeness_is_the_share_of_points_that_the_answer_holds() -> None:
    assert completeness(CASES, [_run("Ask for written reasons. [1]")]).value == pytest.approx(1 / 3)


def test_only_what_lay_before_the_answer_can_be_omitted() -> None:
    # of three points the evidence holds two, of which the answer has one
    score = omission_rate(CASES, [_run("Ask for written reasons. [1]")])
    assert (score.value, score.better) == (0.5, "lower")


def test_where_the_evidence_holds_no_point_nothing_was_omitted_and_nothing_was_right() -> None:
    run = Run("a", {"outcome": "answered", "text": "Tea. [1]"}, FOUND, passages={"p": "Tea."})
    assert omission_rate(CASES, [run]).left_out == {"a": "no evidence"}


def test_an_answer_that_abstains_is_neither_complete_nor_incomplete() -> None:
    runs = [_run("", "not_covered")]
    assert completeness(CASES, runs).left_out == omission_rate(CASES, runs).left_out == {"a": "abstained"}


def test_where_nobody_tells_what_was_found_the_omissions_are_unscored() -> None:
    run = Run("a", {"outcome": "answered", "text": "Tea. [1]"})
    assert omission_rate(CASES, [run]).left_out == {"a": "unscored"}


def test_cases_without_points_are_left_out() -> None:
    assert completeness([Case("a", ("?",), "answered")], [_run("Tea.")]).left_out == {}
