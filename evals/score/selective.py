"""Does a score tell what should be answered from what should not? Labels are 1 and 0, values higher for 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


def area_under_curve(values: Numbers, labels: Numbers) -> float:
    """Return the probability that a row with label 1 has a larger value than one with label 0; equal ones count half.

    This is the area under the receiver operating characteristic, 0 to 1, .5 by chance. Raises ValueError where all
    labels are the same.
    """
    from scipy.stats import rankdata

    positive = int((labels == 1).sum())
    negative = len(labels) - positive
    if not positive or not negative:
        raise ValueError("all labels are the same")
    ranks = rankdata(values)[labels == 1]
    return float((ranks.sum() - positive * (positive + 1) / 2) / (positive * negative))


def risk_coverage(values: Numbers, labels: Numbers) -> list[dict[str, float]]:
    """Return, for each bar from the highest down, the share of rows that is answered and how many of those wrongly.

    A row with label 0 that is answered is wrong (El-Yaniv and Wiener 2010). Rows of equal value are answered together.
    """
    bars, coverage, risk = _curve(values, labels)
    return [
        {"bar": float(bar), "coverage": float(share), "risk": float(wrong)}
        for bar, share, wrong in zip(bars, coverage, risk, strict=True)
    ]


def area_under_risk(points: Sequence[Mapping[str, float]]) -> float:
    """Return the mean risk over all coverages, 0 to 1, lower is better: each point counts with the coverage it adds."""
    before = [0.0, *(point["coverage"] for point in points[:-1])]
    return sum(point["risk"] * (point["coverage"] - last) for point, last in zip(points, before, strict=True))


def mean_risk(values: Numbers, labels: Numbers) -> float:
    """Return ``area_under_risk`` of ``risk_coverage`` in a tenth of the time: a bootstrap asks for it thousandfold."""
    _, coverage, risk = _curve(values, labels)
    return float(risk @ np.diff(coverage, prepend=0.0))


def _curve(values: Numbers, labels: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return bars from the highest down, and the coverage and risk of each."""
    order = np.argsort(-values, kind="stable")
    wrong = np.cumsum(labels[order] == 0)
    last = np.flatnonzero(np.append(np.diff(values[order]) != 0, True))
    return values[order][last], (last + 1) / len(order), wrong[last] / (last + 1)
