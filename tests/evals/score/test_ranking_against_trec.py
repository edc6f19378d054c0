"""Our rankings against ``ir_measures``, which asks trec_eval: an independent implementation, to 1e-9."""

from __future__ import annotations

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import AP, RR, R, nDCG

from evals.score.ranking import average_precision, ndcg, recall, reciprocal_rank

rankings = st.permutations([f"d{i}" for i in range(15)])
grades = st.dictionaries(st.sampled_from([f"d{i}" for i in range(20)]), st.integers(1, 3), min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(rankings, grades, st.sampled_from([1, 3, 5, 10]))
def test_every_measure_agrees_with_trec_eval(ranked: list[str], relevant: dict[str, int], at: int) -> None:
    qrels = [ir_measures.Qrel("q", document, grade) for document, grade in relevant.items()]
    run = [ir_measures.ScoredDoc("q", document, float(len(ranked) - rank)) for rank, document in enumerate(ranked)]
    found = ir_measures.calc_aggregate([nDCG @ at, R @ at, RR @ at, AP], qrels, run)
    assert ndcg(ranked, relevant, at=at) == pytest.approx(found[nDCG @ at], abs=1e-9)
    assert recall(ranked, set(relevant), at=at) == pytest.approx(found[R @ at], abs=1e-9)
    assert reciprocal_rank(ranked, set(relevant), at=at) == pytest.approx(found[RR @ at], abs=1e-9)
    assert average_precision(ranked, set(relevant)) == pytest.approx(found[AP], abs=1e-9)
