from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.errors import EvalError
from evals.recording import digest_of, read_run, write_run
from evals.records import Found, Header, Run

HEADER = Header("core", "this assistant", "abc", "def", "123", {"python": "3.11"})
RUNS = [
    Run(
        "a",
        {"outcome": "answered", "text": "Ümlaut \u2028 [1]"},
        (Found("d", "h", "p", 0.5, 0.4, 0.3),),
        "",
        {"p": "t"},
    ),
    Run("b", None, error="ValueError: !"),
]


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "run.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "run.jsonl"
    assert list(write_run(path, HEADER, runs=RUNS)) == RUNS
    assert read_run(path) == (HEADER, RUNS)


def test_what_was_answered_before_a_stop_is_kept(tmp_path: Path) -> None:
    writing = write_run(tmp_path / "run.jsonl", HEADER, runs=RUNS)
    next(writing)
    assert read_run(tmp_path / "run.jsonl") == (HEADER, RUNS[:1])


def test_the_digest_leaves_times_out_and_nothing_else() -> None:
    digest = digest_of(HEADER, RUNS)
    assert digest_of(HEADER, [replace(RUNS[0], timings_ms={"total": 3.0}), RUNS[1]]) == digest
    assert digest_of(HEADER, RUNS[:1]) != digest
    assert digest_of(replace(HEADER, settings="x"), RUNS) != digest
    assert digest_of(HEADER, [replace(RUNS[0], passages={"p": "u"}), RUNS[1]]) != digest


def test_answers_of_another_system_are_read_in_the_same_form(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"run": 1, "suite": "core"}', '{"case": "a", "text": "Meet monthly. [1]"}', "")
    header, (run,) = read_run(path)
    assert (header.suite, run.outcome, run.retrieved, run.passages) == ("core", "answered", None, None)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([""], "is empty"),
        (["{}"], ":1: not the header of a run"),
        (['{"run": 9, "suite": "core"}'], ":1: not the header of a run"),
        (['{"run": 1, "suite": "core"}', "{"], ":2: not JSON"),
        (['{"run": 1, "suite": "core"}', "[]"], ":2: not an object"),
        (['{"run": 1, "suite": "core"}', "", '{"record": {}}'], ':3: "case" is None'),
        (['{"run": 1, "suite": "core"}', '{"case": "a", "record": {"text": ""}}'], ":2: has neither an answer nor"),
        (['{"run": 1, "suite": "core"}', *['{"case": "a", "text": ""}'] * 2], ":3: the case 'a' stands twice"),
        (['{"run": 1, "suite": "core"}', '{"case": "a", "text": "", "retrieved": [{"x": 1}]}'], ':2: "retrieved" has'),
    ],
)
def test_a_line_of_another_form_is_named_with_file_and_line(tmp_path: Path, lines: list[str], message: str) -> None:
    with pytest.raises(EvalError, match=r"run\.jsonl") as error:
        read_run(_file(tmp_path, *lines))
    assert message in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"none\.jsonl: cannot be read"):
        read_run(tmp_path / "none.jsonl")
