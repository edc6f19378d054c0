"""One page of a PDF -> its words, laid level, and the lines ruled on it. After ``file``, before ``lines``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream

from ingest.sources.pdf.fonts import Font
from ingest.sources.pdf.operators import Hand, Word
from ingest.sources.pdf.shapes import Point, Rule

#: The four ways of laying a page so that text of so many quarter turns is level.
_TURNS: tuple[Callable[[Point], Point], ...] = (
    lambda at: at,
    lambda at: (at[1], -at[0]),
    lambda at: (-at[0], -at[1]),
    lambda at: (-at[1], at[0]),
)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands on a page."""

    number: int
    """Number of the page, from 1."""
    width: float
    """Width in points, as it is read."""
    height: float
    """Height in points, as it is read."""
    words: tuple[Word, ...]
    """Its words, in the order that they were drawn."""
    rules: tuple[Rule, ...]
    """Straight lines along the edges of the page."""
    dots: tuple[Rule, ...]
    """Small filled shapes, which can be bullets."""
    running: tuple[Word, ...]
    """Words that the file marks as header or footer."""
    across: str
    """Text set in another direction, such as a watermark."""
    lost: int
    """Number of characters that the file gives no meaning to."""
    is_blank: bool
    """Whether nothing at all can be seen on it."""


def read_drawing(page: PageObject, number: int, *, fonts: dict[Any, Font | None]) -> Drawing:
    """Return what stands on a page; ``fonts`` keeps the fonts from page to page.

    Raises what pypdf raises for broken content, and LimitReachedError for a page with too much on it.
    """
    contents = page.get("/Contents")
    hand = Hand(fonts)
    if contents is not None:
        hand.draw(ContentStream(contents.get_object(), page.pdf, "bytes"), page.get("/Resources"))
    box = page.cropbox
    return _laid_level(hand, number, ((float(box.left), float(box.bottom)), (float(box.right), float(box.top))))


def _laid_level(hand: Hand, number: int, corners: tuple[Point, Point]) -> Drawing:
    """Return a page turned so that most of its text is level, counted from its lower left corner."""
    letters = dict.fromkeys(range(4), 0)
    for piece in hand.pieces:
        if piece.angle is not None:
            letters[piece.angle] += len(piece.word.text)
    angle = max(letters, key=lambda quarter: (letters[quarter], -quarter))
    turn = _TURNS[angle]
    (left, right), (bottom, top) = (sorted(ends) for ends in zip(*map(turn, corners), strict=True))
    words: list[Word] = []
    running: list[Word] = []
    across = ""
    for piece in hand.pieces:
        (x, y), (end, _) = turn((piece.word.left, piece.word.base)), turn(piece.end)
        if not (left <= x <= right and bottom <= y <= top):
            continue  # printers' notes outside of what is seen
        if piece.angle != angle:
            across += " " * piece.word.after_blank + piece.word.text
            continue
        old = piece.word
        word = Word(old.text, x - left, end - left, y - bottom, old.size, old.bold, old.after_blank, old.glued)
        (running if piece.running else words).append(word)
    is_blank = not hand.pieces and not hand.pictures and hand.path.drawn < 50
    rules = tuple(rule.turned(turn, (left, bottom)) for rule in hand.path.rules)
    dots = tuple(rule.turned(turn, (left, bottom)) for rule in hand.path.dots)
    size = (right - left, top - bottom)
    return Drawing(number, *size, tuple(words), rules, dots, tuple(running), across.strip(), hand.lost, is_blank)
