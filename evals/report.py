"""A Report -> a table on the terminal, and report.json, report.md and report.xml (JUnit) in a folder."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from evals.records import Case, Report, Run, Score

#: Characters that XML cannot hold in any form.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_VERDICTS = {0: "passed", 1: "a gate was missed", 2: "could not be evaluated"}


def print_report(report: Report) -> None:
    """Print scores, gates and the cases that did not come out as expected."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{report.suite}: {len(report.cases)} cases, settings {report.settings}", title_justify="left")
    for heading in ("score", "value", "95 % interval", "cases", "unscored", "floor", ""):
        table.add_column(heading, justify="left" if heading in ("score", "") else "right")
    floors = {gate.name: gate for gate in report.gates}
    for score in report.scores:
        gate = floors.get(score.name)
        verdict = "" if gate is None else "ok" if gate.passed else "MISSED"
        floor = "" if gate is None else f"{gate.floor:.2f}"
        table.add_row(
            score.name, _number(score.value), _interval(score), str(len(score.cases)), str(score.unscored), floor,
            verdict
        )  # fmt: skip
    console = Console(soft_wrap=True)
    console.print(table)
    for gate in report.gates:
        if gate.name.startswith("case ") and not gate.passed:
            console.print(f"must pass, and did not: {gate.name}")
    for line in _misses(report):
        console.print(f"  {line}", highlight=False, markup=False)
    console.print(f"Evaluation {_VERDICTS[report.exit_code]} (exit code {report.exit_code})")


def write_report(report: Report, folder: Path) -> None:
    """Write the report in its three forms; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(json.dumps(as_json(report), ensure_ascii=False, indent=1), "utf-8")
    (folder / "report.md").write_text(as_markdown(report), "utf-8")
    ET.ElementTree(as_junit(report)).write(folder / "report.xml", encoding="utf-8", xml_declaration=True)


def as_json(report: Report) -> dict[str, object]:
    """Return the report as plain data."""
    return {
        "suite": report.suite,
        "settings": report.settings,
        "exit_code": report.exit_code,
        "scores": [asdict(score) for score in report.scores],
        "gates": [asdict(gate) for gate in report.gates],
        "runs": [asdict(run) for run in report.runs],
    }


def as_markdown(report: Report) -> str:
    """Return the report for a pull request's comment."""
    lines = [
        f"## Evaluation of `{report.suite}`: {_VERDICTS[report.exit_code]}",
        "",
        f"{len(report.cases)} cases, settings `{report.settings}`.",
        "",
        "| score | value | 95 % interval | cases | unscored |",
        "|---|---|---|---|---|",
    ]
    for score in report.scores:
        cells = (score.name, _number(score.value), _interval(score), str(len(score.cases)), str(score.unscored))
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "| gate | floor | value | |", "|---|---|---|---|"]
    for gate in report.gates:
        verdict = "pass" if gate.passed else "**missed**"
        lines.append(f"| {gate.name} | {gate.floor:.2f} | {_number(gate.value)} | {verdict} |")
    lines += ["", "Not as expected:", "", *(f"- {line}" for line in _misses(report))]
    return "\n".join(lines) + "\n"


def as_junit(report: Report) -> ET.Element:
    """Return the report as JUnit XML: a test for each gate and each case, with failures and errors told apart."""
    suite = ET.Element("testsuite", name=f"curbside.{report.suite}")
    failures = errors = 0
    for gate in report.gates:
        test = ET.SubElement(suite, "testcase", classname="gate", name=gate.name)
        if gate.value is None:
            errors += 1
            ET.SubElement(test, "error", message="could not be scored")
        elif not gate.passed:
            failures += 1
            ET.SubElement(test, "failure", message=f"{gate.value:.3f} is below {gate.floor:.3f}")
    for case, run in _paired(report):
        test = ET.SubElement(suite, "testcase", classname="case", name=case.id)
        if run.error:
            errors += 1
            ET.SubElement(test, "error", message=_NOT_XML.sub("�", run.error))
    count = len(suite)
    suite.attrib.update(tests=str(count), failures=str(failures), errors=str(errors))
    return suite


def _misses(report: Report) -> Iterator[str]:
    for case, run in _paired(report):
        question = " / ".join(case.turns)
        if run.error:
            yield f"{case.id}: error, {run.error}: {question}"
        elif run.record is not None and run.record["outcome"] != case.expect:
            found = f"{run.record['outcome']} (score {run.record['score']})"
            yield f"{case.id}: {found}, expected {case.expect}: {question}"
    for score in report.scores:
        if score.name.startswith("evidence"):
            yield from (f"{case}: {score.name} is 0" for case, value in score.cases.items() if value == 0)


def _paired(report: Report) -> Iterator[tuple[Case, Run]]:
    runs = {run.case: run for run in report.runs}
    return ((case, runs[case.id]) for case in report.cases)


def _number(value: float | None) -> str:
    return "no value" if value is None else f"{value:.3f}"


def _interval(score: Score) -> str:
    return "" if score.low is None or score.high is None else f"{score.low:.3f} to {score.high:.3f}"
