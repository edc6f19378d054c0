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


def faithfulness(cases: Sequence[Case], runs: Sequence[Run], *, supports: Support) -> Score:
    """Return the mean share of statements that the passages cited anywhere in the answer bear out.

    It asks whether the answer keeps to its sources, citation recall whether the marks are at the right places.
    """

    def value(_: Case, run: Run) -> Value:
        if (reason := claimless(run)) is not None:
            return reason
        texts = _texts(run.answer["citations"], run)
        if texts is None:
            return "unscored"
        return _share([supports(piece.text, texts) for piece in said(run.answer)])

    return of_each("faithfulness", value, cases=cases, runs=runs)


def citation_recall(cases: Sequence[Case], runs: Sequence[Run], *, supports: Support) -> Score:
    """Return ALCE's citation recall: the mean share of statements that their own citations together bear out.

    A statement without a citation has 0.
    """

    def value(_: Case, run: Run) -> Value:
        if (reason := claimless(run)) is not None:
            return reason
        return _share([_recalled(piece, run=run, supports=supports) for piece in said(run.answer)])

    return of_each("citation recall (ALCE)", value, cases=cases, runs=runs)


def alce_precision(cases: Sequence[Case], runs: Sequence[Run], *, supports: Support) -> Score:
    """Return ALCE's citation precision: the mean share of citations that are of use to their statement.

    One is of use where its statement is borne out by all of its citations, and either it bears the statement out alone
    or the others do not without it. An answer that cites nothing is left out: it has no evidence.
    """

    def value(_: Case, run: Run) -> Value:
        if (reason := claimless(run)) is not None:
            return reason
        found = [
            _useful(piece, place, run=run, supports=supports)
            for piece in said(run.answer)
            for place in range(len(cited(piece, run.answer)))
        ]
        return _share(found) if found else "no evidence"

    return of_each("citation precision (ALCE)", value, cases=cases, runs=runs)


def _recalled(piece: Statement, *, run: Run, supports: Support) -> bool | None:
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
