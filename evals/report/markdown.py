"""A Report -> Markdown, for a pull request's comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.records import Report
from evals.report.lines import asked, change, direction, found, interval, left_out, misses, moved, number, outcomes


def as_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    header = report.header
    lines = [
        f"## Evaluation of `{header.suite}`: {report.verdict.line}",
        "",
        f"{len(report.cases)} cases, {header.subject}, settings `{header.settings}`, index `{header.index}`, "
        f"digest `{report.digest}`.",
        "",
        *_scores(report),
        *_gates(report),
        *_changes(report),
        "",
        *_table(("expected", "found", "cases"), [(e, f, str(n)) for e, f, n in outcomes(report)]),
    ]
    if report.latency is not None:
        took = report.latency
        lines += ["", f"Median {took.p50:.0f} ms, 95th percentile {took.p95:.0f} ms over {took.cases} answers."]
    lines += ["", "Not as expected:", "", *(f"- {line}" for line in misses(report))]
    return "\n".join(lines) + "\n"


def _scores(report: Report) -> Iterator[str]:
    rows = [
        (direction(s), number(s.value), interval(s.low, s.high), str(len(s.cases)), left_out(s)) for s in report.scores
    ]
    yield from _table(("score", "value", "95 % interval", "cases", "left out"), rows)


def _gates(report: Report) -> Iterator[str]:
    if not report.verdict.results:
        return
    rows = [
        (g.name, asked(g), number(g.value), "ok" if g.passed else f"**{found(g)}**") for g in report.verdict.results
    ]
    yield ""
    yield from _table(("gate", "asked", "found", ""), rows)


def _changes(report: Report) -> Iterator[str]:
    if not report.comparisons:
        return
    yield from ("", f"Against the baseline of {report.baseline}", "")
    rows = [(c.name, number(c.before), number(c.after), change(c), moved(c)) for c in report.comparisons]
    yield from _table(("score", "baseline", "now", "difference", "cases"), rows)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
