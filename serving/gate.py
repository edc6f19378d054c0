"""So many questions at once, so many waiting, and the next one is told to come again: no request waits without end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from serving.errors import full


class Gate:
    """Lets questions through; belongs to one event loop."""

    def __init__(self, *, at_once: int, waiting: int, refused: Callable[[], None] = lambda: None) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._inside = 0
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
        self._inside += 1
        try:
            async with self._places:
                yield
        finally:
            self._inside -= 1
