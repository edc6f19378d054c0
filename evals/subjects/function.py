"""A function of somebody's module, as ``module:function``: called with the question and the earlier questions."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.errors import EvalError
from evals.marks import as_record
from evals.records import Case, Reply

Function = Callable[[str, Sequence[str]], Mapping[str, Any] | str]


@dataclass(frozen=True, slots=True)
class FunctionSubject:
    """Calls a function with a question and the turns before it."""

    function: Function
    """Returns a record, or a text with ``[n]`` marks."""

    def reply(self, case: Case) -> Reply:
        """Return what the function returned, as a record. Raises EvalError where it is neither record nor text."""
        before = time.perf_counter()
        given = self.function(case.turns[-1], list(case.turns[:-1]))
        total = (time.perf_counter() - before) * 1000
        if isinstance(given, str):
            record = as_record(case.turns[-1], given)
        elif isinstance(given, Mapping) and "outcome" in given and "text" in given:
            record = given
        else:
            raise EvalError(f"the function returned {given!r:.60}; return a text, or a record with outcome and text")
        return Reply(record, timings_ms={"total": total})


def open_function(name: str) -> FunctionSubject:
    """Return the subject of ``module:function``; modules of the current folder are found too.

    Raises EvalError where there is no such function.
    """
    module, _, attribute = name.partition(":")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        function = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise EvalError(f"--subject {name}: cannot be found ({error}); give module:function") from error
    if not callable(function):
        raise EvalError(f"--subject {name}: is no function; give module:function")
    return FunctionSubject(function)
