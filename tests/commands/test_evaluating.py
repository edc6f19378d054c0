"""``curbside eval`` from the outside, with a function as the system under evaluation: exit codes and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from evals.cases import SCHEMA

SUBJECT = """
ANSWERS = {"what is tail": "Tail coverage. [1]", "best pizza": "I don't know."}

def answer(question, turns):
    return ANSWERS[question]
"""
CASES = [
    {
        "id": "tail", "turns": ["what is tail"], "expect": "answered", "points": ["tail coverage", "employer"],
        "relevant": [{"document": "d", "heading": "h"}],
    },
    {"id": "pizza", "turns": ["best pizza"], "expect": "not_covered"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "some_subject.py").write_text(SUBJECT, "utf-8")
    _write(tmp_path, *CASES)
    return tmp_path


def _write(folder: Path, *cases: object) -> None:
    (folder / "own.jsonl").write_text("\n".join(json.dumps(case) for case in cases), "utf-8")


def _eval(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["eval", *arguments])


def _run(*more: str) -> Result:
    return _eval("--subject", "some_subject:answer", "--cases", "own.jsonl", *more)


def test_a_run_without_gates_passes_and_leaves_its_files(folder: Path) -> None:
    found = _run()
    assert found.exit_code == 0, found.output
    assert "Evaluation passed: there are no gates (exit code 0)" in found.output
    assert sorted(path.name for path in (folder / "reports").iterdir()) == [
        "report.html", "report.json", "report.md", "report.xml", "run.jsonl",
    ]  # fmt: skip


@pytest.mark.parametrize(("floor", "code"), [(0.5, 0), (0.6, 1)])
def test_gates_of_ones_own_decide_the_exit_code(folder: Path, floor: float, code: int) -> None:
    (folder / "gates.toml").write_text(f'[own.floors]\n"answer completeness" = {floor}', "utf-8")
    assert _run("--gates", "gates.toml").exit_code == code


def test_a_single_error_is_2(folder: Path) -> None:
    _write(folder, *CASES, {"id": "new", "turns": ["unknown"], "expect": "declined"})
    found = _run()
    assert (found.exit_code, "new: error, KeyError: 'unknown'" in found.output) == (2, True)


def test_run_writes_and_scores_nothing_and_says_when_a_case_failed(folder: Path) -> None:
    assert _eval("run", "--subject", "some_subject:answer", "--cases", "own.jsonl").exit_code == 0
    assert [path.name for path in (folder / "reports").iterdir()] == ["run.jsonl"]
    _write(folder, {"id": "new", "turns": ["unknown"], "expect": "declined"})
    assert _eval("run", "--subject", "some_subject:answer", "--cases", "own.jsonl").exit_code == 2


def test_a_run_is_scored_and_gated_again_without_its_subject(folder: Path) -> None:
    first = _run().output
    (folder / "some_subject.py").unlink()
    again = _eval("score", "reports/run.jsonl", "--cases", "own.jsonl", "--out", "again")
    assert again.exit_code == 0, again.output
    digest = next(line for line in first.splitlines() if line.startswith("Digest"))
    assert digest in again.output
    (folder / "gates.toml").write_text('[own.floors]\n"answer completeness" = 0.9', "utf-8")
    gated = _eval("gate", "reports/run.jsonl", "--cases", "own.jsonl", "--gates", "gates.toml")
    assert gated.exit_code == 1


def test_an_accepted_baseline_is_what_the_next_run_is_held_against(folder: Path) -> None:
    (folder / "gates.toml").write_text('[own]\nno_worse = ["answer completeness"]', "utf-8")
    gated = ("--gates", "gates.toml", "--baseline", "base.json")
    assert _run(*gated).exit_code == 2  # there is no such file
    accepted = _eval("accept", "--why", "the first one", "--cases", "own.jsonl", "--baseline", "base.json")
    assert accepted.exit_code == 0, accepted.output
    passed = _run(*gated)
    assert (passed.exit_code, "the first one" in passed.output) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--why", "x"), "reports/run.jsonl: cannot be read"),
        (("--why", "x", "--cases", "own.jsonl"), "name a file for its baseline with --baseline"),
        (("--why", " ", "--cases", "own.jsonl", "--baseline", "b.json"), "--why is empty"),
    ],
)
def test_a_baseline_that_cannot_be_accepted_is_one_line_and_2(arguments: tuple[str, ...], message: str) -> None:
    if "cannot be read" not in message:
        _run()
    found = _eval("accept", *arguments)
    assert (found.exit_code, message in found.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--suite", "nothing", "--subject", "json:dumps"), "--suite nothing: there is no such suite"),
        (("--judge", "nobody:big", "--subject", "json:dumps"), "--judge nobody:big: write PROVIDER:NAME"),
        (("--subject", "no_such:thing"), "--subject no_such:thing: cannot be found"),
        (("--subject", "json:dumps", "--cases", "none.jsonl"), "none.jsonl: cannot be read"),
        (("score", "none.jsonl"), "none.jsonl: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_2(arguments: tuple[str, ...], message: str) -> None:
    found = _eval(*arguments)
    assert (found.exit_code, message in found.output) == (2, True)


def test_the_schema_is_printed() -> None:
    assert json.loads(_eval("schema").output) == json.loads(SCHEMA.read_text("utf-8"))


def test_a_folder_of_runs_is_accepted_in_one_go_and_a_broken_baseline_can_be_renewed(folder: Path) -> None:
    assert _run("--out", "reports/own").exit_code == 0
    (folder / "base.json").write_text('{"own": {"scores": 3}}', "utf-8")
    gated = ("reports/own/run.jsonl", "--cases", "own.jsonl", "--baseline", "base.json")
    assert _eval("gate", *gated).exit_code == 2
    found = _eval("accept", "reports", "--why", "all of them", *gated[1:])
    assert (found.exit_code, "the baseline of own is now run" in found.output) == (0, True)
    assert _eval("gate", *gated).exit_code == 0


def test_gates_that_are_named_are_heeded_by_score_too(folder: Path) -> None:
    _run()
    (folder / "gates.toml").write_text('[own.floors]\n"answer completeness" = 0.9', "utf-8")
    arguments = ("reports/run.jsonl", "--cases", "own.jsonl")
    assert _eval("score", *arguments).exit_code == 0
    assert _eval("score", *arguments, "--gates", "gates.toml").exit_code == 1


def test_a_folder_without_a_run_is_one_line_and_2(folder: Path) -> None:
    found = _eval("accept", ".", "--why", "x", "--cases", "own.jsonl", "--baseline", "base.json")
    assert found.exit_code == 2
    assert "holds no run.jsonl" in found.stderr
