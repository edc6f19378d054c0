"""The rows of a Word table -> how many of them are its header. Called by ``word``, which reads the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from ingest.sources.word.styles import Styles, switch, value_of
from ingest.sources.word.text import shown_children

_FIRST_ROW = 0x0020
_NO_COLOUR = frozenset({"", "auto", "ffffff"})


def header_rows(table: Any, rows: Sequence[Any], *, standing_out: Sequence[bool], styles: Styles) -> int:
    """Return how many first rows are labels: those that repeat on every page, or a first one that looks like no other.

    ``standing_out`` says of each row whether all of its text is bold or a heading.
    """
    marked = 0
    while marked < len(rows) and switch(rows[marked].find(qn("w:trPr")), "w:tblHeader"):
        marked += 1
    if marked:
        return marked if marked < len(rows) else 0
    if len(rows) < 2:
        return 0
    bold = standing_out[0] and not all(standing_out)
    shaded = _is_shaded(rows[0]) and not _is_shaded(rows[1])
    return int(bold or shaded or _styled(table.find(qn("w:tblPr")), styles))


def is_continued(cell: Any) -> bool:
    """Return whether a cell is the later part of one that is merged over several rows."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val"), "continue") == "continue"


def _styled(properties: Any, styles: Styles) -> bool:
    """Return whether a table's style sets off its first row, and the table lets it."""
    look = properties.find(qn("w:tblLook")) if properties is not None else None
    if look is None:
        return False
    bits = look.get(qn("w:val"), "")
    on = look.get(qn("w:firstRow")) in ("1", "true", "on")
    on = on or (re.fullmatch(r"[0-9A-Fa-f]{1,4}", bits) is not None and bool(int(bits, 16) & _FIRST_ROW))
    return on and styles.sets_off_first_row(value_of(properties, "w:tblStyle"))


def _is_shaded(row: Any) -> bool:
    """Return whether every cell of a row stands on a colour."""
    cells = [cell for cell in shown_children(row) if cell.tag == qn("w:tc")]
    shades = [cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}") for cell in cells]
    fills = ["" if shade is None else shade.get(qn("w:fill"), "").lower() for shade in shades]
    return bool(fills) and not _NO_COLOUR & set(fills)
