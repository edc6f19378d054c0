from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.chain import Ask, Assistant
from assistant.records import Answer, Turn
from serving.asking import ask_routes
from serving.completions import completion_routes
from serving.desk import Desk
from serving.gate import Gate
from serving.problems import handle_errors
from tests.fakes import make_answer, make_hit
from tests.serving.conftest import Start, wait_until

QUESTION = "what should I ask about buy-in terms"


class SlowAssistant:
    """Answers one claim, and then nothing until it is let go or closed."""

    def __init__(self) -> None:
        self.let_go = asyncio.Event()
        self.asked = threading.Event()
        self.closed = threading.Event()

    async def ainvoke(self, input: Ask) -> Answer:
        return [part async for part in self.astream(input)][-1]

    async def astream(self, input: Ask) -> AsyncIterator[Answer]:
        self.asked.set()
        try:
            yield make_answer(make_hit("A sentence."))
            await self.let_go.wait()
            yield make_answer(make_hit("A sentence.", "Another."))
        finally:
            self.closed.set()


class BrokenAssistant(SlowAssistant):
    async def astream(self, input: Ask) -> AsyncIterator[Answer]:
        yield make_answer(make_hit("A sentence."))
        raise RuntimeError(input.question)


def serving(assistant: SlowAssistant, *, at_once: int = 1, waiting: int = 0) -> FastAPI:
    app = FastAPI()
    desk = Desk(assistant, Gate(at_once=at_once, waiting=waiting))
    app.include_router(ask_routes(desk))
    app.include_router(completion_routes(desk))
    handle_errors(app)
    return app


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block.splitlines() for block in text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def without_times(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "timings_ms"}


def test_an_answer_is_the_record_of_the_assistant(client: TestClient, assistant: Assistant) -> None:
    told = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert without_times(told) == without_times(json.loads(json.dumps(assistant.invoke(QUESTION).as_record())))


