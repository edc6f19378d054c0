from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.settings import ROOT
from evals.errors import EvalError
from evals.gate import (
    CORE,
    GATES,
    MISSED,
    NOT_EVALUATED,
    PASSED,
    Gates,
    evaluate_and_gate,
    judge,
    passage_reader,
    read_gates,
    score,
)
from evals.records import Case, Expectation, GateResult, Run, Score

GATE = Gates({"grounding": 0.9}, ("care-01",))


def _score(value: float | None, name: str = "grounding") -> Score:
    return Score(name, value, value, value)


def _case(expect: Expectation = "care") -> Case:
    return Case("care-01", ("?",), expect)


def _run(outcome: str = "care") -> Run:
    return Run("care-01", {"outcome": outcome})


def _judge(gates: Gates, scores: list[Score], runs: list[Run]) -> tuple[list[GateResult], int]:
    return judge(gates, scores, cases=[_case()], runs=runs)


def test_where_every_floor_is_reached_and_every_case_passes_it_is_0() -> None:
    results, code = _judge(GATE, [_score(0.95)], [_run()])
    assert results == [GateResult("grounding", 0.9, 0.95, True), GateResult("case care-01", 1.0, 1.0, True)]
    assert code == PASSED == 0


def test_a_value_that_just_reaches_its_floor_passes() -> None:
    assert _judge(GATE, [_score(0.9)], [_run()])[1] == PASSED


def test_a_value_below_its_floor_is_1() -> None:
    results, code = _judge(GATE, [_score(0.899)], [_run()])
    assert [(result.name, result.passed) for result in results] == [("grounding", False), ("case care-01", True)]
    assert code == MISSED == 1


def test_a_case_that_must_pass_and_came_out_otherwise_is_1() -> None:
    results, code = _judge(GATE, [_score(1.0)], [_run("answered")])
    assert results[1] == GateResult("case care-01", 1.0, 0.0, False)
    assert code == MISSED


def test_a_score_without_a_value_is_2() -> None:
    results, code = _judge(GATE, [_score(None)], [_run()])
    assert results[0] == GateResult("grounding", 0.9, None, False)
    assert code == NOT_EVALUATED == 2


def test_a_gate_without_a_score_is_2() -> None:
    assert _judge(GATE, [_score(1.0, "another name")], [_run()])[1] == NOT_EVALUATED


def test_a_case_that_must_pass_and_was_not_run_is_2() -> None:
    results, code = _judge(GATE, [_score(1.0)], [Run("other", {"outcome": "care"})])
    assert results[1].value is None
    assert code == NOT_EVALUATED


def test_a_single_error_is_2_even_where_every_floor_is_reached() -> None:
    runs = [_run(), Run("other", None, error="ValueError: x")]
    assert _judge(GATE, [_score(1.0)], runs)[1] == NOT_EVALUATED


def test_an_error_is_not_hidden_by_a_floor_that_was_missed() -> None:
    assert _judge(GATE, [_score(0.1)], [Run("care-01", None, error="ValueError: x")])[1] == NOT_EVALUATED


def test_without_a_run_it_is_2() -> None:
    assert _judge(Gates({}, ()), [_score(1.0)], [])[1] == NOT_EVALUATED


def test_where_no_score_at_all_has_a_value_it_is_2_also_without_gates() -> None:
    assert _judge(Gates({}, ()), [_score(None), _score(None, "recall")], [_run()])[1] == NOT_EVALUATED


def test_the_shipped_gates_hold_the_promise_without_slack() -> None:
    gates = read_gates(GATES)
    assert gates.floors["grounding"] == gates.floors["citation precision"] == 1.0
    assert {"care-01", "care-02", "buy-in-terms"} <= set(gates.must_pass)


def test_every_shipped_floor_belongs_to_a_score() -> None:
    names = {entry.name for entry in score([_case()], [_run()], passage_text=lambda _: None)}
    assert set(read_gates(GATES).floors) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        "[floors]\ngrounding = 1.0",
        "[must_pass]\ncases = []",
        "floors = 1\n[must_pass]\ncases = []",
        "[floors]\ngrounding = 'high'\n[must_pass]\ncases = []",
        "[floors]\n[must_pass]\ncases = 3",
    ],
)
def test_gates_of_another_form_are_named_with_their_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(EvalError, match=r"gates\.toml: not a file of gates .* it has \[floors\] and \[must_pass\]"):
        read_gates(path)


def test_gates_that_are_not_there_are_named_too(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"none\.toml: not a file of gates"):
        read_gates(tmp_path / "none.toml")


def test_passages_are_read_from_the_index(assistant: Assistant) -> None:
    read = passage_reader(assistant)
    first = assistant.build.passages.ids[0]
    assert read(first) == assistant.build.passages.passages([first])[0].passage.text
    assert read("no such passage") is None


def test_a_case_set_of_ones_own_is_evaluated_without_floors(
    assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"id": "a", "turns": ["best pizza in chicago"], "expect": "declined"}', "utf-8")
    assert evaluate_and_gate(assistant, cases_path=path, out=tmp_path / "out") == PASSED
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert (report["suite"], report["gates"], report["exit_code"]) == ("own", [], 0)
    assert report["settings"] == assistant.settings.fingerprint(assistant.build.manifest.build)
    assert "Evaluation passed (exit code 0)" in capsys.readouterr().out


def test_a_case_that_cannot_be_asked_makes_it_2(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"id": "a", "turns": ["???"], "expect": "declined"}', "utf-8")
    assert evaluate_and_gate(assistant, cases_path=path, out=tmp_path) == NOT_EVALUATED


def test_the_core_cases_are_gated_by_whatever_path_they_are_named(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    evaluate_and_gate(assistant, cases_path=CORE.relative_to(ROOT), out=tmp_path)
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {gate["name"] for gate in report["gates"]} >= set(read_gates(GATES).floors)
