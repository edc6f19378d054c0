"""Candidate Hits -> Evidence: what may be cited, or that nothing may. After ``retrieve``, before ``answer``.

The bar is fixed and is never lowered until something matches. A passage below it is cited only where the calibration
covers a question whose best passage is below the bar or just above; the nearest others can be shown as related.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Evidence, Hit
from assistant.settings import RankSettings

#: Where the best passage is below the bar, and the calibration covers it, others are evidence down to this share of it.
_NEAREST = 0.9
#: A passage below this score is not even related, and somebody else's story leads nowhere.
_LEAST_RELATED = 0.3


def rank(hits: Sequence[Hit], settings: RankSettings, *, confidence: float | None = None) -> Evidence:
    """Return the evidence among some hits, which come best first.

    ``confidence`` is that of a calibration for these passages; where there is none, the score of the best decides.
    """
    best = hits[0].score if hits else 0.0
    covered = best >= settings.bar if confidence is None else confidence >= settings.confidence or best >= settings.sure
    sure = best if confidence is None else confidence
    near = [hit for hit in hits if hit.score >= _LEAST_RELATED and hit.passage.kind != "example"]
    if not hits or not covered:
        return Evidence(hits=(), related=tuple(near[: settings.related]), score=best, confidence=sure)
    reach = max(min(settings.bar, _NEAREST * best), best * settings.reach)
    kept = [hit for hit in hits if hit.score >= reach][: settings.most]
    cited = {hit.passage.id for hit in kept}
    others = [hit for hit in near if hit.passage.id not in cited][: settings.related]
    wide = tuple(hit for hit in hits if hit.score >= settings.bar)[: settings.wide]
    return Evidence(hits=tuple(kept), related=tuple(others), score=best, confidence=sure, wide=wide)
