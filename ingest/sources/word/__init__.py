"""A Word file (.docx) -> blocks: headings, lists with their numbers, tables, as they stand with all changes accepted.

One reader of ``sources``. python-docx opens the file (``package``); what a paragraph is comes from its style and
its list (``styles``), what it says from its runs (``text``). Headers, footers, comments and footnotes are not
read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from ingest.errors import DocumentError
from ingest.records import Block, Content
from ingest.sources.tables import Cell, cell_text, is_layout, row_blocks
from ingest.sources.typed import could_head, typed_block, typed_lines
from ingest.sources.word.package import FAILURES, broken, open_document
from ingest.sources.word.styles import ListPlace, Numbering, Styles, value_of
from ingest.sources.word.tables import header_rows, is_continued
from ingest.sources.word.text import ParagraphText, read_paragraph, shown_children

_SPACE = re.compile(r"\s+")
#: A paragraph of more words is none, whatever style it has.
_HEADING_WORDS = 30
_MOST_LEVEL = 6
_MOST_DROPPED = 200
_MOST_COLUMNS = 64
#: What programs write into the title property of a document that its author gave none.
_NO_TITLE = re.compile(
    r"(microsoft )?word( document)?|(new )?document ?\d*|doc\d+|untitled.*|title|powerpoint presentation|template.*"
    r"|.*\.(docx?|dotx?|rtf|odt|pdf|pages)|[\W\d_]*",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A block, and how it looked."""

    block: Block
    bold: bool = False
    title: bool = False


@dataclass(slots=True)
class _Seen:
    """What is counted on the way."""

    contents: list[str] = field(default_factory=list)
    footnotes: int = 0


def read_content(data: bytes) -> Content:
    """Return the content of a Word file.

    Raises DocumentError, with the reason only, where the bytes are no Word file or none that can be read.
    """
    document = open_document(data)
    try:
        return _content(document)
    except FAILURES as error:
        raise broken() from error


def _content(document: Document) -> Content:
    body = document.element.body
    if body is None:
        raise broken()
    walk = _Walk(document)
    found = list(walk.blocks_of(body))
    if not found:
        raise DocumentError("holds no text that can be read; if it is a scan, run text recognition on it first")
    blocks = _with_headings(found)
    title = _title(document, found, blocks)
    return Content(blocks, title, tuple(_notes(body, walk.seen)), tuple(walk.seen.contents[:_MOST_DROPPED]))


class _Walk:
    """Turns the elements of a document into blocks; holds how far its lists are counted."""

    def __init__(self, document: Document) -> None:
        self.seen = _Seen()
        self._styles = Styles(document)
        self._numbering = Numbering(document, self._styles)
        self._typed_numbers: dict[int, int] = {}
        self._carried = ""

    def blocks_of(self, parent: Any) -> Iterator[_Found]:
        """Yield the blocks of a body, a cell or a text box."""
        for child in _body_children(parent):
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            else:
                for entry in child.iter(qn("w:p")):
                    self.seen.contents.extend(typed_lines(read_paragraph(entry, self._styles).text))
        left, self._carried = self._carried, ""
        yield from (_Found(typed_block(line)) for line in typed_lines(left))

    def _paragraph(self, paragraph: Any) -> Iterator[_Found]:
        properties = paragraph.find(qn("w:pPr"))
        read = read_paragraph(paragraph, self._styles)
        self.seen.footnotes += read.footnotes
        if _runs_on(properties):
            self._carried += read.text
        else:
            text, self._carried = self._carried + read.text, ""
            style = self._styles.of(paragraph)
            if self._styles.is_contents(style):
                self.seen.contents.extend(typed_lines(text))
            else:
                yield from self._text(replace(read, text=unicodedata.normalize("NFC", text)), style, properties)
        for box in read.boxes:
            yield from self.blocks_of(box)

    def _text(self, read: ParagraphText, style: str, properties: Any) -> Iterator[_Found]:
        lines = typed_lines(read.text)
        whole = " ".join(lines)
        level = self._styles.heading_level(style, properties)
        title = self._styles.is_title(style)
        place = self._styles.list_place(style, properties)
        prefix, depth = self._prefix(place, style)  # one without text is counted too
        if not whole:
            return
        if (level or title) and len(whole.split()) <= _HEADING_WORDS:
            yield _Found(Block("heading", whole, 1 if title else min(level, _MOST_LEVEL)), title=title)
        elif prefix:
            yield _Found(Block("item", whole, depth, prefix), bold=read.bold)
        else:
            yield from (_Found(typed_block(line), bold=read.bold) for line in lines)

    def _prefix(self, place: ListPlace | None, style: str) -> tuple[str, int]:
        """Return what is shown before a paragraph, and its depth; an empty text and 0 where it is no list item."""
        named = self._styles.list_style(style)
        if place is not None:
            level = self._numbering.level_of(place, style)
            return self._numbering.prefix(place.number, level), max(level + 1, named[1] if named else 1)
        if named is None:
            self._typed_numbers.clear()
            return "", 0
        kind, depth = named
        if kind == "bullet":
            return "- ", depth
        self._typed_numbers[depth] = self._typed_numbers.get(depth, 0) + 1
        return f"{self._typed_numbers[depth]}. ", depth

    def _table(self, table: Any) -> Iterator[_Found]:
        rows = [row for row in shown_children(table) if row.tag == qn("w:tr") and not _is_deleted(row)]
        read = [list(self._cells(row)) for row in rows]
        cells = [[Cell(cell_text([entry.block for entry in inside]), *at) for *at, inside in row] for row in read]
        flat = [[entry for *_, inside in row for entry in inside] for row in read]
        out = [bool(row) and all(entry.bold or entry.block.kind == "heading" for entry in row) for row in flat]
        header = header_rows(table, rows, standing_out=out, styles=self._styles)
        while 0 < header < len(rows) - 1 and any(is_continued(cell) for cell in shown_children(rows[header])):
            header += 1  # a label of two rows
        below = [entry for row in flat[header:] for entry in row]
        if any(entry.block.kind == "heading" for entry in below) or is_layout(cells, header_rows=header):
            yield from (entry for row in flat for entry in row)
        else:
            yield from (_Found(block) for block in row_blocks(cells, header_rows=header) if block is not None)

    def _cells(self, row: Any) -> Iterator[tuple[int, int, list[_Found]]]:
        """Yield column, span and blocks of each cell; the later rows of a merged cell hold nothing."""
        properties = row.find(qn("w:trPr"))
        column = _count(value_of(properties, "w:gridBefore"), 0)
        for cell in shown_children(row):
            if cell.tag != qn("w:tc"):
                continue
            about = cell.find(qn("w:tcPr"))
            span = max(1, _count(value_of(about, "w:gridSpan"), 1))
            gone = is_continued(cell) or (about is not None and about.find(qn("w:cellDel")) is not None)
            yield column, span, [] if gone else list(self.blocks_of(cell))
            column += span


