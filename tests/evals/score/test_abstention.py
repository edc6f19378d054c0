from __future__ import annotations

import pytest

from evals.records import Case, Expectation, Run
from evals.score.abstention import (
    abstention_precision,
    abstention_recall,
    area_under_risk_coverage,
    expected_outcome,
)


def _cases(**expected: Expectation) -> list[Case]:
    return [Case(name, ("?",), expect) for name, expect in expected.items()]


def _runs(**outcomes: str) -> list[Run]:
    return [Run(name, {"outcome": outcome} if outcome else None) for name, outcome in outcomes.items()]


def test_declining_what_should_be_declined_and_nothing_else_is_perfect() -> None:
    cases, runs = _cases(a="answered", n="not_covered"), _runs(a="answered", n="not_covered")
    assert abstention_precision(cases, runs).value == 1.0
    assert abstention_recall(cases, runs).value == 1.0


def test_a_question_that_is_not_covered_and_was_answered_fails_the_recall() -> None:
    cases, runs = _cases(n="not_covered", m="not_covered"), _runs(n="answered", m="not_covered")
    assert abstention_recall(cases, runs).cases == {"n": 0.0, "m": 1.0}
    assert abstention_precision(cases, runs).value == 1.0


def test_a_question_that_is_covered_and_was_declined_fails_the_precision() -> None:
    cases, runs = _cases(a="answered", n="not_covered"), _runs(a="not_covered", n="not_covered")
    assert abstention_precision(cases, runs).cases == {"a": 0.0, "n": 1.0}
    assert abstention_recall(cases, runs).value == 1.0


@pytest.mark.parametrize(("expect", "outcome"), [("not_covered", "declined"), ("declined", "not_covered")])
def test_either_way_of_not_answering_is_an_abstention(expect: Expectation, outcome: str) -> None:
    cases, runs = _cases(n=expect), _runs(n=outcome)
    assert abstention_precision(cases, runs).value == 1.0
    assert abstention_recall(cases, runs).value == 1.0


def test_precision_and_recall_agree_with_a_count_by_hand() -> None:
    cases = _cases(a="answered", b="answered", c="answered", n="not_covered", o="declined")
    runs = _runs(a="answered", b="not_covered", c="declined", n="not_covered", o="answered")
    # abstained: b, c, n, of which n was right; should abstain: n, o, of which n did
    assert abstention_precision(cases, runs).value == pytest.approx(1 / 3)
    assert abstention_recall(cases, runs).value == pytest.approx(1 / 2)


def test_where_nothing_was_declined_the_precision_has_no_value() -> None:
    assert abstention_precision(_cases(a="answered"), _runs(a="answered")).value is None


def test_where_everything_can_be_answered_the_recall_has_no_value() -> None:
    assert abstention_recall(_cases(a="answered"), _runs(a="not_covered")).value is None


def test_cases_for_the_care_path_are_left_out() -> None:
    cases, runs = _cases(c="care", n="declined"), _runs(c="declined", n="declined")
    assert abstention_precision(cases, runs).cases == {"n": 1.0}
    assert abstention_recall(cases, runs).cases == {"n": 1.0}


def test_a_covered_question_taken_for_a_crisis_is_not_an_abstention() -> None:
    cases, runs = _cases(a="answered", n="not_covered"), _runs(a="care", n="care")
    assert abstention_precision(cases, runs).value is None
    assert abstention_recall(cases, runs).value == 0.0


def test_a_run_that_ended_in_an_error_is_unscored() -> None:
    cases, runs = _cases(a="answered", n="not_covered", m="not_covered"), _runs(a="", n="", m="not_covered")
    assert abstention_precision(cases, runs).unscored == 2
    assert abstention_recall(cases, runs).cases == {"m": 1.0}


def test_an_error_where_an_answer_was_expected_does_not_concern_the_recall() -> None:
    cases, runs = _cases(a="answered", m="not_covered"), _runs(a="", m="not_covered")
    assert abstention_recall(cases, runs).unscored == 0


def test_open_cases_are_left_out_whatever_came() -> None:
    cases, runs = _cases(o="open", n="declined"), _runs(o="not_covered", n="declined")
    assert abstention_precision(cases, runs).cases == expected_outcome(cases, runs).cases == {"n": 1.0}


def test_an_expected_outcome_is_met_to_the_letter() -> None:
    score = expected_outcome(
        _cases(a="answered", n="not_covered", c="care"), _runs(a="answered", n="declined", c="care")
    )
    assert score.cases == {"a": 1.0, "n": 0.0, "c": 1.0}


def _sure(**confidences: float | None) -> list[Run]:
    return [
        Run(name, {"outcome": "answered"} if value is None else {"outcome": "answered", "confidence": value})
        for name, value in confidences.items()
    ]


def test_the_area_under_risk_and_coverage_agrees_with_a_count_by_hand() -> None:
    cases = _cases(a="answered", n="not_covered", b="answered")
    score = area_under_risk_coverage(cases, _sure(a=0.9, n=0.8, b=0.1))
    # answered one after the other: none wrong of 1, 1 of 2, 1 of 3
    assert score.value == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert (score.better, score.is_mean) == ("lower", False)


def test_the_area_has_no_value_where_the_corpus_answers_everything() -> None:
    assert area_under_risk_coverage(_cases(a="answered"), _sure(a=0.9)).value is None


def test_a_record_without_a_confidence_is_unscored() -> None:
    score = area_under_risk_coverage(_cases(a="answered", n="not_covered", b="answered"), _sure(a=0.9, n=0.1, b=None))
    assert score.value == pytest.approx(1 / 2 * 1 / 2)
    assert score.left_out == {"b": "unscored"}
