"""Parts of a document -> blocks, with the levels of headings and the rows of tables. After ``parts``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.records import Block
from ingest.sources.pdf.joining import Vocabulary, join_lines
from ingest.sources.pdf.parts import Part
from ingest.sources.pdf.tables import Table

_DEPTH = re.compile(r"^\d+(?P<more>(?:\.\d+)*)\.?\s")
_DEEPEST = 6
#: Sizes of headings that differ by less are one size.
_SAME_SIZE = 0.96
_SAME_COLUMN = 4.0
_TITLE_CHARACTERS = 200
_PROSE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Outline:
    """The blocks of a document and the title that it begins with."""

    blocks: tuple[Block, ...]
    """Its blocks, in order; a title first, as a heading of level 1."""
    title: str
    """The largest text at the top of its first page, or empty."""


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    capitals: bool


def read_outline(parts: Sequence[Part | Table], vocabulary: Vocabulary, *, body_size: float) -> Outline:
    """Return the blocks that the parts make up; ``body_size`` is the size of most of the text."""
    title = _title(parts, body_size)
    headings = [part for part in parts if isinstance(part, Part) and part.kind == "heading" and part is not title]
    levels = _levels(headings, cover=_cover(parts))
    blocks: list[Block] = []
    for group in _groups(parts):
        part = group[0]
        if isinstance(part, Table):
            blocks += _rows([table for table in group if isinstance(table, Table)], vocabulary)
            continue
        text = join_lines([line.text for line in part.lines], vocabulary=vocabulary)
        level = 1 if part is title else levels.get(id(part), part.level)
        block = Block(part.kind, text, level=level, prefix=part.prefix, page=part.first.page)
        blocks.insert(0 if part is title else len(blocks), block)
    return Outline(tuple(blocks), blocks[0].text if title is not None else "")


def _groups(parts: Sequence[Part | Table]) -> Iterator[list[Part | Table]]:
    """Yield the parts one by one, and the pieces of a table that goes on over pages together."""
    group: list[Part | Table] = []
    for part in parts:
        if group and not (isinstance(part, Table) and isinstance(group[-1], Table) and _goes_on(group[-1], part)):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _goes_on(above: Table, table: Table) -> bool:
    return (
        table.page == above.page + 1
        and len(table.edges) == len(above.edges)
        and all(abs(a - b) <= _SAME_COLUMN for a, b in zip(above.edges, table.edges, strict=True))
    )


def _title(parts: Sequence[Part | Table], body_size: float) -> Part | None:
    """Return the heading that is the document's title: the largest at the top of the first page, above its prose."""
    top: list[Part] = []
    for part in parts:
        if isinstance(part, Table) or part.first.page != _first_page(parts):
            break
        if part.kind != "heading" and sum(len(line.text.split()) for line in part.lines) > 30:
            break
        top.append(part)
    headings = [part for part in top if part.kind == "heading"]
    if not headings:
        return None
    largest = max(headings, key=lambda part: part.first.size)
    is_first = largest is top[0]
    length = sum(len(line.text) for line in largest.lines)
    return largest if length <= _TITLE_CHARACTERS and (is_first or largest.first.size > 1.12 * body_size) else None


def _first_page(parts: Sequence[Part | Table]) -> int:
    first = parts[0]
    return first.page if isinstance(first, Table) else first.first.page


def _cover(parts: Sequence[Part | Table]) -> set[int]:
    """Return the headings, by their identity, that stand above the first text and directly above other headings."""
    cover: set[int] = set()
    for part, after in pairwise(parts):
        if isinstance(part, Table) or (part.kind != "heading" and len(part.first.text.split()) >= _PROSE_WORDS):
            break
        if part.kind == "heading" and isinstance(after, Part) and after.kind == "heading":
            cover.add(id(part))
    return cover


