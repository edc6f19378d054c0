"""Markdown -> blocks. The parsing is markdown-it's; here its tokens lose their markup and become one-line texts.

Three marks of this project are read and taken out of the shown text: a section's kind behind its heading
(``{.questions-to-ask}``), the reference that a sentence rests on (``[^id]``), and questions in users' words that a
section answers, in a comment below its heading (``<!-- asked: one | another -->``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.records import SECTION_KINDS, Block, Mark, SectionKind, labelled_row

_KIND = re.compile(r"\s*\{\s*\.(?P<kind>[\w-]+)\s*\}\s*$")
_MARK = re.compile(r"\s*\[\^(?P<id>[\w-]+)\]")
_ASKED = re.compile(r"^<!--\s*asked:(?P<questions>.*?)-->\s*$", re.DOTALL)
_FOOTNOTE = re.compile(r"^\[\^[\w-]+\]:.*$", re.MULTILINE)
_SPACE = re.compile(r"\s+")


def read_blocks(text: str) -> Sequence[Block]:
    """Return the headings, paragraphs, list items and table rows of a Markdown text, in order."""
    walk = _Walk()
    # without its definition a footnote's mark stays text, and is read as a mark
    plain = _FOOTNOTE.sub("", text)
    for token in MarkdownIt("commonmark").enable("table").parse(plain):
        walk.take(token)
    return walk.blocks


class _Walk:
    """Turns the token stream into blocks; holds only where in the document it is."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._heading = 0
        self._lists: list[bool] = []
        self._prefix = ""
        self._in_item = False
        self._row: list[str] | None = None
        self._header: list[str] = []

    def take(self, token: Token) -> None:
        """Move on by one token."""
        kind = token.type
        if kind == "heading_open":
            self._heading = int(token.tag[1:])
        elif kind == "heading_close":
            self._heading = 0
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._lists.append(kind.startswith("ordered"))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._in_item = True
            self._prefix = f"{token.info}. " if self._lists[-1] else "- "
        elif kind == "list_item_close":
            self._in_item = False
        elif kind == "tr_open":
            self._row = []
        elif kind == "thead_close":
            self._header, self._row = self._row or [], None
        elif kind == "tr_close" and self._header:
            self._add(Block("row", labelled_row(self._header, self._row or [])))
            self._row = None
        elif kind == "table_close":
            self._header = []
        elif kind == "inline":
            self._inline(_plain(token))
        elif kind == "html_block":
            self._comment(token.content)
        elif kind in ("fence", "code_block"):
            self._inline(token.content)

    def _inline(self, raw: str) -> None:
        text = _SPACE.sub(" ", raw).strip()
        if self._row is not None:
            self._row.append(text)
        elif self._heading:
            self._add(_heading(text, self._heading))
        elif self._in_item:
            self._in_item = False
            self._add(Block("item", text, level=len(self._lists), prefix=self._prefix))
        else:
            self._add(Block("paragraph", text))

    def _comment(self, content: str) -> None:
        """Give the questions of an ``asked`` comment to the heading that it stands under."""
        found = _ASKED.match(content.strip())
        if found and self.blocks and self.blocks[-1].kind == "heading":
            questions = (_SPACE.sub(" ", part).strip() for part in found["questions"].split("|"))
            self.blocks[-1] = replace(self.blocks[-1], asked=tuple(question for question in questions if question))

    def _add(self, block: Block) -> None:
        marked = _take_marks(block)
        if marked.text:
            self.blocks.append(marked)


def _plain(token: Token) -> str:
    pieces = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            pieces.append(" ")
    return "".join(pieces)


def _heading(text: str, level: int) -> Block:
    found = _KIND.search(text)
    if found is None or found["kind"] not in SECTION_KINDS:
        return Block("heading", text, level=level)
    return Block("heading", text[: found.start()], level=level, section_kind=cast(SectionKind, found["kind"]))


def _take_marks(block: Block) -> Block:
    marks: list[Mark] = []
    shown = ""
    position = 0
    for found in _MARK.finditer(block.text):
        shown += block.text[position : found.start()]
        marks.append(Mark(len(shown), found["id"]))
        position = found.end()
    return replace(block, text=shown + block.text[position:], marks=tuple(marks)) if marks else block
