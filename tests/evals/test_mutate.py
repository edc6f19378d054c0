"""The evaluation of the evaluator: corrupted answers are caught, harmless changes are not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.chain import Assistant
from cli import app
from evals.cases import read_cases, suite_path
from evals.errors import EvalError
from evals.gate import GATES, Gates, read_gates
from evals.mutate.kinds import KINDS
from evals.mutate.measure import Scored, merged, mutate, scored
from evals.mutate.records import Caught
from evals.recording import write_run
from evals.records import Case, Header, Run
from evals.run import run_cases
from evals.score.every import every_score
from evals.subjects.local import LocalSubject

#: Every third core case: a small run that has all outcomes, and every case that must pass.
_EVERY = 3


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    must = set(read_gates(GATES, "core").must_pass)
    found = read_cases(suite_path("core"))
    return [case for place, case in enumerate(found) if place % _EVERY == 0 or case.id in must or case.expect == "care"]


@pytest.fixture(scope="module")
def runs(assistant: Assistant, cases: Sequence[Case]) -> list[Run]:
    return list(run_cases(LocalSubject(assistant, assistant.build.passages), cases))


@pytest.fixture(scope="module")
def good(cases: list[Case], runs: list[Run]) -> Scored:
    return scored(cases, runs, gates=read_gates(GATES, "core"))


@pytest.fixture(scope="module")
def found(good: Scored) -> dict[str, Caught]:
    return {entry.kind.name: entry for entry in mutate(good)}


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.sort == "exact"])
def test_every_exact_corruption_is_caught_and_fails_the_gate(found: dict[str, Caught], name: str) -> None:
    assert found[name].missed == ()
    assert found[name].corrupted > 0
    assert found[name].gate_from is not None


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.sort == "semantic"])
def test_nearly_every_change_of_meaning_is_caught_and_fails_the_gate(found: dict[str, Caught], name: str) -> None:
    share = found[name].share
    assert share is not None
    assert share >= 0.95
    assert found[name].gate_from is not None


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.sort == "harmless"])
def test_what_no_reader_would_mind_is_not_held_against_an_answer(found: dict[str, Caught], name: str) -> None:
    assert (found[name].caught, found[name].by, found[name].gate_from) == (0, {}, None)
    assert found[name].corrupted > 10


def test_what_touches_the_promise_fails_the_gate_with_a_single_answer(found: dict[str, Caught]) -> None:
    names = ("text changed under its mark", "passage altered", "number swapped", "care path dropped", "answer lost")
    assert {found[name].gate_from for name in names} == {1}


def test_the_same_run_is_corrupted_the_same_way(good: Scored, found: dict[str, Caught]) -> None:
    again = mutate(replace(good, runs=list(good.runs)))
    assert again == list(found.values())


def test_a_share_corrupts_fewer_answers(good: Scored, found: dict[str, Caught]) -> None:
    some = mutate(good, share=0.1)
    assert 0 < sum(entry.corrupted for entry in some) < sum(entry.corrupted for entry in found.values()) / 3


def test_scores_put_together_are_those_of_the_corrupted_run(good: Scored) -> None:
    changed = replace(good.runs[0], record={**good.runs[0].answer, "outcome": "not_covered", "claims": []})
    after = every_score(good.cases[:1], [changed])
    whole = every_score(good.cases, [changed, *good.runs[1:]])
    put_together = {score.name: score for score in merged(good.scores, after, changed={changed.case})}
    for score in whole:
        if score.is_mean:
            assert put_together[score.name].cases == score.cases
            assert put_together[score.name].left_out == score.left_out
            assert put_together[score.name].value == pytest.approx(score.value)


def test_a_run_that_fails_its_gates_is_refused(cases: list[Case], runs: list[Run]) -> None:
    with pytest.raises(EvalError, match="does not pass its gates"):
        scored(cases, runs, gates=Gates(floors={"expected outcome": 1.01}))


def test_the_command_prints_a_line_for_each_kind_and_gives_the_exit_code(
    cases: list[Case], runs: list[Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    some = [case for case in cases if case.expect in ("answered", "care")][:12]
    _write(tmp_path, some, [run for run in runs if run.case in {case.id for case in some}])
    (tmp_path / "gates.toml").write_text('[own.floors]\n"grounding" = 1.0\n', "utf-8")
    arguments = [str(tmp_path / "run.jsonl"), "--cases", str(tmp_path / "own.jsonl")]
    shown = CliRunner().invoke(app, ["eval", "mutate", *arguments, "--gates", str(tmp_path / "gates.toml")])
    # with a floor for grounding alone, a wrong answer whose every word is in its sources passes the gate
    assert shown.exit_code == 1, shown.output
    line = next(line for line in shown.output.splitlines() if "answer to another question" in line)
    assert ("passes" in line, "NOT ENOUGH" in line) == (True, True)
    assert all(kind.name in shown.output for kind in KINDS)


def _write(folder: Path, cases: Sequence[Case], runs: Sequence[Run]) -> None:
    lines = [
        {
            "id": case.id, "turns": list(case.turns), "expect": case.expect, "points": list(case.points),
            "relevant": [{"document": one.document, "heading": one.heading} for one in case.relevant],
        }
        for case in cases
    ]  # fmt: skip
    (folder / "own.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert len(list(write_run(folder / "run.jsonl", Header("own"), runs=runs))) == len(cases)
