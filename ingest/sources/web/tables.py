"""A table of a web page -> rows of cells at their columns. Called by ``pieces``, which reads the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ingest.records import Block
from ingest.sources.tables import Cell, cell_text, is_layout

_SPACE = re.compile(r"\s+")
#: Marks that are seen at the end of a line only, or never.
INVISIBLE = re.compile("[\xad\u200b\ufeff]")
_MOST_COLUMNS = 50


class Linked(Protocol):
    """A piece of a cell."""

    @property
    def block(self) -> Block:
        """What it says."""

    @property
    def linked(self) -> float:
        """Share of its characters that are links."""


@dataclass(frozen=True, slots=True)
class WebTable:
    """A table that lists values."""

    rows: list[list[Cell]]
    """Its rows, the header's too."""
    header_rows: int
    """How many of them are the header."""
    linked: float
    """Share of its characters that are links, 0 to 1."""


def read_table(element: Any, read_cell: Callable[[Any], Sequence[Linked]]) -> WebTable | None:
    """Return the rows of a table, or None where it only places texts beside each other."""
    rows = _rows(element)
    header = _header_rows(rows)
    cells, linked = _cells(rows, read_cell)
    if element.get("role") in ("presentation", "none") or is_layout(cells, header_rows=header):
        return None
    return WebTable(cells, header, linked)


def text_of(element: Any) -> str:
    """Return all the text of an element on one line."""
    return _SPACE.sub(" ", INVISIBLE.sub("", "".join(element.itertext()))).strip()


def number_of(written: str | None, otherwise: int) -> int:
    """Return the number that an attribute holds, or another where it holds none."""
    return int(written) if written and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", written) else otherwise


def _rows(table: Any) -> list[Any]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in child if row.tag == "tr")
    return rows


def _header_rows(rows: Sequence[Any]) -> int:
    count = 0
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th") and text_of(cell)]
        in_head = row.getparent().tag == "thead"
        if not cells or not (in_head or all(cell.tag == "th" or _is_bold(cell) for cell in cells)):
            break
        count += 1
    return count if count < len(rows) else 0


def _is_bold(cell: Any) -> bool:
    bold = " ".join("".join(part.itertext()) for part in cell.iter("b", "strong"))
    return _SPACE.sub(" ", bold).strip() == text_of(cell)


def _cells(rows: Sequence[Any], read_cell: Callable[[Any], Sequence[Linked]]) -> tuple[list[list[Cell]], float]:
    """Return the cells of each row at their columns, and the share of the table's characters that are links."""
    below: dict[int, int] = {}  # column -> rows from here that a cell above still covers
    found: list[list[Cell]] = []
    linked = total = 0.0
    for row in rows:
        column = 0
        cells = []
        opened: dict[int, int] = {}
        for element in (child for child in row if child.tag in ("td", "th")):
            while below.get(column, 0):
                column += 1
            span = min(max(number_of(element.get("colspan"), 1), 1), _MOST_COLUMNS)
            inner = read_cell(element)
            cells.append(Cell(cell_text([piece.block for piece in inner]), column, span))
            linked += sum(piece.linked * len(piece.block.text) for piece in inner)
            total += sum(len(piece.block.text) for piece in inner)
            covered = min(max(number_of(element.get("rowspan"), 1), 1), len(rows))
            opened.update(dict.fromkeys(range(column, column + span), covered))
            column += span
        below = {column: left - 1 for column, left in (below | opened).items() if left > 1}
        found.append(cells)
    return found, linked / total if total else 0.0
