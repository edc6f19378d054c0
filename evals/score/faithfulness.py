"""Faithfulness and ALCE's citation scores: what a verifier thinks of the statements of an answer.

Gao, Yen, Yu and Chen 2023, *Enabling Large Language Models to Generate Text with Citations* (arXiv:2305.14627), section
3. All are from 0 to 1, higher is better. Answers that abstain or state nothing are left out, and so is, as unscored, an
answer with a statement of which nobody could tell: part of an answer is no answer's score.

Where ours differ from ALCE: the judge is the verifier that is given, not TRUE; a statement is what stands between
citation marks, not a sentence; and a statement that is, to the letter, a sentence of its passage needs no judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.marks import Statement
from evals.records import Case, Run, Score, Value
from evals.score.each import of_each
from evals.score.statements import cited, claimless, said
from evals.score.support import Support, passage_of

#: Runs whose statements are read together: enough to fill the encoder's batches, and little to hold.
_STRETCH = 64


def faithfulness(cases: Sequence[Case], runs: Sequence[Run], *, supports: Support) -> Score:
    """Return the mean share of statements that the passages cited anywhere in the answer bear out.

    It asks whether the answer keeps to its sources, citation recall whether the marks are at the right places. What a
    statement's own citations bear out is faithful whatever the others say, so no answer has less than its recall.
    """
    return of_each("faithfulness", lambda _, run: _faithful(run, supports), cases=cases, runs=runs)


def citation_recall(cases: Sequence[Case], runs: Sequence[Run], *, supports: Support) -> Score:
    """Return ALCE's citation recall: the mean share of statements that their own citations together bear out.

    A statement without a citation has 0.
    """
    return of_each("citation recall (ALCE)", lambda _, run: _recall(run, supports), cases=cases, runs=runs)


def alce_precision(cases: Sequence[Case], runs: Sequence[Run], *, supports: Support) -> Score:
    """Return ALCE's citation precision: the mean share of citations that are of use to their statement.

    One is of use where its statement is borne out by all of its citations, and either it bears the statement out alone
    or the others do not without it. An answer that cites nothing is left out: it has no evidence.
    """
    return of_each("citation precision (ALCE)", lambda _, run: _precision(run, supports), cases=cases, runs=runs)


def ask_ahead(runs: Sequence[Run], *, supports: Support) -> None:
    """Ask about every statement of some runs, a stretch of runs at a time, so that the verifier can read together.

    The scores then find the verdicts told; they are the same without it, and slower.
    """
    claiming = [run for run in runs if run.record is not None and claimless(run) is None]
    for start in range(0, len(claiming), _STRETCH):
        stretch = claiming[start : start + _STRETCH]
        asked = [
            (piece.text, texts)
            for run in stretch
            for piece in said(run.answer)
            if (texts := _texts(cited(piece, run.answer), run))
        ]
        supports.read_ahead(asked)
        for run in stretch:
            for measure in (_faithful, _recall, _precision):
                measure(run, supports)


def _faithful(run: Run, supports: Support) -> Value:
    if (reason := claimless(run)) is not None:
        return reason
    texts = _texts(run.answer["citations"], run)
    if texts is None:
        return "unscored"
    return _share([_recalled(piece, run, supports) or supports(piece.text, texts) for piece in said(run.answer)])


def _recall(run: Run, supports: Support) -> Value:
    if (reason := claimless(run)) is not None:
        return reason
    return _share([_recalled(piece, run, supports) for piece in said(run.answer)])


def _precision(run: Run, supports: Support) -> Value:
    if (reason := claimless(run)) is not None:
        return reason
    found = [
        _useful(piece, place, run=run, supports=supports)
        for piece in said(run.answer)
        for place in range(len(cited(piece, run.answer)))
    ]
    return _share(found) if found else "no evidence"


def _recalled(piece: Statement, run: Run, supports: Support) -> bool | None:
    citations = cited(piece, run.answer)
    if not citations:
        return False
    texts = _texts(citations, run)
    return None if texts is None else supports(piece.text, texts)


def _useful(piece: Statement, place: int, *, run: Run, supports: Support) -> bool | None:
    texts = _texts(cited(piece, run.answer), run)
    if texts is None:
        return None
    together = supports(piece.text, texts)
    if not together or len(texts) == 1:
        return together
    alone = supports(piece.text, [texts[place]])
    if alone is not False:
        return alone
    others = supports(piece.text, [*texts[:place], *texts[place + 1 :]])
    return None if others is None else not others


def _texts(citations: Sequence[Mapping[str, Any]], run: Run) -> list[str] | None:
    """Return the passages of some citations, or None where one cannot be read."""
    texts = [passage_of(citation, run) for citation in citations]
    known = [text for text in texts if text is not None]
    return known if len(known) == len(texts) else None


def _share(found: Sequence[bool | None]) -> Value:
    if any(entry is None for entry in found):
        return "unscored"
    return sum(1 for entry in found if entry) / len(found)
