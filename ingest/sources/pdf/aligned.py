"""Tables without ruled lines: cells that stand below each other, in three rows or more. Used by ``columns``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.sources.pdf.lines import Stretch
from ingest.sources.pdf.tables import Table

_LEAST_ROWS = 3
_MOST_COLUMNS = 12
#: Gap between two columns, in units of the text's size.
_COLUMN_GAP = 0.45
#: Distance of two lines of a cell, and of two rows, in units of the text's size.
_LINE = 1.5
_ROW = 3.2
_PROSE_WORDS = 7
_LEADER = re.compile(r"[.·…_]{4,}|(?:[.·…] ){4,}")

Row = Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float


def aligned_tables(rows: Sequence[Row]) -> Iterator[Row | Table]:
    """Yield the rows of a column of text as they are, and as tables where their cells are aligned."""
    start = 0
    while start < len(rows):
        end = _end(rows, start)
        table = _table(rows[start:end])
        if table is None:
            yield rows[start]
            start += 1
        else:
            yield table
            start = end


def _end(rows: Sequence[Row], start: int) -> int:
    """Return the end of the rows, from ``start``, whose cells share columns."""
    columns: list[_Column] | None = []
    if not _has_cells(rows[start]):
        return start
    end = start
    for i in range(start, len(rows)):
        row = rows[i]
        if i > start and rows[i - 1][0].base - row[0].base > _ROW * row[0].size:
            break
        if len(row) > 1 and not _has_cells(row):
            break
        columns = _fitted(columns or [], row)
        if columns is None or (len(row) == 1 and _is_heading(row[0], rows[start:i])):
            break
        # a last line in the first column alone is the text below
        if len(row) > 1 or row[0].left > columns[0].right:
            end = i + 1
    return end


def _has_cells(row: Row) -> bool:
    return len(row) > 1 and not any(_LEADER.search(stretch.text) for stretch in row)


def _is_heading(stretch: Stretch, rows: Sequence[Row]) -> bool:
    first = [row[0] for row in rows]
    return stretch.size > 1.08 * max(cell.size for cell in first) or (
        stretch.bold and not all(cell.bold for cell in first)
    )


def _fitted(columns: Sequence[_Column], row: Row) -> list[_Column] | None:
    """Return the columns widened to hold a row, or None where its cells do not keep to them."""
    widened = list(columns)
    taken: set[int] = set()
    for cell in row:
        over = [i for i, column in enumerate(widened) if cell.left < column.right and cell.right > column.left]
        if len(over) > 1 or taken.intersection(over):
            return None
        if over:
            column = widened[over[0]]
            widened[over[0]] = _Column(min(column.left, cell.left), max(column.right, cell.right))
        else:
            widened.append(_Column(cell.left, cell.right))
            over = [len(widened) - 1]
        taken.update(over)
    widened.sort(key=lambda column: column.left)
    gap = _COLUMN_GAP * row[0].size
    if len(widened) > _MOST_COLUMNS or any(after.left - before.right < gap for before, after in pairwise(widened)):
        return None
    return widened


def _table(rows: Sequence[Row]) -> Table | None:
    if sum(len(row) > 1 for row in rows) < max(_LEAST_ROWS, 0.5 * len(rows)):
        return None
    cells = [cell for row in rows for cell in row]
    if sum(len(cell.text.split()) >= _PROSE_WORDS for cell in cells) > 0.4 * len(cells):
        return None
    columns: list[_Column] = []
    for row in rows:
        columns = _fitted(columns, row) or columns
    groups = _grouped(rows, columns)
    texts = [
        tuple(tuple(cell.text for row in group for cell in row if _in(cell, column)) for column in columns)
        for group in groups
    ]
    if len(texts) < 2 or len(columns) < 2:
        return None
    return Table(
        rows=tuple(texts),
        bold=tuple(all(cell.bold for row in group for cell in row) for group in groups),
        edges=tuple(column.left for column in columns),
        left=columns[0].left,
        right=columns[-1].right,
        base=rows[0][0].base,
        size=rows[0][0].size,
        order=min(cell.order for cell in cells),
    )


def _grouped(rows: Sequence[Row], columns: Sequence[_Column]) -> list[list[Row]]:
    """Return the lines that make up each row of the table."""
    gaps = [before[0].base - after[0].base for before, after in pairwise(rows)]
    line = min(gaps)
    wide = sum(gap > 1.3 * line for gap in gaps)
    has_lines = wide >= 2 and wide >= len(gaps) / 4 and line <= _LINE * rows[0][0].size
    groups: list[list[Row]] = [[rows[0]]]
    for gap, row in zip(gaps, rows[1:], strict=True):
        close = gap <= 1.15 * line if has_lines else gap <= _LINE * row[0].size
        begins = _in(row[0], columns[0])
        if close and len(row) < len(columns) and (has_lines or not begins):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _in(cell: Stretch, column: _Column) -> bool:
    return cell.left < column.right and cell.right > column.left
