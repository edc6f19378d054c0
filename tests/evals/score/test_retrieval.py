from __future__ import annotations

from math import log2

import pytest

from evals.records import Case, Expectation, Found, Relevant, Run
from evals.score.retrieval import evidence_recall, mean_ndcg, mean_reciprocal_rank, section_recall

WANTED, ALSO, OTHER = Relevant("a", "Wanted"), Relevant("a", "Also"), Relevant("b", "Wanted")


def _case(name: str, *relevant: Relevant, expect: Expectation = "answered") -> Case:
    return Case(name, ("?",), expect, relevant)


def _run(name: str, *retrieved: Relevant) -> Run:
    return Run(name, {"outcome": "answered"}, tuple(Found(entry.document, entry.heading) for entry in retrieved))


@pytest.mark.parametrize(("place", "value"), [(0, 1.0), (4, 1.0), (5, 0.0)])
def test_the_section_has_to_be_among_the_first_k(place: int, value: float) -> None:
    retrieved = [OTHER] * place + [WANTED]
    assert evidence_recall([_case("x", WANTED)], [_run("x", *retrieved)], k=5).value == value


def test_a_search_that_misses_the_section_fails() -> None:
    assert evidence_recall([_case("x", WANTED)], [_run("x", OTHER, ALSO)]).cases == {"x": 0.0}


def test_a_heading_of_the_same_name_in_another_document_is_not_the_section() -> None:
    assert evidence_recall([_case("x", WANTED)], [_run("x", OTHER)]).value == 0.0


def test_any_one_of_several_sections_is_enough() -> None:
    assert evidence_recall([_case("x", WANTED, ALSO)], [_run("x", OTHER, ALSO)]).value == 1.0


def test_nothing_found_is_a_miss_and_not_an_error() -> None:
    score = evidence_recall([_case("x", WANTED)], [_run("x")])
    assert (score.value, score.unscored) == (0.0, 0)


def test_the_value_is_the_share_of_answerable_cases() -> None:
    cases = [_case(name, WANTED) for name in "abcd"]
    runs = [_run("a", WANTED), _run("b", OTHER), _run("c", WANTED), _run("d", WANTED)]
    assert evidence_recall(cases, runs).value == 0.75


def test_cases_that_expect_no_answer_are_left_out() -> None:
    cases = [_case("x", WANTED), _case("y", expect="not_covered"), _case("z", expect="care")]
    score = evidence_recall(cases, [_run(name, WANTED) for name in "xyz"])
    assert score.cases == {"x": 1.0}
    assert score.unscored == 0


def test_a_run_that_ended_in_an_error_is_unscored() -> None:
    score = evidence_recall([_case("x", WANTED), _case("y", WANTED)], [_run("x", WANTED), Run("y", None, error="!")])
    assert (score.value, score.cases, score.unscored) == (1.0, {"x": 1.0}, 1)


def test_without_an_answerable_case_there_is_no_value() -> None:
    assert evidence_recall([_case("x", expect="declined")], [_run("x")]).value is None


def test_the_name_says_how_many_passages_count_five_unless_told() -> None:
    assert evidence_recall([], [], k=1).name == "evidence recall@1"
    assert evidence_recall([], []).name == "evidence recall@5"


def test_a_system_that_does_not_tell_what_it_found_is_unscored_and_not_zero() -> None:
    score = evidence_recall([_case("x", WANTED)], [Run("x", {"outcome": "answered"})])
    assert (score.value, score.left_out) == (None, {"x": "unscored"})


def test_a_case_that_was_not_run_is_an_error_and_not_forgotten() -> None:
    score = evidence_recall([_case("x", WANTED), _case("y", WANTED)], [_run("x", WANTED)])
    assert (score.value, score.left_out) == (1.0, {"y": "errored"})


def test_passages_of_one_section_count_once_where_sections_are_ranked() -> None:
    cases, runs = [_case("x", WANTED, ALSO)], [_run("x", OTHER, OTHER, WANTED, WANTED)]
    # two sections: another one first, then one of the two that are relevant
    assert section_recall(cases, runs).value == 1 / 2
    assert mean_reciprocal_rank(cases, runs).value == 1 / 2
    assert mean_ndcg(cases, runs).value == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))
