"""What happened -> a line of the log, plain or JSON: ids, outcomes and times; never what was asked or answered.

A traceback tells which lines were run and which error it was. Its message is left out unless it comes from the disk,
because another's message may hold a piece of the question. What libraries print to the error stream is read in the
same way.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import time
import traceback
import uuid
from contextvars import ContextVar
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import IngestError

#: Id of the request that is served, empty outside one.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

_LOG = logging.getLogger("curbside.serve")
_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_FIELDS = "fields"
_FRAMES = 4
_PRINTED_FRAME = re.compile(r'  File "(?:.*/)?([^/"]+)", line (\d+), in (\S+)')
_PRINTED_KIND = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt))(?::.*)?")


def set_up_logging(form: str, *, stream: TextIO | None = None) -> None:
    """Send the log of this process to a stream, the error stream by default, ``plain`` or ``json``."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else PlainFormatter())
    # a library may give its own logger a lower level
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("curbside").setLevel(logging.INFO)


def log_event(event: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Write an event with its fields; the request's id is added."""
    _LOG.log(level, event, extra={_FIELDS: fields})


class JsonFormatter(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger, event, request id, and the event's own fields."""
        entry: dict[str, object] = {
            "time": _stamp(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request := REQUEST_ID.get():
            entry["request"] = request
        entry |= getattr(record, _FIELDS, {})
        if record.exc_info and record.exc_info[1]:
            entry["error"] = describe_error(record.exc_info[1])
        return json.dumps(entry, default=str)


class PlainFormatter(logging.Formatter):
    """A line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, event and the event's own fields as ``name=value``."""
        fields = {**({"request": REQUEST_ID.get()} if REQUEST_ID.get() else {}), **getattr(record, _FIELDS, {})}
        told = " ".join(f"{name}={value}" for name, value in fields.items())
        line = f"{_stamp(record)} {record.levelname.lower()} {record.getMessage()} {told}".rstrip()
        if record.exc_info and record.exc_info[1]:
            line += "\n  " + describe_error(record.exc_info[1])
        return line


def describe_error(error: BaseException) -> str:
    """Return the kind of an error and the lines that led to it; its message only where it is the disk's or ours."""
    told = str(error) if isinstance(error, OSError | IngestError) else ""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__}{': ' + told if told else ''} at {where or 'an unknown place'}"


class PrintedErrors(io.TextIOBase):
    """Stands for the error stream: a traceback that is printed becomes an event with its kind and lines, no more."""

    def __init__(self) -> None:
        self._begun = ""
        self._frames: list[str] = []

    def write(self, text: str) -> int:
        """Take a text in; only whole lines are read. Returns its length."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._read(line)
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True

    def _read(self, line: str) -> None:
        if frame := _PRINTED_FRAME.fullmatch(line):
            self._frames.append(f"{frame[1]}:{frame[2]} {frame[3]}")
        elif self._frames and (kind := _PRINTED_KIND.fullmatch(line)):
            where = " < ".join(reversed(self._frames[-_FRAMES:]))
            log_event("a library printed an error", level=logging.ERROR, error=f"{kind[1]} at {where}")
            self._frames = []


class RequestLog:
    """Gives every request an id, sends it back as ``X-Request-ID`` and logs method, status and milliseconds.

    Of the address only the first part is logged, and nothing of the query: both may be somebody's words.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        request = given.decode() if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex[:16]
        token, started, status = REQUEST_ID.set(request), time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", request.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            took = round((time.perf_counter() - started) * 1000, 1)
            level = logging.INFO if _is_ours(scope["path"]) else logging.DEBUG
            log_event(
                "request", level=level, method=scope["method"], path=_shape(scope["path"]), status=status, ms=took
            )
            REQUEST_ID.reset(token)


def _is_ours(path: str) -> bool:
    """Return whether a request is one of the interface's; the page asks for dozens of files."""
    return "/v1/" in path


def _shape(path: str) -> str:
    """Return the known beginning of an address."""
    match = re.search(r"/v1/(ask/stream|ask|passages|documents|library|feedback|chat/completions|models)\b", path)
    return f"/v1/{match[1]}" if match else "other"


def _stamp(record: logging.LogRecord) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
