"""Cases -> Runs: every case is asked, and what was answered is kept as plain data. Scoring comes after, on its own.

The one place beside the page where any exception is caught: one case that fails must not hide the others, and is kept
as an error, not as a bad answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from assistant.chain import Ask, Trace
from assistant.errors import QuestionError
from assistant.records import Hit, Turn
from evals.records import Case, Relevant, Run

#: Passages of a run that are kept for the retrieval scores.
_KEPT = 20


class Subject(Protocol):
    """A system under evaluation."""

    def trace(self, ask: Ask) -> Trace:
        """Answer a question and keep what each step found."""


def run_cases(subject: Subject, cases: Iterable[Case]) -> Iterator[Run]:
    """Yield one run for each case, in order."""
    for case in cases:
        yield _run(subject, case)


def _run(subject: Subject, case: Case) -> Run:
    try:
        trace = _converse(subject, case)
    except QuestionError as error:
        return Run(case.id, None, error=str(error))
    except Exception as error:  # noqa: BLE001 - see the module's docstring
        return Run(case.id, None, error=f"{type(error).__name__}: {error}")
    record = trace.answer.as_record() if trace.answer else None
    return Run(case.id, record, retrieved=tuple(_section(hit) for hit in trace.hits[:_KEPT]))


def _converse(subject: Subject, case: Case) -> Trace:
    turns: tuple[Turn, ...] = ()
    for question in case.turns[:-1]:
        answer = subject.trace(Ask(question, turns)).answer
        turns = (*turns, Turn(question, answer.as_turn().claims if answer else ()))
    return subject.trace(Ask(case.turns[-1], turns))


def _section(hit: Hit) -> Relevant:
    heading = hit.passage.heading_path[-1] if hit.passage.heading_path else hit.document.title
    return Relevant(hit.document.id, heading)
