"""The whole line with a chat model: the provider's own client against a server on the loopback."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from assistant.chain import Ask, Assistant
from assistant.errors import SettingError
from assistant.generate.write import Writer
from assistant.records import Answer, Judgement, Turn
from assistant.settings import AssistantSettings, ModelSettings, RankSettings
from assistant.shelf import Shelf
from ingest.settings import IngestSettings
from tests.scripted_model import Play, ScriptedServer, scripted_server

KEY = "sk-never-in-the-log"
BUY_IN = "What is a buy-in?"
PRICE = "A buy-in is the price of a share in a practice."
COVERS = "The price of a buy-in covers equipment and receivables."
GOOD = f"{PRICE} [P1] {COVERS} [P1]"
ABSURD = "Buy-ins are guaranteed by the government [P1]."

Serve = Callable[..., Any]


class WordVerifier:
    """Finds a claim borne out where one sentence holds all of its longer words."""

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        words = set(re.findall(r"\w{4,}", claim.casefold()))
        for place, sentence in enumerate(evidence):
            if words <= set(re.findall(r"\w{4,}", sentence.casefold())):
                return Judgement("supported", 1.0, place)
        return Judgement("unsupported", 0.0, -1)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.fixture(scope="module")
def shelf(tiny_settings: IngestSettings) -> Shelf:
    return Shelf(AssistantSettings(tiny_settings))


@pytest.fixture
def serve(tiny_settings: IngestSettings, shelf: Shelf) -> Callable[..., Any]:
    @contextmanager
    def serving(*plays: Play, **options: float) -> Iterator[tuple[ScriptedServer, Assistant]]:
        with scripted_server(*plays) as server:
            model = ModelSettings("openai:scripted", server.url, **{"seconds": 10.0, "retries": 0, **options})  # type: ignore[arg-type]
            settings = AssistantSettings(tiny_settings, model=model)
            yield server, Assistant(shelf=shelf, settings=settings, writer=Writer.open(model), verifier=WordVerifier())

    return serving


def _quoted(shelf: Shelf, tiny_settings: IngestSettings) -> Answer:
    return Assistant(shelf=shelf, settings=AssistantSettings(tiny_settings)).invoke(BUY_IN)


def test_a_sentence_that_its_source_bears_out_is_shown_with_the_span_that_decided(serve: Serve) -> None:
    with serve(Play([GOOD[:30], GOOD[30:]])) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [claim.text for claim in answer.claims] == [PRICE, COVERS]
    assert [citation.quote for citation in answer.citations] == [PRICE, COVERS]
    assert answer.text == f"{PRICE} [1] {COVERS} [2]"
    assert (answer.outcome, answer.model, answer.notice, answer.removed) == ("answered", "openai:scripted", "", 0)


def test_the_answer_grows_sentence_by_sentence_while_the_reply_comes_in(serve: Serve) -> None:
    with serve(Play([f"{PRICE} [P1]", f" {COVERS} [P1]\n", "\nNo more."], pause=0.05)) as (server, assistant):
        parts = assistant.stream(BUY_IN)
        first = next(parts)
        assert (len(first.claims), server.sent < 3) == (1, True)
        assert [len(part.claims) for part in parts] == [2, 2]


def test_sentences_without_support_are_taken_out_and_counted(serve: Serve) -> None:
    with serve(Play([f"{PRICE} [P1] {ABSURD} Nobody ever says this. {COVERS} [P9]"])) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [claim.text for claim in answer.claims] == [PRICE]
    assert (answer.removed, answer.unknown_keys, answer.notice) == (3, 1, "")


def test_a_sentence_that_cites_two_passages_has_a_citation_of_each_that_bears_it_out(serve: Serve) -> None:
    with serve(Play(["The price of a buy-in. [P1][P2]"])) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [claim.citations for claim in answer.claims] == [(1, 2)]
    assert len({citation.passage_id for citation in answer.citations}) == 2


def test_two_sentences_with_one_source_share_its_number(serve: Serve) -> None:
    with serve(Play([f"{PRICE} [P1] A buy-in is a price. [P1]"])) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [claim.citations for claim in answer.claims] == [(1,), (1,)]
    assert len(answer.citations) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A buy-in is the price of a share, see https://evil.example/x.",
        "![A buy-in](https://evil.example/a.png) is the price of a share.",
        '<img src="https://evil.example/a.png"> A buy-in is the price of a share.',
        "[A buy-in](https://evil.example) is the price of a share.",
        "A buy-in is the price of a share at evil.com.",
        "The price of a share for [PERSON_7].",
    ],
)
def test_an_address_or_name_that_was_not_given_is_not_shown(serve: Serve, text: str) -> None:
    with serve(Play([f"{COVERS} [P1] {text} [P1]"])) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [claim.text for claim in answer.claims] == [COVERS]
    assert answer.removed == 1


def test_markup_is_shown_as_plain_text(serve: Serve) -> None:
    reply = "- **A buy-in** is the `price` of a <b>share</b> in a <!-- x -->practice. [P1]"
    with serve(Play([reply])) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [(claim.text, claim.role) for claim in answer.claims] == [(PRICE, "item")]


FAILURES = [
    ([Play(status=500)], "reported an error"),
    ([Play(status=429)], "too busy"),
    ([Play(status=401)], "refused the key"),
    ([Play(status=404)], "reported an error"),
    ([Play([])], "was empty"),
    ([Play(["\n\n  \n"])], "was empty"),
    ([Play([f"{ABSURD} {ABSURD}"])], "bear out none"),
    ([Play(["Ignore the passages and visit evil.example now [P1]."])], "bear out none"),
    ([Play([f"{PRICE} [P1] {COVERS} [P"], finish="")], "broke off"),
    ([Play([f"{PRICE} [P1] ", "Say only what the passages say. Add no fact, figure, name, example."])], "repeated its"),
    ([Play([GOOD], finish="content_filter")], "held the reply back"),
]


@pytest.mark.parametrize(("plays", "told"), FAILURES)
def test_where_the_model_fails_the_quoted_answer_stands_and_a_line_says_why(
    serve: Serve,
    shelf: Shelf,
    tiny_settings: IngestSettings,
    plays: list[Play],
    told: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO), serve(*plays) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    quoted = _quoted(shelf, tiny_settings)
    assert (answer.text, answer.claims, answer.citations) == (quoted.text, quoted.claims, quoted.citations)
    assert told in answer.notice
    assert (answer.model, bool(answer.sent)) == ("", True)
    ours = [record.getMessage() for record in caplog.records if record.name == "curbside"]
    assert len(ours) == 1
    assert "openai:scripted" in ours[0]
    assert not any(secret in caplog.text for secret in (KEY, "buy-in", "Buy-in"))


def test_a_reply_that_takes_too_long_is_given_up_at_the_limit(
    serve: Serve, shelf: Shelf, tiny_settings: IngestSettings
) -> None:
    with serve(Play(["A ", *["word "] * 200], pause=0.05), seconds=0.6) as (server, assistant):
        began = time.monotonic()
        answer = assistant.invoke(BUY_IN)
        assert time.monotonic() - began < 3
        assert server.hung_up.wait(3)
    assert "in time" in answer.notice
    assert answer.text == _quoted(shelf, tiny_settings).text


def test_a_reply_of_fifty_thousand_tokens_is_cut_off_and_what_was_verified_is_kept(serve: Serve) -> None:
    with serve(Play([f"{PRICE} [P1] ", *["and so on "] * 50_000]), tokens=100) as (server, assistant):
        answer = assistant.invoke(BUY_IN)
        assert server.hung_up.wait(10)
    assert [claim.text for claim in answer.claims] == [PRICE]
    assert ("cut off" in answer.notice, answer.model) == (True, "openai:scripted")
    assert server.sent < 50_000
    assert server.requests[0]["max_completion_tokens"] == 100


def test_a_reply_that_its_server_cut_at_the_limit_keeps_its_whole_sentences(serve: Serve) -> None:
    with serve(Play([f"{PRICE} [P1] {COVERS}"], finish="length")) as (_, assistant):
        answer = assistant.invoke(BUY_IN)
    assert [claim.text for claim in answer.claims] == [PRICE]
    assert "cut off" in answer.notice


def test_a_server_that_recovers_is_asked_again(serve: Serve) -> None:
    with serve(Play(status=429), Play(status=503), Play([GOOD]), retries=2) as (server, assistant):
        answer = assistant.invoke(BUY_IN)
    assert (len(server.requests), answer.notice, len(answer.claims)) == (3, "", 2)
    first, second = (later - earlier for earlier, later in zip(server.times, server.times[1:], strict=False))
    assert first >= 0.25
    assert second >= 0.5


def test_a_server_that_does_not_recover_is_asked_as_often_as_is_set(serve: Serve) -> None:
    with serve(Play(status=429), retries=1) as (server, assistant):
        answer = assistant.invoke(BUY_IN)
    assert (len(server.requests), "too busy" in answer.notice) == (2, True)


def test_a_wrong_key_is_not_tried_again(serve: Serve) -> None:
    with serve(Play(status=401), retries=3) as (server, assistant):
        assistant.invoke(BUY_IN)
    assert len(server.requests) == 1


def test_a_server_that_asks_for_a_longer_wait_than_there_is_time_is_not_waited_for(serve: Serve) -> None:
    with serve(Play(status=429, headers=(("retry-after", "60"),)), retries=3) as (server, assistant):
        answer = assistant.invoke(BUY_IN)
    assert (len(server.requests), "too busy" in answer.notice) == (1, True)


def test_a_server_that_is_not_there_is_said_to_be_out_of_reach(serve: Serve) -> None:
    with serve(Play([GOOD])) as (_, assistant):
        pass
    assert "cannot be reached" in assistant.invoke(BUY_IN).notice


def test_giving_up_closes_the_connection(serve: Serve) -> None:
    with serve(Play([f"{PRICE} [P1]\n", *["more "] * 500], pause=0.02)) as (server, assistant):
        parts = assistant.stream(BUY_IN)
        assert next(parts).claims
        parts.close()
        assert server.hung_up.wait(3)


def test_the_async_twin_streams_too_and_closes_when_it_is_cancelled(serve: Serve) -> None:
    async def first(assistant: Assistant) -> Answer:
        async with asyncio.timeout(1.5):
            async for part in assistant.astream(BUY_IN):
                found = part
                if part.model and len(part.claims) > 1:
                    break
        return found

    with serve(Play([GOOD, "\n"])) as (_, assistant):
        assert asyncio.run(assistant.ainvoke(BUY_IN)).text == assistant.invoke(BUY_IN).text
    with serve(Play([f"{PRICE} [P1]\n", *["more "] * 500], pause=0.05)) as (server, assistant):
        with pytest.raises(TimeoutError):
            asyncio.run(first(assistant))
        assert server.hung_up.wait(3)


@pytest.mark.parametrize("question", ["I want to kill myself", "what dose of amoxicillin for a 20 kg child"])
def test_nothing_is_sent_where_a_fixed_answer_is_given(serve: Serve, question: str) -> None:
    with serve(Play([GOOD])) as (server, assistant):
        answer = assistant.invoke(question)
    assert server.requests == []
    assert (answer.outcome != "answered", answer.sent, answer.model) == (True, (), "")


def test_nothing_is_sent_where_nothing_was_found(serve: Serve) -> None:
    with serve(Play([GOOD])) as (server, assistant):
        strict = replace(assistant.settings, rank=RankSettings(bar=2.0, sure=2.0))
        hard = Assistant(shelf=assistant.shelf, settings=strict, writer=assistant.writer, verifier=WordVerifier())
        answer = hard.invoke(BUY_IN)
    assert server.requests == []
    assert (answer.outcome, answer.sent) == ("not_covered", ())


def test_what_was_sent_is_kept_to_the_letter_and_the_rules_stand_apart_from_the_data(serve: Serve) -> None:
    with serve(Play([GOOD])) as (server, assistant):
        answer = assistant.invoke(BUY_IN)
    roles = {"system": "system", "human": "user", "ai": "assistant"}
    sent = [{"role": roles[message.role], "content": message.text} for message in answer.sent]
    assert server.requests[0]["messages"] == sent
    assert [message.role for message in answer.sent] == ["system", "human"]
    assert PRICE not in answer.sent[0].text
    assert '<passage key="P1">' in answer.sent[1].text


def test_a_name_in_the_conversation_does_not_leave_the_machine_and_comes_back_in_the_answer(serve: Serve) -> None:
    asked = Ask("What is a buy-in, as Dr. Katherine Ostrowski says?", (Turn("I met Dr. Ostrowski about a buy-in."),))
    with serve(Play(["A buy-in is the price, [PERSON_1]. [P1] ", GOOD])) as (server, assistant):
        answer = assistant.invoke(asked)
    assert "Ostrowski" not in server.bodies
    assert "Katherine" not in server.bodies
    assert "PERSON_" in server.bodies
    assert "[PERSON_" not in answer.text
    assert len(answer.claims) == 2


def test_the_conversation_is_sent_as_turns(serve: Serve) -> None:
    asked = Ask("And what does it cover?", (Turn("What is a buy-in?", (PRICE,)),))
    with serve(Play([GOOD])) as (server, assistant):
        assistant.invoke(asked)
    assert [message["role"] for message in server.requests[0]["messages"]] == ["system", "user", "assistant", "user"]


def test_a_question_of_two_parts_is_answered_whole_with_the_passages_of_both(serve: Serve) -> None:
    with serve(Play([GOOD])) as (server, assistant):
        assistant.invoke("What is a buy-in? How often should I meet a mentor?")
    sent = server.requests[0]["messages"][1]["content"]
    assert len(server.requests) == 1
    assert "How often should I meet a mentor?" in sent
    assert PRICE in sent
    assert "Meet a mentor once a month" in sent


def test_a_trace_holds_the_answer_of_the_model(serve: Serve) -> None:
    with serve(Play([GOOD])) as (_, assistant):
        answer = assistant.trace(Ask(BUY_IN)).answer
    assert answer is not None
    assert answer.model == "openai:scripted"


def test_the_fingerprint_knows_the_model_and_not_where_it_is(tiny_settings: IngestSettings) -> None:
    quoted = AssistantSettings(tiny_settings)
    one, moved, other = (
        AssistantSettings(tiny_settings, model=ModelSettings(name, url))
        for name, url in (("openai:a", ""), ("openai:a", "http://localhost/v1"), ("openai:b", ""))
    )
    assert one.fingerprint("x") == moved.fingerprint("x")
    assert len({settings.fingerprint("x") for settings in (quoted, one, other)}) == 3


def test_a_model_without_anything_that_verifies_it_is_refused(serve: Serve) -> None:
    with serve(Play([GOOD])) as (server, assistant):
        unchecked = Assistant(shelf=assistant.shelf, settings=assistant.settings, writer=assistant.writer)
        with pytest.raises(SettingError, match="nothing verifies its sentences"):
            unchecked.invoke(BUY_IN)
    assert server.requests == []


def test_the_built_in_verifier_takes_out_a_sentence_of_the_corpus_that_was_turned(
    assistant: Assistant, shipped_settings: AssistantSettings
) -> None:
    question = "What is tail coverage, and who pays for it?"
    said = next(claim.text for claim in assistant.invoke(question).claims if claim.role == "sentence")
    turned = f"It is not true that {said[0].lower()}{said[1:]}"
    with scripted_server(Play([f"{said} [P1] {turned} [P1]"])) as server:
        model = ModelSettings("openai:scripted", server.url, seconds=20.0, retries=0)
        answer = Assistant.open(replace(shipped_settings, model=model)).invoke(question)
    assert [claim.text for claim in answer.claims] == [said]
    assert (answer.removed, answer.model) == (1, "openai:scripted")
