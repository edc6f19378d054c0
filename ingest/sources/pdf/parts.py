"""Lines and tables in the order of reading -> headings, paragraphs, list items and tables. After ``columns``, before
``blocks``.

What a line is shows in how it is set: larger or heavier than most of the text, behind a bullet or a number, or going on
from the line above, which was full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ingest.sources.pdf.columns import Line
from ingest.sources.pdf.lines import BULLETS
from ingest.sources.pdf.tables import Table

PartKind = Literal["heading", "paragraph", "item"]

#: Sizes, in units of the size of most of the text, of a heading and of a footnote.
_LARGE = 1.12
_SMALL = 0.93
_HEADING_WORDS, _LARGE_HEADING_WORDS, _CAPITAL_WORDS = 16, 25, 10
_PROSE_WORDS = 12
#: A gap between lines, in units of the usual one, that parts paragraphs.
_WIDE = 1.3
#: Lines of a region that end at one place, by which it is known as justified, and the words of such a line.
_JUSTIFIED_LINES, _JUSTIFIED_WORDS = 3, 4
_BULLET = re.compile(rf"^(?P<mark>[{re.escape(BULLETS)}]|o(?= ))\s+(?=\S)")
_NUMBER = re.compile(r"^\(?(?P<mark>\d{1,3}|[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})[.)]\s+(?=\S)")
_NUMBERED_HEADING = re.compile(
    r"^(?:(?P<depth>\d+(?:\.\d+)+)\.?\s+[A-Z]|(?:chapter|section|article|part|appendix)\s+(?:\d+|[ivxlc]+|[a-z])\b)",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Measure:
    """How most of a document's text is set."""

    size: float
    """Size of its characters."""
    bold: bool
    """Whether it is set heavily."""
    leading: float
    """Distance of its lines, in units of the size."""
    edges: dict[int, float]
    """Where the lines of each region end at the right."""


@dataclass(slots=True)
class Part:
    """A heading, paragraph or list item: lines that belong together."""

    kind: PartKind
    """What it is."""
    lines: list[Line]
    """Its lines; the first of an item without its bullet or number."""
    prefix: str = ""
    """Bullet or number of an item."""
    level: int = 0
    """Depth of an item, from 1."""
    mark: float = 0.0
    """Where an item's bullet or number stands."""

    @property
    def first(self) -> Line:
        """Return its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Return its last line."""
        return self.lines[-1]


