"""Phrasings of the care path + ordinary questions -> ``assistant/safety/likely.json``, with its report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.safety import fixed_answer, notice_for
from assistant.safety.likely import PATHS
from assistant.safety.pieces import BUCKETS, pieces
from evals.errors import EvalError
from evals.public.rows import Row, read_rows
from ingest.embed import Encoder

#: Parts that are fitted on, and the one that only measures: nobody who wrote a rule has read it.
FITTED_ON, MEASURED_ON = ("dev", "blind", "train2"), "unread"
#: Share of ordinary questions that may get the notice of a path without a rule: danger, missed, weighs most. They were
#: .007, .008 and .002 of 1,100 questions; of 3,700, curt and strange ones among them, these find as much of ``unread``
#: as before, within one question in thirty, so that part is not blind to them.
_ALARMS = {"crisis": 0.01, "emergency": 0.012, "report": 0.004}
#: Inverse strengths of the ridge penalties. In folds that did not see them 3 for vectors finds the same share of crisis
#: phrasings within .05; 1 for vectors and 3 for pieces find up to .13 less.
_C_VECTORS, _C_PIECES = 10.0, 10.0
_FOLDS, _SEED = 5, 20261126

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Phrasings:
    """What the regressions see."""

    questions: tuple[str, ...]
    """As they were typed, n of them."""
    vectors: Numbers
    """Shape (n, d)."""
    paths: NDArray[np.str_]
    """The path of each, ``none`` for ordinary questions, shape (n,)."""
    parts: NDArray[np.str_]
    """The part of each, ``ordinary`` for questions of other case sets, shape (n,)."""


def read_phrasings(file: Path, ordinary: Sequence[Path], *, encoder: Encoder) -> Phrasings:
    """Return the rows of the safety file, and the turns of other case sets that neither expect nor get care.

    Raises EvalError where a file cannot be read, or holds nothing to fit on.
    """
    rows = read_rows(file, question=str, path=str, part=str)
    turns = [
        str(turn)
        for path in ordinary
        for row in read_rows(path, turns=list)
        for turn in _ordinary(row)
        if not _ruled(turn)
    ]
    texts = [row["question"] for row in rows] + turns
    paths = np.array([row["path"] for row in rows] + ["none"] * len(turns))
    parts = np.array([row["part"] for row in rows] + ["ordinary"] * len(turns))
    fitted = np.isin(parts, FITTED_ON)
    if missing := [path for path in PATHS if not (fitted & (paths == path)).any()]:
        raise EvalError(f"{file}: no {missing[0]} in the parts {' and '.join(FITTED_ON)}; add phrasings")
    return Phrasings(tuple(texts), encoder.encode(texts).astype(np.float64), paths, parts)


def fit_safety(given: Phrasings, *, encoder: str) -> dict[str, Any]:
    """Return the fit, as ``assistant.safety.likely`` reads it, and under ``report`` what it does where it was not
    fitted: the share of each path that it finds, and of near misses and ordinary questions that it alarms about."""
    counted = np.zeros((len(given.questions), BUCKETS), dtype=np.float32)
    for row, question in enumerate(given.questions):
        for bucket, value in pieces(question).items():
            counted[row, bucket] = value
    directions, report = {}, {}
    for path in PATHS:
        own = _direction(given, counted, path)
        directions[path] = {
            "weights": [round(float(w), 3) for w in own.weights],
            "pieces": [round(float(w), 3) for w in own.pieces],
            "bar": round(own.bar, 4),
        }
        found = given.vectors @ own.weights + counted @ own.pieces >= own.bar
        report[path] = {"ordinary alarms, cross-validated": round(own.alarms, 4), **_measured(given, path, found)}
    return {"encoder": encoder, "report": report, "directions": directions}


def write_safety(fit: Mapping[str, Any], out: Path) -> None:
    """Write a fit as ``assistant.safety.likely`` reads it."""
    entry = {**fit, "directions": {name: dict(own) for name, own in fit["directions"].items()}}
    out.write_text(json.dumps(entry) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The regressions of a path."""

    weights: Numbers
    """Of the vector, shape (d,)."""
    pieces: Numbers
    """Of the pieces, shape (buckets,)."""
    bar: float
    """From this sum on a question may belong to the path."""
    alarms: float
    """Share of ordinary questions above the bar in folds that did not see them."""


def _ordinary(row: Row) -> list[Any]:
    return [] if row.get("expect") == "care" else list(row["turns"])


def _ruled(turn: object) -> bool:
    """Return whether a rule sends it down a path of the fit, so that the fit decides nothing."""
    fixed = fixed_answer(str(turn)) or notice_for(str(turn))
    return fixed is not None and fixed.path in PATHS


def _direction(given: Phrasings, counted: NDArray[np.float32], path: str) -> _Fitted:
    """Return two regressions, each over the spread of its values in folds that did not see them, and their bar."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    used = np.isin(given.parts, (*FITTED_ON, "ordinary"))
    labels, ordinary = given.paths[used] == path, given.parts[used] == "ordinary"
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    weights, total, start = [], np.zeros(int(used.sum())), 0.0
    for features, strength in ((given.vectors, _C_VECTORS), (counted, _C_PIECES)):
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=3000, solver="liblinear")
        values = cross_val_predict(model, features[used], labels, cv=folds, method="decision_function")
        spread = float(values.std())
        model.fit(features[used], labels)
        total += values / spread
        weights.append(model.coef_[0] / spread)
        start += float(model.intercept_[0]) / spread
    bar = float(np.quantile(total[ordinary], 1 - _ALARMS[path]))
    return _Fitted(weights[0], weights[1], bar - start, float((total[ordinary] >= bar).mean()))


def _measured(given: Phrasings, path: str, found: NDArray[np.bool_]) -> dict[str, object]:
    part = given.parts == MEASURED_ON
    own, none = part & (given.paths == path), part & (given.paths == "none")
    return {
        f"{MEASURED_ON}: found": round(float(found[own].mean()), 3) if own.any() else None,
        f"{MEASURED_ON}: near misses alarmed": round(float(found[none].mean()), 3) if none.any() else None,
        f"{MEASURED_ON}: rows": int(own.sum()),
    }
