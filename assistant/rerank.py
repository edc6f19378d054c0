"""Hits -> Hits in the order of a cross-encoder. Between ``retrieve`` and ``rank``, where one is configured.

``CURBSIDE_RERANKER`` names any sentence-transformers CrossEncoder, in a folder or in the local model cache; nothing is
downloaded. The first hits are put in its order and share out the scores that they had, so that the bars of ``rank``,
which were chosen on those scores, keep their meaning.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from assistant.errors import SettingError
from assistant.records import Hit
from ingest.records import embedded_text

#: Hits that are put in a new order.
_FIRST = 20


@runtime_checkable
class Reranker(Protocol):
    """What the chain asks of a model that reads question and passage together."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return how well each passage answers, higher is better; any scale."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder on the CPU. Raises SettingError where it is not on this machine."""

    def __init__(self, name: str) -> None:
        # before the import, which reads it: no look-up on a model hub
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import CrossEncoder

        where = str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name
        try:
            self._model: Any = CrossEncoder(where, device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise SettingError(
                f"CURBSIDE_RERANKER={name}: no such CrossEncoder on this machine, and none is downloaded; give "
                f"its folder, or leave the variable out"
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """Return how well each passage answers, higher is better."""
        found = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return [float(score) for score in found]


def rerank(question: str, hits: Sequence[Hit], *, reranker: Reranker) -> tuple[Hit, ...]:
    """Return the hits with the first of them in the reranker's order; equal scores keep the order that they had."""
    first = hits[:_FIRST]
    scores = reranker.scores(question, [embedded_text(hit.document.title, hit.passage) for hit in first])
    order = sorted(range(len(first)), key=lambda place: -scores[place])
    moved = [replace(first[place], score=hit.score) for place, hit in zip(order, first, strict=True)]
    return (*moved, *hits[_FIRST:])
