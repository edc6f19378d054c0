"""Means and proportions with their 95 % intervals, and two runs against each other.

The formulas are scipy's; here is which one is used when. What is not a number never enters a mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evals.records import LeftOut, Score, Value

_SEED = 20261122
_RESAMPLES = 2_000
_CONFIDENCE = 0.95


def mean_score(name: str, cases: Mapping[str, float], *, unscored: int = 0) -> Score:
    """Return the mean of per-case values with its interval; no case gives a score without a value.

    Values of 0 and 1 only are a proportion and get Wilson's interval; others get the percentile bootstrap with a
    fixed seed. A value that is no finite number is left out as unscored.
    """
    score = measured(name, cases)
    return Score(name, score.value, score.low, score.high, score.cases, score.unscored + unscored, score.left_out)


def measured(name: str, found: Mapping[str, Value], *, better: Literal["higher", "lower"] = "higher") -> Score:
    """Return the mean over the cases that have a value; the others are counted by their reason and not averaged."""
    cases = {case: float(v) for case, v in found.items() if not isinstance(v, str) and math.isfinite(v)}
    left_out: dict[str, LeftOut] = {
        case: v if isinstance(v, str) else "unscored" for case, v in found.items() if case not in cases
    }
    unscored = sum(1 for reason in left_out.values() if reason in ("errored", "unscored"))
    if not cases:
        return Score(name, None, None, None, {}, unscored, left_out, better)
    values = list(cases.values())
    low, high = wilson(sum(values), len(values)) if set(values) <= {0.0, 1.0} else bootstrap(values)
    return Score(name, float(np.mean(values)), low, high, cases, unscored, left_out, better)


def wilson(successes: float, trials: int) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    found = stats.binomtest(int(successes), trials).proportion_ci(_CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """Return the percentile bootstrap interval of a mean; of equal values, or of one, it is that value."""
    if len(set(values)) == 1:
        return float(values[0]), float(values[0])
    found = stats.bootstrap(
        (np.asarray(values),), np.mean, confidence_level=_CONFIDENCE, n_resamples=_RESAMPLES, method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def bootstrap_of(
    measure: Callable[[NDArray[Any]], float], count: int, *, groups: Sequence[str] = ()
) -> tuple[float, float]:
    """Return the percentile bootstrap interval of a measure over rows, for measures that are no mean.

    ``measure`` is given row numbers, some of them several times; a sample that it cannot measure (ValueError) is drawn
    anew. Rows of one group, such as the turns of a conversation, are drawn together.
    """
    names = np.asarray(groups if groups else [str(row) for row in range(count)])
    members = [np.flatnonzero(names == name) for name in dict.fromkeys(names.tolist())]
    rng = np.random.default_rng(_SEED)
    found: list[float] = []
    for _ in range(_RESAMPLES * 2):
        drawn = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        try:
            found.append(measure(drawn))
        except ValueError:
            continue
        if len(found) == _RESAMPLES:
            break
    if not found:
        raise ValueError("no sample could be measured")
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return float(low), float(high)


def mcnemar(lost: int, gained: int) -> float:
    """Return the two-sided p of McNemar's exact test: how likely so uneven a split of the changed cases is by chance.

    Of the cases whose yes or no changed, half go each way where nothing is different (McNemar 1947,
    doi:10.1007/BF02295996). 1 where no case changed.
    """
    changed = lost + gained
    return float(stats.binomtest(lost, changed, 0.5).pvalue) if changed else 1.0


def paired_bootstrap(differences: Sequence[float], clusters: Sequence[str]) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean difference, whole clusters drawn with a fixed seed.

    Cases of one cluster, such as those that one document answers, rise and fall together: drawn one by one they would
    make the interval too narrow (Cameron, Gelbach and Miller 2008, doi:10.1162/rest.90.3.414).
    """
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    totals = np.bincount(place, weights=np.asarray(differences, dtype=float))
    sizes = np.bincount(place).astype(float)
    drawn = np.random.default_rng(_SEED).integers(0, len(totals), (_RESAMPLES, len(totals)))
    means = totals[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    tail = (1 - _CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
