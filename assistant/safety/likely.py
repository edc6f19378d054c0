"""A question and its vector -> the care path that it may well belong to, where no rule has found it.

Rules see what people say in words that somebody thought of. Of crisis phrasings by other writers they miss more than
half, so two logistic regressions look too, one over the question's vector and one over its pieces, and their values are
added. They are less sure: what they find puts a short notice above the ordinary answer and never takes its place.
``curbside eval fit-safety`` fits them on the parts ``dev``, ``blind`` and ``train2`` of
``evals/case_sets/safety.jsonl`` and writes its report beside the weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.errors import SettingError
from assistant.records import CareSource
from assistant.safety import texts
from assistant.safety.pieces import BUCKETS, pieces
from ingest.embed import Vectors

#: The fit for the shipped encoder.
LIKELY = Path(__file__).parent / "likely.json"

#: In the order in which they are asked.
PATHS = ("crisis", "emergency", "report")

_SAID: Mapping[str, tuple[str, tuple[CareSource, ...]]] = {
    "crisis": (texts.LIKELY_CRISIS_TEXT, texts.CARE_SOURCES),
    "emergency": (texts.LIKELY_EMERGENCY_TEXT, ()),
    "report": (texts.LIKELY_REPORT_TEXT, texts.MISTREATMENT_SOURCES),
}


@dataclass(frozen=True, slots=True)
class Direction:
    """What tells one path from ordinary questions."""

    weights: Vectors
    """Weights of the vector, shape (d,)."""
    pieces: Vectors
    """Weights of the pieces, shape (buckets,)."""
    bar: float
    """From this sum of ``weights @ vector`` and of the weighted pieces on a question may belong to the path."""

    def found(self, vector: Vectors, said: Mapping[int, float]) -> bool:
        """Return whether a question with this vector, shape (d,), and these pieces may belong to the path."""
        value = float(self.weights @ vector) + sum(float(self.pieces[bucket]) * own for bucket, own in said.items())
        return value >= self.bar


@dataclass(frozen=True, slots=True)
class Likely:
    """A fit for one encoder."""

    encoder: str
    """Fingerprint of the encoder whose vectors the directions belong to."""
    directions: Mapping[str, Direction]
    """Direction of each path."""

    def path(self, question: str, vector: Vectors) -> str:
        """Return the path that a question with this vector, shape (d,), may belong to, or an empty text."""
        said = pieces(question)
        return next((name for name in PATHS if self.directions[name].found(vector, said)), "")


def said_for(path: str) -> tuple[str, tuple[CareSource, ...]]:
    """Return the notice of a path, and where its facts come from."""
    return _SAID[path]


@cache
def read_likely(path: Path = LIKELY) -> Likely:
    """Return a fit. Raises SettingError where the file is not one."""
    try:
        entry = json.loads(path.read_text("utf-8"))
        directions = {
            name: Direction(
                np.asarray(own["weights"], dtype=np.float32),
                np.asarray(own["pieces"], dtype=np.float32),
                float(own["bar"]),
            )
            for name, own in entry["directions"].items()
        }
        if set(directions) != set(PATHS):
            raise ValueError(f"it has {sorted(directions)}, not {sorted(PATHS)}")
        if wrong := [name for name, own in directions.items() if own.pieces.shape != (BUCKETS,)]:
            raise ValueError(f"{wrong[0]} has {directions[wrong[0]].pieces.size} pieces, not {BUCKETS}")
        return Likely(str(entry["encoder"]), directions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            f"{path}: not a fit of the care path ({error}); make one with curbside eval fit-safety"
        ) from error
