"""A question from a route -> the assistant's answer, in its turn: what the routes for questions share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Protocol

from assistant.chain import Ask
from assistant.records import Answer
from serving.errors import ProblemError
from serving.gate import Gate


class Answers(Protocol):
    """What the routes ask of an assistant."""

    async def ainvoke(self, input: Ask) -> Answer:
        """Return the answer."""

    def astream(self, input: Ask) -> AsyncIterator[Answer]:
        """Yield the answer as it grows; the last one is whole."""


class Desk:
    """Takes questions, a bounded number at once."""

    def __init__(self, assistant: Answers, gate: Gate) -> None:
        self._assistant = assistant
        self._gate = gate

    def check(self) -> None:
        """Raise a 503 problem where a question would find no place."""
        self._gate.check()

    async def answer(self, ask: Ask) -> Answer:
        """Return the answer. Raises QuestionError, and a 503 problem where there is no place."""
        async with self._gate.place():
            return await self._assistant.ainvoke(ask)

    async def growing(self, ask: Ask) -> AsyncGenerator[Answer | BaseException, None]:
        """Yield the answer as it grows; what goes wrong is the last thing that is yielded.

        A stream has begun when an error comes, so there is no status left to say it with. Closing this closes the
        assistant's own stream, and with it a chat model's.
        """
        try:
            async with self._gate.place(), aclosing(self._stream(ask)) as parts:
                async for part in _settled(parts):
                    yield part
        except ProblemError as problem:
            # the last place was taken between the check and now
            yield problem

    async def _stream(self, ask: Ask) -> AsyncGenerator[Answer, None]:
        async for part in self._assistant.astream(ask):
            yield part


async def _settled(parts: AsyncIterator[Answer]) -> AsyncIterator[Answer | BaseException]:
    """Yield what comes, and an error in its place as a value."""
    part: Answer | BaseException | None
    while True:
        (part,) = await asyncio.gather(_next(parts), return_exceptions=True)
        if part is None:
            return
        yield part
        if isinstance(part, BaseException):
            return


async def _next(parts: AsyncIterator[Answer]) -> Answer | None:
    return await anext(parts, None)
