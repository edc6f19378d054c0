"""Selection: of the sentences beside a question, which answer it? Scored as the assistant chooses sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.select import answering
from evals.errors import EvalError
from evals.public.rows import Row, read_rows
from evals.public.tables import Measured
from evals.score.ranking import average_precision, reciprocal_rank
from evals.statistics import mean_score
from ingest.embed import Encoder, Vectors
from ingest.lexical import inverse_document_frequency
from ingest.typography import matching
from ingest.words import words

#: Words of neighbouring sentences that are read together, as in a passage.
_TOGETHER = 150


def evaluate_selection(path: Path, encoder: Encoder, *, advance: Callable[[int, int], None]) -> Measured:
    """Return mean average precision, mean reciprocal rank and precision at 1 over the rows that have an answer.

    Rows are ``{"question", "sentences", "gold"}``; ``advance`` is told how many of how many are done.
    """
    rows = read_rows(path, question=str, sentences=list, gold=list)
    values: dict[str, dict[str, float]] = {"MAP": {}, "MRR": {}, "P@1": {}}
    without = 0
    for number, row in enumerate(rows, start=1):
        gold = _gold(path, number, row)
        if gold:
            ranked = [str(place) for place in np.argsort(-_scores(row, encoder), kind="stable")]
            name = f"{number}:{row.get('id', '')}"
            values["MAP"][name] = average_precision(ranked, gold)
            values["MRR"][name] = reciprocal_rank(ranked, gold, at=len(ranked))
            values["P@1"][name] = float(ranked[0] in gold)
        without += not gold
        advance(number, len(rows))
    scores = [mean_score(name, cases, unscored=without) for name, cases in values.items()]
    return Measured("selection", str(path), scores, {"rows without an answering sentence, not scored": without})


def _scores(row: Row, encoder: Encoder) -> Vectors:
    sentences = [str(sentence) for sentence in row["sentences"]]
    question = encoder.encode([matching(row["question"])])[0]
    cosines = _read_together(sentences, encoder) @ question
    count = len(sentences)
    holding = Counter(stem for sentence in sentences for stem in set(words(sentence)))

    def weight(stem: str) -> float:
        return inverse_document_frequency(count, holding[stem])

    return answering(row["question"], sentences, cosines=cosines.tolist(), weight=weight)


def _read_together(sentences: Sequence[str], encoder: Encoder) -> Vectors:
    """Return a vector for each sentence, read within its neighbours as ingest reads a passage's."""
    texts: list[str] = []
    spans: list[list[tuple[int, int]]] = []
    for sentence in map(matching, sentences):
        if not texts or len(texts[-1].split()) + len(sentence.split()) > _TOGETHER:
            texts.append("")
            spans.append([])
        start = len(texts[-1]) + bool(texts[-1])
        texts[-1] = f"{texts[-1]} {sentence}" if texts[-1] else sentence
        spans[-1].append((start, len(texts[-1])))
    return np.concatenate([found[1:] for found in encoder.encode_parts(texts, spans)])


def _gold(path: Path, number: int, row: Row) -> set[str]:
    places = row["gold"]
    if not row["sentences"]:
        raise EvalError(f'{path}, row {number}: "sentences" is empty; each row has at least one')
    if not all(isinstance(place, int) and 0 <= place < len(row["sentences"]) for place in places):
        raise EvalError(f'{path}, row {number}: "gold" is {places}; it holds places of sentences, counted from 0')
    return {str(place) for place in places}