def test_a_follow_up_leans_on_the_turns_sent_along(client: TestClient, assistant: Assistant) -> None:
    turns = [{"question": "is a mentor the same as a sponsor", "claims": []}]
    told = client.post("/v1/ask", json={"question": "tell me more about the second one", "turns": turns}).json()
    own = assistant.invoke(Ask("tell me more about the second one", (Turn("is a mentor the same as a sponsor"),)))
    assert told["query"] == own.query != "tell me more about the second one"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": " "}, "There is no question yet"),
        ({"question": "x" * 2001 + " why"}, "the most is 2,000"),
        ({"question": "why mentors", "only": ["Elsewhere"]}, "There is no library 'Elsewhere'"),
        ({"question": "why mentors", "stage": "baby"}, "There is no stage 'baby'"),
        ({"questoin": "why"}, "question: Field required"),
        ({"question": 3}, "question: Input should be a valid string"),
        ({"question": "why", "turns": "before"}, "turns: Input should be a valid list"),
        ([], "See /docs"),
    ],
)
def test_what_is_no_question_gets_a_problem_that_says_so(client: TestClient, body: object, said: str) -> None:
    told = client.post("/v1/ask", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert told.status_code == 422
    assert told.headers["content-type"] == "application/problem+json"
    assert said in told.json()["detail"]


def test_half_a_character_breaks_nothing(client: TestClient) -> None:
    body = {"question": "and who pays \ud800 for it?", "turns": ["what is tail \udfff coverage"]}
    told = client.post("/v1/ask", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert told.status_code == 200


def test_a_body_that_a_form_on_another_site_could_send_is_not_read(client: TestClient) -> None:
    body = json.dumps({"question": QUESTION})
    assert client.post("/v1/ask", content=body, headers={"Content-Type": "text/plain"}).status_code == 422


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/ask", 405), ("GET", "/v1/nothing", 404)])
def test_a_wrong_address_or_method_gets_a_problem(client: TestClient, method: str, path: str, status: int) -> None:
    told = client.request(method, path)
    assert (told.status_code, told.json()["status"]) == (status, status)
    assert "/docs" in told.json()["detail"]


def test_a_stream_grows_and_ends_with_the_whole_answer(client: TestClient) -> None:
    told = events(client.post("/v1/ask/stream", json={"question": QUESTION}).text)
    whole = client.post("/v1/ask", json={"question": QUESTION}).json()
    counts = [len(record["claims"]) for name, record in told if name == "answer"]
    assert counts == list(range(1, len(whole["claims"]) + 1))
    assert told[-1][0] == "done"
    assert without_times(told[-1][1]) == without_times(whole)


def test_a_stream_says_what_went_wrong(client: TestClient) -> None:
    ((name, problem),) = events(client.post("/v1/ask/stream", json={"question": ""}).text)
    assert (name, problem["status"]) == ("error", 422)


def test_a_fault_in_a_stream_is_an_event_that_repeats_nothing_of_the_question() -> None:
    client = TestClient(serving(BrokenAssistant()))
    told = events(client.post("/ask/stream", json={"question": "zanzibar"}).text)
    assert [name for name, _ in told] == ["answer", "error"]
    assert told[1][1]["status"] == 500
    assert "zanzibar" not in json.dumps(told[1])


def test_leaving_a_stream_stops_the_work(start: Start) -> None:
    slow = SlowAssistant()
    with streaming(start(serving(slow))) as lines:
        assert next(lines) == "event: answer"
        assert not slow.closed.wait(0.3)
    assert slow.closed.wait(20)


CHAT = {"messages": [{"role": "user", "content": "why"}]}


@pytest.mark.parametrize(("path", "body"), [("/ask", {"question": "why"}), ("/chat/completions", CHAT)])
def test_leaving_before_the_answer_stops_the_work(start: Start, path: str, body: dict[str, object]) -> None:
    slow = SlowAssistant()
    address = start(serving(slow))

    async def leave() -> None:
        async with httpx.AsyncClient(timeout=20) as http:
            asking = asyncio.create_task(http.post(f"{address}{path}", json=body))
            await asyncio.to_thread(slow.asked.wait, 20)
            assert not slow.closed.is_set()
            asking.cancel()

    asyncio.run(leave())
    assert slow.closed.wait(20)


def test_a_full_queue_is_told_to_come_again(start: Start) -> None:
    slow = SlowAssistant()
    address = start(serving(slow))
    with streaming(address) as lines:
        next(lines)
        for path in ("/ask", "/ask/stream"):
            refused = httpx.post(f"{address}{path}", json={"question": "why"}, timeout=20)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
            assert "Ask again in 2 seconds" in refused.json()["detail"]
    assert slow.closed.wait(20)


def test_a_place_is_free_again_when_a_stream_was_left(start: Start) -> None:
    slow = SlowAssistant()
    address = start(serving(slow))
    for _ in range(3):
        with streaming(address) as lines:
            assert next(lines) == "event: answer"
        wait_until(slow.closed.is_set)
        slow.closed.clear()


@contextmanager
def streaming(address: str) -> Iterator[Iterator[str]]:
    """Give the lines of a stream, until they are left."""
    with httpx.stream("POST", f"{address}/ask/stream", json={"question": "why"}, timeout=20) as told:
        yield told.raise_for_status().iter_lines()


CONVERSATIONS = [
    ("what is tail coverage", "who pays for it?"),
    ("how do I find a mentor", "what if they cancel?"),
    ("what is a non-compete clause", "how long do they last?"),
    ("how do I ask for a raise at contract renewal", "and if they say no?"),
]


def converse(address: str, number: int) -> list[str]:
    """Hold a conversation over the interface and return what was searched for and said."""
    first, second = CONVERSATIONS[number % len(CONVERSATIONS)]
    with httpx.Client(base_url=address, timeout=60) as http:
        opening = http.post("/v1/ask", json={"question": first}).raise_for_status().json()
        claims = [claim["text"] for claim in opening["claims"] if not claim["more"]]
        turns = [{"question": first, "claims": claims}]
        follow = http.post("/v1/ask", json={"question": second, "turns": turns}).raise_for_status().json()
    return [opening["text"], follow["query"], follow["text"]]


def test_twenty_conversations_at_once_do_not_see_each_other(address: str) -> None:
    alone = [converse(address, number) for number in range(len(CONVERSATIONS))]
    with ThreadPoolExecutor(20) as pool:
        together = list(pool.map(lambda number: converse(address, number), range(20)))
    assert together == [alone[number % len(CONVERSATIONS)] for number in range(20)]
