"""The assistant in this process, with all that it tells of its search."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.chain import Ask, Trace
from assistant.prefer import Preference
from assistant.records import Hit, Turn
from evals.records import Case, Found, Reply
from ingest.passages import PassageStore
from ingest.records import heading_of

#: Passages of a run that are kept for the retrieval scores, and of those the ones kept with their texts.
_KEPT, _WITH_TEXT = 20, 5


class Tracing(Protocol):
    """What answers and tells how."""

    def trace(self, ask: Ask) -> Trace:
        """Answer a question and keep what each step found."""


@dataclass(frozen=True, slots=True)
class LocalSubject:
    """Asks the assistant turn by turn; the passages cited are read again from the index, not from the answer."""

    assistant: Tracing
    """What is asked."""
    store: PassageStore | None = None
    """Where the passages are read; None where nobody can look them up."""

    def reply(self, case: Case) -> Reply:
        """Return the record that a user gets, what was found and the texts behind it."""
        turns: tuple[Turn, ...] = ()
        for question in case.turns[:-1]:
            answer = self.assistant.trace(_ask(case, question, turns)).answer
            turns = (*turns, answer.as_turn() if answer else Turn(question))
        before = time.perf_counter()
        trace = self.assistant.trace(_ask(case, case.turns[-1], turns))
        total = (time.perf_counter() - before) * 1000
        record = trace.answer.as_record() if trace.answer else None
        return Reply(
            record=record,
            retrieved=tuple(_found(hit) for hit in trace.hits[:_KEPT]),
            passages=self._texts(record, trace.hits[:_WITH_TEXT]),
            timings_ms={**trace.timings_ms, "total": total},
        )

    def _texts(self, record: dict[str, Any] | None, hits: Sequence[Hit]) -> dict[str, str] | None:
        if self.store is None or record is None:
            return None
        wanted = [citation["passage_id"] for citation in record["citations"]] + [hit.passage.id for hit in hits]
        known = set(self.store.ids)
        ids = sorted({name for name in wanted if name in known})
        return {entry.passage.id: entry.passage.text for entry in self.store.passages(ids)}


def _ask(case: Case, question: str, turns: tuple[Turn, ...]) -> Ask:
    facets = case.facets
    return Ask(question, turns, facets.libraries, Preference(facets.stage, facets.setting, facets.topic))


def _found(hit: Hit) -> Found:
    return Found(
        hit.document.id,
        heading_of(hit.document.title, hit.passage),
        hit.passage.id,
        round(hit.score, 4),
        round(hit.dense, 4),
        round(hit.lexical, 4),
    )
