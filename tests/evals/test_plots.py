"""The points of the plots, counted by hand, and the drawings as well-formed SVG that a reader can name."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from evals.records import Case, Expectation, Header, Report, Run, Score, Verdict
from evals.report.curves import Point, as_answered, reliability, risk_curve
from evals.report.plots import interval_bar, reliability_plot, risk_plot

KNOWN: list[tuple[str, float, Expectation, str]] = [
    ("a", 0.9, "answered", "answered"),
    ("b", 0.8, "not_covered", "answered"),
    ("c", 0.3, "answered", "not_covered"),
    ("d", 0.1, "declined", "declined"),
]


def _report(known: list[tuple[str, float, Expectation, str]]) -> Report:
    return Report(
        Header("own"),
        [Score("area under risk-coverage", 0.3, 0.1, 0.5, {name: value for name, value, *_ in known}, is_mean=False)],
        Verdict(0, "passed"),
        [Case(name, ("why",), expect) for name, _, expect, _ in known],
        [Run(name, {"outcome": outcome, "text": "x"}) for name, _, _, outcome in known],
    )


def test_risk_is_the_share_of_the_answered_that_is_wrong() -> None:
    points = [(point.x, point.y) for point in risk_curve(_report(KNOWN))]
    assert points == [(0.25, 0.0), (0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]


def test_the_run_itself_stands_where_it_answered() -> None:
    point = as_answered(_report(KNOWN))
    assert point is not None
    assert (point.x, point.y) == (0.5, 0.5)


def test_reliability_counts_the_questions_of_each_fifth() -> None:
    points = [(p.x, p.y, p.cases) for p in reliability(_report(KNOWN))]
    assert points == [(0.1, 0.0, 1), (0.3, 1.0, 1), (pytest.approx(0.85), 0.5, 2)]


def test_a_certain_question_belongs_to_the_last_fifth() -> None:
    assert [p.cases for p in reliability(_report([("a", 1.0, "answered", "answered")]))] == [1]


def test_a_confidence_that_is_no_number_is_in_no_plot() -> None:
    odd = _report([*KNOWN, ("e", float("nan"), "answered", "answered")])
    assert (reliability(odd), risk_curve(odd)) == (reliability(_report(KNOWN)), risk_curve(_report(KNOWN)))


@pytest.mark.parametrize("known", [[], KNOWN[:1]])
def test_without_questions_of_both_kinds_there_is_no_curve(known: list[tuple[str, float, Expectation, str]]) -> None:
    assert risk_curve(_report(known)) == []
    assert risk_plot(risk_curve(_report(known))) == ""
    assert reliability_plot([]) == ""


def test_both_plots_name_their_axes_and_say_what_they_show() -> None:
    report = _report(KNOWN)
    for drawn, names in (
        (risk_plot(risk_curve(report), answered=as_answered(report)), {"coverage: share answered"}),
        (reliability_plot(reliability(report)), {"mean confidence of a fifth", "share that the corpus answers"}),
    ):
        svg = ET.fromstring(drawn)
        assert names <= {text.text for text in svg.iter("text")}
        assert (svg.get("role"), bool(svg.get("aria-label"))) == ("img", True)


def test_nothing_is_drawn_outside_of_the_frame() -> None:
    svg = ET.fromstring(risk_plot([Point(0.5, 0.2), Point(1.0, 0.7)], answered=Point(1.0, 0.7)))
    dot = svg.find("circle")
    assert dot is not None
    width, height = (float(part) for part in str(svg.get("viewBox")).split()[2:])
    assert 0 < float(str(dot.get("cx"))) < width
    assert 0 < float(str(dot.get("cy"))) < height


def test_a_bar_shows_the_interval_and_a_score_without_a_value_has_none() -> None:
    rectangles = list(ET.fromstring(interval_bar(0.5, low=0.25, high=0.75)))
    assert [(entry.get("class"), entry.get("x")) for entry in rectangles] == [
        ("whole", "0"), ("between", "25.0"), ("value", "50.0"),
    ]  # fmt: skip
    assert interval_bar(None, low=None, high=None) == ""
