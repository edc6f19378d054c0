from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from evals.baseline import Baseline, accept, read_baseline
from evals.errors import EvalError
from evals.gate import GATES, read_gates
from evals.pipeline import BASELINE
from evals.records import Header, Report, Score, Verdict
from evals.statistics import measured


def _report(suite: str, *scores: Score) -> Report:
    found = scores or (measured("recall", {"a": 1 / 3}),)
    return Report(Header(suite), found, Verdict(0, "passed"), [], [], digest="0123")


def _accept(path: Path, suite: str, why: str = "a better search", *scores: Score) -> None:
    accept(path, [_report(suite, *scores)], why=why)


def test_a_baseline_says_why_when_and_from_which_run(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core")
    found = read_baseline(path, "core")
    assert (found.why, found.digest, found.when) == ("a better search", "0123", date.today().isoformat())
    assert found.scores == {"recall": {"a": 0.3333}}
    assert found.told == f"{found.when}, run 0123: a better search"


def test_the_baselines_of_other_suites_stay(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core")
    _accept(path, "coverage", "first")
    _accept(path, "coverage", "second")
    assert (read_baseline(path, "core").why, read_baseline(path, "coverage").why) == ("a better search", "second")


def test_a_suite_that_the_file_has_not_has_an_empty_baseline(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core")
    assert read_baseline(path, "coverage") == Baseline()
    assert Baseline().told == ""


def test_a_file_that_is_not_there_is_named_and_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"none\.json: there is no such file of baselines; curbside eval accept makes"):
        read_baseline(tmp_path / "none.json", "core")


def test_several_suites_are_accepted_together_and_the_same_one_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(EvalError, match="two runs are of the suite 'core'"):
        accept(path, [_report("core"), _report("safety"), _report("core")], why="x")
    assert not path.exists()
    accept(path, [_report("core"), _report("safety")], why="both")
    assert [read_baseline(path, suite).why for suite in ("core", "safety")] == ["both", "both"]


def test_equal_values_of_several_scores_are_written_once_and_read_for_each(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    values = {"b": 1.0, "a": 0.5, "c": 1.0}
    _accept(path, "core", "x", measured("one", values), measured("two", values), measured("three", {"a": 0.5}))
    assert read_baseline(path, "core").scores == {"one": values, "two": values, "three": {"a": 0.5}}
    assert json.loads(path.read_text("utf-8"))["core"]["scores"]["two"] == "one"


@pytest.mark.parametrize("value", ["NaN", "inf", "high"])
def test_a_value_that_is_no_number_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core")
    path.write_text(path.read_text("utf-8").replace('"0.3333"', f'"{value}"'), "utf-8")
    with pytest.raises(EvalError, match=r"the baseline of 'core' has another form"):
        read_baseline(path, "core")


def test_the_shipped_baseline_holds_every_score_that_a_gate_compares() -> None:
    for suite in tomllib.loads(GATES.read_text("utf-8")):
        baseline = read_baseline(BASELINE, suite)
        assert baseline.why, suite
        assert set(read_gates(GATES, suite).no_worse) <= set(baseline.scores)


def test_a_baseline_needs_a_reason(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="--why is empty"):
        _accept(tmp_path / "baseline.json", "core", "  ")
    assert not (tmp_path / "baseline.json").exists()


def test_scores_without_a_value_and_those_that_are_no_mean_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core", "x", measured("empty", {}), Score("curve", 0.1, 0.0, 0.2, {"a": 1.0}, is_mean=False))
    assert read_baseline(path, "core").scores == {}


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"core": {"when": "x"}}), json.dumps({"core": 3})])
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, "utf-8")
    with pytest.raises(EvalError, match=r"baseline\.json"):
        read_baseline(path, "core")
