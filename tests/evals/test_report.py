from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from evals.records import Case, Comparison, GateResult, Header, Latency, Report, Run, Score, Verdict
from evals.report import as_junit, as_markdown, print_report, write_report

REPORT = Report(
    header=Header("core", "this assistant", "0123456789ab", "fedc"),
    scores=[
        Score("evidence recall@5", 0.5, 0.1, 0.9, {"good": 1.0, "lost": 0.0}),
        Score("grounding", None, None, None, unscored=1, left_out={"broken": "errored", "lost": "abstained"}),
        Score("omission rate", 0.25, 0.25, 0.25, {"good": 0.25}, better="lower"),
    ],
    verdict=Verdict(
        2,
        "could not be evaluated: why",
        [
            GateResult("evidence recall@5", 0.9, 0.5, False, detail="evidence recall@5 0.500 is below 0.900"),
            GateResult("grounding", 1.0, None, False, detail="grounding has no value"),
            GateResult("good", 1.0, 1.0, True, "case"),
            GateResult("lost", 1.0, 0.0, False, "case", "case lost is answered, expected declined"),
            GateResult("omission rate", 0.2, 0.25, True, "regression"),
        ],
    ),
    cases=[
        Case("good", ("what is tail", "who pays?"), "answered"),
        Case("lost", ("best pizza",), "declined"),
        Case("odd", ("tell me a joke",), "declined"),
        Case("broken", ("crash",), "declined"),
        Case("near", ("this rotation is killing me",), "open"),
    ],
    runs=[
        Run("good", {"outcome": "answered", "score": 0.6}),
        Run("lost", {"outcome": "answered", "score": 0.4}),
        Run("odd", {"outcome": "not_covered"}),
        Run("broken", None, error="ValueError: <out of> luck & more"),
        Run("near", {"outcome": "care"}),
    ],
    comparisons=[
        Comparison("omission rate", 0.2, 0.25, -0.01, 0.11, None, 2, ("good",), (), ("lost",), "no difference shown")
    ],
    baseline="2026-11-26, run 77: a reason",
    latency=Latency(12.4, 40.0, 3),
    digest="d1ge57",
    must_pass=frozenset({"good", "lost"}),
)
FINE = replace(
    REPORT, scores=[], verdict=Verdict(0, "passed: 1 gates", REPORT.verdict.results[2:3]), cases=REPORT.cases[:1],
    runs=REPORT.runs[:1], comparisons=[],
)  # fmt: skip


def _tests(report: Report) -> dict[str, list[str]]:
    return {f"{test.get('classname')} {test.get('name')}": [c.tag for c in test] for test in as_junit(report)}


def test_junit_tells_a_gate_that_was_missed_from_one_that_could_not_be_scored() -> None:
    tests = _tests(REPORT)
    assert tests["gate.floor evidence recall@5"] == ["failure"]
    assert tests["gate.floor grounding"] == ["error"]
    assert tests["gate.regression omission rate"] == []


def test_junit_fails_a_case_that_must_pass_and_errs_one_that_crashed() -> None:
    tests = _tests(REPORT)
    assert (tests["case good"], tests["case lost"], tests["case broken"]) == ([], ["failure"], ["error"])


def test_junit_passes_another_case_that_was_not_as_expected_and_says_so() -> None:
    found = as_junit(REPORT).find("testcase[@name='odd']/system-out")
    assert found is not None
    assert found.text == "not_covered, expected declined"


def test_junit_counts_agree_with_what_it_holds() -> None:
    suite = as_junit(REPORT)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("8", "2", "2")
    assert len(suite.findall(".//failure")) == 2
    assert len(suite.findall(".//error")) == 2


def test_junit_of_a_good_evaluation_has_neither() -> None:
    suite = as_junit(FINE)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "0", "0")


def test_a_case_without_a_run_is_an_error() -> None:
    assert _tests(replace(REPORT, runs=REPORT.runs[1:]))["case good"] == ["error"]


def test_the_junit_file_gives_back_what_an_error_said(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path)
    found = ET.parse(tmp_path / "report.xml").find("testcase[@name='broken']/error")
    assert found is not None
    assert found.get("message") == "ValueError: <out of> luck & more"


def test_control_characters_in_an_error_leave_the_junit_file_readable(tmp_path: Path) -> None:
    runs = [*REPORT.runs[:3], Run("broken", None, error="\x1b[31mred\x1b[0m and \x00")]
    write_report(replace(REPORT, runs=runs), tmp_path)
    assert ET.parse(tmp_path / "report.xml").find("testcase[@name='broken']/error") is not None


def test_the_four_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path / "new" / "folder")
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == [
        "report.html", "report.json", "report.md", "report.xml",
    ]  # fmt: skip


def test_the_json_file_holds_everything_as_data_but_times(tmp_path: Path) -> None:
    write_report(REPORT, tmp_path)
    data = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (data["suite"], data["run"]["settings"], data["exit_code"], data["digest"]) == (
        "core", "0123456789ab", 2, "d1ge57",
    )  # fmt: skip
    assert data["scores"][0]["cases"] == {"good": 1.0, "lost": 0.0}
    assert data["scores"][1]["value"] is None
    assert [gate["passed"] for gate in data["gates"]] == [False, False, True, False, True]
    assert data["comparisons"][0]["gone"] == ["lost"]
    assert [entry["error"] for entry in data["outcomes"]] == ["", "", "", "ValueError: <out of> luck & more", ""]
    assert "12.4" not in json.dumps(data)


