"""Tables of contents -> out of the lines. After ``columns``, before ``parts``.

A line that leads to a page number repeats a heading of the text and answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sources.pdf.columns import Line
from ingest.sources.pdf.tables import Table

_ENTRY = re.compile(r"(?:[.·…]\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})$")
_LEADER = re.compile(r"\s*(?:[.·…]\s?){4,}")
_HEADING = re.compile(r"^(table of )?contents$", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|\s)(?:\d{1,3}|[ivxlc]{1,6})$")
_TITLE_WORDS = 14
#: Lines without a page number between two entries: long titles.
_LONGEST_TITLE = 2


@dataclass(frozen=True, slots=True)
class Parted:
    """The lines of the text, and the lines of its table of contents."""

    elements: tuple[Line | Table, ...]
    """Lines and tables of the text."""
    contents: tuple[str, ...]
    """Lines of the table of contents."""


def without_contents(elements: Sequence[Line | Table]) -> Parted:
    """Part a document's table of contents from its text."""
    gone: set[int] = set()
    below = -1
    for i, element in enumerate(elements):
        if isinstance(element, Line) and _HEADING.match(element.text):
            below = i
        elif below >= 0 and _is_entry(element, below_heading=True):
            gone.update(range(below, i + 1))
            below = i
        elif below >= 0 and i - below > _LONGEST_TITLE:
            below = -1
        elif _is_entry(element, below_heading=False):
            gone.add(i)
            below = i
    texts = [text for i in sorted(gone) for text in _texts(elements[i])]
    return Parted(tuple(element for i, element in enumerate(elements) if i not in gone), tuple(texts))


def _is_entry(element: Line | Table, *, below_heading: bool) -> bool:
    if isinstance(element, Table):
        return below_heading and all(_PAGE.search(" ".join(row[-1])) for row in element.rows)
    if _ENTRY.search(element.text):
        return True
    return below_heading and len(element.text.split()) <= _TITLE_WORDS and bool(_PAGE.search(element.text))


def _texts(element: Line | Table) -> list[str]:
    if isinstance(element, Line):
        return [_LEADER.sub(" … ", element.text)]
    return [" ".join(line for cell in row for line in cell) for row in element.rows]
