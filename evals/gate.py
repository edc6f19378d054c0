"""Scores + ``gates.toml`` -> one verdict: exit code, a line that says why, and every gate with its result."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.errors import EvalError
from evals.records import Case, Comparison, GateResult, Run, Score, Verdict

GATES = Path(__file__).parent / "gates.toml"

PASSED, MISSED, NOT_EVALUATED = 0, 1, 2
_FORM = "it has [SUITE] with floors and ceilings (scores and their bounds), must_pass (case ids), no_worse (scores)"


@dataclass(frozen=True, slots=True)
class Gates:
    """What a suite must reach."""

    floors: Mapping[str, float] = field(default_factory=dict)
    """Least value of each score, by its name."""
    ceilings: Mapping[str, float] = field(default_factory=dict)
    """Largest value of each score of which less is better."""
    must_pass: tuple[str, ...] = ()
    """Ids of cases that must have their expected outcome."""
    no_worse: tuple[str, ...] = ()
    """Scores that may not be significantly worse than the baseline."""


def read_gates(path: Path, suite: str) -> Gates:
    """Return the gates of a suite; none where the file says nothing of it. Raises EvalError for another form."""
    try:
        entry = tomllib.loads(path.read_text("utf-8")).get(suite, {})
        if unknown := set(entry) - set(Gates.__dataclass_fields__):
            raise ValueError(f"{', '.join(sorted(unknown))} is unknown")
        return Gates(
            floors=_bounds(entry.get("floors", {})),
            ceilings=_bounds(entry.get("ceilings", {})),
            must_pass=_names(entry.get("must_pass", [])),
            no_worse=_names(entry.get("no_worse", [])),
        )
    except (OSError, tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
        raise EvalError(f"{path}: not a file of gates ({error}); {_FORM}") from error


def judge(
    gates: Gates,
    scores: Sequence[Score],
    *,
    cases: Sequence[Case],
    runs: Sequence[Run],
    comparisons: Sequence[Comparison] = (),
) -> Verdict:
    """Return the verdict.

    A score without a value, a gate without a score, a comparison without a baseline or a case that ended in an error
    means that the answers could not be evaluated: that is 2 and never a pass, and no missed gate hides it.
    """
    by_name = {score.name: score for score in scores}
    results = [_bound(name, bound, score=by_name.get(name), kind="floor") for name, bound in gates.floors.items()]
    results += [_bound(name, bound, score=by_name.get(name), kind="ceiling") for name, bound in gates.ceilings.items()]
    by_case = {run.case: run for run in runs}
    expected = {case.id: case for case in cases}
    results += [_must_pass(name, expected.get(name), run=by_case.get(name)) for name in gates.must_pass]
    compared = {comparison.name: comparison for comparison in comparisons}
    results += [_no_worse(name, compared.get(name)) for name in gates.no_worse]
    if problems := _problems(results, scores=scores, cases=cases, runs=by_case):
        return Verdict(NOT_EVALUATED, f"could not be evaluated: {'; '.join(problems)}", results)
    missed = [result.detail for result in results if not result.passed]
    if missed:
        return Verdict(MISSED, f"a gate was missed: {'; '.join(missed)}", results)
    return Verdict(PASSED, f"passed: {_gates(len(results))}" if results else "passed: there are no gates", results)


def _problems(
    results: Sequence[GateResult], *, scores: Sequence[Score], cases: Sequence[Case], runs: Mapping[str, Run]
) -> list[str]:
    problems = []
    if not runs or not any(_number(score) is not None for score in scores):
        problems.append("nothing was scored")
    errors = [case.id for case in cases if case.id not in runs or runs[case.id].record is None]
    if errors:
        problems.append(f"{len(errors)} of {len(cases)} cases have no answer ({_some(errors)})")
    without = [result for result in results if result.value is None]
    if without:
        names = _some([result.name for result in without])
        verb = "has" if len(without) == 1 else "have"
        problems.append(f"{_gates(len(without))} {verb} nothing to go by ({names}): {without[0].detail}")
    return problems


def _bound(name: str, bound: float, *, score: Score | None, kind: str) -> GateResult:
    value = _number(score)
    if kind == "floor":
        passed = value is not None and value >= bound
        words = "below"
    else:
        passed = value is not None and value <= bound
        words = "above"
    detail = f"{name} has no value" if value is None else "" if passed else f"{name} {value:.3f} is {words} {bound:.3f}"
    return GateResult(name, bound, value, passed, "floor" if kind == "floor" else "ceiling", detail)


def _must_pass(name: str, case: Case | None, *, run: Run | None) -> GateResult:
    if case is None:
        return GateResult(name, 1.0, None, False, "case", f"there is no case {name}")
    if run is None or run.record is None:
        return GateResult(name, 1.0, None, False, "case", f"case {name} was not answered")
    passed = run.outcome == case.expect
    detail = "" if passed else f"case {name} is {run.outcome}, expected {case.expect}"
    return GateResult(name, 1.0, float(passed), passed, "case", detail)


def _no_worse(name: str, comparison: Comparison | None) -> GateResult:
    if comparison is None or comparison.after is None or comparison.before is None:
        detail = f"{name} has no baseline to be held against (curbside eval accept makes one)"
        return GateResult(name, 0.0, None, False, "regression", detail)
    passed = comparison.verdict != "worse"
    change = f"{name} {comparison.before:.3f} → {comparison.after:.3f}"
    detail = "" if passed else f"{change} is worse than the baseline ({_some(comparison.worse)})"
    return GateResult(name, comparison.before, comparison.after, passed, "regression", detail)


def _number(score: Score | None) -> float | None:
    """Return a score's value; one that is no finite number is none, and no gate is held against it."""
    return score.value if score is not None and score.value is not None and math.isfinite(score.value) else None


def _gates(count: int) -> str:
    return "1 gate" if count == 1 else f"{count} gates"


def _some(names: Sequence[str]) -> str:
    """Return the first names of a list, so that a line stays one."""
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _bounds(entries: Mapping[str, float]) -> dict[str, float]:
    bounds = {str(name): float(value) for name, value in entries.items()}
    if bad := next((name for name, value in bounds.items() if not 0 <= value <= 1), None):
        raise ValueError(f"{bad} is {bounds[bad]}, not from 0 to 1")
    return bounds


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"{value!r} is not a list of names")
    return tuple(value)
