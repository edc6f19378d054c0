"""The tree of a web page -> its pieces in reading order, and which of them stand in what looks like clutter.

Before ``article`` chooses. Every block becomes a piece, those of the article and those of menus, banners and
footers; structure is kept here once, whoever decides later what stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.records import Block
from ingest.sources.tables import row_blocks
from ingest.sources.typed import typed_block, typed_lines
from ingest.sources.web.clutter import Clutter, clutter_of, is_hidden
from ingest.sources.web.tables import INVISIBLE, number_of, read_table, text_of

#: What is in these is no text or never shown.
_SILENT = frozenset(
    """
        audio canvas embed head iframe map math noscript object script select style svg template textarea video
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
_BLOCKS = frozenset(
    """
        address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
        footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary
        table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905
)
_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…:;][\"”’)\]]*$")
_REFERENCE_MARK = re.compile(r"^\[?(\d{1,3}|[a-z]|note \d+|citation needed)\]?$", re.IGNORECASE)
_ANCHOR_MARKS = frozenset({"¶", "#", "§", "🔗", "[edit]", "[ edit ]"})
#: A definition of so many words is quoted with its term; a longer one stands below it.
_SHORT_DEFINITION_WORDS = 60
_HEADING_WORDS = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, and what is known of its place."""

    block: Block
    """What it says."""
    raw: str
    """Its words as the page has them, without labels that a row repeats."""
    linked: float = 0.0
    """Share of its characters that are links to other pages, 0 to 1."""
    contents: float = 0.0
    """Share of its characters that are links into the same page, 0 to 1."""
    bold: float = 0.0
    """Share of its characters that are set in bold, 0 to 1."""
    group: int = 0
    """Number of the list or table that it is part of; 0 outside of them."""


@dataclass(frozen=True, slots=True)
class Region:
    """The pieces of one element that looks like clutter."""

    start: int
    """First piece."""
    end: int
    """One past the last piece."""
    clutter: Clutter
    """Why."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that a page says."""

    pieces: tuple[Piece, ...]
    """Its blocks in reading order."""
    regions: tuple[Region, ...]
    """What looks like clutter; regions can stand in each other."""


@dataclass(slots=True)
class _List:
    numbered: bool
    number: int = 1
    step: int = 1


@dataclass(slots=True)
class _Line:
    """Text that is being gathered, up to the end of its block."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    contents: int = 0
    bold: int = 0


def read_page(body: Any) -> Page:
    """Return the pieces and regions of a page's body."""
    walk = _Walk()
    walk.take(body)
    walk.flush()
    return Page(tuple(walk.pieces), tuple(walk.regions))


def is_sentence(block: Block) -> bool:
    """Return whether a block reads as prose and not as a label."""
    return block.kind != "heading" and len(block.text.split()) >= 6 and bool(_SENTENCE.search(block.text))


class _Walk:
    """Turns a tree into pieces and regions; holds only where in the page it is."""

    def __init__(self, *, in_article: bool = False) -> None:
        self.pieces: list[Piece] = []
        self.regions: list[Region] = []
        self._line = _Line()
        self._lists: list[_List] = []
        self._prefix = ""
        self._heading = 0
        self._last_heading = 1
        self._links: list[str] = []
        self._bold = 0
        self._articles = int(in_article)
        self._pre = 0
        self._group = 0
        self._groups = 0

    def take(self, element: Any) -> None:
        """Add the pieces of an element and of everything in it."""
        tag = element.tag
        if tag in _SILENT:
            return
        if tag == "br":
            self._line.parts.append("\n")
        elif tag == "a":
            self._take_link(element)
        elif tag == "sup" and _REFERENCE_MARK.match(text_of(element)) and element.find(".//a") is not None:
            return
        elif tag in ("b", "strong"):
            self._bold += 1
            self._take_element(element)
            self._bold -= 1
        elif tag == "button" and not self._heading:
            self._take_button(element)
        else:
            self._take_element(element)

    def children(self, element: Any) -> None:
        """Add what is in an element, in the state that the walk is in."""
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.take(child)
            self._say(child.tail)

    def flush(self) -> None:
        """End the block that is being gathered."""
        line, self._line = self._line, _Line()
        whole = "".join(line.parts)
        length = len(whole.strip())
        if not length:
            return
        linked, contents, bold = (min(1.0, part / length) for part in (line.linked, line.contents, line.bold))
        for text in typed_lines(whole):
            self.pieces.append(Piece(self._block(text), text, linked, contents, bold, self._group))

    def _take_element(self, element: Any) -> None:
        if not _is_block(element):
            if not is_hidden(element):
                self.children(element)
            return
        clutter = clutter_of(element, in_article=self._articles > 0)
        self.flush()
        start = len(self.pieces)
        inside = element.tag in ("article", "main")
        self._articles += inside
        takes = _TAKES.get(element.tag)
        if takes is None:
            self.children(element)
        else:
            takes(self, element)
        self.flush()
        self._articles -= inside
        if clutter is not None and len(self.pieces) > start:
            self.regions.append(Region(start, len(self.pieces), clutter))

    def _take_link(self, element: Any) -> None:
        if len(element) == 0 and (element.text or "").strip() in _ANCHOR_MARKS:
            return
        self._links.append(element.get("href", ""))
        self.children(element)
        self._links.pop()

    def _take_heading(self, element: Any) -> None:
        self._as_heading(element, int(element.tag[1]))

    def _take_summary(self, element: Any) -> None:
        """What is clicked to open a fold heads what is in it."""
        self._as_heading(element, min(self._last_heading + 1, 6))

    def _as_heading(self, element: Any, level: int) -> None:
        before, self._heading = self._heading, level
        last = self._last_heading
        self.children(element)
        self.flush()
        self._heading = before
        self._last_heading = last if element.tag in ("summary", "button") else level

    def _take_button(self, element: Any) -> None:
        folds = element.get("aria-controls") or element.get("aria-expanded") or "accordion" in element.get("class", "")
        text = text_of(element)
        if folds and (len(text.split()) >= 3 or text.endswith("?")):
            self.flush()
            self._take_summary(element)

    def _take_list(self, element: Any) -> None:
        outer = self._group
        if not self._lists and not self._group:
            self._group = self._next_group()
        backwards = element.get("reversed") is not None
        items = sum(child.tag == "li" for child in element) if backwards else 1
        self._lists.append(_List(element.tag == "ol", number_of(element.get("start"), items), -1 if backwards else 1))
        self.children(element)
        self.flush()
        self._lists.pop()
        self._prefix = ""
        self._group = outer

    def _take_item(self, element: Any) -> None:
        self._prefix = "- "
        if self._lists:
            current = self._lists[-1]
            number = number_of(element.get("value"), current.number)
            current.number = number + current.step
            self._prefix = f"{number}. " if current.numbered else "- "
        self.children(element)
        self.flush()
        self._prefix = ""

    def _take_pre(self, element: Any) -> None:
        self._pre += 1
        self.children(element)
        self.flush()
        self._pre -= 1

    def _take_table(self, element: Any) -> None:
        # what holds tables or headings places them
        places = any(element.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3"))
        table = None if places else read_table(element, _pieces_inside)
        if table is None:
            self.children(element)
            return
        for caption in element.iterfind("caption"):
            self.take(caption)
        group = self._next_group()
        for row, block in zip(table.rows, row_blocks(table.rows, header_rows=table.header_rows), strict=True):
            if block is not None:
                raw = " ".join(cell.text for cell in row if cell.text)
                self.pieces.append(Piece(block, raw, table.linked, group=group))

    def _take_definitions(self, element: Any) -> None:
        outer, self._group = self._group, self._group or self._next_group()
        terms: list[str] = []
        defined = False
        for part in _definition_parts(element):
            if part.tag == "dt":
                terms = [*([] if defined else terms), text_of(part)]
                defined = False
            else:
                self._define(", ".join(filter(None, terms)), part, again=defined)
                defined = True
        if not defined:
            self.pieces.extend(Piece(Block("paragraph", term), term, group=self._group) for term in terms if term)
        self._group = outer

    def _define(self, term: str, element: Any, *, again: bool) -> None:
        inner = _pieces_inside(element)
        short = len(inner) == 1 and len(inner[0].block.text.split()) <= _SHORT_DEFINITION_WORDS
        if short and term and not term.endswith("?"):
            only = inner[0]
            block = Block("item", f"{term.rstrip(': ')}: {only.block.text}", max(1, len(self._lists)), "- ")
            self.pieces.append(replace(only, block=block, raw=f"{term} {only.raw}", group=self._group))
            return
        if term and not again:
            level = min(self._last_heading + 1, 6)
            above = Block("heading", term, level) if term.endswith("?") else Block("paragraph", term)
            self.pieces.append(Piece(above, term, group=self._group))
        self.pieces.extend(replace(piece, group=self._group) for piece in inner)

    def _next_group(self) -> int:
        self._groups += 1
        return self._groups

    def _say(self, text: str | None) -> None:
        if not text:
            return
        plain = INVISIBLE.sub("", text)
        if not self._pre:
            plain = _SPACE.sub(" ", plain)
        self._line.parts.append(plain)
        self._line.bold += len(plain.strip()) * (self._bold > 0)
        link = self._links[-1] if self._links else ""
        if "#" in link:
            self._line.contents += len(plain.strip())
        elif link and not link.startswith(("mailto:", "tel:")):
            self._line.linked += len(plain.strip())

    def _block(self, text: str) -> Block:
        if self._heading and not _is_prose(text):
            return Block("heading", text, self._heading)
        if self._prefix:
            prefix, self._prefix = self._prefix, ""
            return Block("item", text, max(1, len(self._lists)), prefix)
        return typed_block(text)


_TAKES = {
    **{f"h{level}": _Walk._take_heading for level in range(1, 7)},
    "ul": _Walk._take_list,
    "ol": _Walk._take_list,
    "li": _Walk._take_item,
    "pre": _Walk._take_pre,
    "summary": _Walk._take_summary,
    "table": _Walk._take_table,
    "dl": _Walk._take_definitions,
}


def _is_prose(text: str) -> bool:
    """Return whether a text is too long for the heading that it is marked as."""
    words = len(text.split())
    return words > _HEADING_WORDS or (words > _HEADING_WORDS // 2 and text.endswith((".", ":")))


def _is_block(element: Any) -> bool:
    # an element without a layout of its own is what it holds
    return element.tag in _BLOCKS or any(child.tag in _BLOCKS for child in element)


def _pieces_inside(element: Any) -> list[Piece]:
    walk = _Walk(in_article=True)
    walk.children(element)
    walk.flush()
    unseen = {i for region in walk.regions if region.clutter == "sure" for i in range(region.start, region.end)}
    return [piece for i, piece in enumerate(walk.pieces) if i not in unseen]


def _definition_parts(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from (part for part in child if part.tag in ("dt", "dd"))
