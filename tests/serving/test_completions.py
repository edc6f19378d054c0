from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.chain import Ask, Assistant
from assistant.records import Answer
from serving.completions import ChatForm, claims_of, completion_routes
from serving.desk import Desk
from serving.gate import Gate
from tests.fakes import make_answer, make_hit

QUESTION = "what is tail coverage"


def chat(*texts: str, **more: object) -> dict[str, object]:
    roles = ("user", "assistant")
    return {"messages": [{"role": roles[n % 2], "content": text} for n, text in enumerate(texts)], **more}


def pieces(text: str) -> list[dict[str, Any]]:
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def joined(records: list[dict[str, Any]]) -> str:
    return "".join(record["choices"][0]["delta"].get("content", "") for record in records)


def test_a_completion_is_the_answer_with_its_sources(client: TestClient, assistant: Assistant) -> None:
    told = client.post("/v1/chat/completions", json=chat(QUESTION, model="whatever", temperature=0.3)).json()
    content = told["choices"][0]["message"]["content"]
    text, _, sources = content.partition("\n\n**Sources**\n\n")
    assert text == assistant.invoke(QUESTION).text
    assert sources.startswith("- [1] ")
    assert told["curbside"]["outcome"] == "answered"
    assert (told["object"], told["model"]) == ("chat.completion", "curbside")
    assert told["usage"] == {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


@pytest.mark.parametrize("question", [QUESTION, "academic or private practice?", "what is a good pizza"])
def test_a_stream_joins_to_the_same_text(client: TestClient, question: str) -> None:
    whole = client.post("/v1/chat/completions", json=chat(question)).json()["choices"][0]["message"]["content"]
    records = pieces(client.post("/v1/chat/completions", json=chat(question, stream=True)).text)
    assert joined(records) == whole
    assert records[0]["choices"][0]["delta"]["role"] == "assistant"
    assert records[-1]["choices"][0]["finish_reason"] == "stop"
    assert records[-1]["curbside"]["text"] in whole


class ChangesItsMind:
    """Begins one answer and ends with another, as where a chat model fails half-way."""

    async def ainvoke(self, input: Ask) -> Answer:
        return [part async for part in self.astream(input)][-1]

    async def astream(self, input: Ask) -> AsyncIterator[Answer]:
        yield make_answer(make_hit("The model wrote this."))
        yield make_answer(make_hit("The source says that."))


def test_a_text_that_was_sent_is_not_passed_over_in_silence() -> None:
    app = FastAPI()
    app.include_router(completion_routes(Desk(ChangesItsMind(), Gate(at_once=1, waiting=1))))
    text = joined(pieces(TestClient(app).post("/chat/completions", json=chat("why", stream=True)).text))
    begun, _, rest = text.partition("Instead:")
    assert "The model wrote this." in begun
    assert "The source says that." in rest


def test_the_messages_before_the_question_are_its_turns() -> None:
    form = ChatForm.model_validate(
        chat("is a mentor a sponsor", "No. [1]\n\n- A mentor advises. [2]\n- A sponsor speaks. [3][4]", "the second?")
    )
    (turn,) = form.to_ask().turns
    assert (turn.question, turn.claims) == ("is a mentor a sponsor", ("A mentor advises.", "A sponsor speaks."))
    assert form.to_ask().question == "the second?"


def test_sources_are_no_part_of_what_was_said() -> None:
    assert claims_of("One. [1]\n\n**Sources**\n\n- [1] A title: “One.”") == ("One.",)


def test_a_message_may_come_in_parts() -> None:
    parts = [{"type": "text", "text": "what is"}, {"type": "image_url", "image_url": {"url": "x"}}]
    parts += [{"type": "text", "text": "tail coverage"}]
    form = ChatForm.model_validate({"messages": [{"role": "user", "content": parts}]})
    assert form.to_ask().question == "what is\ntail coverage"


@pytest.mark.parametrize("body", [{}, {"messages": []}, {"messages": [{"role": "system", "content": "x"}]}, chat("")])
def test_an_error_has_openais_form(client: TestClient, body: dict[str, object]) -> None:
    told = client.post("/v1/chat/completions", json=body)
    assert told.status_code == 422
    assert set(told.json()["error"]) == {"message", "type", "param", "code"}
    assert told.json()["error"]["type"] == "invalid_request_error"


def test_an_error_in_a_stream_has_openais_form(client: TestClient) -> None:
    lines = client.post("/v1/chat/completions", json=chat("", stream=True)).text.split("\n\n")
    assert "There is no question yet" in json.loads(lines[1].removeprefix("data: "))["error"]["message"]


def test_there_is_one_model(client: TestClient) -> None:
    assert [model["id"] for model in client.get("/v1/models").json()["data"]] == ["curbside"]
    assert client.get("/v1/models/curbside").json()["object"] == "model"
    assert client.get("/v1/models/other").json()["error"]["code"] == "request"


def test_openais_own_client_reads_an_answer_a_stream_models_and_errors(address: str, assistant: Assistant) -> None:
    openai = pytest.importorskip("openai", reason="openai is not installed")
    said = assistant.invoke(QUESTION).text
    with openai.OpenAI(base_url=f"{address}/v1", api_key="ada:key", timeout=60, max_retries=0) as client:
        given: Any = {"model": "gpt-x", "messages": [{"role": "user", "content": QUESTION}], "temperature": 0.2}
        assert client.chat.completions.create(**given).choices[0].message.content.startswith(said)
        parts = list(client.chat.completions.create(**given, stream=True))
        assert "".join(part.choices[0].delta.content or "" for part in parts).startswith(said)
        assert parts[-1].choices[0].finish_reason == "stop"
        assert [model.id for model in client.models.list()] == ["curbside"]
        with pytest.raises(openai.NotFoundError, match="one model here"):
            client.models.retrieve("other")
        empty = [{"role": "user", "content": ""}]
        with pytest.raises(openai.UnprocessableEntityError, match="There is no question yet"):
            client.chat.completions.create(model="x", messages=empty)
        with pytest.raises(openai.APIError, match="There is no question yet"):
            list(client.chat.completions.create(model="x", messages=empty, stream=True))


def test_langchains_own_client_reads_an_answer_and_a_stream(address: str, assistant: Assistant) -> None:
    langchain_openai = pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")
    model = langchain_openai.ChatOpenAI(model="curbside", base_url=f"{address}/v1", api_key="ada:key", timeout=60)
    said = assistant.invoke(QUESTION).text
    assert model.invoke(QUESTION).content.startswith(said)
    assert "".join(part.content for part in model.stream(QUESTION)).startswith(said)
