"""The stretches of a page -> lines in the order of reading, column by column. After ``running``, before ``blocks``.

Text that stands in columns is told from a table by its order of drawing (one column, then the other) or, where a
program drew line by line, by lines that fill both columns with prose.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.sources.pdf.aligned import aligned_tables
from ingest.sources.pdf.lines import Stretch, join, rows
from ingest.sources.pdf.running import PageText
from ingest.sources.pdf.tables import Table

Element = Stretch | Table

_LEAST_LINES = 3
_LEAST_GUTTER = 0.6
_DEEPEST = 3
#: A page with more stretches shows a chart.
_MOST_ELEMENTS = 1500
#: Size of a heading, in units of the size of the text beside it.
_LARGE = 1.12
#: Words in the median line of a column of prose.
_PROSE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in its column."""

    text: str
    """What it reads."""
    left: float
    """Where it begins, counted from the left edge of the first column."""
    right: float
    """Where it ends, counted likewise."""
    base: float
    """Height of its baseline above the page's lower edge."""
    size: float
    """Size of most of its characters."""
    bold: bool
    """Whether all of it is set heavily."""
    page: int
    """Number of its page."""
    paper: int
    """Width of its page, in whole points."""
    column: str
    """Name of its column on the page: "" for the full width, "l" and "r" for halves, and so on."""
    region: int
    """Number of the stretch of lines without a break of column or page that it belongs to."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An element of a page with the column that it stands in."""

    element: Element
    column: str
    shift: float
    region: int


def read_order(page: PageText, tables: Sequence[Table], *, first_region: int) -> list[Line | Table]:
    """Return the lines and tables of a page in the order of reading; regions are numbered from ``first_region``."""
    placed = _Sorter(first_region).sort([*page.stretches, *tables], column="", shift=0.0)
    return [
        replace(entry.element, page=page.number)
        if isinstance(entry.element, Table)
        else Line(
            text=entry.element.text,
            left=entry.element.left - entry.shift,
            right=entry.element.right - entry.shift,
            base=entry.element.base,
            size=entry.element.size,
            bold=entry.element.bold,
            page=page.number,
            paper=round(page.width),
            column=entry.column,
            region=entry.region,
        )
        for entry in placed
    ]


class _Sorter:
    """Sorts a page; holds only the number of the next region."""

    def __init__(self, first_region: int) -> None:
        self._region = first_region

    def sort(self, elements: Sequence[Element], *, column: str, shift: float) -> Iterator[_Placed]:
        """Yield the elements of one column in the order of reading, with columns inside it one after the other."""
        gutter = _gutter(elements) if len(column) < _DEEPEST else None
        if gutter is None:
            yield from self._plain(elements, column=column, shift=shift)
            return
        bands = list(_bands(elements, gutter))
        if not any(_in_columns(band, gutter, least=_LEAST_LINES) for band in bands):
            yield from self._plain(elements, column=column, shift=shift)
            return
        plain: list[Element] = []
        for band in bands:
            # where the page has columns, two lines side by side are columns too
            if not _in_columns(band, gutter, least=1):
                plain += band
                continue
            yield from self._plain(plain, column=column, shift=shift)
            plain = []
            left, right = _sides(band, gutter)
            yield from self.sort(left, column=column + "l", shift=shift)
            offset = min(element.left for element in right) - min(element.left for element in left)
            yield from self.sort(right, column=column + "r", shift=shift + offset)
        yield from self._plain(plain, column=column, shift=shift)

    def _plain(self, elements: Sequence[Element], *, column: str, shift: float) -> Iterator[_Placed]:
        self._region += 1
        for element in _with_tables(elements):
            yield _Placed(element, column, shift, self._region)


