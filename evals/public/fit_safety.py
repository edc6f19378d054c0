"""Phrasings of the care path + ordinary questions -> ``assistant/safety/likely.json``, with its report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.safety.likely import PATHS
from evals.errors import EvalError
from evals.public.rows import Row, read_rows
from ingest.embed import Encoder

#: Parts that are fitted on, and the one that only measures: nobody who wrote a rule has read it.
FITTED_ON, MEASURED_ON = ("dev", "blind"), "unread"
#: Share of ordinary questions that may get a notice that they do not need: a line more for one asker in fifty. A person
#: missed weighs more: at .01 the fit alone finds .51 of the crisis phrasings that it is measured on, at .02 .61.
_ALARMS = 0.02
#: Inverse strength of the ridge penalty; 3, 10 and 30 find the same within .04.
_C = 3.0
_FOLDS, _SEED = 5, 20261126

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Phrasings:
    """What the regressions see."""

    vectors: Numbers
    """Shape (n, d)."""
    paths: NDArray[np.str_]
    """The path of each, ``none`` for ordinary questions, shape (n,)."""
    parts: NDArray[np.str_]
    """The part of each, ``ordinary`` for questions of other case sets, shape (n,)."""


def read_phrasings(file: Path, ordinary: Sequence[Path], *, encoder: Encoder) -> Phrasings:
    """Return the rows of the safety file, and the turns of other case sets but those that expect care.

    Raises EvalError where a file cannot be read, or holds nothing to fit on.
    """
    rows = read_rows(file, question=str, path=str, part=str)
    turns = [str(turn) for path in ordinary for row in read_rows(path, turns=list) for turn in _ordinary(row)]
    texts = [row["question"] for row in rows] + turns
    paths = np.array([row["path"] for row in rows] + ["none"] * len(turns))
    parts = np.array([row["part"] for row in rows] + ["ordinary"] * len(turns))
    fitted = np.isin(parts, FITTED_ON)
    if missing := [path for path in PATHS if not (fitted & (paths == path)).any()]:
        raise EvalError(f"{file}: no {missing[0]} in the parts {' and '.join(FITTED_ON)}; add phrasings")
    return Phrasings(encoder.encode(texts).astype(np.float64), paths, parts)


def fit_safety(given: Phrasings, *, encoder: str) -> dict[str, Any]:
    """Return the fit, as ``assistant.safety.likely`` reads it, and under ``report`` what it does where it was not
    fitted: the share of each path that it finds, and of near misses and ordinary questions that it alarms about."""
    directions, report = {}, {}
    for path in PATHS:
        weights, bar, alarms = _direction(given, path)
        directions[path] = {"weights": [round(float(w), 4) for w in weights], "bar": round(bar, 4)}
        report[path] = {"ordinary alarms, cross-validated": round(alarms, 4), **_measured(given, path, weights, bar)}
    return {"encoder": encoder, "report": report, "directions": directions}


def write_safety(fit: Mapping[str, Any], out: Path) -> None:
    """Write a fit as ``assistant.safety.likely`` reads it."""
    entry = {**fit, "directions": {name: dict(own) for name, own in fit["directions"].items()}}
    out.write_text(json.dumps(entry) + "\n", "utf-8")


def _ordinary(row: Row) -> list[Any]:
    return [] if row.get("expect") == "care" else list(row["turns"])


def _direction(given: Phrasings, path: str) -> tuple[Numbers, float, float]:
    """Return the weights, the bar, and the share of ordinary questions above it in folds that did not see them."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    used = np.isin(given.parts, (*FITTED_ON, "ordinary"))
    vectors, labels = given.vectors[used], given.paths[used] == path
    ordinary = given.parts[used] == "ordinary"
    model = LogisticRegression(C=_C, class_weight="balanced", max_iter=3000)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    values = cross_val_predict(model, vectors, labels, cv=folds, method="decision_function")
    bar = float(np.quantile(values[ordinary], 1 - _ALARMS))
    model.fit(vectors, labels)
    return model.coef_[0], bar - float(model.intercept_[0]), float((values[ordinary] >= bar).mean())


def _measured(given: Phrasings, path: str, weights: Numbers, bar: float) -> dict[str, object]:
    part = given.parts == MEASURED_ON
    found = given.vectors @ weights >= bar
    own, none = part & (given.paths == path), part & (given.paths == "none")
    return {
        f"{MEASURED_ON}: found": round(float(found[own].mean()), 3) if own.any() else None,
        f"{MEASURED_ON}: near misses alarmed": round(float(found[none].mean()), 3) if none.any() else None,
        f"{MEASURED_ON}: rows": int(own.sum()),
    }
