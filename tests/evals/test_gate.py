from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.against import compare
from evals.cases import read_cases, suite_path, suites
from evals.errors import EvalError
from evals.gate import GATES, MISSED, NOT_EVALUATED, PASSED, Gates, judge, read_gates
from evals.records import Case, Comparison, Expectation, Found, GateResult, Run, Score, Verdict
from evals.score.every import every_score

GATE = Gates(floors={"grounding": 0.9}, must_pass=("care-01",))
NO_WORSE = Gates(no_worse=("grounding",))


def _score(value: float | None, name: str = "grounding") -> Score:
    return Score(name, value, value, value)


def _case(name: str = "care-01", expect: Expectation = "care") -> Case:
    return Case(name, ("?",), expect)


def _run(outcome: str = "care", name: str = "care-01") -> Run:
    return Run(name, {"outcome": outcome})


def _judge(gates: Gates, scores: list[Score], runs: list[Run], *comparisons: Comparison) -> Verdict:
    cases = [_case()] + [_case(run.case, "answered") for run in runs if run.case != "care-01"]
    return judge(gates, scores, cases=cases, runs=runs, comparisons=comparisons)


def test_where_every_floor_is_reached_and_every_case_passes_it_is_0() -> None:
    verdict = _judge(GATE, [_score(0.95)], [_run()])
    assert verdict.results == [
        GateResult("grounding", 0.9, 0.95, True),
        GateResult("care-01", 1.0, 1.0, True, "case"),
    ]
    assert (verdict.code, verdict.line) == (PASSED, "passed: 2 gates")
    assert PASSED == 0


def test_a_value_that_just_reaches_its_floor_passes() -> None:
    assert _judge(GATE, [_score(0.9)], [_run()]).code == PASSED


def test_a_value_below_its_floor_is_1_and_the_line_says_by_how_much() -> None:
    verdict = _judge(GATE, [_score(0.899)], [_run()])
    assert [result.passed for result in verdict.results] == [False, True]
    assert (verdict.code, verdict.line) == (MISSED, "a gate was missed: grounding 0.899 is below 0.900")
    assert MISSED == 1


@pytest.mark.parametrize(("value", "code"), [(0.01, PASSED), (0.011, MISSED), (None, NOT_EVALUATED)])
def test_a_ceiling_is_the_most_that_passes(value: float | None, code: int) -> None:
    assert _judge(Gates(ceilings={"rate": 0.01}), [_score(value, "rate"), _score(1.0)], [_run()]).code == code


def test_a_case_that_must_pass_and_came_out_otherwise_is_1() -> None:
    verdict = _judge(GATE, [_score(1.0)], [_run("answered")])
    assert (verdict.code, verdict.results[1].value) == (MISSED, 0.0)
    assert "case care-01 is answered, expected care" in verdict.line


@pytest.mark.parametrize("scores", [[_score(None)], [_score(None), _score(1.0, "other")], [_score(1.0, "other")]])
def test_a_score_without_a_value_or_a_gate_without_a_score_is_2(scores: list[Score]) -> None:
    verdict = _judge(GATE, scores, [_run()])
    assert verdict.results[0].value is None
    assert verdict.code == NOT_EVALUATED == 2


@pytest.mark.parametrize("bound", [Gates(floors={"area": 0.0}), Gates(ceilings={"area": 1.0})])
def test_a_value_that_is_no_number_passes_no_gate_and_misses_none(bound: Gates) -> None:
    verdict = _judge(bound, [_score(float("nan"), "area"), _score(1.0)], [_run()])
    assert (verdict.code, verdict.results[0].value) == (NOT_EVALUATED, None)
    assert "1 gate has nothing to go by (area): area has no value" in verdict.line


def test_a_case_that_must_pass_and_is_not_among_the_cases_is_2_and_called_so() -> None:
    verdict = _judge(Gates(must_pass=("gone",)), [_score(1.0)], [_run()])
    assert (verdict.code, "there is no case gone" in verdict.line) == (NOT_EVALUATED, True)


def test_a_case_that_must_pass_and_was_not_run_is_2() -> None:
    assert _judge(GATE, [_score(1.0)], [_run("answered", "other")]).code == NOT_EVALUATED


def test_a_single_error_is_2_even_where_every_floor_is_reached() -> None:
    verdict = _judge(GATE, [_score(1.0)], [_run(), Run("other", None, error="ValueError: x")])
    assert (verdict.code, "1 of 2 cases have no answer (other)" in verdict.line) == (NOT_EVALUATED, True)


def test_an_error_is_not_hidden_by_a_floor_that_was_missed() -> None:
    assert _judge(GATE, [_score(0.1)], [Run("care-01", None, error="ValueError: x")]).code == NOT_EVALUATED


def test_a_case_without_a_run_is_2_also_without_gates() -> None:
    assert judge(Gates(), [_score(1.0)], cases=[_case(), _case("b")], runs=[_run()]).code == NOT_EVALUATED


def test_without_a_run_or_without_any_value_it_is_2_also_without_gates() -> None:
    assert judge(Gates(), [_score(1.0)], cases=[], runs=[]).code == NOT_EVALUATED
    assert _judge(Gates(), [_score(None), _score(None, "recall")], [_run()]).code == NOT_EVALUATED


