"""Text with ``[n]`` marks -> what it states, and a record as far as plain text gives one. A leaf.

Systems that are not Curbside answer in plain text. What they say is read as far as it goes, and what cannot be known
from it, such as the span behind a mark, is left out of the record, so that scores that need it call the case unscored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MARKS = re.compile(r"(?:\[\d+\](?:\s*,\s*(?=\[\d))?)+")
_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"^(?:[-*•]|\d+[.)])\s+")
#: The list of sources below an answer: a heading alone on its line, and what follows.
_SOURCES = re.compile(r"\n+[#* ]*(?:sources|references|citations)\b[:*# ]*\n(?P<list>.*)\Z", re.IGNORECASE | re.DOTALL)
_ENTRY = re.compile(r"^[-*\s]*\[(?P<number>\d+)\][:.]?\s*(?P<title>.+)$", re.MULTILINE)
#: Said of a question that is not answered. "I don't know" is an abstention, and no faithful answer.
_ABSTAINS = re.compile(
    r"\b(?:i (?:do not|don['’]t|can(?:not|['’]t)) (?:know|answer|find|help)|(?:not|isn['’]t|aren['’]t) covered|"
    r"no (?:relevant )?(?:information|answer|passages?) (?:was |were |is )?(?:found|available|about|on)|"
    r"(?:sources|passages|context|documents) (?:do|does) not (?:say|cover|answer|contain|mention|provide))",
    re.IGNORECASE,
)
_CARE = re.compile(r"\b988\b[^.]{0,60}\b(?:lifeline|call|text)|\b(?:call|text) (?:or text )?988\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an answer."""

    text: str
    """What is said, on one line and without a bullet."""
    numbers: tuple[int, ...]
    """Numbers of the marks behind it."""


def plain(text: str) -> str:
    """Return a text on one line, without the bullet or number of a list."""
    return _BULLET.sub("", _SPACE.sub(" ", text).strip())


def statements(text: str) -> list[Statement]:
    """Return the pieces of a text, each with the numbers of the marks behind it; what follows the last has none."""
    pieces: list[Statement] = []
    position = 0
    for found in _MARKS.finditer(text):
        numbers = tuple(int(number) for number in re.findall(r"\d+", found[0]))
        pieces.append(Statement(_piece(text[position : found.start()]), numbers))
        position = found.end()
    rest = _piece(text[position:])
    return [*pieces, Statement(rest, ())] if rest else pieces


def as_record(question: str, text: str) -> Mapping[str, Any]:
    """Return the record of a plain text: outcome by its words, claims by its marks, citations by its list of sources.

    A text that names the 988 line is care; one without marks that says that it cannot tell is not covered. Citations
    have a number and a title, and no span.
    """
    listed = _SOURCES.search(text)
    body = text[: listed.start()] if listed else text
    titles = {int(m["number"]): m["title"].strip() for m in _ENTRY.finditer(listed["list"])} if listed else {}
    said = [piece for piece in statements(body) if piece.text]
    marked = sorted({number for piece in said for number in piece.numbers})
    if _CARE.search(body):
        outcome = "care"
    else:
        outcome = "not_covered" if not body.strip() or (not marked and _ABSTAINS.search(body)) else "answered"
    claims = [{"text": piece.text, "citations": list(piece.numbers)} for piece in said]
    citations = [{"number": number, "title": titles.get(number, "")} for number in marked]
    return {
        "question": question,
        "outcome": outcome,
        "text": body.strip(),
        "claims": claims if outcome == "answered" else [],
        "citations": citations,
    }


def _piece(text: str) -> str:
    # a full stop that stands behind a mark belongs to the sentence before it
    return plain(text.lstrip().lstrip(".,;:"))
