"""So many questions at once, so many waiting, and the next one is told to come again: no request waits without end.

One line for all who ask, first come, first served: the routes and tools, which belong to an event loop, and the page,
whose questions come from threads.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager

from serving.errors import full


class Gate:
    """Lets questions through; safe to share between threads and event loops."""

    def __init__(self, *, at_once: int, waiting: int, refused: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._free = at_once
        self._most = at_once + waiting
        self._inside = 0
        self._line: deque[Future[None]] = deque()
        self._refused = refused

    def check(self) -> None:
        """Raise a 503 problem where a question would find no place."""
        if self._inside >= self._most:
            self._refused()
            raise full()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place, after waiting for it. Raises a 503 problem at once where too many wait."""
        self.check()
        turn = self._enter()
        try:
            # shielded: whoever stops waiting leaves the line below, and the turn itself is never cancelled
            await asyncio.shield(asyncio.wrap_future(turn))
            yield
        finally:
            self._leave(turn)

    @contextmanager
    def place_in_thread(self) -> Iterator[None]:
        """Hold a place, after waiting for it. Never refuses: who calls this has a bounded queue before it."""
        turn = self._enter()
        try:
            turn.result()
            yield
        finally:
            self._leave(turn)

    def _enter(self) -> Future[None]:
        turn: Future[None] = Future()
        with self._lock:
            self._inside += 1
            if self._free:
                self._free -= 1
                turn.set_result(None)
            else:
                self._line.append(turn)
        return turn

    def _leave(self, turn: Future[None]) -> None:
        with self._lock:
            self._inside -= 1
            if turn in self._line:
                self._line.remove(turn)
            elif self._line:
                self._line.popleft().set_result(None)
            else:
                self._free += 1
