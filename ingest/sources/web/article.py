"""The pieces of a page -> those of its article. After ``pieces``; trafilatura says what it takes for the article.

Two judgements are weighed against each other. trafilatura knows many pages, but loses headings, short list items and
all of a page that is a checklist or a list of questions; the page's own elements and classes say what is a menu, and
nothing where they have no names. trafilatura is followed where it keeps enough of the prose, and what it left out of
lists, headings and gaps is filled in from the page. On the 181 news pages of scrapinghub's benchmark, where the rules
were tried, 98.5 % of the articles' sentences are kept and 5 % of other words added; by trafilatura alone 98.0 and 4 %.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import trafilatura

from ingest.sources.web.doubts import find_clutter, groups_of, is_title, weigh
from ingest.sources.web.lines import COPYRIGHT, STOCK
from ingest.sources.web.pieces import Page, Piece, is_sentence

#: trafilatura is followed where it keeps this share of the prose that the page's own structure would keep.
_ENOUGH = 0.5
#: Of a text with fewer words trafilatura makes nothing that can be relied on.
_TOO_SHORT = 100
#: So many pieces that trafilatura left out between two that it kept are a gap in the article.
_LONGEST_GAP = 8
#: A page of more is not judged by trafilatura, which takes a second or more for every ten thousand.
_MOST_ELEMENTS = 20_000
#: Below a copyright line stands the page's foot, unless more than this share of the prose does.
_FOOT = 0.15
_SHINGLE = 4
_SHORT_WORDS = 6
_REPEATED_WORDS = 12
_WORD = re.compile(r"\w+")
#: What broken pages make trafilatura and its helpers raise: its opinion is missing then, and not the page.
_FAILURES = (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError, OverflowError)


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, divided."""

    kept: tuple[Piece, ...]
    """The article, in reading order."""
    dropped: tuple[Piece, ...]
    """The rest, in reading order."""


def choose(page: Page, tree: Any) -> Article:
    """Return the article of a page and what stands around it. The tree is the page's own, and stays as it is."""
    pieces = page.pieces
    weights = weigh(pieces)
    said = _Extract(tree).judge(pieces)
    sure, likely = find_clutter(page, said)
    own = [i not in sure and i not in likely for i in range(len(pieces))]
    # what looks like a menu and is prose that trafilatura kept is a caption or a note
    kept = [said[i] and i not in sure and (own[i] or _is_long(piece)) for i, piece in enumerate(pieces)]
    followed = _filled(pieces, kept, own)
    if _sum(weights, followed) < max(_TOO_SHORT, _ENOUGH * _sum(weights, own)):
        followed = own
    final = _without_ends(pieces, _without_repeats(pieces, followed), weights)
    if not any(keep and piece.block.kind != "heading" for keep, piece in zip(final, pieces, strict=True)):
        # a page of links and labels says no more than them
        around = {i for region in page.regions for i in range(region.start, region.end)}
        final = [i not in around for i in range(len(pieces))]
    return Article(
        tuple(piece for piece, keep in zip(pieces, final, strict=True) if keep),
        tuple(piece for piece, keep in zip(pieces, final, strict=True) if not keep),
    )


class _Extract:
    """What trafilatura takes for the article."""

    def __init__(self, tree: Any) -> None:
        self._texts: set[str] = set()
        self._shingles: set[int] = set()
        body = _extract(tree)
        if body is None:
            return
        for element in body.iter():
            for text in (element.text, element.tail):
                if text:
                    self._texts.add(" ".join(_words(text)))
            if element.tag in ("p", "head", "item", "cell", "quote"):
                self._texts.add(" ".join(_words("".join(element.itertext()))))
        self._shingles.update(_shingles(_words(" ".join(body.itertext()))))

    def judge(self, pieces: Sequence[Piece]) -> list[bool]:
        """Return for each piece whether it is in the extract: a long one by most of its words, a short one whole."""
        return [self._holds(_words(piece.raw)) for piece in pieces]

    def _holds(self, words: list[str]) -> bool:
        if len(words) < _SHORT_WORDS:
            return " ".join(words) in self._texts
        found = [shingle in self._shingles for shingle in _shingles(words)]
        return sum(found) >= 0.6 * len(found)


