"""Errors -> what is sent: problem+json (RFC 9457), or OpenAI's form on OpenAI's paths. One place for both."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError, QuestionError
from ingest.errors import IngestError
from serving.errors import ProblemError

PROBLEM_JSON = "application/problem+json"
#: Paths, below the interface's own, whose clients know OpenAI's form alone.
_OPENAI = ("/chat/", "/models")
_SHOWN_ERRORS = 3
_NOT_READY = "The question could not be answered just now. Try again; if it stays, tell the operator."
_LOG = logging.getLogger("curbside.serve")


#: What a proxy is told, so that it passes each event on at once.
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the schema says of the problems that a route may answer with."""
    told = {
        400: "The body is not JSON",
        401: "Name and password are missing or wrong",
        404: "There is no such thing",
        408: "The body did not come to an end",
        413: "The body is too long",
        422: "The request has another form, or the question is none",
        503: "Busy or not ready; come again after Retry-After",
    }
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemRecord"}}}
    return {status: {"description": told[status], "content": content} for status in statuses}


#: ... for every route that takes a body.
BODY_PROBLEMS = problems(400, 401, 408, 413, 422, 503)


def problem_of(error: BaseException) -> ProblemError:
    """Return what is told about an error: the sentence of our own errors, and of others only that there was one."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, QuestionError):
        return ProblemError(422, "The question cannot be answered as it is", str(error), kind="question")
    if isinstance(error, AssistantError | IngestError):
        # its message names files, and is for the operator
        return ProblemError(503, "Not ready", _NOT_READY, headers={"Retry-After": "10"}, kind="not-ready")
    if isinstance(error, RequestValidationError):
        return ProblemError(422, "The request has another form", _wrong(error.errors()), kind="form")
    if isinstance(error, HTTPException):
        return ProblemError(
            error.status_code, HTTPStatus(error.status_code).phrase, _advice(error), headers=error.headers
        )
    return ProblemError(
        500, "A fault on this side", "The question was not answered. Try again; if it stays, tell the operator."
    )


def problem_body(problem: ProblemError) -> dict[str, object]:
    """Return a problem as RFC 9457 has it."""
    return {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail}


def openai_body(problem: ProblemError) -> dict[str, object]:
    """Return a problem as OpenAI's clients expect it."""
    kind = "server_error" if problem.status >= 500 else "invalid_request_error"
    return {"error": {"message": problem.detail, "type": kind, "param": None, "code": problem.kind}}


def problem_response(problem: ProblemError, *, openai: bool = False) -> Response:
    """Return a problem as a response."""
    body = openai_body(problem) if openai else problem_body(problem)
    # escaped, because a name from a request may hold half a character, which UTF-8 cannot
    return Response(
        json.dumps(body),
        problem.status,
        problem.headers,
        media_type="application/json" if openai else PROBLEM_JSON,
    )


def handle_errors(app: FastAPI) -> None:
    """Let an application answer every error with a problem."""

    async def handle(request: Request, error: Exception) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        return problem_response(problem_of(error), openai=path.startswith(_OPENAI))

    for kind in (AssistantError, IngestError, ProblemError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)


def _wrong(errors: Sequence[Any]) -> str:
    """Return what is wrong with a request, without anything that somebody wrote into its fields."""
    told = [
        f"{'.'.join(str(part) for part in error['loc'][1:]) or error['loc'][0]}: {error['msg']}"[:200]
        for error in errors[:_SHOWN_ERRORS]
    ]
    return f"{'; '.join(told)}. See /docs for the form."


def _advice(error: HTTPException) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND and error.detail == "Not Found":
        return "There is nothing at this address. See /docs for what there is."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"Use {(error.headers or {}).get('Allow', 'another method')} here. See /docs."
    return f"{error.detail}. See /docs for the form." if error.detail else "See /docs for the form."
