"""Against a real server on loopback that speaks both interfaces."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import httpx
import pytest

from evals.errors import EvalError
from evals.records import Case, Facets
from evals.subjects.http import ChatSubject, CurbsideSubject, open_http

CASE = Case("a", ("what is tail", "who pays?"), "answered", facets=Facets(stage="fellow", libraries=("Ours",)))
RECORD = {
    "outcome": "answered",
    "text": "The employer. [1]",
    "claims": [{"text": "The employer.", "citations": [1]}, {"text": "More.", "citations": [1], "more": True}],
    "citations": [{"number": 1, "passage_id": "p1"}],
    "timings_ms": {"cite": 1.0},
}


class Handler(BaseHTTPRequestHandler):
    """Answers on the routes that it is told to have, and keeps what was asked."""

    asked: ClassVar[list[Any]] = []
    routes: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        """Give a passage; another route of the server takes POST alone."""
        if self.path in self.routes:
            found = self.routes[self.path]
            self._send(405 if self.path.endswith(("/ask", "completions")) else 200, found)
        else:
            self._send(404, {})

    def do_POST(self) -> None:
        """Give an answer."""
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._send(*((200, self.routes[self.path]) if self.path in self.routes else (500, {})))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _send(self, code: int, data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked.clear()
    Handler.routes.clear()
    served = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    thread.join()
    served.server_close()


def test_curbsides_own_interface_is_asked_turn_by_turn_with_what_was_shown(server: str) -> None:
    Handler.routes.update({"/v1/ask": RECORD, "/v1/passages/p1": {"text": "The employer."}})
    reply = open_http(server).reply(CASE)
    facets = {"stage": "fellow", "only": ["Ours"]}
    assert Handler.asked == [
        {"question": "what is tail", "turns": [], **facets},
        {"question": "who pays?", "turns": [{"question": "what is tail", "claims": ["The employer."]}], **facets},
    ]
    assert (reply.record, reply.retrieved, reply.passages) == (RECORD, None, {"p1": "The employer."})
    assert set(reply.timings_ms) == {"cite", "total"}


def test_a_passage_that_the_server_has_not_is_missing_and_not_made_up(server: str) -> None:
    Handler.routes["/v1/ask"] = RECORD
    assert open_http(server + "/v1/ask").reply(CASE).passages == {}


def test_a_chat_server_gets_the_conversation_as_messages(server: str) -> None:
    Handler.routes["/v1/chat/completions"] = {"choices": [{"message": {"content": "The employer. [1]"}}]}
    reply = open_http(server, model="big").reply(CASE)
    assert Handler.asked[1]["model"] == "big"
    assert [message["content"] for message in Handler.asked[1]["messages"]] == [
        "what is tail", "The employer. [1]", "who pays?",
    ]  # fmt: skip
    assert reply.record is not None
    assert (reply.record["outcome"], reply.record["claims"]) == (
        "answered", [{"text": "The employer.", "citations": [1]}],
    )  # fmt: skip


def test_a_record_under_the_key_curbside_is_the_answers(server: str) -> None:
    Handler.routes["/v1/chat/completions"] = {"choices": [{"message": {"content": "x"}}], "curbside": RECORD}
    assert open_http(server + "/v1/chat/completions").reply(CASE).record == RECORD


def test_the_two_are_told_apart_by_asking_and_curbsides_own_comes_first(server: str) -> None:
    Handler.routes.update({"/v1/ask": RECORD, "/v1/chat/completions": {}})
    assert isinstance(open_http(server + "/v1/"), CurbsideSubject)
    del Handler.routes["/v1/ask"]
    assert isinstance(open_http(server), ChatSubject)


def test_a_server_with_neither_is_named(server: str) -> None:
    with pytest.raises(EvalError, match="neither /v1/ask nor /v1/chat/completions answers there"):
        open_http(server)


def test_a_server_that_cannot_be_reached_is_named() -> None:
    with pytest.raises(EvalError, match=r"http://127\.0\.0\.1:9/v1/ask: cannot be reached .* start the server first"):
        open_http("http://127.0.0.1:9")


def test_a_refusal_is_an_error_of_the_case(server: str) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        open_http(server + "/v1/ask").reply(CASE)
