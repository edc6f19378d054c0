from __future__ import annotations

from collections.abc import Iterator

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from serving.body import BodyLimit


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body)(scope, receive, send)


def parts(*lengths: int) -> Iterator[bytes]:
    """A body whose length is not told beforehand."""
    return (b"x" * length for length in lengths)


@pytest.fixture
def limited() -> TestClient:
    return TestClient(BodyLimit(echo, most=10))


@pytest.mark.parametrize("body", [b"", b"x" * 10])
def test_a_body_within_the_limit_arrives_whole(limited: TestClient, body: bytes) -> None:
    assert limited.post("/", content=body).content == body


def test_a_body_in_pieces_arrives_whole(limited: TestClient) -> None:
    assert limited.post("/", content=parts(4, 0, 6)).content == b"x" * 10


def test_a_body_beyond_it_is_refused_with_what_to_do(limited: TestClient) -> None:
    for content in (b"x" * 11, parts(6, 6)):
        told = limited.post("/", content=content)
        assert told.status_code == 413
        assert "more than 10 bytes" in told.json()["detail"]


def test_a_length_that_is_a_lie_is_found_out() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 8, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-length", b"3")]}
    anyio.run(BodyLimit(echo, most=10), scope, receive, send)
    assert sent[0]["status"] == 413


def test_a_body_without_an_end_is_given_up() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        await anyio.sleep(60)
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    anyio.run(BodyLimit(echo, most=10, seconds=0.05), scope, receive, send)
    assert sent[0]["status"] == 408
