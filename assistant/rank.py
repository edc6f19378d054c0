"""Candidate Hits -> Evidence: what may be cited, or that nothing may. After ``retrieve``, before ``answer``.

The bar is fixed and is never lowered until something matches. Passages below it are never cited; the nearest of
them can be shown as related.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Evidence, Hit
from assistant.settings import RankSettings


def rank(hits: Sequence[Hit], settings: RankSettings) -> Evidence:
    """Return the evidence among some hits, which come best first."""
    best = hits[0].score if hits else 0.0
    if best < settings.bar:
        return Evidence(hits=(), related=tuple(hits[: settings.related]), score=best)
    reach = max(settings.bar, best * settings.reach)
    kept = [hit for hit in hits if hit.score >= reach][: settings.most]
    others = [hit for hit in hits if hit not in kept][: settings.related]
    return Evidence(hits=tuple(kept), related=tuple(others), score=best)
