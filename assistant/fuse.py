"""Evidence of meaning and of words -> one score. Used by ``retrieve``, and by the evaluation on other people's data.

Adding a share of attainable BM25 to a cosine, rather than adding ranks, keeps how strong each kind of evidence is:
where no passage has the query's words, the words decide nothing, so fusion steps aside without a switch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.settings import RetrieveSettings
from ingest.embed import Vectors


@dataclass(frozen=True, slots=True)
class Pointers:
    """What points to passages: their headings, and questions that they are known to answer."""

    cosines: Vectors
    """Cosines with the query, shape (n, k), k at least 1."""
    known: NDArray[np.bool_]
    """Whether a passage has known questions beside its heading, shape (n,)."""


def fuse(
    settings: RetrieveSettings, *, dense: Vectors, sentence: Vectors, pointers: Pointers | None, lexical: Vectors
) -> Vectors:
    """Return a score for each passage, shape (n,), about 0 to 1, higher is better.

    ``dense`` are cosines of query and passage, ``sentence`` those of its closest sentence, both of shape (n,);
    ``pointers`` are None where passages have none; ``lexical`` are shares of the attainable BM25 score, 0 to 1.
    """
    closest = sentence if pointers is None else np.maximum(sentence, pointers.cosines.max(axis=1))
    meaning = (1 - settings.closest_weight) * dense + settings.closest_weight * closest
    if pointers is not None:
        # one known question may be near by chance, three seldom are; a heading alone is near all that is asked about it
        nearest = -np.sort(-pointers.cosines, axis=1)[:, : settings.pointers]
        weight = np.where(pointers.known, settings.pointer_weight, 0.0)
        meaning = (1 - weight) * meaning + weight * nearest.mean(axis=1)
    score: Vectors = (meaning + settings.lexical_weight * lexical) / (1 + settings.lexical_weight)
    return score
