"""Means and proportions with their 95 % intervals. The formulas are scipy's; here is which one is used when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evals.records import Score

_SEED = 20261122
_RESAMPLES = 2_000
_CONFIDENCE = 0.95


def mean_score(name: str, cases: Mapping[str, float], *, unscored: int = 0) -> Score:
    """Return the mean of per-case values with its interval; no case gives a score without a value.

    Values of 0 and 1 only are a proportion and get Wilson's interval; others get the percentile bootstrap with a
    fixed seed.
    """
    values = list(cases.values())
    if not values:
        return Score(name, None, None, None, {}, unscored)
    low, high = wilson(sum(values), len(values)) if set(values) <= {0.0, 1.0} else bootstrap(values)
    return Score(name, float(np.mean(values)), low, high, dict(cases), unscored)


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
