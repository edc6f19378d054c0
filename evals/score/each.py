"""A measure of one case, taken of all of them: where errors and missing runs are told apart from bad answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from evals.records import Case, Run, Score, Value
from evals.statistics import measured

Measure = Callable[[Case, Run], Value | None]


def of_each(
    name: str,
    measure: Measure,
    *,
    cases: Sequence[Case],
    runs: Sequence[Run],
    better: Literal["higher", "lower"] = "higher",
) -> Score:
    """Return the mean of a measure over the cases that it applies to.

    ``measure`` is asked only of runs that have a record; it returns None where it does not apply. A run that ended in
    an error is left out as errored, wherever the measure could have applied.
    """
    found: dict[str, Value] = {}
    for case, run in paired(cases, runs):
        value = "errored" if run.record is None else measure(case, run)
        if value is not None:
            found[case.id] = value
    return measured(name, found, better=better)


def paired(cases: Sequence[Case], runs: Sequence[Run]) -> Iterator[tuple[Case, Run]]:
    """Yield every case with its run; one that was not run has a run that says so."""
    by_case = {run.case: run for run in runs}
    for case in cases:
        yield case, by_case.get(case.id) or Run(case.id, None, error="this case was not run")


def only(cases: Sequence[Case], *expected: str) -> list[Case]:
    """Return the cases that expect one of some outcomes."""
    return [case for case in cases if case.expect in expected]
