"""An assistant that tells a watcher what became of each question; otherwise it is the assistant it was made from.

The page, the routes and the tools all ask it, so that a question is counted once, wherever it came from.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, runtime_checkable

from langchain_core.runnables import RunnableConfig

from assistant.chain import Ask, Assistant
from assistant.errors import QuestionError
from assistant.records import Answer
from serving.gate import Gate
from serving.logs import describe_error


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question."""

    answer: Answer | None
    """The answer, whole; None where there is none."""
    outcome: str
    """The answer's outcome, or ``unreadable``, ``abandoned`` (the asker left) or ``error``."""
    seconds: float
    """From the question to the end."""
    error: str = ""
    """Kind of the error that ended it, or empty."""
    where: str = ""
    """The lines that led to it, or empty."""


@runtime_checkable
class Watcher(Protocol):
    """What is told of questions, from any thread."""

    def began(self) -> None:
        """Take note that a question is being answered."""

    def ended(self, asked: Asked) -> None:
        """Take note of what became of it; called once for each ``began``."""


class WatchedAssistant(Assistant):
    """Tells its watcher of each question.

    Whoever asks from a thread, as the page does, waits here for a place; the desk gives one to who asks from a loop.
    """

    inner: Assistant
    """Who answers."""
    watcher: Watcher
    """Who is told."""
    gate: Gate
    """Where there are places."""

    @classmethod
    def of(cls, assistant: Assistant, watcher: Watcher, *, gate: Gate) -> WatchedAssistant:
        """Return an assistant with the build and settings of another."""
        fields = {name: getattr(assistant, name) for name in type(assistant).model_fields}
        return cls(**{**fields, "inner": assistant, "watcher": watcher, "gate": gate})

    def invoke(self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Return the answer; see ``Assistant.invoke``."""
        with self.gate.place_in_thread(), _Watch(self.watcher) as watch:
            watch.answer = self.inner.invoke(input, config, **kwargs)
        return watch.answer

    async def ainvoke(self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Return the answer; see ``Assistant.invoke``."""
        with _Watch(self.watcher) as watch:
            watch.answer = await self.inner.ainvoke(input, config, **kwargs)
        return watch.answer

    def stream(self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any | None) -> Iterator[Answer]:
        """Yield the answer as it grows; see ``Assistant.stream``."""
        with self.gate.place_in_thread(), _Watch(self.watcher) as watch:
            for watch.answer in self.inner.stream(input, config, **kwargs):
                yield watch.answer

    async def astream(
        self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> AsyncIterator[Answer]:
        """Yield the answer as it grows; see ``Assistant.stream``."""
        with _Watch(self.watcher) as watch:
            async for watch.answer in self.inner.astream(input, config, **kwargs):
                yield watch.answer


class _Watch:
    """One question."""

    answer: Answer | None = None

    def __init__(self, watcher: Watcher) -> None:
        self._watcher, self._started = watcher, time.perf_counter()

    def __enter__(self) -> Self:
        self._watcher.began()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        seconds = time.perf_counter() - self._started
        if kind is None and self.answer is not None:
            self._watcher.ended(Asked(self.answer, self.answer.outcome, seconds))
        elif kind is not None and issubclass(kind, QuestionError):
            self._watcher.ended(Asked(None, "unreadable", seconds))
        elif kind is None or not issubclass(kind, Exception):
            # the generator was closed, or its task cancelled: neither is an Exception
            self._watcher.ended(Asked(None, "abandoned", seconds))
        else:
            self._watcher.ended(Asked(None, "error", seconds, kind.__name__, describe_error(error) if error else ""))
