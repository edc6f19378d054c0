from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from page.tabs.report import report_html
from tests.page.test_render import Page

SCORE: dict[str, Any] = {
    "name": "recall@5", "value": 0.95, "low": 0.9, "high": 0.98, "cases": {"a": 1.0, "b": 0.9}, "unscored": 1,
    "left_out": {"c": "unscored"}, "better": "higher", "is_mean": True,
}  # fmt: skip
GATE: dict[str, Any] = {"name": "recall@5", "floor": 0.9, "value": 0.95, "passed": True, "kind": "floor", "detail": ""}
REPORT: dict[str, Any] = {
    "suite": "core", "verdict": "passed", "baseline": "", "scores": [SCORE], "gates": [GATE], "exit_code": 0,
    "run": {"suite": "core", "subject": "the local assistant", "settings": "abc123", "index": "def456"},
    "outcomes": [{"case": "a"}, {"case": "b"}, {"case": "c"}],
}  # fmt: skip


def written(folder: Path, **changes: object) -> Path:
    """Write a report into a folder and return the folder."""
    (folder / "report.json").write_text(json.dumps({**REPORT, **changes}), "utf-8")
    return folder


def test_a_score_is_shown_with_interval_count_and_what_was_asked_for(tmp_path: Path) -> None:
    page = Page(report_html(written(tmp_path)))
    assert page.opened == []
    assert "recall@50.9500.900 to 0.9802, unscored 1at least 0.9" in page.text
    assert "1 of 1 gates passed." in page.text
    for fact in ("Questions3", "Settingsabc123", "Indexdef456", "UTC"):
        assert fact in page.text


def test_a_missed_gate_is_named_with_what_was_found(tmp_path: Path) -> None:
    gates = [{**GATE, "value": 0.5, "passed": False}, {**GATE, "name": "case a", "passed": False, "detail": "declined"}]
    text = Page(report_html(written(tmp_path, gates=gates))).text
    assert "recall@5: 0.500, asked for at least 0.9" in text
    assert "case a: declined" in text


def test_a_score_without_a_value_is_no_zero(tmp_path: Path) -> None:
    score = {**SCORE, "value": None, "low": None, "high": None, "better": "lower"}
    markup = report_html(written(tmp_path, scores=[score]))
    assert "no value" in markup
    assert "lower is better" in markup
    assert "cb-bar-value" not in markup


def test_a_report_of_other_settings_than_those_that_answer_is_marked(tmp_path: Path) -> None:
    folder = written(tmp_path)
    assert "of other settings" in report_html(folder, answering="fff")
    assert "of other settings" not in report_html(folder, answering="abc123")


def test_where_there_is_no_report_the_tab_says_how_to_make_one(tmp_path: Path) -> None:
    text = Page(report_html(tmp_path)).text
    assert "There is no report yet" in text
    assert "curbside eval" in text


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"suite": "core"}', '{"suite": "core", "scores": 3}'])
def test_a_report_that_cannot_be_read_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "report.json").write_text(content, "utf-8")
    assert "cannot be read" in report_html(tmp_path)


def test_the_whole_report_stands_in_a_frame_that_may_run_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "report.html").write_text('<p class="x">a</p><script>alert(1)</script>', "utf-8")
    (frame,) = [attributes for tag, attributes in Page(report_html(folder)).tags if tag == "iframe"]
    assert frame["srcdoc"] == '<p class="x">a</p><script>alert(1)</script>'
    assert frame["sandbox"] is None


def test_names_in_a_report_stay_text(tmp_path: Path) -> None:
    folder = written(tmp_path, suite="<b>", verdict="<i>", scores=[{**SCORE, "name": "<img>"}])
    assert not {"b", "i", "img"} & {tag for tag, _ in Page(report_html(folder)).tags}