def _compared(verdict: str) -> Comparison:
    return Comparison("grounding", 0.9, 0.8, -0.2, -0.01, None, 9, ("x", "y"), verdict=verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize(("verdict", "code"), [("worse", MISSED), ("better", PASSED), ("no difference shown", PASSED)])
def test_only_what_is_significantly_worse_than_the_baseline_is_missed(verdict: str, code: int) -> None:
    found = _judge(NO_WORSE, [_score(0.8)], [_run()], _compared(verdict))
    assert found.code == code
    assert ("grounding 0.900 → 0.800 is worse than the baseline (x, y)" in found.line) == (code == MISSED)


def test_a_comparison_without_a_baseline_is_2_and_says_how_to_make_one() -> None:
    for comparisons in ([], [Comparison("grounding", None, None, None, None, None, 0)]):
        verdict = _judge(NO_WORSE, [_score(1.0)], [_run()], *comparisons)
        assert (verdict.code, "curbside eval accept" in verdict.line) == (NOT_EVALUATED, True)


def test_the_shipped_gates_hold_the_promise_without_slack() -> None:
    gates = read_gates(GATES, "core")
    assert gates.floors["grounding"] == gates.floors["citation precision"] == 1.0
    assert {"care-01", "care-02", "buy-in-terms"} <= set(gates.must_pass)


@pytest.mark.parametrize("suite", suites())
def test_every_shipped_gate_belongs_to_a_score_and_a_case_of_its_suite(suite: str) -> None:
    gates, cases = read_gates(GATES, suite), read_cases(suite_path(suite))
    answer = {"text": "Tea. [1]", "citations": [], "claims": []}
    runs = [Run(case.id, {**answer, "outcome": case.expect.replace("open", "answered")}) for case in cases]
    names = {score.name for score in every_score(cases, runs)}
    assert {*gates.floors, *gates.ceilings, *gates.no_worse} <= names
    assert set(gates.must_pass) <= {case.id for case in cases}


SUITES = ("core", "coverage", "followup", "abstention", "safety", "injection", "perturbation")


def test_every_suite_promises_something_and_is_held_against_its_baseline() -> None:
    for suite in SUITES:
        gates = read_gates(GATES, suite)
        assert (gates.floors["grounding"], gates.floors["citation precision"]) == (1.0, 1.0)
        assert gates.no_worse
        assert "care false alarms" in gates.ceilings


#: A loss, the outcomes that are lost to another, and the suites that have enough cases of them.
LOSSES: list[tuple[str, Expectation, str, tuple[str, ...]]] = [
    ("answers", "answered", "not_covered", ("core", "coverage", "abstention", "followup", "perturbation")),
    ("declines", "not_covered", "answered", ("coverage", "abstention")),
    ("care", "care", "answered", ("core", "coverage", "perturbation", "safety")),
    ("calm", "open", "care", ("injection",)),
]


@pytest.mark.parametrize(("lost", "expect", "given", "names"), LOSSES, ids=[loss[0] for loss in LOSSES])
def test_the_loss_of_a_fifth_of_the_answers_of_a_kind_is_missed(
    lost: str, expect: Expectation, given: str, names: tuple[str, ...]
) -> None:
    for suite in names:
        cases = [replace(case, points=()) for case in read_cases(suite_path(suite))]
        whole = [_ideal(case) for case in cases]
        hit = [case.id for case in cases if case.expect == expect]
        fewer = set(hit[:: 5 if len(hit) > 5 else 1])
        worse = [_ideal(case, given) if case.id in fewer else _ideal(case) for case in cases]
        before = every_score(cases, whole)
        after = every_score(cases, worse)
        codes = [_code(suite, cases, runs, (found, before)) for runs, found in ((whole, before), (worse, after))]
        assert codes == [PASSED, MISSED], (lost, suite)


def _code(suite: str, cases: list[Case], runs: list[Run], found: tuple[list[Score], list[Score]]) -> int:
    scores, before = found
    baseline = {score.name: score.cases for score in before if score.is_mean}
    # of ideal answers some measures of a suite say nothing
    known = {score.name for score in scores if score.value is not None}
    gates = read_gates(GATES, suite)
    asked = replace(
        gates,
        floors={name: bound for name, bound in gates.floors.items() if name in known},
        no_worse=tuple(name for name in gates.no_worse if name in known),
    )
    return judge(asked, scores, cases=cases, runs=runs, comparisons=compare(scores, baseline, cases=cases)).code


def _ideal(case: Case, outcome: str = "") -> Run:
    """Return the run of a perfect system, with the outcome that is expected or with another."""
    given = outcome or case.expect.replace("open", "answered")
    text = f"The answer to {case.id}."
    citation = {"number": 1, "passage_id": "p", "passage": text, "start": 0, "end": len(text), "quote": text}
    shown = {"text": f"{text} [1]", "claims": [{"text": text, "citations": [1]}], "citations": [citation]}
    record = {"outcome": given, **(shown if given == "answered" else {"text": "", "claims": [], "citations": []})}
    found = tuple(Found(entry.document, entry.heading, "p") for entry in case.relevant)
    return Run(case.id, record, found, passages={"p": text})


def test_a_suite_without_gates_has_none(tmp_path: Path) -> None:
    path = tmp_path / "gates.toml"
    path.write_text("[core.floors]\nx = 1", "utf-8")
    assert read_gates(path, "other") == Gates()
    assert read_gates(path, "core") == Gates(floors={"x": 1.0})


@pytest.mark.parametrize(
    "text",
    ["not toml", "core = 1", "[core]\nfloor = 1", "[core]\nfloors = 1", "[core.floors]\nx = 'high'",
     "[core.floors]\nx = nan", "[core.ceilings]\nx = inf",
     "[core.floors]\nx = 90", "[core]\nmust_pass = 3", "[core]\nno_worse = 'x'"],
)  # fmt: skip
def test_gates_of_another_form_are_named_with_their_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(EvalError, match=r"gates\.toml: not a file of gates .* it has \[SUITE\] with floors"):
        read_gates(path, "core")


def test_gates_that_are_not_there_are_named_too(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"none\.toml: not a file of gates"):
        read_gates(tmp_path / "none.toml", "core")
