"""The operators of a PDF page -> words with their places, and the path that lines are drawn with. Used by ``drawing``.

A PDF page is a program that moves a pen; here the operators that set text and draw straight lines are followed, and
the others are passed over.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf.errors import LimitReachedError
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from ingest.sources.pdf.fonts import UNKNOWN, Font, read_font
from ingest.sources.pdf.shapes import IDENTITY, Matrix, Path, Point, multiply, place

#: Operators that a page may have, forms included; a page of text has a few thousand.
_MOST_OPERATIONS = 400_000
_DEEPEST_FORM = 8
#: Distance of two letters of a word, in units of their size; a blank is more.
_KERN = 0.1
_SMALLEST = 0.1


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that were drawn together, without a blank."""

    text: str
    """What it reads."""
    left: float
    """Where it begins, in points from the page's left edge."""
    right: float
    """Where it ends."""
    base: float
    """Height of its baseline above the page's lower edge."""
    size: float
    """Size of its font, in points."""
    bold: bool
    """Whether it is set heavily."""
    after_blank: bool
    """Whether a blank was drawn before it."""
    glued: bool
    """Whether it was drawn in one go with the word before, with one blank between them."""


@dataclass(slots=True)
class _Pen:
    """The graphics state, as far as text needs it."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    between_characters: float = 0.0
    between_words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch of content with a mark; ``says`` replaces what is drawn in it."""

    running: bool
    says: str | None
    first: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as it was drawn."""

    word: Word
    """The word, in the coordinates of the file."""
    end: Point
    """Where it ends."""
    angle: int | None
    """Direction of its text in quarter turns, None where it stands askew."""
    running: bool
    """Whether the file marks it as header or footer."""


@dataclass(slots=True)
class Hand:
    """Follows the operators; holds the pen and what it has drawn."""

    fonts: dict[Any, Font | None]
    pieces: list[Piece] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    pictures: int = 0
    lost: int = 0
    _pen: _Pen = field(default_factory=_Pen)
    _kept: list[_Pen] = field(default_factory=list)
    _line: Matrix = IDENTITY
    _text: Matrix = IDENTITY
    _marks: list[_Mark] = field(default_factory=list)
    _resources: list[Any] = field(default_factory=list)
    _operations: int = 0
    _blanks: int = 0
    _running: int = 0

    def draw(self, content: ContentStream, resources: Any) -> None:
        """Follow a content stream."""
        operations = content.operations
        self._operations += len(operations)
        if self._operations > _MOST_OPERATIONS:
            raise LimitReachedError(f"more than {_MOST_OPERATIONS:,} operators")
        self._resources.append(resources.get_object() if resources is not None else DictionaryObject())
        for operands, operator in operations:
            act = _ACTS.get(operator)
            if act is None:
                continue
            try:
                act(self, operands)
            except (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError):
                # one operator without sense leaves the others theirs
                continue
        self._resources.pop()

    def _keep(self, _: Sequence[Any]) -> None:
        self._kept.append(replace(self._pen))

    def _restore(self, _: Sequence[Any]) -> None:
        if self._kept:
            self._pen = self._kept.pop()

    def _move_paper(self, operands: Sequence[Any]) -> None:
        self._pen.matrix = multiply(_matrix(operands), self._pen.matrix)

    def _begin_text(self, _: Sequence[Any]) -> None:
        self._line = self._text = IDENTITY

    def _choose_font(self, operands: Sequence[Any]) -> None:
        self._pen.size = float(operands[1])
        self._pen.font = None
        named = self._resources[-1]["/Font"].get_object()
        entry = named.raw_get(operands[0])
        key = (entry.idnum, entry.generation) if isinstance(entry, IndirectObject) else id(entry)
        if key not in self.fonts:
            self.fonts[key] = None  # and stays so where it cannot be read
            self.fonts[key] = read_font(entry.get_object())
        self._pen.font = self.fonts[key]

    def _set_number(self, name: str, operands: Sequence[Any]) -> None:
        setattr(self._pen, name, float(operands[0]))

    def _set_stretch(self, operands: Sequence[Any]) -> None:
        self._pen.stretch = float(operands[0]) / 100

    def _set_mode(self, operands: Sequence[Any]) -> None:
        self._pen.mode = int(operands[0])

    def _move_line(self, operands: Sequence[Any]) -> None:
        across, up = float(operands[0]), float(operands[1])
        self._line = self._text = multiply((1, 0, 0, 1, across, up), self._line)

    def _move_line_and_lead(self, operands: Sequence[Any]) -> None:
        self._pen.leading = -float(operands[1])
        self._move_line(operands)

    def _place_line(self, operands: Sequence[Any]) -> None:
        self._line = self._text = _matrix(operands)

    def _next_line(self, _: Sequence[Any]) -> None:
        self._move_line((0.0, -self._pen.leading))

    def _show(self, operands: Sequence[Any]) -> None:
        self._set(operands[:1])

    def _show_spaced(self, operands: Sequence[Any]) -> None:
        self._set(operands[0])

    def _show_on_next_line(self, operands: Sequence[Any]) -> None:
        self._next_line(())
        self._show(operands)

    def _space_and_show(self, operands: Sequence[Any]) -> None:
        self._pen.between_words, self._pen.between_characters = float(operands[0]), float(operands[1])
        self._show_on_next_line(operands[2:])

    def _begin_mark(self, operands: Sequence[Any]) -> None:
        tag, properties = str(operands[0]) if operands else "", operands[1] if len(operands) > 1 else None
        running, says = False, None
        if isinstance(properties, str):
            properties = self._resources[-1].get("/Properties", {}).get(properties)
        if properties is not None and isinstance(found := properties.get_object(), DictionaryObject):
            running = tag == "/Artifact" and found.get("/Type") == "/Pagination"
            says = _spoken(found.get("/ActualText"))
        self._marks.append(_Mark(running, says, len(self.pieces)))
        self._running += running

    def _end_mark(self, _: Sequence[Any]) -> None:
        if not self._marks:
            return
        mark = self._marks.pop()
        self._running -= mark.running
        drawn = self.pieces[mark.first :]
        if mark.says is None or not drawn or len({piece.word.base for piece in drawn}) > 1:
            return
        text = mark.says.strip()
        whole = replace(drawn[0].word, text=text, right=drawn[-1].word.right)
        self.pieces[mark.first :] = [replace(drawn[0], word=whole, end=drawn[-1].end)] if text else []

    def _draw_object(self, operands: Sequence[Any]) -> None:
        form = self._resources[-1]["/XObject"].get_object()[operands[0]].get_object()
        if form.get("/Subtype") != "/Form":
            self.pictures += 1
            return
        if len(self._resources) > _DEEPEST_FORM:
            return
        kept, depth, line, text = replace(self._pen), len(self._kept), self._line, self._text
        if "/Matrix" in form:
            self._move_paper(form["/Matrix"].get_object())
        try:
            self.draw(
                ContentStream(form, form.indirect_reference.pdf, "bytes"), form.get("/Resources", self._resources[-1])
            )
        finally:
            self._pen, self._line, self._text = kept, line, text
            del self._kept[depth:]

    def _draw_picture(self, _: Sequence[Any]) -> None:
        self.pictures += 1

    def _set(self, entries: Sequence[Any]) -> None:
        """Set strings, and the distances between them in thousandths of the size, and part them at blanks."""
        pen, font = self._pen, self._pen.font
        drawn = multiply(self._text, pen.matrix)
        along = first = last = 0.0
        letters: list[str] = []
        glued = False
        for entry in entries:
            if not isinstance(entry, bytes):
                along -= float(entry) / 1000 * pen.size * pen.stretch
                continue
            if font is None:
                self.lost += len(entry)
                continue
            if letters and abs(along - last) > _KERN * abs(pen.size):
                glued = self._add("".join(letters), first, last, drawn=drawn, glued=glued)
                letters = []
            for glyph in font.glyphs(entry):
                width = glyph.width * pen.size
                if glyph.blank:
                    if letters:
                        glued = self._add("".join(letters), first, last, drawn=drawn, glued=glued)
                        letters = []
                    self._blanks += 1
                else:
                    if not letters:
                        first = along
                    last = along + width * pen.stretch
                    letters.append(glyph.text)
                extra = pen.between_characters + (pen.between_words if glyph.is_blank_code else 0.0)
                along += (width + extra) * pen.stretch
        if letters:
            self._add("".join(letters), first, last, drawn=drawn, glued=glued)
        self._text = multiply((1, 0, 0, 1, along, 0), self._text)

    def _add(self, text: str, first: float, last: float, *, drawn: Matrix, glued: bool) -> bool:
        """Keep a word; return that the next one of the same string is glued to it."""
        self.lost += text.count(UNKNOWN)
        pen = self._pen
        (left, base), end = place(drawn, (first, pen.rise)), place(drawn, (last, pen.rise))
        size = abs(pen.size) * math.hypot(drawn[2], drawn[3])
        # what has no size cannot be seen
        if size > _SMALLEST and math.isfinite(left + base + end[0] + end[1] + size):
            bold = pen.mode in (2, 6) or (pen.font is not None and pen.font.bold)
            word = Word(text, left, end[0], base, size, bold, self._blanks > 0, glued and self._blanks == 1)
            self.pieces.append(Piece(word, end, _angle(drawn), self._running > 0))
        self._blanks = 0
        return True


def _number(name: str) -> Callable[[Hand, Sequence[Any]], None]:
    return lambda hand, operands: hand._set_number(name, operands)


def _on_path(operator: bytes) -> Callable[[Hand, Sequence[Any]], None]:
    return lambda hand, operands: hand.path.take(operator, operands, matrix=hand._pen.matrix)


_ACTS: dict[bytes, Callable[[Hand, Sequence[Any]], None]] = {
    b"q": Hand._keep,
    b"Q": Hand._restore,
    b"cm": Hand._move_paper,
    b"BT": Hand._begin_text,
    b"Tf": Hand._choose_font,
    b"Tc": _number("between_characters"),
    b"Tw": _number("between_words"),
    b"TL": _number("leading"),
    b"Ts": _number("rise"),
    b"Tz": Hand._set_stretch,
    b"Tr": Hand._set_mode,
    b"Td": Hand._move_line,
    b"TD": Hand._move_line_and_lead,
    b"Tm": Hand._place_line,
    b"T*": Hand._next_line,
    b"Tj": Hand._show,
    b"TJ": Hand._show_spaced,
    b"'": Hand._show_on_next_line,
    b'"': Hand._space_and_show,
    b"BMC": Hand._begin_mark,
    b"BDC": Hand._begin_mark,
    b"EMC": Hand._end_mark,
    b"Do": Hand._draw_object,
    b"INLINE IMAGE": Hand._draw_picture,
    b"sh": Hand._draw_picture,
    **{operator: _on_path(operator) for operator in Path.OPERATORS},
}


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return a, b, c, d, e, f


def _spoken(text: Any) -> str | None:
    """Return the text that a mark gives for what is drawn under it."""
    if isinstance(text, bytes):
        return text.decode("utf-16" if text[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", "replace")
    return text if isinstance(text, str) else None


def _angle(drawn: Matrix) -> int | None:
    """Return the direction of a text in quarter turns, or None where it stands askew."""
    turns = math.atan2(drawn[1], drawn[0]) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.06 else None
