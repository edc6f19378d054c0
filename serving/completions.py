"""``/chat/completions`` and ``/models`` in OpenAI's form: the last user message is the question, those before it turns.

The answer's text with its ``[n]`` marks and a list of sources is the message; the whole record stands beside it under
``curbside``. No tokens are counted, so ``usage`` is zero. Parameters of a chat model mean nothing here and are passed
over.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import Field

from assistant.chain import Ask
from assistant.records import Turn
from serving.desk import Desk
from serving.errors import ProblemError
from serving.forms import MOST_TURNS, Record, Text
from serving.leaving import unless_left
from serving.markdown import above, as_markdown, sources
from serving.problems import STREAM_HEADERS, openai_body, problem_of

MODEL = "curbside"
_MARK = re.compile(r"\[\d{1,3}\]")
_NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
_OTHERWISE = "\n\n---\n\nThat could not be brought to an end. Instead:\n\n"


class TextPart(Record):
    """A piece of a message."""

    type: str = "text"
    """``text``; other kinds are passed over."""
    text: Text = ""
    """What it says."""


class ChatMessage(Record):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    """Who speaks; only users are heard, and assistants count as what was answered."""
    content: Text | list[TextPart] | None = None
    """What it says."""

    def plain(self) -> str:
        """Return its text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatForm(Record):
    """A request as OpenAI's clients send it."""

    messages: list[ChatMessage] = Field(min_length=1, max_length=2 * MOST_TURNS)
    """The conversation, oldest message first."""
    model: str = MODEL
    """Whatever the client calls it."""
    stream: bool | None = False
    """Whether the answer comes in pieces."""

    def to_ask(self) -> Ask:
        """Return the question with its turns. Raises a 422 problem where nobody asks anything."""
        last = max((place for place, message in enumerate(self.messages) if message.role == "user"), default=-1)
        if last < 0:
            raise ProblemError(422, "No question", "No message has the role user; the last of them is the question.")
        turns: list[Turn] = []
        for message in self.messages[:last]:
            if message.role == "user":
                turns.append(Turn(message.plain()))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, claims_of(message.plain()))
        return Ask(self.messages[last].plain(), tuple(turns))


def claims_of(text: str) -> tuple[str, ...]:
    """Return what an earlier answer said, a text for each list item or else for each line, without marks."""
    shown = text.partition("\n\n**Sources**")[0]
    lines = [" ".join(_MARK.sub("", line).split()) for line in shown.splitlines()]
    items = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
    return items or tuple(line for line in lines if line)


def completion_routes(desk: Desk) -> APIRouter:
    """Return the routes; they are left out of our own schema, because theirs is OpenAI's."""
    router = APIRouter(include_in_schema=False)

    @router.get("/models")
    async def models() -> dict[str, Any]:
        return {"object": "list", "data": [_model()]}

    @router.get("/models/{name}")
    async def model(name: str) -> dict[str, Any]:
        if name != MODEL:
            raise ProblemError(404, "No such model", f"There is one model here: {MODEL}.")
        return _model()

    @router.post("/chat/completions", response_model=None)
    async def complete(form: ChatForm, request: Request) -> JSONResponse | StreamingResponse:
        ask = form.to_ask()
        if form.stream:
            desk.check()
            return StreamingResponse(_pieces(desk, ask), media_type="text/event-stream", headers=STREAM_HEADERS)
        answer = await unless_left(request, desk.answer(ask))
        message = {"role": "assistant", "content": as_markdown(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return JSONResponse(
            {**_head("chat.completion"), "choices": [choice], "usage": _NO_TOKENS, "curbside": answer.as_record()}
        )

    return router


async def _pieces(desk: Desk, ask: Ask) -> AsyncIterator[str]:
    head = _head("chat.completion.chunk")
    yield _piece(head, {"role": "assistant", "content": ""})
    told, last = "", None
    async with aclosing(desk.growing(ask)) as parts:
        async for part in parts:
            if isinstance(part, BaseException):
                yield f"data: {json.dumps(openai_body(problem_of(part)))}\n\n"
                return
            if last is None and part.care:
                yield _piece(head, {"content": above(part)})
            # what was sent cannot be taken back, so a text that does not go on from it waits until the end
            if part.text.startswith(told) and len(part.text) > len(told):
                yield _piece(head, {"content": part.text[len(told) :]})
                told = part.text
            last = part
    if last is None:
        return
    rest = "" if last.text == told else _OTHERWISE + last.text
    yield _piece(head, {"content": rest + sources(last)})
    yield _piece(head, {}, finish_reason="stop", curbside=last.as_record())
    yield "data: [DONE]\n\n"


def _piece(
    head: dict[str, Any], delta: dict[str, str], *, finish_reason: str | None = None, curbside: object = None
) -> str:
    record = {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason, "logprobs": None}]}
    if curbside is not None:
        record |= {"usage": _NO_TOKENS, "curbside": curbside}
    return f"data: {json.dumps(record)}\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
