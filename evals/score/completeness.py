"""Does the answer hold what a complete one would, and did it leave out what lay before it?

A point of a case is a text with alternatives between ``|``. An alternative is found where one sentence has all of its
stems, or, between slashes, where the regular expression matches the text whatever its case. Words without a stem of
their own, such as "the", do not count. Of the cases with points alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evals.marks import plain
from evals.records import Case, Run, Score, Value
from evals.score.each import of_each
from evals.score.statements import said
from ingest.sentences import sentence_spans
from ingest.words import words

#: Passages found that count as what lay before the answer.
_BEFORE = 5


def completeness(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the mean, over answered cases, of the share of expected points that the answer holds.

    0 to 1, higher is better. An answer that abstains is left out: abstention recall and precision speak of it.
    """

    def value(case: Case, run: Run) -> Value:
        if run.outcome != "answered":
            return "abstained"
        shown = _sentences([piece.text for piece in said(run.answer)])
        return sum(holds(shown, point) for point in case.points) / len(case.points)

    return of_each("answer completeness", value, cases=[case for case in cases if case.points], runs=runs)


def omission_rate(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the mean, over answered cases, of the share of points that the evidence holds and the answer left out.

    The evidence is the first five passages found. 0 to 1, lower is better: what choosing sentences cost, whatever the
    search missed. Where the evidence holds no point there is no evidence; where nobody tells what was found, the case
    is unscored.
    """

    def value(case: Case, run: Run) -> Value:
        if run.outcome != "answered":
            return "abstained"
        if run.retrieved is None or run.passages is None:
            return "unscored"
        before = _sentences([run.passages.get(entry.passage, "") for entry in run.retrieved[:_BEFORE]])
        there = [point for point in case.points if holds(before, point)]
        shown = _sentences([piece.text for piece in said(run.answer)])
        return sum(not holds(shown, point) for point in there) / len(there) if there else "no evidence"

    return of_each(
        "omission rate", value, cases=[case for case in cases if case.points], runs=runs, better="lower"
    )  # fmt: skip


def holds(sentences: Sequence[str], point: str) -> bool:
    """Return whether sentences hold a point."""
    return any(_holds(sentences, alternative.strip()) for alternative in _alternatives(point))


def _alternatives(point: str) -> list[str]:
    # a bar inside a regular expression is its own
    return [point] if point.startswith("/") else point.split("|")


def _holds(sentences: Sequence[str], alternative: str) -> bool:
    if alternative.startswith("/") and alternative.endswith("/") and len(alternative) > 1:
        return any(re.search(alternative[1:-1], sentence, re.IGNORECASE) for sentence in sentences)
    wanted = _stems(alternative)
    return bool(wanted) and any(wanted <= _stems(sentence) for sentence in sentences)


@lru_cache(maxsize=16_384)
def _stems(text: str) -> frozenset[str]:
    # the same sentences are held against many points
    return frozenset(words(text))


def _sentences(texts: Sequence[str]) -> list[str]:
    lines = [line for text in texts for line in text.split("\n")]
    return [plain(line[start:end]) for line in lines for start, end in sentence_spans(line)]
