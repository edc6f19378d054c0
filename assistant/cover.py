"""Query + Hits -> how likely it is that the corpus answers the question. Between ``retrieve`` and ``rank``.

A high score alone does not say that a question is answered: "what does the tail cost at this hospital" comes as near
to the section on tail coverage as a question that the section answers. What tells them apart is what the best passage
leaves unexplained of the question, how near any question comes that a section is known to answer, and what kind of
thing is asked for. Six such measures and a direction in the encoder's space are weighed by a logistic regression, which
``curbside eval calibrate`` fits on labelled questions and writes with its own cross-validated report.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import SettingError
from assistant.records import Hit
from ingest.embed import Vectors
from ingest.records import Document, Passage
from ingest.words import words

#: The fit for the shipped corpus and encoder.
CALIBRATION = Path(__file__).parent / "calibration.json"

#: Hits that are looked at for the nearest known question, and the place that the best one is compared with.
_NEAR, _COMPARED = 10, 5


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
    """Largest weight among the query's words that the best passage, with its headings and questions, does not have."""
    foreign: float
    """The same for the whole document of the best passage."""
    length: float
    """Number of different words in the query, a tenth for each."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted logistic regression: measures and a query's vector to a probability."""

    library: str
    """Name of the library that it was fitted for; it says nothing of another one's passages."""
    encoder: str
    """Fingerprint of the encoder whose vectors ``direction`` belongs to."""
    weights: Mapping[str, float]
    """Weight of each measure, and of ``kind``, the query's place along ``direction``."""
    intercept: float
    """Constant term."""
    direction: Vectors
    """Direction in the encoder's space that tells what is answered from what is not, shape (d,)."""
    offset: float
    """Constant term of ``kind``."""

    def confidence(self, found: Measures, vector: Vectors) -> float:
        """Return the probability, 0 to 1, that a question with these measures and this vector, shape (d,), is
        answered."""
        values = {**asdict(found), "kind": float(self.direction @ vector) + self.offset}
        logit = self.intercept + sum(self.weights[name] * value for name, value in values.items())
        return 1 / (1 + math.exp(-logit))


def read_calibration(path: Path = CALIBRATION) -> Calibration:
    """Return a fit. Raises SettingError where the file is not one."""
    try:
        entry = json.loads(path.read_text("utf-8"))
        names = {*(field.name for field in fields(Measures)), "kind"}
        weights = {str(name): float(weight) for name, weight in entry["weights"].items()}
        if set(weights) != names:
            raise ValueError(f"it weighs {sorted(weights)}, not {sorted(names)}")
        direction = np.asarray(entry["direction"], dtype=np.float32)
        return Calibration(
            library=str(entry["library"]),
            encoder=str(entry["encoder"]),
            weights=weights,
            intercept=float(entry["intercept"]),
            direction=direction,
            offset=float(entry["offset"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(f"{path}: not a calibration ({error}); make one with curbside eval calibrate") from error


def measure(query: str, hits: Sequence[Hit], *, weights: WordWeights) -> Measures:
    """Return the measures of a query with its hits, best first; there is at least one."""
    best = hits[0]
    stems = set(words(query))

    def heaviest(known: frozenset[str]) -> float:
        return max((weights.weight(stem) for stem in stems - known), default=0.0) / weights.largest

    return Measures(
        score=best.score,
        pointer=max(hit.pointer for hit in hits[:_NEAR]),
        lead=best.score - hits[min(_COMPARED, len(hits) - 1)].score,
        unexplained=heaviest(_passage_stems(best.document.title, best.passage)),
        foreign=heaviest(_document_stems(best.document)),
        length=len(stems) / 10,
    )


@lru_cache(maxsize=4096)
def _passage_stems(title: str, passage: Passage) -> frozenset[str]:
    return frozenset(words("\n".join((title, *passage.heading_path, passage.text, *passage.asked))))


@lru_cache(maxsize=512)
def _document_stems(document: Document) -> frozenset[str]:
    return frozenset(words(document.text))
