from __future__ import annotations

from pathlib import Path

import pytest

from evals.errors import EvalError
from evals.records import Case
from evals.subjects.function import FunctionSubject, open_function

CASE = Case("a", ("what is tail", "who pays?"), "answered")


def test_a_function_is_called_with_the_question_and_the_turns_before() -> None:
    reply = FunctionSubject(lambda question, turns: f"{turns[0]} / {question} [1]").reply(CASE)
    assert reply.record is not None
    assert reply.record["text"] == "what is tail / who pays? [1]"
    assert (reply.retrieved, reply.passages) == (None, None)
    assert "total" in reply.timings_ms


def test_a_record_is_taken_as_it_is() -> None:
    record = {"outcome": "declined", "text": "No."}
    assert FunctionSubject(lambda *_: record).reply(CASE).record == record


def test_anything_else_is_refused() -> None:
    with pytest.raises(EvalError, match="returned 7; return a text, or a record with outcome and text"):
        FunctionSubject(lambda *_: 7).reply(CASE)  # type: ignore[arg-type]


def test_a_module_of_the_current_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_subject.py").write_text("def answer(question, turns):\n    return question\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    reply = open_function("own_subject:answer").reply(CASE)
    assert reply.record is not None
    assert reply.record["text"] == "who pays?"


@pytest.mark.parametrize("name", ["no_such_module:answer", "json:no_such", "json", ":dumps"])
def test_a_name_that_leads_nowhere_is_named(name: str) -> None:
    with pytest.raises(EvalError, match=rf"--subject {name}: cannot be found .* give module:function"):
        open_function(name)


def test_what_is_no_function_is_named() -> None:
    with pytest.raises(EvalError, match="json:__name__: is no function"):
        open_function("json:__name__")
