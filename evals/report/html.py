"""A Report -> one page of HTML that needs nothing else: no request, no script, no font.

The filter by tag is radio buttons and a rule of the style sheet for each, so that it works where scripts may not run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from evals.records import Comparison, GateResult, Report, Score
from evals.report import lines
from evals.report.curves import as_answered, reliability, risk_curve
from evals.report.plots import interval_bar, reliability_plot, risk_plot
from evals.report.worst import Shown, shown

_TEMPLATE = "report.html.j2"
#: Cases that are shown in full: the worst of all, and the worst of each tag that can be filtered by.
_IN_FULL, _OF_A_TAG = 20, 2
#: Tags that can be filtered by, the most frequent.
_TAGS = 24
_WORDS = ("passed", "missed", "not evaluated")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that cases can be filtered by."""

    name: str
    """The tag."""
    cases: int
    """Cases that have it."""
    against: int
    """Those of them that have anything against them."""


def as_html(report: Report) -> str:
    """Return the report as a page; the same report gives the same bytes."""
    cases = shown(report)
    tags = _tags(cases)
    worst = _in_full(cases, tags)
    return _template().render(
        report=report,
        word=_WORDS[report.verdict.code],
        rows=_rows(report),
        must_pass=[gate for gate in report.verdict.results if gate.kind == "case"],
        missed=[gate for gate in report.verdict.results if not gate.passed],
        plots=_plots(report),
        outcomes=lines.outcomes(report),
        tags=tags,
        worst=worst,
        cases=cases,
        classes={entry.case.id: _classes(entry, tags) for entry in cases},
        whole=sum(entry.badness > 0 for entry in cases),
        without=[place for place, tag in enumerate(tags) if not tag.against],
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(_TEMPLATE)


def _rows(report: Report) -> list[Mapping[str, object]]:
    compared = {comparison.name: comparison for comparison in report.comparisons}
    return [_row(score, compared.get(score.name), report.verdict.results) for score in report.scores]


def _row(score: Score, comparison: Comparison | None, gates: Sequence[GateResult]) -> Mapping[str, object]:
    of_it = [gate for gate in gates if gate.name == score.name and gate.kind != "case"]
    return {
        "name": score.name,
        "lower": score.better == "lower",
        "value": lines.number(score.value),
        "interval": lines.interval(score.low, score.high),
        "bar": Markup(interval_bar(score.value, low=score.low, high=score.high)),
        "cases": len(score.cases),
        "left_out": lines.left_out(score),
        "change": lines.change(comparison) if comparison else "",
        "moved": lines.moved(comparison) if comparison else "",
        "verdict": comparison.verdict.replace(" ", "-") if comparison else "",
        "gates": [(lines.asked(gate), lines.found(gate), gate.passed) for gate in of_it],
    }


def _plots(report: Report) -> list[tuple[str, str, Markup]]:
    """Return the plots that there is something to draw for: a heading, a line to read it by, and the drawing."""
    found = [
        (
            "Risk and coverage",
            "Questions are answered in the order of the confidence. The dot is the run as it was.",
            risk_plot(risk_curve(report), answered=as_answered(report)),
        ),
        (
            "Reliability",
            "Where the confidence can be taken at its word, dots lie on the dashed line. Numbers count questions.",
            reliability_plot(reliability(report)),
        ),
    ]
    return [(title, told, Markup(svg)) for title, told, svg in found if svg]


def _tags(cases: Sequence[Shown]) -> list[Tag]:
    counts = Counter(tag for entry in cases for tag in entry.case.tags)
    against = Counter(tag for entry in cases if entry.badness > 0 for tag in entry.case.tags)
    return [Tag(name, count, against[name]) for name, count in counts.most_common(_TAGS)]


def _in_full(cases: Sequence[Shown], tags: Sequence[Tag]) -> list[Shown]:
    """Return the cases to show in full, the worst first: no tag that has something against it is an empty page."""
    bad = [entry for entry in cases if entry.badness > 0]
    chosen = {entry.case.id for entry in bad[:_IN_FULL]}
    for tag in tags:
        of_it = [entry.case.id for entry in bad if tag.name in entry.case.tags]
        chosen |= set(of_it[:_OF_A_TAG])
    return [entry for entry in bad if entry.case.id in chosen]


def _classes(entry: Shown, tags: Sequence[Tag]) -> str:
    """Return the classes that the filter hides a case by."""
    return " ".join(f"t{place}" for place, tag in enumerate(tags) if tag.name in entry.case.tags)