def _extract(tree: Any) -> Any:
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        return None
    log = logging.getLogger("trafilatura")
    if not log.handlers:
        log.addHandler(logging.NullHandler())  # that a page holds no article is no warning
    try:
        # without its helpers, which take a time that grows with the square of the page and changed nothing here
        found = trafilatura.bare_extraction(tree, include_comments=False, fast=True, favor_recall=True)
    except _FAILURES:
        return None
    return None if found is None or isinstance(found, dict) else found.body


def _filled(pieces: Sequence[Piece], kept: Sequence[bool], own: Sequence[bool]) -> list[bool]:
    """Return what is kept with the rest of its lists, its headings, and the prose in its gaps."""
    filled = list(kept)
    for members in groups_of(pieces):
        if 2 * sum(kept[i] for i in members) >= len(members):
            for i in members:
                filled[i] = filled[i] or own[i]
    last = len(pieces)
    for i in range(len(pieces)):
        if not filled[i]:
            continue
        for gap in range(last + 1, i) if i - last <= _LONGEST_GAP else ():
            filled[gap] = filled[gap] or (own[gap] and _says_something(pieces[gap]))
        last = i
    while 0 <= last < len(pieces) - 1 and own[last + 1] and pieces[last + 1].block.kind in ("item", "row"):
        last += 1  # the list that the last sentence introduces
        filled[last] = True
    _fill_headings(pieces, filled, own)
    return filled


def _fill_headings(pieces: Sequence[Piece], filled: list[bool], own: Sequence[bool]) -> None:
    """Keep the headings above what is kept, those above them too."""
    first = next((i for i, keep in enumerate(filled) if keep), 0)
    below = 0  # a heading of a lower level heads something that is kept
    for i in reversed(range(len(pieces))):
        block = pieces[i].block
        if block.kind == "heading":
            filled[i] = filled[i] or (own[i] and block.level < below)
            below = block.level if filled[i] else below
        elif filled[i]:
            below = 7
        elif own[i] and i > first:
            below = 0


def _without_repeats(pieces: Sequence[Piece], kept: Sequence[bool]) -> list[bool]:
    """Return what is kept without long texts that a page says twice, once for each kind of screen."""
    seen: set[str] = set()
    result = list(kept)
    for i, piece in enumerate(pieces):
        if kept[i] and len(piece.raw.split()) >= _REPEATED_WORDS:
            result[i] = piece.raw not in seen
            seen.add(piece.raw)
    return result


def _without_ends(pieces: Sequence[Piece], kept: Sequence[bool], weights: Sequence[float]) -> list[bool]:
    """Return what is kept without the labels above its title, the page's foot, and headings with nothing below them."""
    result = [
        keep and not ((piece.block.kind == "paragraph" or piece.linked) and STOCK.fullmatch(piece.block.text))
        for piece, keep in zip(pieces, kept, strict=True)
    ]
    title = next((i for i, piece in enumerate(pieces) if result[i] and is_title(piece)), 0)
    if not any(result[i] and is_sentence(pieces[i].block) for i in range(title)):
        result[:title] = [False] * title
    below = [*reversed(list(accumulate(reversed(weights))))]
    foot = _FOOT * _sum(weights, result)
    for i, piece in enumerate(pieces):
        if below[i] <= foot and COPYRIGHT.match(piece.block.text):
            result[i:] = [False] * len(result[i:])
            break
    level_below = 1
    for i in reversed(range(len(pieces))):
        if result[i] and pieces[i].block.kind == "heading":
            level = pieces[i].block.level
            result[i] = level < level_below
            level_below = level if result[i] else level_below
        elif result[i]:
            level_below = 7
    return result


def _says_something(piece: Piece) -> bool:
    return piece.block.kind in ("item", "row") or piece.block.text.endswith((".", "?", "!", ":"))


def _is_long(piece: Piece) -> bool:
    return len(_words(piece.raw)) >= _SHORT_WORDS


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _shingles(words: Sequence[str]) -> list[int]:
    return [hash(tuple(words[i : i + _SHINGLE])) for i in range(max(1, len(words) - _SHINGLE + 1))]


def _sum(weights: Sequence[float], kept: Sequence[bool]) -> float:
    return sum(weight for weight, keep in zip(weights, kept, strict=True) if keep)
