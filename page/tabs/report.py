"""The tab on how well it works: the last evaluation's report, as ``curbside eval`` wrote it into a folder.

The report is read anew each time that the tab is opened, and only as data: nothing of the evaluation is imported.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.chain import Assistant
from assistant.settings import ROOT
from page.text import text

REPORTS = ROOT / "reports"
_HEADING = "<h2>How well does it work?</h2>"
_COMMAND = "<pre><code>curbside eval</code></pre>"
_EMPTY = (
    "<p>There is no report yet. An evaluation asks the assistant its sets of questions, compares the answers with what "
    f"they should be, and writes one:</p>{_COMMAND}<p>Then open this tab again.</p>"
)
_UNREADABLE = (
    f"<p>The report cannot be read: it is of another version, or being written now. Make a new one:</p>{_COMMAND}"
)


def build(assistant: Assistant, folder: Path = REPORTS) -> None:
    """Put the tab's content into the Gradio block that is open; ``folder`` is where the reports are written."""

    def report(_: object) -> str:
        return report_html(folder, answering=assistant.settings.fingerprint(assistant.build.manifest.build))

    gr.HTML(
        '<div class="cb-tab"><p class="cb-empty" role="status">The report is being fetched …</p></div>',
        elem_id="cb-report",
        apply_default_css=False,
        js_on_load="window.curbsideTabs.report(element, server)",
        server_functions=[report],
    )


def report_html(folder: Path, *, answering: str = "") -> str:
    """Return the report of a folder as HTML, and how to make one where there is none.

    ``answering`` is the fingerprint of what answers now: a report of other settings is marked as such.
    """
    try:
        found = (folder / "report.json").read_text("utf-8")
        written = datetime.fromtimestamp((folder / "report.json").stat().st_mtime, UTC)
    except OSError:
        return _HEADING + _EMPTY
    try:
        report = json.loads(found)
        shown = _facts(report, written) + _other(report, answering) + _scores(report) + _gates(report["gates"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return _HEADING + _UNREADABLE
    return _HEADING + shown + _whole(folder)


def _facts(report: Mapping[str, Any], written: datetime) -> str:
    run = report["run"]
    facts = (
        ("Set", report["suite"]),
        ("Questions", str(len(report["outcomes"]))),
        ("Asked", run["subject"]),
        ("Made", f"{written:%Y-%m-%d %H:%M} UTC"),
        ("Settings", run["settings"]),
        ("Index", run["index"]),
        ("Compared with", report["baseline"]),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{text(str(value))}</dd></div>" for name, value in facts if value)
    line = str(report["verdict"])
    return f'<p class="cb-verdict">{text(line[:1].upper() + line[1:])}</p><dl class="cb-facts">{rows}</dl>'


def _other(report: Mapping[str, Any], answering: str) -> str:
    if answering in ("", report["run"]["settings"]):
        return ""
    told = (
        f"These scores are of other settings, or of another index, than this page answers with now ({text(answering)})."
    )
    return f'<p class="cb-stale">{told} A new report is made by <code>curbside eval</code>.</p>'


def _scores(report: Mapping[str, Any]) -> str:
    asked = {gate["name"]: _asked(gate) for gate in report["gates"] if gate["kind"] in ("floor", "ceiling")}
    rows = "".join(_score(score, asked.get(score["name"], "")) for score in report["scores"])
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Score", "Value", "95 % interval", "Questions", "Asked for")
    )
    return (
        '<table class="cb-table cb-scores"><caption>Scores from 0 to 1; higher is better where nothing else is said. '
        f"The bar is the 95 % interval.</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _score(score: Mapping[str, Any], asked: str) -> str:
    value, low, high = score["value"], score["low"], score["high"]
    interval = f"{low:.3f} to {high:.3f}{_bar(value, low, high)}" if None not in (value, low, high) else ""
    lower = " <small>lower is better</small>" if score["better"] == "lower" else ""
    left_out = "".join(f", {text(why)} {count}" for why, count in Counter(score["left_out"].values()).most_common())
    return (
        f'<tr><th scope="row">{text(score["name"])}{lower}</th><td data-label="Value">{_number(value)}</td>'
        f'<td data-label="95 % interval">{interval}</td>'
        f'<td data-label="Questions">{len(score["cases"])}<small>{left_out}</small></td>'
        f'<td data-label="Asked for">{asked}</td></tr>'
    )


def _bar(value: float, low: float, high: float) -> str:
    """Return a line from 0 to 1 with the interval and the value on it; the numbers stand beside it."""
    wide = max((high - low) * 100, 0.5)
    return (
        '<svg class="cb-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="cb-bar-whole" x="0" y="3" width="100" height="2"/>'
        f'<rect class="cb-bar-interval" x="{low * 100:.1f}" y="1.5" width="{wide:.1f}" height="5"/>'
        f'<rect class="cb-bar-value" x="{min(value * 100, 99):.1f}" y="0" width="1" height="8"/></svg>'
    )


def _gates(gates: Sequence[Mapping[str, Any]]) -> str:
    if not gates:
        return ""
    missed = [gate for gate in gates if not gate["passed"]]
    lines = "".join(f"<li>{text(gate['name'])}: {text(gate['detail']) or _missed(gate)}</li>" for gate in missed)
    told = f'<ul class="cb-missed">{lines}</ul>' if missed else ""
    return f'<p class="cb-soft">{len(gates) - len(missed)} of {len(gates)} gates passed.</p>{told}'


def _asked(gate: Mapping[str, Any]) -> str:
    return f"{'at most' if gate['kind'] == 'ceiling' else 'at least'} {gate['floor']:.3g}"


def _missed(gate: Mapping[str, Any]) -> str:
    return f"{_number(gate['value'])}, asked for {_asked(gate)}"


def _whole(folder: Path) -> str:
    """Return the report's own page in a frame that may run nothing, where there is one."""
    try:
        page = (folder / "report.html").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return (
        '<details class="cb-whole"><summary>The whole report</summary>'
        f'<iframe sandbox title="The whole report" srcdoc="{escape(page, quote=True)}"></iframe></details>'
    )


def _number(value: float | None) -> str:
    return "no value" if value is None else f"{value:.3f}"
