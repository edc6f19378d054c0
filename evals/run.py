"""Cases -> Runs: every case is asked, and what was answered is kept as plain data. Scoring comes after, on its own.

The one place beside the page where any exception is caught: one case that fails must not hide the others, and is kept
as an error, not as a bad answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from evals.records import Case, Reply, Run


class Subject(Protocol):
    """A system under evaluation."""

    def reply(self, case: Case) -> Reply:
        """Answer the last turn of a case, with the turns before it asked first."""


def run_cases(subject: Subject, cases: Sequence[Case], *, workers: int = 1) -> Iterator[Run]:
    """Yield one run for each case, in order, whatever the number of threads that ask.

    Each worker takes a case when it is free; one thread asks a case only when the run before it was taken.
    """
    if workers == 1:
        for case in cases:
            yield _run(subject, case)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda case: _run(subject, case), cases)


def _run(subject: Subject, case: Case) -> Run:
    try:
        reply = subject.reply(case)
    except Exception as error:  # noqa: BLE001 - see the module's docstring
        return Run(case.id, None, error=f"{type(error).__name__}: {error}")
    if reply.record is None or "outcome" not in reply.record or "text" not in reply.record:
        return Run(case.id, None, error="no answer: the record has no outcome and text")
    # times are kept apart: they are no part of what the digest covers
    record = {name: value for name, value in reply.record.items() if name != "timings_ms"}
    return Run(case.id, record, reply.retrieved, "", reply.passages, reply.timings_ms)
