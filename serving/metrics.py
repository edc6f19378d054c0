"""What happened -> Prometheus metrics. The one home of ``prometheus_client``; each application has its own registry."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from prometheus_client.process_collector import ProcessCollector

from serving.watch import Asked

CONTENT_TYPE = CONTENT_TYPE_LATEST
#: Seconds; a step takes milliseconds without a chat model and seconds with one.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Counts and times, safe to share between threads."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._questions = Counter("curbside_questions", "Questions by outcome.", ["outcome"], registry=registry)
        self._steps = Histogram(
            "curbside_step_seconds", "Seconds of each step.", ["step"], buckets=_BUCKETS, registry=registry
        )
        self._seconds = Histogram(
            "curbside_question_seconds", "Seconds until an answer was whole.", buckets=_BUCKETS, registry=registry
        )
        self._errors = Counter("curbside_errors", "Failed questions by kind of error.", ["kind"], registry=registry)
        self._model_calls = Counter(
            "curbside_model_calls",
            "Calls of the chat model by what came of them: used, or replaced by quotations.",
            ["result"],
            registry=registry,
        )
        self._feedback = Counter("curbside_feedback", "Feedback by rating.", ["rating"], registry=registry)
        self._in_flight = Gauge("curbside_in_flight", "Questions being answered.", registry=registry)
        self._refused = Counter("curbside_refused", "Questions that found no place.", registry=registry)
        self._build = Info("curbside_build", "The build that is answered from.", registry=registry)

    def began(self) -> None:
        """Count a question that is being answered."""
        self._in_flight.inc()

    def ended(self, asked: Asked) -> None:
        """Count what became of it."""
        self._in_flight.dec()
        self._questions.labels(asked.outcome).inc()
        if asked.error:
            self._errors.labels(asked.error).inc()
        if asked.answer is None:
            return
        self._seconds.observe(asked.seconds)
        for step, took in asked.answer.timings_ms.items():
            if step != "total":
                self._steps.labels(step).observe(took / 1000)
        if asked.answer.sent:
            self._model_calls.labels("replaced" if asked.answer.notice else "used").inc()

    def refused(self) -> None:
        """Count a question that found no place."""
        self._refused.inc()

    def rated(self, rating: str) -> None:
        """Count feedback."""
        self._feedback.labels(rating).inc()

    def text(self, *, build: str) -> bytes:
        """Return all of it in Prometheus's text form."""
        self._build.info({"build": build})
        return generate_latest(self._registry)
