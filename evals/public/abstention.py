"""Abstention: does the evidence score tell questions that their passages answer from those that they do not?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.fuse import fuse
from assistant.settings import RetrieveSettings
from evals.errors import EvalError
from evals.public.rows import Row, read_rows
from evals.public.tables import Measured
from evals.records import Score
from evals.score.selective import area_under_curve, area_under_risk, risk_coverage
from evals.statistics import bootstrap_of
from ingest.embed import Encoder
from ingest.lexical import inverse_document_frequency
from ingest.sentences import sentence_spans
from ingest.typography import matching
from ingest.words import words

_WRONG = 0.05


def evaluate_abstention(
    path: Path, encoder: Encoder, *, settings: RetrieveSettings, advance: Callable[[int, int], None]
) -> Measured:
    """Return the area under the curve, the area under risk and coverage, and the coverage at 5 % wrong.

    Rows are ``{"question", "passages", "label"}``, label 1 where the passages answer. Answering a question with label
    0 is wrong. Raises EvalError where all labels are the same.
    """
    rows = read_rows(path, question=str, passages=list, label=int)
    labels = np.array([row["label"] for row in rows])
    if len(set(labels.tolist())) < 2 or not set(labels.tolist()) <= {0, 1}:
        raise EvalError(f'{path}: "label" must be 1 where the passages answer and 0 elsewhere, and both must occur')
    weights = _weights(rows)
    values = np.zeros(len(rows))
    for number, row in enumerate(rows):
        values[number] = _score(row, encoder, settings, weights)
        advance(number + 1, len(rows))
    points = risk_coverage(values, labels)
    area = bootstrap_of(lambda i: area_under_curve(values[i], labels[i]), len(rows))
    risk = bootstrap_of(lambda i: area_under_risk(risk_coverage(values[i], labels[i])), len(rows))
    covered = bootstrap_of(lambda i: _coverage(risk_coverage(values[i], labels[i])), len(rows))
    named = {
        f"{number}:{row.get('id', '')}": float(value)
        for number, (row, value) in enumerate(zip(rows, values, strict=True))
    }
    scores = [
        Score("AUROC", area_under_curve(values, labels), *area, named),
        Score("area under risk-coverage (lower is better)", area_under_risk(points), *risk, named),
        Score(f"coverage at {_WRONG:.0%} wrong", _coverage(points), *covered, named),
    ]
    facts = {"answered by their passages": int(labels.sum()), "not answered": int((1 - labels).sum())}
    return Measured("abstention", str(path), scores, facts, _thinned(points))


def _score(row: Row, encoder: Encoder, settings: RetrieveSettings, weights: Mapping[str, float]) -> float:
    texts = [matching(str(passage)) for passage in row["passages"]]
    if not texts:
        return 0.0
    question = encoder.encode([matching(row["question"])])[0]
    found = encoder.encode_parts(texts, [sentence_spans(text) for text in texts])
    asked = set(words(row["question"]))
    most = sum(weights[stem] for stem in asked) or 1.0
    shared = [sum(weights[stem] for stem in asked & set(words(text))) / most for text in texts]
    return float(
        fuse(
            settings,
            dense=np.array([own[0] @ question for own in found]),
            sentence=np.array([(own[1:] @ question).max(initial=-1) for own in found]),
            pointers=None,
            lexical=np.array(shared),
        ).max()
    )


def _weights(rows: Sequence[Row]) -> Mapping[str, float]:
    """Return the inverse document frequency of every stem, over all passages of the file."""
    passages = [set(words(str(passage))) for row in rows for passage in row["passages"]]
    holding = Counter(stem for stems in passages for stem in stems)
    stems = {stem for row in rows for stem in words(row["question"])} | set(holding)
    count = len(passages)
    return {stem: inverse_document_frequency(count, holding[stem]) for stem in stems}


def _coverage(points: Sequence[Mapping[str, float]]) -> float:
    return max((point["coverage"] for point in points if point["risk"] <= _WRONG), default=0.0)


def _thinned(points: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """Return about a hundred points of a curve, with the last."""
    step = max(1, len(points) // 100)
    kept = list(points[::step])
    return kept if kept[-1] is points[-1] else [*kept, points[-1]]
