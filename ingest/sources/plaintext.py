"""Plain text -> blocks: headings, lists and paragraphs are recovered from how the lines look.

Text copied from a web page has lost its tags but kept its lines. A bullet or a number makes a list item; a short line
without an end mark is a heading; everything else is a paragraph, a line each where paragraphs stand on one line, and
joined up to the next blank line where the text was wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.records import Block

_BULLET = re.compile(r"^(?P<indent>\s*)(?:[-*•◦▪‣·–]|o(?=\s{2,}))\s+(?P<text>\S.*)$")
_NUMBER = re.compile(r"^\s*(?P<number>\d{1,2})[.)]\s+(?P<text>\S.*)$")
_SPACE = re.compile(r"\s+")
_END_MARKS = '.!?:;,…"”'
_HEADING_WORDS = 14
_NUMBERED_HEADING_WORDS = 24
_WRAP_COLUMNS = range(50, 101)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bullet: bool
    level: int
    number: str


def read_blocks(text: str) -> Sequence[Block]:
    """Return the blocks of a plain text, in order. The first short line before any prose is the title (level 1)."""
    lines = list(_lines(_unwrap(text)))
    blocks = [
        _block(line, before, after)
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False)
    ]
    first = next((i for i, block in enumerate(blocks) if block.kind != "item"), None)
    if first is not None and blocks[first].kind == "heading":
        blocks[first] = replace(blocks[first], level=1)
    return blocks


def _lines(text: str) -> Iterator[_Line]:
    for raw in text.split("\n"):
        if not raw.strip():
            continue
        bullet, number = _BULLET.match(raw), _NUMBER.match(raw)
        shown = bullet["text"] if bullet else number["text"] if number else raw
        yield _Line(
            text=_SPACE.sub(" ", shown).strip(),
            bullet=bullet is not None,
            level=1 + len(bullet["indent"].expandtabs()) // 4 if bullet else 0,
            number=number["number"] if number else "",
        )


def _block(line: _Line, before: _Line | None, after: _Line | None) -> Block:
    if line.bullet:
        return Block("item", line.text, level=line.level, prefix="- ")
    in_list = before is not None and before.number != ""
    if line.number and (in_list or not _looks_like_heading(line, after)):
        return Block("item", line.text, level=1, prefix=f"{line.number}. ")
    if _looks_like_heading(line, after):
        opens_list = after is not None and after.bullet
        return Block("heading", line.text, level=3 if line.number or opens_list else 2)
    return Block("paragraph", line.text)


def _looks_like_heading(line: _Line, after: _Line | None) -> bool:
    words = len(line.text.split())
    ends = line.text[-1] in _END_MARKS
    if after is None:
        return False
    if line.number:
        # a numbered question is a heading where text follows, a list item where another number does
        return words <= _NUMBERED_HEADING_WORDS and not after.number and (line.text[-1] == "?" or not ends)
    return words <= _HEADING_WORDS and not ends and not line.text[0].islower()


def _unwrap(text: str) -> str:
    """Join the lines of hard-wrapped paragraphs; leave text with one paragraph a line alone."""
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if len(line.split()) > 6)
    if not lengths or lengths[int(len(lengths) * 0.95)] not in _WRAP_COLUMNS:
        return text
    width = lengths[-1]
    joined: list[str] = []
    open_line = False
    for line in lines:
        starts_block = not line.strip() or _BULLET.match(line) or _NUMBER.match(line)
        if open_line and not starts_block:
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
        # a line that stops well short of the margin ends its paragraph
        open_line = bool(line.strip()) and len(line) > width - 20 and line.rstrip()[-1] not in ".!?:"
    return "\n".join(joined)
