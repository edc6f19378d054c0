"""Evidence of meaning and of words -> one score. Used by ``retrieve``, and by the evaluation on other people's data.

Adding a share of attainable BM25 to a cosine, rather than adding ranks, keeps how strong each kind of evidence is:
where no passage has the query's words, the words decide nothing, so fusion steps aside without a switch.
"""

from __future__ import annotations

import numpy as np

from assistant.settings import RetrieveSettings
from ingest.embed import Vectors


def fuse(
    settings: RetrieveSettings, *, dense: Vectors, sentence: Vectors, pointers: Vectors | None, lexical: Vectors
) -> Vectors:
    """Return a score for each passage, shape (n,), about 0 to 1, higher is better.

    ``dense`` are cosines of query and passage, ``sentence`` those of its closest sentence, both of shape (n,);
    ``pointers`` those of its heading and known questions, shape (n, k) with k at least 1, or None where passages have
    none; ``lexical`` shares of the attainable BM25 score, 0 to 1.
    """
    closest = sentence if pointers is None else np.maximum(sentence, pointers.max(axis=1))
    meaning = (1 - settings.closest_weight) * dense + settings.closest_weight * closest
    if pointers is not None:
        # one known question may be near by chance, three seldom are
        nearest = -np.sort(-pointers, axis=1)[:, : settings.pointers]
        meaning = (1 - settings.pointer_weight) * meaning + settings.pointer_weight * nearest.mean(axis=1)
    score: Vectors = (meaning + settings.lexical_weight * lexical) / (1 + settings.lexical_weight)
    return score