def measure(lines: Sequence[Line]) -> Measure:
    """Return how most of the text of some lines is set."""
    sizes: Counter[float] = Counter()
    heavy: Counter[bool] = Counter()
    for line in lines:
        sizes[round(2 * line.size) / 2] += len(line.text)
        heavy[line.bold] += len(line.text)
    size = max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0
    steps = sorted(
        (before.base - after.base) / after.size
        for before, after in pairwise(lines)
        if before.region == after.region and abs(before.size - after.size) < 0.3 and abs(after.size - size) < 0.5
    )
    steps = [step for step in steps if 0.9 <= step <= 3]
    leading = steps[len(steps) // 4] if steps else 1.2
    return Measure(size=size, bold=heavy[True] > heavy[False], leading=leading, edges=_edges(lines))


def _edges(lines: Sequence[Line]) -> dict[int, float]:
    """Return where the lines of each region end: at the edge of justified text, or that of such columns elsewhere."""
    of_columns: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    of_regions: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        of_columns[line.paper, line.column].append(line.right)
        of_regions[line.region].append(line)
    edges: dict[int, float] = {}
    for region, inside in of_regions.items():
        rights = sorted(of_columns[inside[0].paper, inside[0].column])
        # one line that runs over the edge is not the edge
        edges[region] = rights[int(0.98 * (len(rights) - 1))]
        ends = Counter(round(line.right) for line in inside if len(line.text.split()) >= _JUSTIFIED_WORDS)
        right, count = ends.most_common(1)[0] if ends else (0, 0)
        if count >= _JUSTIFIED_LINES:
            edges[region] = float(right)
    return edges


def read_parts(elements: Sequence[Line | Table], measured: Measure) -> list[Part | Table]:
    """Return what the lines make up, in order."""
    reader = _Reader(measured)
    for element in elements:
        reader.take(element)
    return reader.finish()


@dataclass(slots=True)
class _Reader:
    """Goes through the lines; holds the part that is still open."""

    measured: Measure
    _parts: list[Part | Table] = field(default_factory=list)
    _open: Part | None = None
    _indents: list[float] = field(default_factory=list)
    _counted: dict[str, int] = field(default_factory=dict)

    def take(self, element: Line | Table) -> None:
        """Move on by one line or table."""
        if isinstance(element, Table):
            self._open = None
            self._parts.append(element)
            return
        if not any(map(str.isalnum, element.text)) and not _BULLET.match(element.text + " x"):
            self._open = None  # a row of stars or dashes
            return
        going_on = self._going_on(element)
        if self._is_heading(element, going_on=going_on is not None):
            self._take_heading(element)
        elif not self._take_item(element, going_on=going_on is not None):
            self._take_text(element, going_on)

    def finish(self) -> list[Part | Table]:
        """Return the parts, with headings that turned out to be prose as paragraphs."""
        for part in self._parts:
            if isinstance(part, Part) and part.kind == "heading":
                text = " ".join(line.text for line in part.lines)
                words = len(text.split())
                if words > 2 * _LARGE_HEADING_WORDS or (words > _HEADING_WORDS and text[-1] in ".;,"):
                    part.kind = "paragraph"
        return self._parts

    def _start(self, part: Part) -> None:
        self._parts.append(part)
        self._open = part

    # headings

    def _is_heading(self, line: Line, *, going_on: bool) -> bool:
        if self._continues_heading(line):
            return True
        words, letters = len(line.text.split()), sum(map(str.isalpha, line.text))
        if letters < 2 or line.size < _SMALL * self.measured.size or _BULLET.match(line.text):
            return False
        if line.size >= _LARGE * self.measured.size:
            return words <= _LARGE_HEADING_WORDS and not (words > _HEADING_WORDS and line.text[-1] in ".;,")
        if going_on or words > _HEADING_WORDS or line.text[-1] in ".;,":
            return False
        if line.bold and not self.measured.bold:
            return True
        if not self._stands_apart(line) or words > _CAPITAL_WORDS:
            return False
        return (line.text.isupper() and letters >= 4) or bool(_NUMBERED_HEADING.match(line.text))

    def _stands_apart(self, line: Line) -> bool:
        last = self._parts[-1] if self._parts else None
        if not isinstance(last, Part) or last.last.region != line.region:
            return True
        return last.last.base - line.base > _WIDE * self.measured.leading * line.size

    def _continues_heading(self, line: Line) -> bool:
        part = self._open
        if part is None or part.kind != "heading" or not _alike(part.last, line):
            return False
        last = part.last
        step = last.base - line.base
        if last.region != line.region or not 0 < step <= 1.6 * line.size or _NUMBERED_HEADING.match(line.text):
            return False
        return _centred(last, line) or not self._fits_above(last, line) or line.text[0].islower()

    def _take_heading(self, line: Line) -> None:
        if self._open is not None and self._continues_heading(line):
            self._open.lines.append(line)
            return
        self._indents = []
        self._start(Part("heading", [line]))

    # items

    def _take_item(self, line: Line, *, going_on: bool) -> bool:
        """Begin a list item where the line has a bullet or number; return whether it has."""
        bullet, number = _BULLET.match(line.text), _NUMBER.match(line.text)
        # below an item's own bullet or number stands the next one's
        going_on = going_on and not self._in_list_at(line.left)
        if bullet is not None:
            mark = bullet["mark"]
            if going_on and mark in "–—-*o":
                return False
            prefix, end = "- ", bullet.end()
        elif number is not None and self._counts_on(number["mark"], going_on=going_on):
            prefix, end = f"{number['mark']}. ", number.end()
        else:
            return False
        while self._indents and line.left < self._indents[-1] - 0.5 * line.size:
            self._indents.pop()
        if not self._indents or line.left > self._indents[-1] + 0.5 * line.size:
            self._indents.append(line.left)
        width = (line.right - line.left) * end / len(line.text)
        shown = replace(line, text=line.text[end:], left=line.left + width)
        self._start(Part("item", [shown], prefix=prefix, level=len(self._indents), mark=line.left))
        return True

    def _in_list_at(self, left: float) -> bool:
        return self._open is not None and self._open.kind == "item" and abs(self._open.mark - left) < 3

    def _counts_on(self, mark: str, *, going_on: bool) -> bool:
        """Return whether a number can begin an item here: it is the first, or the next, or stands at a break."""
        ordinals = _ordinals(mark)
        follows = [kind for kind, value in ordinals.items() if self._counted.get(kind, 0) == value - 1 > 0]
        begins = [kind for kind, value in ordinals.items() if value == 1 or kind == "1"] if not going_on else []
        for kind in follows[:1] or begins[:1]:
            self._counted[kind] = ordinals[kind]
            return True
        return False

    # text

    def _take_text(self, line: Line, going_on: Part | None) -> None:
        if going_on is not None:
            if going_on.kind == "heading":
                going_on.kind = "paragraph"  # its first line happened to be heavy
            going_on.lines.append(line)
            self._open = going_on
            return
        if self._indents and line.left < self._indents[0] + 0.5 * line.size:
            self._indents = []
        self._start(Part("paragraph", [line]))

    def _going_on(self, line: Line) -> Part | None:
        """Return the part that a line goes on, or None where it begins one."""
        part = self._open
        if part is None:
            return None
        if part.last.region != line.region:
            part = self._above_footnotes(part, line)
            return part if self._goes_on_over_break(part, line) else None
        last = part.last
        step = last.base - line.base
        usual = self.measured.leading * line.size
        if len(part.lines) > 1 and part.lines[-2].region == last.region:
            usual = min(usual, part.lines[-2].base - last.base)
        if not 0.3 * line.size < step <= _WIDE * usual or abs(last.size - line.size) > 0.08 * line.size:
            return None
        full = not self._fits_above(last, line, part)
        if part.kind == "heading":
            heavy = last.size < _LARGE * self.measured.size and not _alike(last, line)
            return part if heavy and full and not _END.search(last.text) else None
        if not full and (_END.search(last.text) or not line.text[0].islower()):
            return None
        return part if _keeps_edge(part, line) else None

    def _goes_on_over_break(self, part: Part, line: Line) -> bool:
        if part.kind == "heading" or abs(part.last.size - line.size) > 0.08 * line.size:
            return False
        if _END.search(part.last.text) or (line.bold and not part.last.bold):
            return False
        return line.text[0].islower() or not self._fits_above(part.last, line, part)

    def _above_footnotes(self, part: Part, line: Line) -> Part:
        """Return the last part of the page's own text, where notes in small type stand below it."""
        small = _SMALL * self.measured.size
        if part.last.size >= small or line.size < small:
            return part
        for other in reversed(self._parts):
            if not isinstance(other, Part) or other.last.page != part.last.page:
                break
            if other.last.size >= small:
                return other
        return part

    def _fits_above(self, last: Line, line: Line, part: Part | None = None) -> bool:
        """Return whether a line's first word had room on the line above, so that the break was meant."""
        edge = self.measured.edges.get(last.region, last.right)
        rights = [above.right for above in part.lines[:-1]] if part is not None else []
        if len(rights) > 1 and max(rights) - min(rights) < 2 * last.size:
            edge = max(rights)
        word = line.text.split(maxsplit=1)[0]
        width = (line.right - line.left) * (len(word) + 1) / len(line.text)
        return last.right + width < edge - 0.3 * last.size


def _alike(first: Line, second: Line) -> bool:
    return abs(first.size - second.size) <= 0.04 * second.size and first.bold == second.bold


def _centred(first: Line, second: Line) -> bool:
    apart = abs(first.left - second.left)
    return apart > 0.8 * second.size and abs(first.left + first.right - second.left - second.right) < 1.2 * second.size


def _keeps_edge(part: Part, line: Line) -> bool:
    """Return whether a line begins where the next line of a part may begin."""
    last = part.last
    if _centred(last, line):
        return True
    inwards = line.left - last.left
    if part.kind == "item" and line.left < part.mark - 0.5 * line.size:
        return False
    if len(part.lines) > 1 and last.region == part.lines[-2].region:
        return abs(inwards) <= 0.8 * line.size
    # below the first line: an indent ends there, or the others hang
    return inwards < 6 * line.size


def _ordinals(mark: str) -> dict[str, int]:
    """Return the places in a count that a mark can stand for: "c" is the third letter and a Roman hundred."""
    if mark.isdecimal():
        return {"1": int(mark)}
    case = "upper " if mark.isupper() else ""
    low = mark.lower()
    ordinals = {f"{case}letter": ord(low) - ord("a") + 1} if len(low) == 1 else {}
    if set(low) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in low]
        signed = [-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)]
        ordinals[f"{case}roman"] = sum(signed)
    return ordinals
