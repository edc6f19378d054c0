"""Scores against a baseline, case by case: what got worse, what got better, and whether it can be chance.

Yes-or-no measures are compared by McNemar's exact test, others by a paired bootstrap over documents. Both at 95 %, two
sides. Measures that are no mean are not compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.records import Case, Comparison, Score
from evals.statistics import mcnemar, paired_bootstrap

_SIGNIFICANT = 0.05
#: A smaller difference is none: the baseline's values are rounded to four digits.
_NOTHING = 1e-4


def compare(
    scores: Sequence[Score], baseline: Mapping[str, Mapping[str, float]], *, cases: Sequence[Case]
) -> list[Comparison]:
    """Return every score that is a mean, against the values of the baseline's cases by the score's name.

    Only cases that both have scored are compared; where there are none, nothing is, and the comparison says so.
    """
    clusters = {case.id: case.cluster for case in cases}
    return [
        _compared(score, baseline[score.name], clusters=clusters)
        for score in scores
        if score.is_mean and score.name in baseline
    ]


def _compared(score: Score, before: Mapping[str, float], *, clusters: Mapping[str, str]) -> Comparison:
    names = [name for name in score.cases if name in before]
    if not names:
        return Comparison(score.name, None, None, None, None, None, 0, gone=tuple(before))
    sign = 1 if score.better == "higher" else -1
    differences = {name: sign * (score.cases[name] - before[name]) for name in names}
    changes = {name: value if abs(value) > _NOTHING else 0.0 for name, value in differences.items()}
    worse = tuple(name for name, change in changes.items() if change < 0)
    gained = tuple(name for name, change in changes.items() if change > 0)
    low = high = p = None
    if {*before.values(), *score.cases.values()} <= {0.0, 1.0}:
        p = mcnemar(len(worse), len(gained))
        differs = p < _SIGNIFICANT
        downwards = len(worse) > len(gained)
    else:
        low, high = paired_bootstrap(list(changes.values()), [clusters.get(name, name) for name in names])
        differs = low > 0 or high < 0
        downwards = high < 0
    return Comparison(
        score.name,
        sum(before[name] for name in names) / len(names),
        sum(score.cases[name] for name in names) / len(names),
        low if sign > 0 or high is None else -high,
        high if sign > 0 or low is None else -low,
        p,
        len(names),
        worse,
        gained,
        tuple(name for name in before if name not in score.cases),
        "no difference shown" if not differs else "worse" if downwards else "better",
    )
