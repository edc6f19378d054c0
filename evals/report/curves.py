"""A Report -> the points of its plots: risk over coverage, and how far the confidence can be taken at its word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.records import Report
from evals.score.selective import risk_coverage
from evals.statistics import wilson

#: The score whose values, case by case, are the confidences.
_CONFIDENCES = "area under risk-coverage"
_BINS = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a plot, all of it from 0 to 1."""

    x: float
    """Coverage, or the mean confidence of a bin."""
    y: float
    """Risk, or the share of a bin that the corpus answers."""
    low: float = 0.0
    """Lower end of the 95 % interval of ``y``, where it has one."""
    high: float = 0.0
    """Upper end."""
    cases: int = 0
    """Cases behind it, or 0 where they are not counted."""


def risk_curve(report: Report) -> list[Point]:
    """Return the share of wrongly answered questions over the share answered, as the bar falls; none without questions
    of both kinds. The definitions are those of ``score/selective.py``.
    """
    confidences, labels = _known(report)
    if len(set(labels)) < 2:
        return []
    return [Point(p["coverage"], p["risk"]) for p in risk_coverage(np.array(confidences), np.array(labels))]


def as_answered(report: Report) -> Point | None:
    """Return where the run itself stands: the share that it answered, and of that the share it should not have."""
    expected = {case.id: case.expect for case in report.cases}
    confidences = _confidences(report)
    runs = [run for run in report.runs if run.case in confidences]
    answered = [run for run in runs if run.outcome == "answered"]
    if not answered:
        return None
    wrong = sum(expected[run.case] != "answered" for run in answered)
    return Point(len(answered) / len(runs), wrong / len(answered))


def reliability(report: Report) -> list[Point]:
    """Return, for each fifth of the confidence that has questions, how many of them the corpus answers."""
    confidences, labels = _known(report)
    points = []
    for number in range(_BINS):
        inside = [
            (confidence, label)
            for confidence, label in zip(confidences, labels, strict=True)
            if min(int(confidence * _BINS), _BINS - 1) == number
        ]
        if inside:
            right = sum(label for _, label in inside)
            low, high = wilson(right, len(inside))
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            points.append(Point(mean, right / len(inside), low, high, len(inside)))
    return points


def _known(report: Report) -> tuple[Sequence[float], Sequence[float]]:
    expected = {case.id: case.expect for case in report.cases}
    found = _confidences(report)
    return list(found.values()), [float(expected[case] == "answered") for case in found]


def _confidences(report: Report) -> dict[str, float]:
    """Return the confidences that are numbers: a run that another system wrote may hold anything."""
    found: Mapping[str, float] = next((score.cases for score in report.scores if score.name == _CONFIDENCES), {})
    return {case: value for case, value in found.items() if math.isfinite(value)}
