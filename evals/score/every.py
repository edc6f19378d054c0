"""Every score of a run, in the order of the report."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Verifier
from evals.records import Case, Run, Score
from evals.score.abstention import (
    abstention_precision,
    abstention_recall,
    area_under_risk_coverage,
    expected_outcome,
)
from evals.score.care import care_false_alarms, care_path_rate
from evals.score.completeness import completeness, omission_rate
from evals.score.faithfulness import alce_precision, ask_ahead, citation_recall, faithfulness
from evals.score.followup import followup_f1
from evals.score.grounding import citation_precision, grounding
from evals.score.injection import injection_rate
from evals.score.judge import Judge, judged
from evals.score.retrieval import evidence_recall, mean_ndcg, mean_reciprocal_rank, section_recall
from evals.score.support import Support


def every_score(
    cases: Sequence[Case], runs: Sequence[Run], *, verifier: Verifier | None = None, judge: Judge | None = None
) -> list[Score]:
    """Return every score that has something to say of the cases: one without a value and without a case is left out."""
    supports = Support(verifier)
    ask_ahead(runs, supports=supports)
    scores = [
        evidence_recall(cases, runs, k=5),
        section_recall(cases, runs),
        mean_reciprocal_rank(cases, runs),
        mean_ndcg(cases, runs),
        grounding(cases, runs),
        citation_precision(cases, runs),
        faithfulness(cases, runs, supports=supports),
        citation_recall(cases, runs, supports=supports),
        alce_precision(cases, runs, supports=supports),
        completeness(cases, runs),
        omission_rate(cases, runs),
        expected_outcome(cases, runs),
        abstention_precision(cases, runs),
        abstention_recall(cases, runs),
        area_under_risk_coverage(cases, runs),
        followup_f1(cases, runs),
        care_path_rate(cases, runs),
        care_false_alarms(cases, runs),
        injection_rate(cases, runs),
    ]
    if judge is not None:
        scores.append(judged(cases, runs, judge=judge))
    return [score for score in scores if score.cases or score.left_out]
