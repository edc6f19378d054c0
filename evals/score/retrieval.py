"""Does the search find a section that answers? Of the cases that expect an answer; no case counts for the others.

Formulas are in ``ranking``. Passages are reduced to their sections, each at the place of its first passage. Sections of
a case are alternatives, all of grade 1. All are from 0 to 1, higher is better; a system that does not tell what it
found is unscored, and one that found nothing has 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.records import Case, Run, Score, Value
from evals.score.each import of_each, only
from evals.score.ranking import ndcg, recall, reciprocal_rank


def evidence_recall(cases: Sequence[Case], runs: Sequence[Run], *, k: int = 5) -> Score:
    """Return the share of answerable cases with a relevant section among the first ``k`` passages retrieved.

    One of the alternatives is enough: success@k in the terms of Manning, Raghavan and Schütze, *Introduction to
    Information Retrieval*, chapter 8. Counted in passages, not in sections: what the answer is made of.
    """

    def found(case: Case, run: Run) -> Value:
        if run.retrieved is None:
            return "unscored"
        return float(bool(set(case.relevant) & {entry.section for entry in run.retrieved[:k]}))

    return of_each(f"evidence recall@{k}", found, cases=only(cases, "answered"), runs=runs)


def section_recall(cases: Sequence[Case], runs: Sequence[Run], *, k: int = 10) -> Score:
    """Return the mean share of a case's sections that is among the first ``k``, as ``recall`` has it."""
    return _ranked(f"recall@{k}", cases, runs=runs, measure=lambda ranked, right: recall(ranked, right, at=k))


def mean_reciprocal_rank(cases: Sequence[Case], runs: Sequence[Run], *, k: int = 10) -> Score:
    """Return the mean of 1 over the rank of the first relevant section, 0 where none is among the first ``k``."""
    return _ranked(f"MRR@{k}", cases, runs=runs, measure=lambda ranked, right: reciprocal_rank(ranked, right, at=k))


def mean_ndcg(cases: Sequence[Case], runs: Sequence[Run], *, k: int = 10) -> Score:
    """Return the mean normalised discounted cumulative gain of the first ``k`` sections, as ``ndcg`` has it."""
    return _ranked(
        f"nDCG@{k}", cases, runs=runs, measure=lambda ranked, right: ndcg(ranked, dict.fromkeys(right, 1), at=k)
    )


def _ranked(
    name: str, cases: Sequence[Case], *, runs: Sequence[Run], measure: Callable[[list[str], list[str]], float]
) -> Score:
    def value(case: Case, run: Run) -> Value:
        if run.retrieved is None:
            return "unscored"
        ranked = list(dict.fromkeys(f"{entry.document}#{entry.heading}" for entry in run.retrieved))
        return measure(ranked, [f"{entry.document}#{entry.heading}" for entry in case.relevant])

    return of_each(name, value, cases=only(cases, "answered"), runs=runs)
