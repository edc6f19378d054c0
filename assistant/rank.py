"""Candidate Hits -> Evidence: what may be cited, or that nothing may. After ``retrieve``, before ``answer``.

The bar is fixed and is never lowered until something matches. Passages below it are never cited; the nearest of
them can be shown as related.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Evidence, Hit
from assistant.settings import RankSettings


def rank(hits: Sequence[Hit], settings: RankSettings, *, confidence: float | None = None) -> Evidence:
    """Return the evidence among some hits, which come best first.

    ``confidence`` is that of a calibration for these passages; where there is none, the score of the best decides.
    """
    best = hits[0].score if hits else 0.0
    covered = best >= settings.bar if confidence is None else confidence >= settings.confidence or best >= settings.sure
    sure = best if confidence is None else confidence
    if not hits or not covered:
        return Evidence(hits=(), related=tuple(hits[: settings.related]), score=best, confidence=sure)
    reach = max(min(settings.bar, best), best * settings.reach)
    kept = [hit for hit in hits if hit.score >= reach][: settings.most]
    others = [hit for hit in hits if hit not in kept][: settings.related]
    wide = tuple(hit for hit in hits if hit.score >= settings.bar)[: settings.wide]
    return Evidence(hits=tuple(kept), related=tuple(others), score=best, confidence=sure, wide=wide)
