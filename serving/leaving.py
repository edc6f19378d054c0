"""Work for somebody who may leave before it is done: then it is stopped, because nobody reads what it would come to."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request

from serving.errors import ProblemError

#: What nginx logs for it; nobody is there to receive it.
LEFT = 499
_Result = TypeVar("_Result")


async def unless_left(request: Request, work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return what the work comes to. Raises a 499 problem, with the work stopped, where who asked left before that.

    The request's body must have been read.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
    finally:
        # one of them is done already, and cancelling that does nothing
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)
    raise ProblemError(LEFT, "Left", "Who asked has closed the connection.")


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
