"""What every form of the report says in the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from evals.records import Case, Comparison, GateResult, Report, Run, Score

_KINDS: Mapping[str, str] = {
    "floor": "at least {:.2f}",
    "ceiling": "at most {:.2f}",
    "case": "expected outcome",
    "regression": "no worse than {:.3f}",
}


def paired(report: Report) -> Iterator[tuple[Case, Run]]:
    """Yield every case with its run; one that was not run says so."""
    runs = {run.case: run for run in report.runs}
    return ((case, runs.get(case.id) or Run(case.id, None, error="this case was not run")) for case in report.cases)


def number(value: float | None) -> str:
    """Return a value, or that there is none."""
    return "no value" if value is None else f"{value:.3f}"


def interval(low: float | None, high: float | None) -> str:
    """Return an interval, or nothing."""
    return "" if low is None or high is None else f"{low:.3f} to {high:.3f}"


def left_out(score: Score) -> str:
    """Return how many cases have no value, by the reason; unscored ones are those that should have one."""
    counts = Counter(score.left_out.values())
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))


def asked(gate: GateResult) -> str:
    """Return what a gate asks for."""
    if gate.kind == "regression" and gate.value is None:
        return "no worse than the baseline"
    return _KINDS[gate.kind].format(gate.floor)


def found(gate: GateResult) -> str:
    """Return whether a gate was passed, in a word."""
    return "ok" if gate.passed else "NO VALUE" if gate.value is None else "MISSED"


def direction(score: Score) -> str:
    """Return a score's name, with its direction where less is better."""
    return score.name if score.better == "higher" else f"{score.name} (lower is better)"


def change(comparison: Comparison) -> str:
    """Return the difference of a comparison with what its test says, and where no case moved, that alone."""
    if comparison.before is None or comparison.after is None:
        return "not compared: no case in common"
    if not comparison.worse and not comparison.gained:
        return "unchanged"
    test = f"p {comparison.p:.3f}" if comparison.p is not None else interval(comparison.low, comparison.high)
    # without the sum a difference that rounds to nothing would be shown as -0.000
    difference = round(comparison.after - comparison.before, 3) + 0.0
    return f"{difference:+.3f} ({test}): {comparison.verdict}"


def moved(comparison: Comparison) -> str:
    """Return which cases changed, so that no mean hides one."""
    parts = [("worse", comparison.worse), ("better", comparison.gained), ("no longer scored", comparison.gone)]
    return "; ".join(f"{word}: {', '.join(cases)}" for word, cases in parts if cases)


def outcomes(report: Report) -> list[tuple[str, str, int]]:
    """Return how many cases that expect an outcome came out as which, errors among them."""
    counts = Counter((case.expect, run.outcome) for case, run in paired(report))
    return [(expected, found, count) for (expected, found), count in sorted(counts.items())]


def misses(report: Report) -> Iterator[str]:
    """Yield a line for every case that did not come out as expected, ended in an error or was not found."""
    for case, run in paired(report):
        question = " / ".join(case.turns)
        if run.record is None:
            yield f"{case.id}: error, {run.error}: {question}"
        elif case.expect == "open" and run.outcome == "care":
            yield f"{case.id}: a false alarm of the care path: {question}"
        elif case.expect not in ("open", run.outcome):
            score = f" (score {run.record['score']})" if "score" in run.record else ""
            yield f"{case.id}: {run.outcome}{score}, expected {case.expect}: {question}"
    for entry in report.scores:
        if entry.name.startswith("evidence"):
            yield from (f"{case}: {entry.name} is 0" for case, value in entry.cases.items() if value == 0)
