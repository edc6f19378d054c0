from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from assistant.records import Judgement
from evals.records import Case, Run
from evals.score.faithfulness import alce_precision, ask_ahead, citation_recall, faithfulness
from evals.score.support import Support

CASES = [Case("a", ("?",), "answered")]
PASSAGES = {"p": "Meet monthly.\nBring an agenda.", "q": "Thank your mentor.", "r": "Mentors like tea."}


class AllWords:
    """Bears out a claim whose words all stand in the evidence, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        """Compare words."""
        self.asked.append(claim)
        words = set(claim.casefold().strip(".").split())
        there = words <= {word.strip(".") for text in evidence for word in text.casefold().split()}
        return Judgement("supported" if there else "unsupported", 1.0, 0)


def _run(text: str, *cited: str) -> Run:
    citations: list[dict[str, Any]] = [{"number": n, "passage_id": name} for n, name in enumerate(cited, start=1)]
    return Run("a", {"outcome": "answered", "text": text, "claims": [], "citations": citations}, passages=PASSAGES)


def _scores(run: Run, verifier: AllWords | None) -> tuple[float | None, float | None, float | None]:
    supports = Support(verifier)
    found = [measure(CASES, [run], supports=supports) for measure in (faithfulness, citation_recall, alce_precision)]
    return found[0].value, found[1].value, found[2].value


def test_a_statement_that_is_a_sentence_of_its_passage_needs_no_judge() -> None:
    verifier = AllWords()
    assert _scores(_run("Bring an agenda. [1]", "p"), verifier) == (1.0, 1.0, 1.0)
    assert verifier.asked == []


def test_without_a_verifier_other_words_are_unscored_and_never_a_guess() -> None:
    assert _scores(_run("Bring an agenda monthly. [1]", "p"), None) == (None, None, None)


def test_a_verifier_decides_about_other_words() -> None:
    assert _scores(_run("Bring an agenda monthly. [1] Bring wine. [1]", "p"), AllWords()) == (0.5, 0.5, 0.5)


def test_statements_under_each_others_marks_are_faithful_and_neither_recalled_nor_precise() -> None:
    run = _run("Meet monthly. [2] Thank your mentor. [1]", "p", "q")
    assert _scores(run, AllWords()) == (1.0, 0.0, 0.0)


def test_a_statement_without_a_mark_is_not_recalled() -> None:
    assert _scores(_run("Meet monthly. [1] Thank your mentor.", "p"), AllWords())[1] == 0.5


def test_a_citation_that_is_not_needed_is_imprecise() -> None:
    # [1] bears it out alone, [2] does not and is not needed: ALCE, section 3.3
    assert _scores(_run("Meet monthly. [1][2]", "p", "r"), AllWords()) == (1.0, 1.0, 0.5)


def test_citations_that_bear_a_statement_out_only_together_are_both_precise() -> None:
    assert _scores(_run("Meet your mentor monthly. [1][2]", "p", "q"), AllWords()) == (1.0, 1.0, 1.0)


def test_an_answer_that_cites_nothing_has_no_evidence_and_no_precision() -> None:
    score = alce_precision(CASES, [_run("Meet monthly.")], supports=Support(AllWords()))
    assert (score.value, score.left_out) == (None, {"a": "no evidence"})


@pytest.mark.parametrize(("outcome", "reason"), [("not_covered", "abstained"), ("care", "no claim")])
def test_what_is_no_answer_is_neither_faithful_nor_unfaithful(outcome: str, reason: str) -> None:
    run = Run("a", {"outcome": outcome, "text": "Not covered.", "citations": []}, passages=PASSAGES)
    assert faithfulness(CASES, [run], supports=Support(AllWords())).left_out == {"a": reason}


def test_a_passage_that_nobody_can_read_makes_the_case_unscored() -> None:
    run = Run("a", {"outcome": "answered", "text": "Tea. [1]", "citations": [{"number": 1}]})
    assert faithfulness(CASES, [run], supports=Support(AllWords())).left_out == {"a": "unscored"}


def test_a_verdict_is_asked_for_once() -> None:
    verifier = AllWords()
    supports = Support(verifier)
    run = _run("Bring an agenda monthly. [1][2]", "p", "p")
    for measure in (faithfulness, citation_recall, alce_precision):
        measure(CASES, [run], supports=supports)
    assert verifier.asked == ["Bring an agenda monthly."]


class Ahead(AllWords):
    """Reads together, and bears out what it read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def read_ahead(self, asked: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
        """Remember the claims."""
        self.read += [claim for claim, _ in asked]

    def bears_out(self, claim: str, passages: Sequence[Sequence[str]]) -> bool:
        """Compare words with those of all passages."""
        return self.judge(claim, [text for passage in passages for text in passage]).verdict == "supported"


def test_a_verifier_that_can_reads_together_what_is_no_quotation() -> None:
    verifier = Ahead()
    supports = Support(verifier)
    run = _run("Bring an agenda. [1] Bring an agenda monthly. [1]", "p")
    ask_ahead([run, Run("b", None, error="!")], supports=supports)
    assert verifier.read == verifier.asked == ["Bring an agenda monthly."]
    assert faithfulness(CASES, [run], supports=supports).value == 1.0
    assert verifier.asked == ["Bring an agenda monthly."]


class OnlyTea(AllWords):
    """Is put off by every passage but one."""

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        """Find a claim borne out by the passage about tea alone."""
        return Judgement("supported" if list(evidence) == ["Mentors like tea."] else "contradicted", 1.0, 0)


def test_what_its_own_citation_bears_out_is_faithful_whatever_the_others_say() -> None:
    assert _scores(_run("Mentors drink tea. [1] Meet monthly. [2]", "r", "p"), OnlyTea())[:2] == (1.0, 1.0)