def _body_children(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables, and a table of contents as the one element that it is."""
    for child in parent:
        if child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if _is_contents(child):
                yield child
            elif content is not None:
                yield from _body_children(content)
        else:
            yield from (entry for entry in shown_children((child,)) if entry.tag in (qn("w:p"), qn("w:tbl")))


def _is_contents(container: Any) -> bool:
    galleries = (
        value_of(part, "w:docPartGallery") for part in container.iterfind(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}")
    )
    return any(gallery.lower() in ("table of contents", "bibliographies") for gallery in galleries)


def _runs_on(properties: Any) -> bool:
    """Return whether a paragraph's end is deleted, or it is the large first letter of the next one."""
    if properties is None:
        return False
    frame, mark = properties.find(qn("w:framePr")), properties.find(qn("w:rPr"))
    drop_cap = frame is not None and frame.get(qn("w:dropCap"), "none") != "none"
    return drop_cap or (mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom")))


def _is_deleted(row: Any) -> bool:
    properties = row.find(qn("w:trPr"))
    return properties is not None and properties.find(qn("w:del")) is not None


def _count(text: str, otherwise: int) -> int:
    return min(int(text), _MOST_COLUMNS) if re.fullmatch(r"[0-9]{1,6}", text) else otherwise


def _with_headings(found: Sequence[_Found]) -> tuple[Block, ...]:
    """Return the blocks; short lines in bold are the headings of a document that has no others."""
    blocks = [entry.block for entry in found]
    if any(entry.block.kind == "heading" and not entry.title for entry in found):
        return tuple(blocks)
    has_title = any(entry.title for entry in found)
    for i, (entry, after) in enumerate(pairwise(found)):
        numbered = entry.block.kind == "item" and entry.block.prefix != "- " and after.block.kind != "item"
        if entry.bold and (entry.block.kind == "paragraph" or numbered) and could_head(entry.block.text):
            blocks[i] = Block("heading", entry.block.text, 1 if i == 0 and not has_title else 2)
    return tuple(blocks)


def _title(document: Document, found: Sequence[_Found], blocks: Sequence[Block]) -> str:
    """Return the title property where it was given by hand, else the title that is shown."""
    given = _SPACE.sub(" ", document.core_properties.title or "").strip()
    shown = next((entry.block.text for entry in found if entry.title), "")
    # a property that shares no word with the title on the page was left there by the file's last use
    agrees = not shown or bool(_words(given) & _words(shown))
    if given and len(given) <= 200 and not _NO_TITLE.fullmatch(given) and agrees:
        return given
    if shown:
        return shown
    first = blocks[0]
    alone = sum(block.kind == "heading" and block.level == first.level for block in blocks) == 1
    return first.text if first.kind == "heading" and alone else ""


def _words(text: str) -> set[str]:
    return set(_LETTERS.findall(text.casefold()))


def _notes(body: Any, seen: _Seen) -> Iterator[str]:
    if any(body.find(f".//{qn(name)}") is not None for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo")):
        yield "holds tracked changes: it is read as if all of them were accepted"
    if seen.footnotes:
        yield f"holds footnotes ({seen.footnotes}), which are not read"
    if body.find(f".//{qn('w:altChunk')}") is not None:
        yield "holds parts of another format, which are not read; open it in Word and save it anew"
