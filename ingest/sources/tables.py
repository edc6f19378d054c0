"""Rows of cells -> blocks, the same way for every format that has tables. After a reader has found rows and header.

A row is quoted alone, so that it says itself what its cells are: ``Rotation: Night float · Weeks: 4``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Block

_SEPARATOR = " · "
#: A cell of so many words is a text that a table places, not a value that it lists.
_TEXT_WORDS = 100
#: In a table of one row so many are enough.
_TEXT_WORDS_IN_ONE_ROW = 25


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds text of its own; the later parts of a merged one are not cells."""

    text: str
    """Its text, on one line."""
    column: int
    """First column that it covers, from 0."""
    span: int = 1
    """Columns that it covers."""


def cell_text(blocks: Sequence[Block]) -> str:
    """Return the blocks of a cell as one text, its list items kept apart."""
    text = ""
    for block in blocks:
        apart = block.kind == "item" and text and text[-1] not in ".:;?!,"
        text = f"{text}{'; ' if apart else ' '}{block.text}" if text else block.text
    return text


def is_layout(rows: Sequence[Sequence[Cell]], *, header_rows: int) -> bool:
    """Return whether a table only places texts, so that they are to be read one after the other."""
    if max((cell.column + cell.span for row in rows for cell in row if cell.text), default=0) < 2:
        return True
    if all(sum(bool(cell.text) for cell in row) <= 1 for row in rows):
        return True
    most = _TEXT_WORDS if len(rows) > 1 else _TEXT_WORDS_IN_ONE_ROW
    return header_rows == 0 and any(len(cell.text.split()) > most for row in rows for cell in row)


def row_blocks(rows: Sequence[Sequence[Cell]], *, header_rows: int) -> Iterator[Block | None]:
    """Yield a block for each row, the header's cells before what stands under them; None for a row without one.

    ``header_rows`` are the first rows, which are labels and no blocks; 0 for a table without a header.
    """
    if not any(cell.text for row in rows[header_rows:] for cell in row):
        header_rows = 0  # labels of nothing are all that the table says
    labels = _labels(rows[:header_rows])
    columns = max((cell.column + cell.span for row in rows for cell in row), default=0)
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell.text]
        if number < header_rows or not filled:
            yield None
        elif len(filled) == 1 and filled[0].span > 1 and filled[0].span >= columns:
            yield Block("row", filled[0].text)  # across the whole table: it heads the rows below it
        else:
            yield Block("row", _SEPARATOR.join(_labelled(cell, labels) for cell in filled))


def _labels(header: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Return the text above each column; a header of two rows gives it both its texts."""
    above: dict[int, list[str]] = {}
    for row in header:
        for cell in row:
            for column in range(cell.column, cell.column + cell.span):
                texts = above.setdefault(column, [])
                if cell.text and cell.text not in texts:
                    texts.append(cell.text)
    return {column: " ".join(texts) for column, texts in above.items()}


def _labelled(cell: Cell, labels: dict[int, str]) -> str:
    label = labels.get(cell.column, "").rstrip(": ")
    return cell.text if not label or label == cell.text else f"{label}: {cell.text}"
