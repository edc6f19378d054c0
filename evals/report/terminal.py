"""A Report -> tables on the terminal; the last line is the verdict."""

from __future__ import annotations

from evals.records import Report
from evals.report.lines import asked, change, direction, found, interval, left_out, misses, moved, number


def print_report(report: Report) -> None:
    """Print scores, gates, what changed since the baseline and the cases that did not come out as expected."""
    from rich.console import Console
    from rich.table import Table

    header = report.header
    title = f"{header.suite}: {len(report.cases)} cases, {header.subject}, settings {header.settings or 'unknown'}"
    table = Table(title=title, title_justify="left")
    for heading in ("score", "value", "95 % interval", "cases", "left out"):
        table.add_column(heading, justify="left" if heading in ("score", "left out") else "right")
    for score in report.scores:
        cells = (number(score.value), interval(score.low, score.high), str(len(score.cases)), left_out(score))
        table.add_row(direction(score), *cells)
    console = Console(soft_wrap=True)
    console.print(table)
    if report.verdict.results:
        gates = Table(title="gates", title_justify="left")
        for heading in ("gate", "asked", "found", ""):
            gates.add_column(heading, justify="left" if heading in ("gate", "asked") else "right")
        for gate in report.verdict.results:
            gates.add_row(gate.name, asked(gate), number(gate.value), found(gate))
        console.print(gates)
    if report.baseline:
        console.print(f"Against the baseline of {report.baseline}", highlight=False, markup=False)
    for comparison in report.comparisons:
        if comparison.worse or comparison.gained or comparison.gone:
            line = f"  {comparison.name} {change(comparison)}; {moved(comparison)}"
            console.print(line, highlight=False, markup=False)
    for line in misses(report):
        console.print(f"  {line}", highlight=False, markup=False)
    if report.latency is not None:
        console.print(f"Median {report.latency.p50:.0f} ms, 95th percentile {report.latency.p95:.0f} ms an answer")
    console.print(f"Digest of the run {report.digest}", highlight=False)
    line = f"Evaluation {report.verdict.line} (exit code {report.verdict.code})"
    console.print(line, highlight=False, markup=False)
