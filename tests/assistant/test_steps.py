"""A step of the chain as LangChain sees it."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableLambda

from assistant.chain import Assistant
from assistant.steps import Step


class Heard(BaseCallbackHandler):
    """Keeps the names of what began, and what failed."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.failed: list[BaseException] = []

    def on_chain_start(self, serialized: dict[str, Any], inputs: Any, *, run_id: UUID, **kwargs: Any) -> None:
        """Keep a name."""
        self.names.append(kwargs["name"])

    def on_chain_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        """Keep an error."""
        self.failed.append(error)


def _double(number: int) -> int:
    return 2 * number


def _refuse(number: int) -> int:
    raise ValueError(f"{number} is refused")


def test_steps_give_what_their_functions_give() -> None:
    chain = Step("twice", _double) | Step("again", _double)
    assert chain.invoke(3) == 12
    assert asyncio.run(chain.ainvoke(3)) == 12
    assert chain.batch([1, 2]) == [4, 8]
    assert list(chain.stream(3)) == [12]


def test_callbacks_hear_of_every_step() -> None:
    heard = Heard()
    (Step("twice", _double) | Step("again", _double)).invoke(3, {"callbacks": [heard]})
    assert [name for name in heard.names if name in ("twice", "again")] == ["twice", "again"]


def test_callbacks_hear_of_steps_within_a_step() -> None:
    heard = Heard()
    inner = Step("inner", _double) | Step("last", _double)
    (Step("outer", inner.invoke) | RunnableLambda(_double)).invoke(3, {"callbacks": [heard]})
    assert {"outer", "inner", "last"} <= set(heard.names)


def test_an_error_comes_through_whether_or_not_anybody_listens() -> None:
    heard = Heard()
    chain = Step("twice", _double) | Step("refuse", _refuse)
    with pytest.raises(ValueError, match="6 is refused"):
        chain.invoke(3)
    with pytest.raises(ValueError, match="6 is refused"):
        chain.invoke(3, {"callbacks": [heard]})
    assert [str(error) for error in heard.failed] == ["6 is refused"] * 2  # the step's, and its sequence's


def test_every_step_of_an_answer_is_heard(assistant: Assistant) -> None:
    heard = Heard()
    assistant.invoke("what is a tail", {"callbacks": [heard]})
    assert {"parts", "question", "safety", "spell", "contextualise", "retrieve", "rank"} <= set(heard.names)
