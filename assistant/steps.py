"""A step of the chain: a LangChain Runnable that costs next to nothing while nobody listens. Used by ``chain``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from langchain_core.callbacks import BaseCallbackManager
from langchain_core.runnables import Runnable, RunnableConfig

Given = TypeVar("Given")
Found = TypeVar("Found")


class Step(Runnable[Given, Found]):
    """Calls a function, and tells LangChain's callbacks of it where there are any.

    A RunnableLambda makes ready for callbacks whether or not there are any, and reads the signature of its function
    anew each time: eleven steps that do nothing took 3.5 ms, with this .5 ms.
    """

    def __init__(self, name: str, work: Callable[[Given], Found]) -> None:
        self.name = name
        self._work = work

    def invoke(self, input: Given, config: RunnableConfig | None = None, **kwargs: Any) -> Found:  # noqa: ARG002
        """Return what the function makes of the input."""
        return self._call_with_config(self._work, input, config) if _is_heard(config) else self._work(input)


def _is_heard(config: RunnableConfig | None) -> bool:
    """Return whether a callback would hear of a step, or may: without a sequence around it nobody has looked yet."""
    callbacks = None if config is None else config.get("callbacks")
    if isinstance(callbacks, BaseCallbackManager):
        return bool(callbacks.handlers)
    return callbacks is None or bool(callbacks)
