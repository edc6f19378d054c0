"""A quoted answer -> the same answer in a chat model's words, growing. The last step, where a model is configured.

The model is given the passages that the quoted answer rests on and the rest of the evidence. Where it fails, the
quoted answer stands, with a line that says why.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.cite import rewritten
from assistant.generate.ordinary import lower_case_words
from assistant.generate.write import Task, Writer, Writing
from assistant.planted import without_planted
from assistant.records import Answer, Evidence, Hit, Turn, Verifier
from ingest.build import OpenBuild

#: Passages that the model is given.
_MOST_GIVEN = 10


@dataclass(frozen=True, slots=True)
class Quoted:
    """An answer to be reworded, with what led to it."""

    answer: Answer
    """The quoted answer."""
    evidence: Sequence[Hit]
    """What else may be cited, best first."""
    turns: tuple[Turn, ...]
    """Earlier turns, oldest first."""


class Rewording:
    """Has quoted answers written by a chat model; safe to share between threads."""

    def __init__(self, writer: Writer, verifier: Verifier) -> None:
        self._writer, self._verifier = writer, verifier
        self._lower_case: tuple[str, frozenset[str]] = ("", frozenset())

    def begin(self, quoted: Quoted, build: OpenBuild) -> Writing:
        """Send the request for an answer and return what is written as it comes."""
        answer = quoted.answer
        hits = {hit.passage.id: hit for hit in (*(claim.hit for claim in answer.claims), *quoted.evidence)}
        clean = without_planted(Evidence(tuple(hits.values())[:_MOST_GIVEN], (), answer.score), answer.query)
        # a part of the question that is not answered is not sent either
        task = Task(answer.as_turn().question, quoted.turns, clean.hits)
        ordinary = self._words_of(build).__contains__
        return self._writer.write(task, verifier=self._verifier, ordinary=ordinary)

    def answers(self, quoted: Answer, writing: Writing) -> Iterator[Answer]:
        """Yield the answer with each sentence that is added, and once when it is done."""
        before = time.perf_counter()
        for written in writing:
            took = {"model": (time.perf_counter() - before) * 1000}
            answer = quoted if written.failed else rewritten(quoted, written.claims, done=written.done)
            yield replace(
                answer,
                removed=written.removed + (quoted.removed if written.failed else 0),
                unknown_keys=written.unknown_keys,
                notice=written.notice,
                sent=written.sent,
                model="" if written.failed else self._writer.name,
                timings_ms={**quoted.timings_ms, **took},
            )

    def _words_of(self, build: OpenBuild) -> frozenset[str]:
        known, words = self._lower_case
        if known != build.manifest.build:
            words = lower_case_words(build.passages)
            # in one step, because other threads read it
            self._lower_case = build.manifest.build, words
        return words
