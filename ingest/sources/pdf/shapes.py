"""Paths that a page draws -> the straight lines and dots among them. Used by ``drawing``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar

#: a b c d e f of a PDF transformation: x' = a x + c y + e, y' = b x + d y + f.
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Points that a drawn line is thick at most; a thicker one is an area.
_THICKEST = 2.5
_SHORTEST = 5.0
_DOT = (1.2, 9.0)
#: Lines and dots of a page that are kept; a page with more of them holds a figure, not tables.
_MOST = 3000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an edge of the page, or a small shape: the box around it."""

    left: float
    """Its left end."""
    bottom: float
    """Its lower end."""
    right: float
    """Its right end."""
    top: float
    """Its upper end."""

    @property
    def is_level(self) -> bool:
        """Return whether it runs across the page."""
        return self.right - self.left >= self.top - self.bottom

    def turned(self, turn: Callable[[Point], Point], corner: Point) -> Rule:
        """Return it on a page that was turned, counted from its lower left corner."""
        left, bottom = corner
        (x0, y0), (x1, y1) = turn((self.left, self.bottom)), turn((self.right, self.top))
        return Rule(min(x0, x1) - left, min(y0, y1) - bottom, max(x0, x1) - left, max(y0, y1) - bottom)


@dataclass(slots=True)
class Path:
    """The path that is being drawn, and the lines and dots that earlier ones left."""

    rules: list[Rule] = field(default_factory=list)
    """Lines so far."""
    dots: list[Rule] = field(default_factory=list)
    """Small filled shapes so far."""
    drawn: int = 0
    """Number of parts painted so far."""
    _parts: list[list[Point]] = field(default_factory=list)

    OPERATORS: ClassVar[tuple[bytes, ...]] = (
        *(b"m", b"l", b"c", b"v", b"y", b"h", b"re"),
        *(b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"),
    )

    def take(self, operator: bytes, operands: Sequence[Any], *, matrix: Matrix) -> None:
        """Follow one operator that builds or paints a path."""
        if operator == b"re":
            x, y, width, height = (float(operand) for operand in operands[:4])
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
            self._parts.append([place(matrix, corner) for corner in corners])
        elif operator == b"m":
            self._parts.append([place(matrix, (float(operands[0]), float(operands[1])))])
        elif operator in (b"l", b"c", b"v", b"y"):
            if self._parts:
                self._parts[-1].append(place(matrix, (float(operands[-2]), float(operands[-1]))))
        elif operator == b"h":
            if self._parts:
                self._parts[-1].append(self._parts[-1][0])
        else:
            self._paint(filled=operator[:1] in b"fFBb", stroked=operator[:1] in b"SsBb")

    def _paint(self, *, filled: bool, stroked: bool) -> None:
        parts, self._parts = self._parts, []
        if not filled and not stroked:
            return
        self.drawn += len(parts)
        if len(self.rules) + len(self.dots) > _MOST:
            return
        for points in parts:
            whole = _box(points)
            if _is_dot(whole):
                self.dots.append(whole)
                continue
            if filled:
                self._keep(whole)
            if stroked:
                for start, end in pairwise(points):
                    self._keep(_box((start, end)))

    def _keep(self, box: Rule) -> None:
        width, height = box.right - box.left, box.top - box.bottom
        if min(width, height) <= _THICKEST and max(width, height) >= _SHORTEST:
            self.rules.append(box)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """Return the transformation that does ``first`` and ``then`` the other."""
    a, b, c, d, e, f = first
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        e * then[0] + f * then[2] + then[4],
        e * then[1] + f * then[3] + then[5],
    )


def place(matrix: Matrix, point: Point) -> Point:
    """Return where a point comes to lie."""
    x, y = point
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _is_dot(box: Rule) -> bool:
    width, height = box.right - box.left, box.top - box.bottom
    return all(_DOT[0] <= side <= _DOT[1] for side in (width, height)) and 0.6 <= width / height <= 1.7


def _box(points: Sequence[Point]) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))
