"""The headers, footers and page numbers of a document -> out of its pages. After ``lines``, before ``columns``.

What repeats at the top or bottom of most pages, digits aside, is the printer's and not the author's.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.sources.pdf.lines import Stretch, rows

#: Lines from the edge of a page that can be a header or footer, and the part of the page that they stand in.
_DEEPEST = 4
_MARGIN = 0.2
#: A header can change with the chapter; then it stands on some pages only, always at the same height.
_CHAPTER_PAGES = 4
_SAME_HEIGHT = 2.0
#: Size of a heading, in units of the size of most of the text.
_LARGE = 1.15
#: Gap between a header and the text, in units of its size.
_APART = 1.5
#: Share of pages that bear their number, by which a line with the right number is known as a header or footer.
_NUMBERED_PAGES = 0.4
_ROMAN = re.compile(r"^[ivxlc]{1,6}$")
_NUMBER_ONLY = re.compile(r"^[-–—|\s]*(page\s*)?#([\s/|]*(of\s*)?#)?[-–—|.\s]*(p\s*a\s*g\s*e)?$")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's stretches of text."""

    number: int
    """Number of the page, from 1."""
    width: float
    """Its width in points."""
    height: float
    """Its height in points."""
    stretches: tuple[Stretch, ...]
    """Its text."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Pages without what runs along their edges, and what that was."""

    pages: tuple[PageText, ...]
    """The pages."""
    dropped: tuple[str, ...]
    """Each header and footer once."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the upper or lower edge of a page.

    ``counts`` where it can bear the number of the page; ``apart`` where there is a gap to the text.
    """

    page: int
    key: str
    text: str
    row: tuple[Stretch, ...]
    height: float
    top: bool
    counts: bool
    apart: bool

    @property
    def numbers(self) -> set[int]:
        """Return the numbers that it begins or ends with."""
        words = self.text.split()
        return {int(word) for word in (words[0], words[-1]) if word.isdecimal() and len(word) < 5}

    @property
    def is_numbered(self) -> bool:
        """Return whether the number of its page stands alone on it, or at some distance from its words."""
        return self.counts and self.apart and any(stretch.text == str(self.page) for stretch in self.row)


def part(pages: Sequence[PageText], *, body_size: float) -> Parted:
    """Return the pages without headers, footers and page numbers; ``body_size`` is the size of most of the text."""
    edges = {page.number: _edges(page, body_size) for page in pages}
    known = _running(edges, body_size)
    offsets = {top: _offset(edges, top=top) for top in (True, False)}
    kept: list[PageText] = []
    dropped: dict[str, str] = {}
    for page in pages:
        gone: set[int] = set()
        numbers = {top: page.number - offset for top, offset in offsets.items() if offset is not None}
        for edge in _peeled(edges[page.number], known, numbers=numbers):
            gone.update(stretch.order for stretch in edge.row)
            dropped.setdefault(edge.key, edge.text)
        stretches = tuple(stretch for stretch in page.stretches if stretch.order not in gone)
        kept.append(PageText(page.number, page.width, page.height, stretches))
    if not any(page.stretches for page in kept):
        return Parted(tuple(pages), ())  # what repeats is all that there is
    return Parted(tuple(kept), tuple(dropped.values()))


def _edges(page: PageText, body_size: float) -> list[_Edge]:
    found: list[_Edge] = []
    lines = list(rows(page.stretches))
    for top, outwards in ((True, lines[:_DEEPEST]), (False, lines[: -_DEEPEST - 1 : -1])):
        for i, row in enumerate(outwards):
            base = row[0].base
            if (page.height - base if top else base) > _MARGIN * page.height:
                break
            text = " ".join(stretch.text for stretch in row)
            large = row[0].size > _LARGE * body_size
            inner = outwards[i + 1][0].base if i + 1 < len(outwards) else math.inf
            apart = abs(base - inner) > _APART * row[0].size
            found.append(
                _Edge(page.number, _key(text), text, tuple(row), base, top, counts=i == 0 and not large, apart=apart)
            )
    return found


def _key(text: str) -> str:
    words = [re.sub(r"\d+", "#", word) for word in text.casefold().split()]
    if words and (_ROMAN.match(words[0]) or _ROMAN.match(words[-1])):
        words = ["#" if _ROMAN.match(word) and i in (0, len(words) - 1) else word for i, word in enumerate(words)]
    return " ".join(words)


def _running(edges: dict[int, list[_Edge]], body_size: float) -> dict[tuple[str, bool], float]:
    """Return the lines that run through the document: their keys, whether they are at the top, and their sizes."""
    places: defaultdict[tuple[str, bool], dict[int, _Edge]] = defaultdict(dict)
    for page in edges.values():
        for edge in page:
            places[edge.key, edge.top].setdefault(edge.page, edge)
    known: dict[tuple[str, bool], float] = {}
    most = max(2, (len(edges) + 1) // 2)
    for (key, top), on in places.items():
        middle = median(edge.height for edge in on.values())
        level = sum(abs(edge.height - middle) <= _SAME_HEIGHT for edge in on.values())
        size = median(edge.row[0].size for edge in on.values())
        same_words = len({edge.text for edge in on.values()}) == 1
        large = size > _LARGE * body_size
        if large and not same_words:
            continue  # "Rotation 1" above one page and "Rotation 2" above the next are headings
        in_chapter = level >= _CHAPTER_PAGES and level == len(on) and not large
        counted = not top and bool(_NUMBER_ONLY.match(key)) and (key.count("#") == 2 or _counts(on))
        if level >= most or in_chapter or counted:
            known[key, top] = size
    return known


def _counts(on: dict[int, _Edge]) -> bool:
    """Return whether the numbers at the foot of the pages count the pages."""
    steps = {page - number for page, edge in on.items() for number in map(int, re.findall(r"\d{1,4}", edge.text))}
    return len(steps) == 1 and (len(on) > 1 or steps == {0})


def _offset(edges: dict[int, list[_Edge]], *, top: bool) -> int | None:
    """Return by how much the numbers at an edge of the pages differ from their places in the file, if they tell."""
    steps: Counter[int] = Counter()
    for page, found in edges.items():
        steps.update({page - number for edge in found if edge.counts and edge.top == top for number in edge.numbers})
    offset, count = steps.most_common(1)[0] if steps else (0, 0)
    return offset if count >= max(_CHAPTER_PAGES, _NUMBERED_PAGES * len(edges)) else None


def _peeled(edges: Sequence[_Edge], known: dict[tuple[str, bool], float], *, numbers: dict[bool, int]) -> list[_Edge]:
    """Return the running lines of a page: from each edge inwards, as long as they are."""
    peeled: list[_Edge] = []
    for top in (True, False):
        for edge in (edge for edge in edges if edge.top == top):
            # a title is the same words in larger type
            repeated = edge.row[0].size <= 1.1 * known.get((edge.key, top), 0.0)
            if not repeated and not (edge.counts and numbers.get(top) in edge.numbers) and not edge.is_numbered:
                break
            peeled.append(edge)
    return peeled
