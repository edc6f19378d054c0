"""A Report -> Markdown, for a pull request's comment: the verdict and one table; the rest unfolds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice

from evals.records import Report
from evals.report.lines import asked, change, direction, found, interval, left_out, misses, moved, number, outcomes

#: Cases that a comment lists; the page of the report has every one.
_LISTED = 40
#: Beyond this a list of cases is cut in a cell: a table of them is no table.
_CELL = 160
#: What a comment would take for somebody's name.
_MENTION = re.compile(r"(?<!\w)@(?=\w)")


def as_markdown(report: Report) -> str:
    """Return the report as Markdown, with the gates that were missed above the table."""
    missed = [gate.detail or gate.name for gate in report.verdict.results if not gate.passed]
    lines = [
        f"### {'❌' if report.verdict.code else '✅'} `{report.header.suite}`: {_as_text(report.verdict.line)}",
        "",
        *(f"- **{_as_text(detail)}**" for detail in missed),
        *([""] if missed else []),
        *_scores(report),
        *_folded("What changed since the baseline", _changes(report)),
        *_folded("Gates", _gates(report)),
        *_folded("Outcomes", _outcomes(report)),
        *_folded("Cases that are not as expected", _misses(report)),
        "",
        _foot(report),
    ]
    return "\n".join(lines) + "\n"


def _scores(report: Report) -> Iterator[str]:
    compared = {comparison.name: comparison for comparison in report.comparisons}
    rows = []
    for score in report.scores:
        of_it = compared.get(score.name)
        missed = any(gate.name == score.name and not gate.passed for gate in report.verdict.results)
        value = f"**{number(score.value)}**" if missed else number(score.value)
        counted = "; ".join(filter(None, [str(len(score.cases)), left_out(score)]))
        told = change(of_it) if of_it else ""
        rows.append((direction(score), value, interval(score.low, score.high), told, counted))
    yield from _table(("score", "value", "95 % interval", "against the baseline", "cases"), rows)


def _changes(report: Report) -> list[str]:
    changed = [c for c in report.comparisons if c.worse or c.gained or c.gone]
    rows = [(c.name, number(c.before), number(c.after), change(c), _cut(moved(c))) for c in changed]
    return list(_table(("score", "baseline", "now", "difference", "cases"), rows)) if rows else []


def _gates(report: Report) -> list[str]:
    rows = [
        (g.name, asked(g), number(g.value), "ok" if g.passed else f"**{found(g)}**") for g in report.verdict.results
    ]
    return list(_table(("gate", "asked", "found", ""), rows)) if rows else []


def _outcomes(report: Report) -> list[str]:
    return list(_table(("expected", "found", "cases"), [(e, f, str(n)) for e, f, n in outcomes(report)]))


def _misses(report: Report) -> list[str]:
    every = list(misses(report))
    shown = [f"- {_as_text(line)}" for line in islice(every, _LISTED)]
    more = len(every) - len(shown)
    return [*shown, f"- and {more} more"] if more else shown


def _foot(report: Report) -> str:
    header = report.header
    parts = [
        f"{len(report.cases)} cases, {header.subject}",
        f"settings `{header.settings}`" if header.settings else "",
        f"index `{header.index}`" if header.index else "",
        f"digest `{report.digest}`" if report.digest else "",
        f"baseline of {report.baseline}" if report.baseline else "",
    ]
    if report.latency is not None:
        took = report.latency
        parts.append(f"median {took.p50:.0f} ms, 95th percentile {took.p95:.0f} ms over {took.cases} answers")
    return f"<sub>{'; '.join(filter(None, parts))}</sub>"


def _folded(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield lines that unfold; Markdown inside of HTML needs an empty line on either side."""
    if lines:
        yield from ("", f"<details><summary>{title}</summary>", "", *lines, "", "</details>")


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _as_text(text: str) -> str:
    """Return what cases and errors say so that it neither ends what it stands in nor calls anybody."""
    return _MENTION.sub("@\u200b", escape(text, quote=False))


def _cut(text: str) -> str:
    return text if len(text) <= _CELL else f"{text[: text.rindex(' ', 0, _CELL)]} …"
