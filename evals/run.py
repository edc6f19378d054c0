"""Cases -> Runs: every case is asked, and what was answered is kept as plain data. Scoring comes after, on its own.

The one place beside the page where any exception is caught: one case that fails must not hide the others, and is kept
as an error, not as a bad answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from evals.records import Case, Reply, Run

_LOG = logging.getLogger("curbside")

T = TypeVar("T")


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


def attempt(work: Callable[[], T]) -> T | None:
    """Return what some work gives, or None where it fails in any way: for a judge, whose failure is no verdict.

    The log has the kind of failure, so that a judge that never answers does not look like one that has no opinion.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - see the module's docstring
        _LOG.warning("left unscored: %s", type(error).__name__)
        return None


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
