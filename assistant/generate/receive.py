"""Messages -> the pieces of a reply as they come, within limits of time and length, and how it ended.

Every reply is received on one event loop in a thread of its own: there the time limit holds for the whole of it,
whatever the server does, and giving up closes the connection at once. The clients are opened without retries of their
own; a request is sent again from here, while nothing has come yet, after a pause that doubles and varies.
"""

from __future__ import annotations

import asyncio
import os
import random
import threading
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from queue import SimpleQueue
from typing import Any, Literal, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage

from assistant.records import Message

#: How a reply ended: ``whole`` and ``long`` leave something to show, the others say what went wrong.
Ending = Literal["whole", "long", "time", "cut off", "busy", "key", "unreachable", "refused", "fault", "given up"]

_KINDS: Mapping[str, type[BaseMessage]] = {"system": SystemMessage, "human": HumanMessage, "ai": AIMessage}
#: Where providers say why a reply ended, and what they call a reply that reached its length or was held back.
_REASONS = ("finish_reason", "stop_reason", "done_reason", "status")
_LONG = frozenset({"length", "max_tokens", "incomplete"})
_WITHHELD = frozenset({"content_filter", "refusal"})
#: Statuses that pass, so that asking again is worth it.
_PASSING = frozenset({408, 409, 429, *range(500, 600)})
#: Names of the errors by which the providers' packages say that there is no connection.
_NO_CONNECTION = frozenset({"APIConnectionError", "ConnectionError", "TransportError"})
_LONGEST_PAUSE = 20.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a reply may take and be."""

    seconds: float
    """Most seconds for all of it."""
    characters: int
    """Most characters that are taken."""
    retries: int = 2
    """How often a request is sent again."""
    pause: float = 0.5
    """Seconds before it is sent again the first time; they double each time, and half of them vary."""


@dataclass(frozen=True, slots=True)
class End:
    """How a reply ended."""

    ending: Ending
    """What happened."""
    detail: str = ""
    """Kind of the error and status for the log; never a message, which may quote a key or the question."""
    passing: bool = False
    """Whether it may go better if it is asked again."""
    after: float = 0.0
    """Seconds that the server asks to wait before that."""


class Reply:
    """A reply that is being received: iterate over its pieces, then ask for its end."""

    def __init__(self, model: BaseChatModel, messages: Sequence[Message], *, limits: Limits) -> None:
        self._model, self._limits = model, limits
        self._messages = [_KINDS[message.role](message.text) for message in messages]
        self._pieces: SimpleQueue[str | None] = SimpleQueue()
        self._received = 0
        self._until = time.monotonic() + limits.seconds
        self._future = asyncio.run_coroutine_threadsafe(self._receive(), _loop())
        self._future.add_done_callback(lambda _: self._pieces.put(None))

    def __iter__(self) -> Iterator[str]:
        while (piece := self._pieces.get()) is not None:
            yield piece

    def close(self) -> None:
        """Give up what has not come yet, and the connection; any thread may do so."""
        self._future.cancel()

    @property
    def end(self) -> End:
        """Return how it ended; known once no more pieces come."""
        return End("given up") if self._future.cancelled() else self._future.result()

    async def _receive(self) -> End:
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._tries()
        except TimeoutError:
            return End("time")

    async def _tries(self) -> End:
        tried = 0
        while True:
            # what a provider's package raises is any exception at all; here it is a result, and the end says which
            (outcome,) = await asyncio.gather(self._try(), return_exceptions=True)
            end = outcome if isinstance(outcome, End) else _end_of(outcome, begun=self._received > 0)
            pause = max(self._limits.pause * 2**tried * random.uniform(0.5, 1.0), end.after)
            left = self._until - time.monotonic()
            if not end.passing or self._received or tried == self._limits.retries or pause > min(left, _LONGEST_PAUSE):
                return end
            tried += 1
            await asyncio.sleep(pause)

    async def _try(self) -> End:
        reason = ""
        stream = cast("AsyncGenerator[AIMessageChunk, None]", self._model.astream(self._messages))
        async with aclosing(stream):
            async for piece in stream:
                reason = _reason(piece.response_metadata) or reason
                text = str(piece.text)
                self._received += len(text)
                if text:
                    self._pieces.put(text)
                if self._received > self._limits.characters:
                    return End("long", f"{self._received} characters")
        if reason in _LONG:
            return End("long", reason)
        if reason in _WITHHELD:
            return End("refused", reason)
        # every provider says why its reply ended; where none did, the connection ended first
        return End("whole", reason) if reason else End("cut off", passing=True)


def _reason(metadata: Mapping[str, Any]) -> str:
    found = next((metadata[name] for name in _REASONS if metadata.get(name)), "")
    return "" if found == "in_progress" else str(found)


def _end_of(error: BaseException, *, begun: bool) -> End:
    status = getattr(error, "status_code", None)
    names = {kind.__name__ for kind in type(error).__mro__}
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ else ""
    detail = f"{type(error).__name__}{cause}{f', status {status}' if status else ''}"
    if isinstance(status, int):
        passing = status in _PASSING
        ending: Ending = "key" if status in (401, 403) else "busy" if status == 429 else "fault"
        return End(ending, detail, passing, _asked_to_wait(error))
    if begun:
        return End("cut off", detail)
    if any("Timeout" in name for name in names):
        return End("time", detail, passing=True)
    if names & _NO_CONNECTION:
        return End("unreachable", detail, passing=True)
    return End("fault", detail)


def _asked_to_wait(error: BaseException) -> float:
    headers = getattr(getattr(error, "response", None), "headers", {})
    seconds = headers.get("retry-after", "")
    return float(seconds) if seconds.isdecimal() else 0.0


_STARTING = threading.Lock()


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop of this process; the providers' clients keep connections, and those belong to one loop."""
    with _STARTING:
        return _loop_of(os.getpid())


@cache
def _loop_of(process: int) -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name=f"curbside-model-{process}", daemon=True).start()
    return loop
