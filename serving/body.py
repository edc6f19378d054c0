"""A request's body, read whole and within limits of size and time before anything else sees it."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.errors import ProblemError
from serving.problems import problem_response

#: A body within the limit takes no longer on any line that can show the page.
SECONDS = 20.0


class BodyLimit:
    """Answers 413 for a body that is too long and 408 for one that does not come to an end."""

    def __init__(self, app: ASGIApp, *, most: int, seconds: float = SECONDS) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            given = dict(scope["headers"]).get(b"content-length", b"0")
            if given.isdigit() and int(given) > self._most:
                raise self._too_long()
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TimeoutError:
            slow = ProblemError(
                408, "Too slow", f"The body did not come within {self._seconds:.0f} seconds. Send it again."
            )
            await problem_response(slow)(scope, receive, send)
            return
        except ProblemError as problem:
            await problem_response(problem)(scope, receive, send)
            return
        if body is not None:
            await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """Return the body, or None where the sender left."""
        parts, length, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part: bytes = message.get("body", b"")
            parts.append(part)
            length, more = length + len(part), message.get("more_body", False)
            if length > self._most:
                raise self._too_long()
        return b"".join(parts)

    def _too_long(self) -> ProblemError:
        # the rest is not read: the connection is of no further use
        return ProblemError(
            413,
            "Too long",
            f"The body has more than {self._most:,} bytes. Send fewer or shorter turns.",
            headers={"Connection": "close"},
        )


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives the body once, and then what comes after it: that the sender has left."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
