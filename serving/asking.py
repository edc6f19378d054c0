"""``POST /ask`` and ``POST /ask/stream``: a question in, an answer record out, whole or as it grows."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse

from assistant.chain import Ask
from assistant.records import Answer
from serving.desk import Desk
from serving.forms import AnswerRecord, AskForm
from serving.leaving import unless_left
from serving.problems import BODY_PROBLEMS, STREAM_HEADERS, problem_body, problem_of


def ask_routes(desk: Desk) -> APIRouter:
    """Return the routes."""
    router = APIRouter(tags=["questions"])

    @router.post("/ask", response_model=AnswerRecord, responses=BODY_PROBLEMS)
    async def ask(form: AskForm, request: Request) -> JSONResponse:
        """Answer a question. Nothing is kept: a follow-up sends the turns before it along; leaving stops the work."""
        return JSONResponse((await unless_left(request, desk.answer(form.to_ask()))).as_record())

    @router.post(
        "/ask/stream",
        response_class=StreamingResponse,
        responses={
            200: {
                "description": "Server-sent events: `answer` as it grows, then `done`, whole, or `error`",
                "content": {"text/event-stream": {}},
            },
            **BODY_PROBLEMS,
        },
    )
    async def ask_stream(form: AskForm) -> StreamingResponse:
        """Answer a question as server-sent events; leaving stops the work."""
        desk.check()
        return StreamingResponse(_events(desk, form.to_ask()), media_type="text/event-stream", headers=STREAM_HEADERS)

    return router


async def _events(desk: Desk, ask: Ask) -> AsyncIterator[str]:
    last: Answer | None = None
    async with aclosing(desk.growing(ask)) as parts:
        async for part in parts:
            if isinstance(part, BaseException):
                yield _event("error", problem_body(problem_of(part)))
                return
            last = part
            yield _event("answer", part.as_record())
    if last is not None:
        yield _event("done", last.as_record())


def _event(name: str, record: dict[str, object]) -> str:
    # JSON has no line break in it, so one data line is enough
    return f"event: {name}\ndata: {json.dumps(record)}\n\n"
