"""Grounding: does the verifier tell claims that their source bears out from others? And the fit behind it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.verify.measures import NAMES, Weigher
from evals.errors import EvalError
from evals.public.rows import Row, read_rows
from evals.public.tables import Measured
from evals.records import Score
from evals.score.selective import area_under_curve
from evals.statistics import bootstrap_of
from ingest.embed import Encoder
from ingest.sentences import sentence_spans

Numbers = NDArray[np.float64]

#: Inverse strength of the ridge penalty. Of .003, .01, .05 and .3 on seven public files, each by a fit without it, the
#: area under the curve was on average within .003; squares and products of the measures gained nothing.
_C = 0.01


class Scorer(Protocol):
    """What is asked of a verifier here."""

    def score(self, claim: str, evidence: Sequence[str]) -> float:
        """Return how well evidence bears a claim out, 0 to 1, higher is better."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows of a file as a scorer sees them."""

    labels: Numbers
    """1 where the source bears the claim out, else 0, shape (n,)."""
    values: Numbers
    """Scores, shape (n,)."""
    named: dict[str, float]
    """The score of each row, by its number and id."""


def evaluate_grounding(
    path: Path, scorer: Scorer, *, threshold: float, advance: Callable[[int, int], None]
) -> Measured:
    """Return the area under the curve and the balanced accuracy at a threshold that was chosen before.

    Rows are ``{"source" or "source_sentences", "claim", "label"}``. A row without a claim or without a source cannot be
    scored: it is counted, and in no mean. The same scorer is shown the claim without its source and the source
    without its claim: what it can still tell then is a leak of the data and no verification. Raises EvalError where
    all labels are the same.
    """
    rows = read_rows(path, claim=str, label=int)
    scored = [(number, row) for number, row in enumerate(rows, start=1) if row["claim"].strip() and sentences_of(row)]
    labels = np.array([float(row["label"] == 1) for _, row in scored])
    if not scored or len(set(labels.tolist())) < 2:
        raise EvalError(f'{path}: "label" must be 1 where the source bears the claim out, and both kinds must occur')
    ways: dict[str, Callable[[Row], float]] = {
        "whole": lambda row: scorer.score(row["claim"], sentences_of(row)),
        "claim": lambda row: scorer.score(row["claim"], []),
        "source": lambda row: scorer.score("", sentences_of(row)),
    }
    found = {
        name: np.array([score(row) for row in _counted(scored, advance if name == "whole" else _quiet)])
        for name, score in ways.items()
    }
    whole = found["whole"]
    named = {f"{number}:{row.get('id', '')}": float(v) for (number, row), v in zip(scored, whole, strict=True)}
    missing = len(rows) - len(scored)

    def measured(name: str, of: Callable[[Any], float]) -> Score:
        return Score(name, of(np.arange(len(labels))), *bootstrap_of(of, len(labels)), named, missing)

    scores = [
        measured("AUROC", lambda i: area_under_curve(whole[i], labels[i])),
        measured(
            f"balanced accuracy at {threshold:.3f}", lambda i: balanced_accuracy(whole[i] >= threshold, labels[i])
        ),
        measured("AUROC of the claim alone (.5: no leak)", lambda i: area_under_curve(found["claim"][i], labels[i])),
        measured("AUROC of the source alone (.5: no leak)", lambda i: area_under_curve(found["source"][i], labels[i])),
    ]
    return Measured("grounding", str(path), scores, _facts([row for _, row in scored], whole, threshold, missing))


def sentences_of(row: Row) -> list[str]:
    """Return the sentences of a row's source."""
    given = row.get("source_sentences")
    if isinstance(given, list):
        return [str(sentence) for sentence in given if str(sentence).strip()]
    lines = str(row.get("source") or "").split("\n")
    return [line[start:end] for line in lines for start, end in sentence_spans(line)]


def balanced_accuracy(supported: NDArray[np.bool_], labels: Numbers) -> float:
    """Return the mean of the shares of each label that are judged rightly, 0 to 1, .5 by chance.

    Raises ValueError where a label does not occur.
    """
    true, false = labels == 1, labels == 0
    if not true.any() or not false.any():
        raise ValueError("all labels are the same")
    return float((supported[true].mean() + (~supported[false]).mean()) / 2)


