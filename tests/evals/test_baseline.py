from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from evals.baseline import Baseline, accept, read_baseline
from evals.errors import EvalError
from evals.records import Header, Score
from evals.statistics import measured


def _accept(path: Path, suite: str, why: str = "a better search", *scores: Score) -> None:
    accept(path, scores or [measured("recall", {"a": 1 / 3})], header=Header(suite), digest="0123", why=why)


def test_a_baseline_says_why_when_and_from_which_run(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core")
    found = read_baseline(path, "core")
    assert (found.why, found.digest, found.when) == ("a better search", "0123", date.today().isoformat())
    assert found.scores == {"recall": {"a": 0.333333}}
    assert found.told == f"{found.when}, run 0123: a better search"


def test_the_baselines_of_other_suites_stay(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    _accept(path, "core")
    _accept(path, "coverage", "first")
    _accept(path, "coverage", "second")
    assert (read_baseline(path, "core").why, read_baseline(path, "coverage").why) == ("a better search", "second")


def test_without_a_baseline_there_is_an_empty_one(tmp_path: Path) -> None:
    assert read_baseline(tmp_path / "none.json", "core") == Baseline()
    assert Baseline().told == ""


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
