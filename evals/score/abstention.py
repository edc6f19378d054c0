"""Does it decline what it should decline, and nothing else?

An abstention is an outcome of ``not_covered`` or ``declined``. Cases that call for the care path are left out: what
they must get is checked case by case in the gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.records import Case, Run, Score
from evals.statistics import mean_score

_ABSTENTIONS = ("not_covered", "declined")


def abstention_precision(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the share of abstentions that were right: how far "not covered" can be believed.

    0 to 1, higher is better. Without any abstention there is no value.
    """
    values = {case: float(should) for case, should, did in _pairs(cases, runs) if did}
    errors = [case for case in _errors(cases, runs) if case.expect != "care"]
    return mean_score("abstention precision", values, unscored=len(errors))


def abstention_recall(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the share of questions without an answer in the corpus that were declined. 0 to 1, higher is better."""
    values = {case: float(did) for case, should, did in _pairs(cases, runs) if should}
    errors = [case for case in _errors(cases, runs) if case.expect in _ABSTENTIONS]
    return mean_score("abstention recall", values, unscored=len(errors))


def _pairs(cases: Sequence[Case], runs: Sequence[Run]) -> Iterator[tuple[str, bool, bool]]:
    by_case = {run.case: run for run in runs}
    for case in cases:
        record = by_case[case.id].record
        if record is not None and case.expect != "care":
            yield case.id, case.expect in _ABSTENTIONS, record["outcome"] in _ABSTENTIONS


def _errors(cases: Sequence[Case], runs: Sequence[Run]) -> list[Case]:
    by_case = {run.case: run for run in runs}
    return [case for case in cases if by_case[case.id].record is None]
