"""Scores of a ranking against what is relevant. All are from 0 to 1, higher is better.

A query without a relevant document has no score: the functions raise ValueError, and callers leave it out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], *, at: int) -> float:
    """Return the normalised discounted cumulative gain of the first ``at``.

    The gain of a document is its grade, its discount ``log2(rank + 1)`` (Järvelin and Kekäläinen 2002,
    doi:10.1145/582415.582418, in the form of trec_eval); the ideal ranking has 1.
    """
    ideal = _gain(sorted(relevant.values(), reverse=True)[:at])
    if not ideal:
        raise ValueError("nothing is relevant")
    return _gain([relevant.get(document, 0) for document in ranked[:at]]) / ideal


def recall(ranked: Sequence[str], relevant: Collection[str], *, at: int) -> float:
    """Return the share of the relevant documents that is among the first ``at``."""
    if not relevant:
        raise ValueError("nothing is relevant")
    return len(set(ranked[:at]) & set(relevant)) / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], *, at: int) -> float:
    """Return 1 over the rank of the first relevant document, 0 where none is among the first ``at``."""
    if not relevant:
        raise ValueError("nothing is relevant")
    return next((1 / rank for rank, document in enumerate(ranked[:at], start=1) if document in relevant), 0.0)


def average_precision(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return the mean of the precision at the rank of each relevant document; one that is not ranked counts 0."""
    if not relevant:
        raise ValueError("nothing is relevant")
    found = 0
    total = 0.0
    for rank, document in enumerate(ranked, start=1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))
