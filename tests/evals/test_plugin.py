"""The pytest plugin from the outside: a test for each case, the gate last, and nothing where it is not asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUBJECT = """
ANSWERS = {"what is tail": "Tail coverage. [1]", "best pizza": "Ham and pineapple. [1]"}

def answer(question, turns):
    return ANSWERS[question]
"""
CASES = [
    {
        "id": "tail", "turns": ["what is tail"], "expect": "answered", "points": ["tail coverage"],
        "relevant": [{"document": "d", "heading": "h"}],
    },
    {"id": "pizza", "turns": ["best pizza"], "expect": "not_covered"},
]  # fmt: skip
GATES = '[own]\nmust_pass = ["{must}"]\n[own.floors]\n"answer completeness" = 0.5\n'


def _pytest(folder: Path, *arguments: str, cases: object = CASES, must: str = "tail") -> list[str]:
    (folder / "some_subject.py").write_text(SUBJECT, "utf-8")
    (folder / "own.jsonl").write_text("\n".join(json.dumps(case) for case in cases), "utf-8")  # type: ignore[attr-defined]
    (folder / "gates.toml").write_text(GATES.format(must=must), "utf-8")
    (folder / "test_other.py").write_text("def test_other():\n    pass\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "evals.pytest_plugin", "-p", "no:cacheprovider", "-vrx"]
    environment = {"PYTHONPATH": f"{ROOT}:{folder}", "PATH": "", "COLUMNS": "200"}
    found = subprocess.run(
        [*command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=200, check=False
    )
    return [*found.stdout.splitlines(), f"exit code {found.returncode}"]


OWN = ("--curbside-cases", "own.jsonl", "--curbside-subject", "some_subject:answer", "--curbside-gates", "gates.toml")


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return _pytest(tmp_path_factory.mktemp("passed"), *OWN, "--curbside-out", "reports")


def test_each_case_is_a_test_and_the_gate_is_the_last(passed: list[str]) -> None:
    named = [line.split()[0] for line in passed if line.startswith("own.jsonl::") and "%]" in line]
    assert named == ["own.jsonl::tail", "own.jsonl::pizza", "own.jsonl::gate"]
    assert passed[-1] == "exit code 0"


def test_a_wrong_outcome_that_no_gate_asks_for_is_listed_and_no_failure(passed: list[str]) -> None:
    assert any("2 passed, 1 xfailed" in line for line in passed)
    assert any("pizza is answered, expected not_covered: best pizza" in line for line in passed)


def test_a_case_that_must_pass_fails_and_so_does_the_gate(tmp_path: Path) -> None:
    shown = _pytest(tmp_path, *OWN, must="pizza")
    assert "pizza is answered, expected not_covered: best pizza" in shown
    assert any("a gate was missed: case pizza is answered" in line for line in shown)
    assert shown[-1] == "exit code 1"


def test_a_case_without_an_answer_fails_with_what_went_wrong(tmp_path: Path) -> None:
    shown = _pytest(tmp_path, *OWN, cases=[*CASES, {"id": "new", "turns": ["unknown"], "expect": "declined"}])
    assert "new has no answer: KeyError: 'unknown'" in shown
    assert any("could not be evaluated: 1 of 3 cases have no answer (new)" in line for line in shown)


def test_a_line_of_another_form_is_named_with_its_place(tmp_path: Path) -> None:
    shown = _pytest(tmp_path, *OWN, cases=[{"id": "odd"}])
    assert any("own.jsonl:1: " in line for line in shown)
    assert shown[-1] == "exit code 2"


def test_without_its_options_other_tests_run_as_ever_and_with_a_path_beside_it(tmp_path: Path) -> None:
    alone = _pytest(tmp_path)
    assert any("1 passed" in line for line in alone)
    both = _pytest(tmp_path, *OWN, "test_other.py")
    assert any("3 passed, 1 xfailed" in line for line in both)
