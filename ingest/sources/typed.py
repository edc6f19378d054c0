"""What authors typed where their program has a style for it: bullets, numbers, and headings in bold.

For readers of formats that have real lists and headings too.
"""

from __future__ import annotations

import re

from ingest.records import Block

#: Word's own bullets are letters of a symbol font (U+F0A7, U+F0B7) or, on a saved page, a middle dot or a section sign.
_BULLET = re.compile(r"^(?:[•◦▪▫■□●○‣⁃∙➢➤✓✔·§\uf0a7\uf0b7\uf0d8\uf076-]|[–*o](?=\s))\s+(?P<text>\S.*)$")
_NUMBER = re.compile(r"^\(?(?P<number>\d{1,2}|[a-z])[.)]\s+(?P<text>\S.*)$")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s+")
_HEADING_WORDS = 12


def typed_block(text: str) -> Block:
    """Return a one-line text as an item where its author typed a bullet or a number, else as a paragraph."""
    bullet = _BULLET.match(text)
    if bullet:
        return Block("item", bullet["text"], 1, "- ")
    number = _NUMBER.match(text)
    if number:
        return Block("item", number["text"], 1, f"{number['number']}. ")
    return Block("paragraph", text)


def typed_lines(text: str) -> list[str]:
    """Return a text as paragraphs of one line each: a line break is a space, unless it divides a typed list."""
    found: list[str] = []
    for paragraph in _EMPTY_LINE.split(text):
        lines = [line for part in paragraph.split("\n") if (line := _SPACE.sub(" ", part).strip())]
        if sum(typed_block(line).kind == "item" for line in lines) >= 2:
            found.extend(lines)
        elif lines:
            found.append(" ".join(lines))
    return found


def could_head(text: str) -> bool:
    """Return whether a text that stands out, alone in its paragraph, is short and open enough to be a heading."""
    return len(text.split()) <= _HEADING_WORDS and text[-1:] not in ".,;…" and any(map(str.isalpha, text))
