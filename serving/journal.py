"""What became of each question -> metrics, a line of the log and, where the operator chose so, the list of gaps."""

from __future__ import annotations

import logging

from assistant.chain import Assistant
from serving.errors import FeedbackError
from serving.feedback import FeedbackStore
from serving.logs import describe_error, log_event
from serving.metrics import Metrics
from serving.watch import Asked


class Journal:
    """The watcher of a served assistant."""

    def __init__(self, metrics: Metrics, *, gaps: FeedbackStore | None, assistant: Assistant) -> None:
        self._metrics = metrics
        self._gaps = gaps
        self._assistant = assistant

    def began(self) -> None:
        """Count a question."""
        self._metrics.began()

    def ended(self, asked: Asked) -> None:
        """Count and log what became of it: outcome and times, and no word of it."""
        self._metrics.ended(asked)
        build = self._assistant.build.manifest.build
        told: dict[str, object] = {"outcome": asked.outcome, "ms": round(asked.seconds * 1000, 1), "build": build}
        if asked.error:
            told["error"] = asked.where
        if asked.answer is not None:
            told["steps_ms"] = {name: round(took, 1) for name, took in asked.answer.timings_ms.items()}
            told["settings"] = asked.answer.settings
            self._keep_gap(asked.answer.outcome, asked.answer.question, build=build)
        log_event("question", level=logging.ERROR if asked.error else logging.INFO, **told)

    def _keep_gap(self, outcome: str, question: str, *, build: str) -> None:
        if self._gaps is None or outcome != "not_covered":
            return
        try:
            self._gaps.add_gap(question, build)
        except (FeedbackError, OSError) as error:
            # the asker gets the answer all the same
            log_event("gap not kept", level=logging.WARNING, error=describe_error(error))