def _levels(headings: Sequence[Part], *, cover: set[int]) -> dict[int, int]:
    """Return the level of each heading, by its identity: larger before smaller, heavy before light, 2 being the first.

    Numbers tell headings of one style apart: 3.1 is one deeper than 3. Lines of the cover have no part in that.
    """
    sizes: dict[float, float] = {}
    for size in sorted({part.first.size for part in headings}, reverse=True):
        sizes[size] = next((other for other in sizes.values() if size >= _SAME_SIZE * other), size)
    styles = {id(part): _style(part, sizes) for part in headings}
    ranked = {style for part, style in styles.items() if part not in cover}
    order = sorted(ranked, key=lambda style: (-style.size, not style.bold, not style.capitals))
    shallowest = {
        style: min(_depth(part) for part in headings if styles[id(part)] == style and _depth(part) >= 0)
        for style in order
        if any(styles[id(part)] == style and _depth(part) >= 0 for part in headings)
    }
    levels: dict[int, int] = {}
    numbered: defaultdict[tuple[float, int], Counter[int]] = defaultdict(Counter)
    for part in headings:
        style, depth = styles[id(part)], _depth(part)
        if style not in ranked:
            levels[id(part)] = 2
            continue
        levels[id(part)] = min(_DEEPEST, 2 + order.index(style) + max(0, depth - shallowest.get(style, 0)))
        numbered[style.size, depth][levels[id(part)]] += 1
    # one heading that is set in another weight is no level of its own
    usual = {place: counted.most_common(1)[0][0] for place, counted in numbered.items() if place[1] >= 0}
    return {id(part): usual.get((styles[id(part)].size, _depth(part)), levels[id(part)]) for part in headings}


def _style(part: Part, sizes: dict[float, float]) -> _Style:
    first = part.first
    return _Style(sizes[first.size], first.bold, first.text.isupper())


def _depth(part: Part) -> int:
    """Return how many points are in a heading's number, -1 where it has none."""
    found = _DEPTH.match(part.first.text)
    return found["more"].count(".") if found else -1


def _rows(tables: Sequence[Table], vocabulary: Vocabulary) -> Iterator[Block]:
    """Yield the rows of a table, each cell behind the name of its column where there is a header."""
    rows: list[tuple[tuple[str, ...], bool, int]] = []
    for table in tables:
        texts = [tuple(join_lines(cell, vocabulary=vocabulary) for cell in row) for row in table.rows]
        first = 1 if rows and texts[0] == rows[0][0] else 0
        if rows and len(texts) > first and _ends_row(rows[-1][0], texts[first]):
            halves = zip(rows[-1][0], texts[first], strict=True)
            whole = tuple(join_lines([half for half in cell if half], vocabulary=vocabulary) for cell in halves)
            rows[-1] = (whole, *rows[-1][1:])
            first += 1
        rows += [(row, bold, table.page) for row, bold in list(zip(texts, table.bold, strict=True))[first:]]
    header = _header([row for row, _, _ in rows], [bold for _, bold, _ in rows])
    for cells, _, page in rows[1:] if header else rows:
        alone = sum(map(bool, cells)) == 1 and cells[0]
        shown = [
            cell if alone or not label or label == cell else f"{label.removesuffix(':')}: {cell}"
            for label, cell in zip(header or ("",) * len(cells), cells, strict=True)
            if cell
        ]
        if shown:
            yield Block("row", " · ".join(shown), page=page)


def _ends_row(above: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether the first row of a page only ends cells that began on the page before."""
    ends = [(start, end) for start, end in zip(above, row, strict=True) if end]
    return len(ends) < len(row) and all(start and start[-1] not in ".!?" and end[0].islower() for start, end in ends)


def _header(rows: Sequence[tuple[str, ...]], bold: Sequence[bool]) -> tuple[str, ...]:
    """Return the first row where it names the columns: it alone is set heavily, or it names columns of numbers."""
    first, others = rows[0], rows[1:]
    filled = [cell for cell in first if cell]
    if len(filled) < 2 or not others:
        return ()
    if bold[0] and not all(bold):
        return first
    numbers = any(
        any(row[i] for row in others) and all(_has_digit(row[i]) or not row[i] for row in others)
        for i in range(len(first))
    )
    return first if numbers and not any(map(_has_digit, filled)) else ()


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
