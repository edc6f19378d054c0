"""Is what is shown to be found, to the letter, where the citation says?

Both scores read the record that a user gets and the passages of the index; they trust no verdict in it. 0 to 1, higher
is better. Answers that abstain and answers without a claim have nothing to ground; where the passages cannot be read or
the citations have no span, the case is unscored.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.records import Case, Run, Score, Value
from evals.score.each import of_each
from evals.score.statements import can_be_looked_up, cited, claimless, is_the_only_one, said, to_the_letter


def grounding(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the mean, over answered cases, of the share of shown statements that are a span of their cited passage.

    A statement is a piece of ``text`` between citation marks, so text that no claim stands for counts as ungrounded.
    """
    return of_each("grounding", _grounded, cases=cases, runs=runs)


def citation_precision(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the mean, over answered cases, of the share of citations that give a claim that they are attached to.

    A citation that no claim uses, or whose number another one has too, counts against the answer, and an answer without
    any citation has 0. ALCE (Gao et al. 2023, arXiv:2305.14627) asks a model whether a citation supports its sentence,
    as ``faithfulness`` does; here a sentence is a quotation, and the question has an exact answer.
    """
    return of_each("citation precision", _precise, cases=cases, runs=runs)


def _grounded(_: Case, run: Run) -> Value:
    if (reason := claimless(run)) is not None:
        return reason
    if run.passages is None or not can_be_looked_up(run):
        return "unscored"
    stated = said(run.answer)
    borne_out = [
        any(to_the_letter(piece.text, citation, passages=run.passages) for citation in cited(piece, run.answer))
        for piece in stated
    ]
    return sum(borne_out) / len(borne_out)


def _precise(_: Case, run: Run) -> Value:
    if (reason := claimless(run)) is not None:
        return reason
    if run.passages is None or not can_be_looked_up(run):
        return "unscored"
    passages, citations = run.passages, run.answer["citations"]
    claims = [(claim["text"], number) for claim in run.answer["claims"] for number in claim["citations"]]
    if not citations:
        return 0.0
    # each citation with the texts of the claims that it is attached to
    attached = [(citation, [text for text, number in claims if number == citation["number"]]) for citation in citations]
    precise = sum(
        is_the_only_one(one, run.answer) and any(to_the_letter(text, one, passages=passages) for text in texts)
        for one, texts in attached
    )
    return float(precise / len(citations))
