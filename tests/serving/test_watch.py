from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from assistant.chain import Ask, Assistant
from assistant.errors import QuestionError
from serving.gate import Gate
from serving.watch import Asked, WatchedAssistant

QUESTION = "what should I ask about buy-in terms"


class Notes:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.begun = 0
        self.asked: list[Asked] = []

    def began(self) -> None:
        self.begun += 1

    def ended(self, asked: Asked) -> None:
        self.asked.append(asked)

    @property
    def outcomes(self) -> list[str]:
        return [asked.outcome for asked in self.asked]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def watched(assistant: Assistant, notes: Notes) -> WatchedAssistant:
    return WatchedAssistant.of(assistant, notes, gate=Gate(at_once=1, waiting=0))


def test_it_answers_as_the_one_that_it_was_made_from(watched: WatchedAssistant, assistant: Assistant) -> None:
    assert watched.invoke(QUESTION).text == assistant.invoke(QUESTION).text
    assert [part.text for part in watched.stream(QUESTION)] == [part.text for part in assistant.stream(QUESTION)]
    assert watched.build is assistant.build


def test_each_way_of_asking_is_told_once(watched: WatchedAssistant, notes: Notes) -> None:
    async def both() -> None:
        await watched.ainvoke(QUESTION)
        async for _ in watched.astream(Ask(QUESTION)):
            pass

    watched.invoke(QUESTION)
    list(watched.stream(QUESTION))
    asyncio.run(both())
    assert (notes.begun, notes.outcomes) == (4, ["answered"] * 4)


def test_a_question_that_is_none_is_unreadable(watched: WatchedAssistant, notes: Notes) -> None:
    with pytest.raises(QuestionError):
        watched.invoke("")
    assert (notes.begun, notes.outcomes, notes.asked[0].error) == (1, ["unreadable"], "")


def test_a_question_from_a_thread_waits_for_a_place(watched: WatchedAssistant, notes: Notes) -> None:
    with ThreadPoolExecutor(1) as pool:
        with watched.gate.place_in_thread():
            asked = pool.submit(watched.invoke, QUESTION)
            time.sleep(0.3)
            assert notes.begun == 0
        assert asked.result(60).outcome == "answered"
    assert notes.begun == 1


def test_an_asker_who_leaves_abandons_the_question(watched: WatchedAssistant, notes: Notes) -> None:
    with closing(watched.stream(QUESTION)) as parts:  # type: ignore[type-var]
        next(parts)
    assert (notes.begun, notes.outcomes) == (1, ["abandoned"])
