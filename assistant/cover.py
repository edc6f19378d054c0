"""Query + Hits -> how likely it is that the corpus answers the question. Between ``retrieve`` and ``rank``.

A high score alone does not say that a question is answered: "what does the tail cost at this hospital" comes as near
to the section on tail coverage as a question that the section answers. What tells them apart is what the best passage
leaves unexplained of the question, how near any question comes that a section is known to answer, and what kind of
thing is asked for. Seven such measures and a direction in the encoder's space are weighed by a logistic regression,
which ``curbside eval calibrate`` fits on labelled questions and writes with its own cross-validated report.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from assistant.errors import SettingError
from assistant.measure import Measures
from ingest.embed import Vectors

#: The fit for the shipped corpus and encoder.
CALIBRATION = Path(__file__).parent / "calibration.json"


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
        answered; 0 where it is somebody of another trade who asks."""
        if found.trade == 1.0:
            return 0.0
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