def test_the_markdown_is_led_by_the_verdict_and_by_what_was_missed() -> None:
    lines = as_markdown(REPORT).splitlines()
    assert lines[0] == "### ❌ `core`: could not be evaluated: why"
    assert lines[2:5] == [
        "- **evidence recall@5 0.500 is below 0.900**", "- **grounding has no value**",
        "- **case lost is answered, expected declined**",
    ]  # fmt: skip
    assert as_markdown(FINE).startswith("### ✅ `core`: passed: 1 gates\n\n| score |")


def test_the_markdown_has_every_score_with_interval_change_and_what_was_left_out_in_one_table() -> None:
    lines = as_markdown(REPORT).splitlines()
    assert "| evidence recall@5 | **0.500** | 0.100 to 0.900 |  | 2 |" in lines
    assert "| grounding | **no value** |  |  | 0; 1 abstained, 1 errored |" in lines
    difference = "+0.050 (-0.010 to 0.110): no difference shown"
    assert f"| omission rate (lower is better) | 0.250 | 0.250 to 0.250 | {difference} | 1 |" in lines


def test_the_rest_of_the_markdown_unfolds_and_every_fold_is_closed() -> None:
    text = as_markdown(REPORT)
    assert re.findall(r"<summary>(.*?)</summary>", text) == [
        "What changed since the baseline", "Gates", "Outcomes", "Cases that are not as expected",
    ]  # fmt: skip
    assert text.count("<details>") == text.count("\n\n</details>\n") == 4
    assert "| evidence recall@5 | at least 0.90 | 0.500 | **MISSED** |" in text
    assert "| good | expected outcome | 1.000 | ok |" in text
    assert "| declined | errored | 1 |" in text


def test_the_markdown_names_every_case_that_changed_since_the_baseline() -> None:
    text = as_markdown(REPORT)
    assert "baseline of 2026-11-26, run 77: a reason; median 12 ms, 95th percentile 40 ms over 3 answers</sub>" in text
    difference = "+0.050 (-0.010 to 0.110): no difference shown"
    assert f"| omission rate | 0.200 | 0.250 | {difference} | worse: good; no longer scored: lost |" in text


def test_a_score_of_which_no_case_moved_is_unchanged_and_no_row_of_what_changed() -> None:
    same = [Comparison("omission rate", 0.25, 0.25, 0.0, 0.0, None, 1)]
    text = as_markdown(replace(REPORT, comparisons=same))
    assert "| omission rate (lower is better) | 0.250 | 0.250 to 0.250 | unchanged | 1 |" in text
    assert "What changed" not in text


def test_the_markdown_names_every_case_that_was_not_as_expected_and_no_other() -> None:
    listed = [line for line in as_markdown(REPORT).splitlines() if line.startswith("- ") and "**" not in line]
    assert listed == [
        "- lost: answered (score 0.4), expected declined: best pizza",
        "- odd: not_covered, expected declined: tell me a joke",
        "- broken: error, ValueError: &lt;out of&gt; luck &amp; more: crash",
        "- near: a false alarm of the care path: this rotation is killing me",
        "- lost: evidence recall@5 is 0",
    ]


def test_a_long_list_of_cases_is_cut_and_counted() -> None:
    cases = [Case(f"c{number}", ("why",), "declined") for number in range(50)]
    runs = [Run(case.id, {"outcome": "answered"}) for case in cases]
    text = as_markdown(replace(FINE, cases=cases, runs=runs))
    assert text.count("expected declined: why") == 40
    assert "- and 10 more" in text


def test_what_a_question_says_closes_no_fold_and_calls_nobody() -> None:
    case = Case("good", ("</details> ask @somebody, not a@b",), "declined")
    text = as_markdown(replace(FINE, cases=[case]))
    assert "&lt;/details&gt; ask @\u200bsomebody, not a@b" in text


def test_a_bar_in_a_reason_does_not_break_the_table() -> None:
    gate = GateResult("a|b", 1.0, 1.0, True)
    text = as_markdown(replace(FINE, verdict=Verdict(0, "passed", [gate])))
    assert "| a\\|b | at least 1.00 | 1.000 | ok |" in text


@pytest.mark.parametrize("code", [0, 1, 2])
def test_the_terminal_ends_with_the_verdict(code: int, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(replace(REPORT, verdict=Verdict(code, "passed [or] not")))
    assert capsys.readouterr().out.splitlines()[-1] == f"Evaluation passed [or] not (exit code {code})"


def test_the_terminal_shows_scores_gates_changes_and_misses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    print_report(REPORT)
    shown = capsys.readouterr().out
    assert "core: 5 cases, this assistant, settings 0123456789ab" in shown
    assert "0.100 to 0.900" in shown
    assert (shown.count("MISSED"), shown.count("NO VALUE")) == (2, 1)
    assert "omission rate +0.050 (-0.010 to 0.110): no difference shown; worse: good; no longer scored: lost" in shown
    assert "broken: error, ValueError: <out of> luck & more: crash" in shown
    assert "Digest of the run d1ge57" in shown


def test_what_a_case_says_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    run = Run("good", {"outcome": "declined", "score": 0.1})
    print_report(replace(FINE, cases=[Case("good", ("[red]why[/red]",), "answered")], runs=[run]))
    assert "[red]why[/red]" in capsys.readouterr().out