def _with_tables(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield the elements from the top down: rows of aligned cells as tables, the others as whole lines."""
    ruled = sorted((element for element in elements if isinstance(element, Table)), key=lambda table: -table.base)
    stretches = [element for element in elements if isinstance(element, Stretch)]
    for part in aligned_tables(list(rows(stretches))):
        top = part.base if isinstance(part, Table) else part[0].base
        while ruled and ruled[0].base > top:
            yield ruled.pop(0)
        if isinstance(part, Table):
            yield part
            continue
        line = part[0]
        for stretch in part[1:]:
            line = replace(join(line, stretch), base=part[0].base)
        yield line
    yield from ruled


def _gutter(elements: Sequence[Element]) -> float | None:
    """Return the place between two columns: where most gaps between neighbours on a line overlap."""
    if not 2 * _LEAST_LINES <= len(elements) <= _MOST_ELEMENTS:
        return None
    left, right = min(element.left for element in elements), max(element.right for element in elements)
    gaps: list[tuple[float, float]] = []
    ordered = sorted(elements, key=lambda element: element.left)
    for element in elements:
        if isinstance(element, Table):
            continue
        after = next(
            (
                other
                for other in ordered
                if other.left > element.right and abs(other.base - element.base) < 0.8 * element.size
            ),
            None,
        )
        if after is not None and after.left - element.right >= _LEAST_GUTTER * element.size:
            gaps.append((element.right, after.left))
    inside = [gap for gap in gaps if left + 0.15 * (right - left) < sum(gap) / 2 < right - 0.15 * (right - left)]
    if len(inside) < _LEAST_LINES:
        return None
    edges = sorted([(start, 1) for start, _ in inside] + [(end, -1) for _, end in inside])
    depth, best, place = 0, 0, 0.0
    for i, (at, step) in enumerate(edges):
        depth += step
        if depth > best:
            best, place = depth, (at + edges[i + 1][0]) / 2
    return place if best >= _LEAST_LINES else None


def _bands(elements: Sequence[Element], gutter: float) -> Iterator[list[Element]]:
    """Yield the elements from the top down, parted where one crosses the gutter or a heading stands alone over both."""
    ordered = sorted(elements, key=lambda element: -element.base)
    band: list[Element] = []
    crossed = False
    for element in ordered:
        crosses = _crosses(element, gutter) or _stands_alone(element, ordered, gutter)
        if band and crosses != crossed:
            yield band
            band = []
        crossed = crosses
        band.append(element)
    if band:
        yield band


def _stands_alone(element: Element, elements: Sequence[Element], gutter: float) -> bool:
    """Return whether a large line in the left column has nothing beside it, from the text above to the text below."""
    if isinstance(element, Table) or _middle(element) >= gutter:
        return False
    right = [other for other in elements if other.left > gutter]
    size = median(other.size for other in right) if right else element.size
    if element.size < _LARGE * size:
        return False
    own = [other for other in elements if other.left < element.right and other.right > element.left]
    left = [other.base for other in own if other.right < gutter and other.size < _LARGE * size]
    above = min((base for base in left if base > element.base), default=math.inf)
    below = max((base for base in left if base < element.base), default=-math.inf)
    beside = any(below + 0.3 * size < other.base < above - 0.3 * size for other in right)
    return not beside and any(other.base > element.base for other in right)


def _in_columns(band: Sequence[Element], gutter: float, *, least: int) -> bool:
    left, right = _sides(band, gutter)
    if min(len(left), len(right)) < least or any(_crosses(element, gutter) for element in band):
        return False
    sides = [_middle(element) < gutter for element in sorted(band, key=lambda element: element.order)]
    switches = sum(first != second for first, second in pairwise(sides))
    if switches <= max(1, len(sides) // 10):
        return True
    return all(_is_prose(side) for side in (left, right))


def _sides(band: Sequence[Element], gutter: float) -> tuple[list[Element], list[Element]]:
    left = [element for element in band if _middle(element) < gutter]
    return left, [element for element in band if _middle(element) >= gutter]


def _is_prose(elements: Sequence[Element]) -> bool:
    lines = [element for element in elements if isinstance(element, Stretch)]
    if len(lines) < _LEAST_LINES:
        return False
    edge = max(line.right for line in lines)
    full = sum(edge - line.right < 4 * line.size for line in lines)
    return median(len(line.text.split()) for line in lines) >= _PROSE_WORDS and full >= len(lines) / 2


def _middle(element: Element) -> float:
    return (element.left + element.right) / 2


def _crosses(element: Element, gutter: float) -> bool:
    return element.left < gutter - 1 and element.right > gutter + 1
