"""Points -> inline SVG with named axes. Colours are classes that the page's style sheet gives, light or dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.report.curves import Point

_WIDTH, _HEIGHT = 380, 280
_LEFT, _TOP, _SIDE_X, _SIDE_Y = 66, 14, 298, 212
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
#: Where the axis of the risk may end, so that its ticks are round.
_ENDS = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


def risk_plot(points: Sequence[Point], *, answered: Point | None = None) -> str:
    """Return risk over coverage as steps, with the run itself as a dot; empty without points."""
    if not points:
        return ""
    highest = max([*(point.y for point in points), answered.y if answered else 0.0])
    most = next(end for end in _ENDS if end >= highest)
    path = [f"M{_x(0)} {_y(points[0].y / most)}"]
    path += [f"V{_y(point.y / most)}H{_x(point.x)}" for point in points]
    marks = f'<path class="curve" d="{"".join(path)}"/>'
    if answered:
        marks += _dot(answered.x, answered.y / most, f"as answered: coverage {answered.x:.2f}, risk {answered.y:.3f}")
    title = "Risk and coverage: the share answered wrongly, by the share answered"
    return _frame(title, marks, names=("coverage: share answered", "risk: share of it that is wrong"), most=most)


def reliability_plot(points: Sequence[Point]) -> str:
    """Return how many questions of each bin of the confidence are answerable, with intervals; empty without points."""
    if not points:
        return ""
    marks = f'<path class="even" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>'
    for point in points:
        marks += f'<path class="interval" d="M{_x(point.x)} {_y(point.low)}V{_y(point.high)}"/>'
        told = f"confidence {point.x:.2f}: {point.y:.2f} answerable, {point.low:.2f} to {point.high:.2f}"
        marks += _dot(point.x, point.y, f"{told}, {point.cases} questions")
        above = point.y < 0.15
        place = _y(point.high) - 6 if above else _y(point.low) + 13
        marks += f'<text class="count" x="{_x(point.x)}" y="{place:.1f}" text-anchor="middle">{point.cases}</text>'
    title = "Reliability: the share of questions that the corpus answers, by the confidence"
    return _frame(title, marks, names=("mean confidence of a fifth", "share that the corpus answers"))


def interval_bar(value: float | None, *, low: float | None, high: float | None) -> str:
    """Return a line from 0 to 1 with the interval and the value on it; empty without a value."""
    if value is None or low is None or high is None:
        return ""
    wide = max((high - low) * 100, 0.6)
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="whole" x="0" y="3.4" width="100" height="1.2"/>'
        f'<rect class="between" x="{min(low * 100, 100 - wide):.1f}" y="1.5" width="{wide:.1f}" height="5"/>'
        f'<rect class="value" x="{min(value * 100, 98.8):.1f}" y="0" width="1.2" height="8"/></svg>'
    )


def _frame(title: str, marks: str, *, names: tuple[str, str], most: float = 1.0) -> str:
    lines, words = [], []
    for tick in _TICKS:
        lines.append(f"M{_x(0)} {_y(tick)}H{_x(1)}")
        at_left = f'x="{_LEFT - 8}" y="{_y(tick) + 4}" text-anchor="end"'
        words.append(f"<text {at_left}>{_plain(tick * most)}</text>")
        words.append(f'<text x="{_x(tick)}" y="{_TOP + _SIDE_Y + 18}" text-anchor="middle">{_plain(tick)}</text>')
    middle = _TOP + _SIDE_Y / 2
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f'<path class="grid" d="{"".join(lines)}"/>{"".join(words)}'
        f'<text class="axis" x="{_x(0.5)}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(names[0])}</text>'
        f'<text class="axis" x="12" y="{middle}" text-anchor="middle" transform="rotate(-90 12 {middle})">'
        f"{escape(names[1])}</text>{marks}</svg>"
    )


def _dot(x: float, y: float, told: str) -> str:
    return f'<circle class="dot" cx="{_x(x)}" cy="{_y(y)}" r="4.5"><title>{escape(told)}</title></circle>'


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE_X, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE_Y, 1)


def _plain(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"
