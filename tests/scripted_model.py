"""A server on the loopback that speaks OpenAI's streaming protocol and says what a script tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Play:
    """What the server does with one request."""

    pieces: Sequence[str] = ()
    """Texts of the stream, in order."""
    status: int = 200
    """Status of the reply; an error has no stream."""
    headers: tuple[tuple[str, str], ...] = ()
    """Headers of an error."""
    pause: float = 0.0
    """Seconds before each piece."""
    wait: float = 0.0
    """Seconds before anything is sent."""
    finish: str = "stop"
    """Why the reply ended; empty for a connection that breaks off after the pieces."""


@dataclass
class ScriptedServer:
    """The server and what was asked of it."""

    plays: list[Play]
    """What it does with each request; the last play is for all that follow."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the requests, in order."""
    keys: list[str] = field(default_factory=list)
    """Authorization of each."""
    times: list[float] = field(default_factory=list)
    """When each came, seconds."""
    sent: int = 0
    """Pieces that were sent."""
    hung_up: threading.Event = field(default_factory=threading.Event)
    """Whether the other side closed a connection before the end."""
    url: str = ""
    """Address of the interface."""

    @property
    def bodies(self) -> str:
        """Return every request's body as one text."""
        return json.dumps(self.requests, ensure_ascii=False)


@contextmanager
def scripted_server(*plays: Play) -> Iterator[ScriptedServer]:
    """Serve the plays while the body runs."""
    server = ScriptedServer(list(plays))

    class Handler(_Handler):
        scripted = server

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    scripted: ScriptedServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path != "/v1/chat/completions":
            self.send_error(404)
            return
        server = self.scripted
        play = server.plays[min(len(server.requests), len(server.plays) - 1)]
        server.requests.append(json.loads(body))
        server.keys.append(self.headers["authorization"])
        server.times.append(time.monotonic())
        time.sleep(play.wait)
        try:
            if play.status != 200:
                self._error(play)
            else:
                self._stream(play)
        except OSError:
            server.hung_up.set()
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _error(self, play: Play) -> None:
        body = json.dumps({"error": {"message": f"refused {self.headers['authorization']}", "type": "x"}}).encode()
        self.send_response(play.status)
        for name, value in (*play.headers, ("content-type", "application/json"), ("content-length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, play: Play) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._event({"role": "assistant", "content": ""})
        for piece in play.pieces:
            time.sleep(play.pause)
            self._event({"content": piece})
            self.scripted.sent += 1
        if not play.finish:
            # no last part: the connection breaks off
            self.close_connection = True
            return
        self._event({}, play.finish)
        self._part(b"data: [DONE]\n\n")
        self._part(b"")

    def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}
        self._part(f"data: {json.dumps(event)}\n\n".encode())

    def _part(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()
