"""Does the search find a section that answers?"""

from __future__ import annotations

from collections.abc import Sequence

from evals.records import Case, Relevant, Run, Score
from evals.statistics import mean_score


def evidence_recall(cases: Sequence[Case], runs: Sequence[Run], *, k: int = 5) -> Score:
    """Return the share of answerable cases with a relevant section among the first ``k`` passages retrieved.

    Sections of a case are alternatives, so one is enough (success@k in the terms of Manning, Raghavan and Schütze,
    *Introduction to Information Retrieval*, chapter 8). 0 to 1, higher is better. A case that ended in an error is
    unscored.
    """
    by_case = {run.case: run for run in runs}
    values: dict[str, float] = {}
    unscored = 0
    for case in cases:
        if case.expect != "answered":
            continue
        run = by_case[case.id]
        if run.record is None:
            unscored += 1
        else:
            values[case.id] = float(_found(case.relevant, run.retrieved[:k]))
    return mean_score(f"evidence recall@{k}", values, unscored=unscored)


def _found(relevant: Sequence[Relevant], retrieved: Sequence[Relevant]) -> bool:
    return bool(set(relevant) & set(retrieved))
