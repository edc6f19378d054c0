from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from evals.records import Case, GateResult, Report, Run, Score
from evals.report import as_junit, as_markdown, print_report, write_report

REPORT = Report(
    suite="core",
    settings="0123456789ab",
    scores=[
        Score("evidence recall@5", 0.5, 0.1, 0.9, {"good": 1.0, "lost": 0.0}),
        Score("grounding", None, None, None, unscored=2),
    ],
    gates=[
        GateResult("evidence recall@5", 0.9, 0.5, False),
        GateResult("grounding", 1.0, None, False),
        GateResult("case good", 1.0, 1.0, True),
        GateResult("case lost", 1.0, 0.0, False),
    ],
    cases=[
        Case("good", ("what is tail", "who pays?"), "answered"),
        Case("lost", ("best pizza",), "declined"),
        Case("broken", ("crash",), "declined"),
    ],
    runs=[
        Run("good", {"outcome": "answered", "score": 0.6}),
        Run("lost", {"outcome": "answered", "score": 0.4}),
        Run("broken", None, error="ValueError: <out of> luck & more"),
    ],
    exit_code=2,
)
FINE = replace(REPORT, scores=[], gates=REPORT.gates[2:3], cases=REPORT.cases[:1], runs=REPORT.runs[:1], exit_code=0)


def _tests(report: Report) -> dict[str, list[str]]:
    return {f"{test.get('classname')} {test.get('name')}": [c.tag for c in test] for test in as_junit(report)}


def test_junit_tells_a_gate_that_was_missed_from_one_that_could_not_be_scored() -> None:
    tests = _tests(REPORT)
    assert tests["gate evidence recall@5"] == ["failure"]
    assert tests["gate case lost"] == ["failure"]
    assert tests["gate grounding"] == ["error"]
    assert tests["gate case good"] == []


def test_junit_shows_a_case_that_crashed_as_an_error() -> None:
    tests = _tests(REPORT)
    assert (tests["case good"], tests["case broken"]) == ([], ["error"])


def test_junit_counts_agree_with_what_it_holds() -> None:
    suite = as_junit(REPORT)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("7", "2", "2")
    assert len(suite.findall(".//failure")) == 2
    assert len(suite.findall(".//error")) == 2


def test_junit_of_a_good_evaluation_has_neither() -> None:
    suite = as_junit(FINE)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "0", "0")


def test_a_failure_says_how_far_it_was_missed() -> None:
    failure = as_junit(REPORT).find("testcase[@name='evidence recall@5']/failure")
    assert failure is not None
    assert failure.get("message") == "0.500 is below 0.900"


def test_the_junit_file_gives_back_what_an_error_said(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path)
    found = ET.parse(tmp_path / "report.xml").find("testcase[@name='broken']/error")
    assert found is not None
    assert found.get("message") == "ValueError: <out of> luck & more"


def test_control_characters_in_an_error_leave_the_junit_file_readable(tmp_path: Path) -> None:
    runs = [*REPORT.runs[:2], Run("broken", None, error="\x1b[31mred\x1b[0m and \x00")]
    write_report(replace(REPORT, runs=runs), tmp_path)
    assert ET.parse(tmp_path / "report.xml").find("testcase[@name='broken']/error") is not None


def test_the_three_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path / "new" / "folder")
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        "report.json", "report.md", "report.xml",
    ]  # fmt: skip


def test_the_json_file_holds_everything_as_data(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path)
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (data["suite"], data["settings"], data["exit_code"]) == ("core", "0123456789ab", 2)
    assert data["scores"][0]["cases"] == {"good": 1.0, "lost": 0.0}
    assert data["scores"][1]["value"] is None
    assert [gate["passed"] for gate in data["gates"]] == [False, False, True, False]
    assert [run["error"] for run in data["runs"]] == ["", "", "ValueError: <out of> luck & more"]


def test_the_markdown_gives_every_score_with_its_interval_and_what_was_left_out() -> None:
    lines = as_markdown(REPORT).splitlines()
    assert lines[0] == "## Evaluation of `core`: could not be evaluated"
    assert "| evidence recall@5 | 0.500 | 0.100 to 0.900 | 2 | 0 |" in lines
    assert "| grounding | no value |  | 0 | 2 |" in lines
    assert "| evidence recall@5 | 0.90 | 0.500 | **missed** |" in lines
    assert "| case good | 1.00 | 1.000 | pass |" in lines


def test_the_markdown_names_every_case_that_was_not_as_expected_and_no_other() -> None:
    listed = [line for line in as_markdown(REPORT).splitlines() if line.startswith("- ")]
    assert listed == [
        "- lost: answered (score 0.4), expected declined: best pizza",
        "- broken: error, ValueError: <out of> luck & more: crash",
        "- lost: evidence recall@5 is 0",
    ]


@pytest.mark.parametrize(("code", "verdict"), [(0, "passed"), (1, "a gate was missed"), (2, "could not be evaluated")])
def test_the_terminal_ends_with_the_verdict(code: int, verdict: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(replace(REPORT, exit_code=code))
    assert capsys.readouterr().out.splitlines()[-1] == f"Evaluation {verdict} (exit code {code})"


def test_the_terminal_shows_scores_floors_and_misses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    print_report(REPORT)
    shown = capsys.readouterr().out
    assert "core: 3 cases, settings 0123456789ab" in shown
    assert "0.100 to 0.900" in shown
    assert shown.count("MISSED") == 2
    assert "must pass, and did not: case lost" in shown
    assert "case good" not in shown
    assert "broken: error, ValueError: <out of> luck & more: crash" in shown


def test_what_a_case_says_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run("good", {"outcome": "declined", "score": 0.1})
    print_report(replace(FINE, cases=[Case("good", ("[red]why[/red]",), "answered")], runs=[run]))
    assert "[red]why[/red]" in capsys.readouterr().out
