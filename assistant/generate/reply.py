"""Pieces of a reply -> its sentences and list items, each with the keys of the passages that it cites.

A sentence is given out as soon as it is whole, which is when the next one has begun; how the reply was cut into pieces
on its way changes nothing. Headings and rules are left out: they say nothing that could be held against a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.sentences import sentence_spans

_KEYS = re.compile(r"[\[【]\s*[Pp]\d{1,3}(?:\s*(?:,|;|&|and|–|-)?\s*[Pp]?\d{1,3})*\s*[\]】]")
_NUMBER = re.compile(r"\d+")
#: What may become a key; any other bracket is a word.
_KEY_BEGINS = re.compile(r"[\[【](?:[Pp]?\s|[Pp]?$|[Pp]\d)")
#: Where a sentence may end: behind a mark, what closes with it and its keys, before a word that is there in full.
_MAY_END = re.compile(
    rf"[.!?…][\"”’)*_]*(?P<keys>(?:\s*{_KEYS.pattern})*)\s+(?=(?!{_KEY_BEGINS.pattern})(?P<next>\S+)\s)"
)
_ENDED = re.compile(r"[.!?…:][\"”’)*_]*\s*$")
_ENDED_BY_KEYS = re.compile(rf"{_KEYS.pattern}[.!?…]?\s*$")
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?…])")
_INDENT = re.compile(r"[ \t]*")
_FIRST_WORD = re.compile(r"\S+(?=\s)")
_BULLET = re.compile(r"(?:[-*•‣◦+–—]|\d{1,2}[.)])")
_LEFT_OUT = re.compile(r"#{1,6}|-{3,}|\*{3,}|_{3,}|`{3,}\w*")

Role = Literal["sentence", "item"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a reply."""

    text: str
    """What it says, without its keys; markup and placeholders are as they came."""
    keys: tuple[str, ...]
    """Keys of passages, as ``P1``, whether or not there is such a passage."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is shown or taken out as one: a sentence, or a list item with its sentences."""

    said: tuple[Said, ...]
    """Its sentences, in order."""
    role: Role
    """How it is laid out."""
    section: int
    """Number of the paragraph or list that it belongs to."""


class ReplyParser:
    """Takes a reply piece by piece."""

    def __init__(self) -> None:
        self._buffer = ""
        self._open = ""
        self._role: Role | None = None
        self._leaving_out = False
        self._line_start = True
        self._section, self._gap = 0, False
        self._last: Role | None = None

    def feed(self, piece: str) -> list[Unit]:
        """Return what is whole with this piece."""
        self._buffer += piece.replace("\r", "")
        return list(self._read())

    def end(self) -> list[Unit]:
        """Return what is left of a reply that came to its end; of one that was cut off, what is left is not whole."""
        units = self.feed("\n")
        return [*units, *self._close()]

    def _read(self) -> Iterator[Unit]:
        while self._buffer:
            if self._line_start:
                if not self._starts_line():
                    return
                yield from self._begin_line()
            else:
                yield from self._rest_of_line()

    def _starts_line(self) -> bool:
        """Return whether enough of a line is there to tell what it begins."""
        rest = _INDENT.sub("", self._buffer, count=1)
        return rest.startswith("\n") or _FIRST_WORD.match(rest) is not None

    def _begin_line(self) -> Iterator[Unit]:
        rest = _INDENT.sub("", self._buffer, count=1)
        word = _FIRST_WORD.match(rest)
        if word is None:
            self._buffer = rest[1:]
            yield from self._close()
            self._gap = True
            return
        self._line_start = False
        self._buffer = rest
        if _BULLET.fullmatch(word[0]):
            yield from self._close()
            self._begin("item")
            self._buffer = rest[word.end() :]
        elif _LEFT_OUT.fullmatch(word[0]):
            yield from self._close()
            self._leaving_out, self._gap = True, True
        elif self._role is None or (_ENDED.search(self._open) and not _KEY_BEGINS.match(word[0])):
            yield from self._close()
            self._begin("sentence")

    def _begin(self, role: Role) -> None:
        # a list whose items stand apart is one list
        if self._gap and self._last is not None and not role == self._last == "item":
            self._section += 1
        self._role, self._gap = role, False

    def _rest_of_line(self) -> Iterator[Unit]:
        line, newline, after = self._buffer.partition("\n")
        self._buffer = after
        self._line_start = bool(newline)
        if self._leaving_out:
            self._leaving_out = not newline
            return
        self._open += line + (" " if newline else "")
        if self._role == "sentence":
            yield from self._whole_sentences()
        if newline and _ENDED_BY_KEYS.search(self._open):
            yield from self._close()

    def _whole_sentences(self) -> Iterator[Unit]:
        while (end := _first_end(self._open)) is not None:
            yield from self._unit([_said(self._open[:end])])
            self._open = self._open[end:]

    def _close(self) -> Iterator[Unit]:
        """Give out what is open, as a whole."""
        said = []
        while (end := _first_end(self._open)) is not None:
            said.append(_said(self._open[:end]))
            self._open = self._open[end:]
        said.append(_said(self._open))
        self._open = ""
        if self._role is not None:
            yield from self._unit(_with_keys(said))
        self._role = None

    def _unit(self, said: Sequence[Said]) -> Iterator[Unit]:
        kept = tuple(one for one in said if any(character.isalnum() for character in one.text))
        if kept and self._role is not None:
            self._last = self._role
            yield Unit(kept, self._role, self._section)


def _first_end(text: str) -> int | None:
    """Return where the first sentence of a text ends, before a next one; None where that cannot be told yet."""
    for found in _MAY_END.finditer(text):
        if found["keys"]:
            return found.end()
        before = _without_keys(text[: found.end()])
        if any(end == len(before) for _, end in sentence_spans(f"{before} {found['next']}")):
            return found.end()
    return None


def _said(text: str) -> Said:
    keys = [f"P{int(number)}" for group in _KEYS.findall(text) for number in _NUMBER.findall(group)]
    return Said(_without_keys(text), tuple(dict.fromkeys(keys)))


def _without_keys(text: str) -> str:
    return _SPACE_BEFORE_MARK.sub("", " ".join(_KEYS.sub(" ", text).split()))


def _with_keys(said: Sequence[Said]) -> list[Said]:
    """Return the sentences of one item: one without keys rests on those of the next that has some, or of the last."""
    last = next((one.keys for one in reversed(said) if one.keys), ())
    result: list[Said] = []
    for one in reversed(said):
        last = one.keys or last
        result.append(Said(one.text, last))
    return result[::-1]