def fit_verifier(paths: Sequence[Path], encoder: Encoder, *, advance: Callable[[int, int], None]) -> dict[str, Any]:
    """Return the regression that ``assistant.verify`` reads, with its report: each file by a fit without that file.

    Every file counts the same, and so do both labels in it; a fit without a file has none whose name begins with the
    same word ("wice_claim", "wice_chunk"). The threshold is the one with the best balanced accuracy
    over all files, each by the fit that did not see it. Raises EvalError for fewer than two files.
    """
    if len(paths) < 2:
        raise EvalError("a verifier's fit needs two files or more, each to be judged by a fit without it")
    files = [read_rows(path, claim=str, label=int) for path in paths]
    weigher, total, done = Weigher(encoder), sum(map(len, files)), 0
    data: list[tuple[Numbers, Numbers]] = []
    for rows in files:
        measures = []
        for row in rows:
            measures.append(astuple(weigher.weigh(row["claim"], sentences_of(row)).measures))
            done += 1
            advance(done, total)
        data.append((np.array(measures), np.array([float(row["label"] == 1) for row in rows])))
    return fitted(data, [path.stem for path in paths])


def fitted(data: Sequence[tuple[Numbers, Numbers]], names: Sequence[str]) -> dict[str, Any]:
    """Return the fit of measures, shape (n, 12), and labels, shape (n,), of several files."""
    unseen = [
        _probabilities(_regression(_others(data, names, place)), measures) for place, (measures, _) in enumerate(data)
    ]
    bars = np.linspace(0.2, 0.8, 121)
    accuracy = [
        float(np.mean([balanced_accuracy(v >= bar, labels) for v, (_, labels) in zip(unseen, data, strict=True)]))
        for bar in bars
    ]
    weights, intercept = _regression(data)
    areas = {n: area_under_curve(v, labels) for n, v, (_, labels) in zip(names, unseen, data, strict=True)}
    return {
        "report": {
            "AUROC by a fit without the file": {name: round(area, 4) for name, area in areas.items()},
            "macro": round(float(np.mean(list(areas.values()))), 4),
            "balanced accuracy at the threshold, macro": round(max(accuracy), 4),
            "rows": {name: len(labels) for name, (_, labels) in zip(names, data, strict=True)},
        },
        "threshold": round(float(bars[int(np.argmax(accuracy))]), 3),
        "weights": {name: round(float(weight), 4) for name, weight in zip(NAMES, weights, strict=True)},
        "intercept": round(intercept, 4),
    }


def write_fit(fit: dict[str, Any], out: Path) -> None:
    """Write a fit as ``assistant.verify`` reads it."""
    out.write_text(json.dumps(fit, indent=1) + "\n", "utf-8")


def _others(data: Sequence[tuple[Numbers, Numbers]], names: Sequence[str], place: int) -> list[tuple[Numbers, Numbers]]:
    """Return the files that share nothing with one; two whose names begin with the same word are of one source."""
    own = names[place].partition("_")[0]
    return [part for part, name in zip(data, names, strict=True) if name.partition("_")[0] != own]


def _regression(data: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, float]:
    """Return weights, for measures as they are, and the constant term."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    measures = np.concatenate([part for part, _ in data])
    labels = np.concatenate([part for _, part in data])
    shares = [np.where(own == 1, 0.5 / own.sum(), 0.5 / (1 - own).sum()) for _, own in data]
    scaler = StandardScaler().fit(measures)
    model = LogisticRegression(C=_C, max_iter=1000)
    weight = np.concatenate(shares)
    model.fit(scaler.transform(measures), labels, sample_weight=weight * len(labels) / weight.sum())
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1.0)
    coefficients = model.coef_[0] / scale
    return coefficients, float(model.intercept_[0] - coefficients @ scaler.mean_)


def _probabilities(fit: tuple[Numbers, float], measures: Numbers) -> Numbers:
    weights, intercept = fit
    found: Numbers = 1 / (1 + np.exp(-(measures @ weights + intercept)))
    return found


def _counted(rows: Sequence[tuple[int, Row]], advance: Callable[[int, int], None]) -> Iterator[Row]:
    for number, (_, row) in enumerate(rows, start=1):
        yield row
        advance(number, len(rows))


def _quiet(done: int, total: int) -> None:
    """Say nothing."""


def _facts(rows: Sequence[Row], values: Numbers, threshold: float, missing: int) -> dict[str, object]:
    names = [str(row.get("raw") or row["label"]) for row in rows]
    counts = Counter(names)
    supported = Counter(name for name, value in zip(names, values, strict=True) if value >= threshold)
    facts: dict[str, object] = {
        f"label {name}": f"{counts[name]} rows, {supported[name]} of them at the threshold or above" for name in counts
    }
    return {**facts, "unscored, without claim or source": missing}
