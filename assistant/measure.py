"""Query + Hits -> numbers that speak for and against an answer being there. Used by ``cover`` and by ``lean``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from assistant.records import Hit
from assistant.trade import other_trade
from ingest.words import words

#: Hits that are looked at for the nearest known question, and the place that the best one is compared with.
_NEAR, _COMPARED = 10, 5
_MOST_WORDS = 10
#: An asker's own figures and year of training; no passage has to repeat them to answer. Names of accounts and forms are
#: none.
_FIGURE = re.compile(r"(?!401k|1099)(?:pgy)?\d[\d.,]*(?:k|st|nd|rd|th)?")


class WordWeights(Protocol):
    """What is asked of the lexical index."""

    def weight(self, word: str) -> float:
        """Return the inverse document frequency of a stem."""

    @property
    def largest(self) -> float:
        """Weight of a stem that no passage has."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What speaks for and against an answer being there; each about 0 to 1."""

    score: float
    """Score of the best passage."""
    pointer: float
    """Cosine of the query and the nearest heading or known question of the first ten passages."""
    lead: float
    """Score of the best passage less that of the sixth."""
    unexplained: float
    """Largest weight among the query's words, but for figures, that the best passage, with its headings and questions,
    does not have."""
    foreign: float
    """The same for the whole document of the best passage."""
    length: float
    """Number of different words in the query, a tenth for each of the first ten."""
    trade: float
    """Whether somebody of another trade asks, 0 to 1; see ``trade``."""


def measure(query: str, hits: Sequence[Hit], *, weights: WordWeights) -> Measures:
    """Return the measures of a query with its hits, best first; there is at least one."""
    best, own = hits[0], hits[0].passage
    stems = set(words(query))
    told = {stem for stem in stems if not _FIGURE.fullmatch(stem)}

    def heaviest(known: frozenset[str]) -> float:
        return max((weights.weight(stem) for stem in told - known), default=0.0) / weights.largest

    return Measures(
        score=best.score,
        pointer=max(hit.pointer for hit in hits[:_NEAR]),
        lead=best.score - hits[min(_COMPARED, len(hits) - 1)].score,
        unexplained=heaviest(_stems((best.document.title, *own.heading_path, own.text, *own.asked))),
        foreign=heaviest(_stems((best.document.text,))),
        # beyond ten words a question tells more of its asker, and no more of what is asked
        length=min(len(stems), _MOST_WORDS) / 10,
        trade=other_trade(query),
    )


# a document's stems take some 25 kB
@lru_cache(maxsize=1024)
def _stems(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words("\n".join(texts)))
