"""A Report -> a table on the terminal, and report.html, report.json, report.md and report.xml (JUnit) in a folder.

A further form is one more file here and one more line in ``write_report``: everything that it shows is in the Report.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import asdict
from pathlib import Path

from evals.records import Report
from evals.report.html import as_html
from evals.report.junit import as_junit
from evals.report.markdown import as_markdown
from evals.report.terminal import print_report

__all__ = ["as_html", "as_json", "as_junit", "as_markdown", "print_report", "write_report"]


def write_report(report: Report, folder: Path) -> None:
    """Write the report in its four forms; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(as_json(report), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "report.json").write_text(text + "\n", "utf-8")
    (folder / "report.html").write_text(as_html(report), "utf-8")
    (folder / "report.md").write_text(as_markdown(report), "utf-8")
    ET.ElementTree(as_junit(report)).write(folder / "report.xml", encoding="utf-8", xml_declaration=True)


def as_json(report: Report) -> dict[str, object]:
    """Return the report as plain data, the same for the same run: without its times and without the answers.

    Times are in the Markdown, answers in ``run.jsonl``.
    """
    return {
        "suite": report.header.suite,
        "run": asdict(report.header),
        "digest": report.digest,
        "baseline": report.baseline,
        "exit_code": report.verdict.code,
        "verdict": report.verdict.line,
        "scores": [asdict(score) for score in report.scores],
        "gates": [asdict(gate) for gate in report.verdict.results],
        "comparisons": [asdict(comparison) for comparison in report.comparisons],
        "outcomes": [{"case": run.case, "outcome": run.outcome, "error": run.error} for run in report.runs],
    }
