"""The words of a page -> stretches of text: words of one line with no wide gap between them. After ``drawing``, before
``columns``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.sources.pdf.operators import Word
from ingest.sources.pdf.shapes import Rule

#: Gaps in units of the text's size. A kern is below 0.1, a blank 0.25, in justified lines more. The widest gap inside a
#: stretch depends on what was drawn in it: one blank in one go with the words, a blank, nothing although the page has
#: blanks elsewhere, nothing as on all of the page.
_BLANK_GAP = 0.15
_JUSTIFIED_GAP, _DRAWN_GAP, _UNDRAWN_GAP, _NEVER_DRAWN_GAP = 3.0, 0.8, 0.45, 1.1
#: Share of words behind a drawn blank on a page that draws its blanks.
_DRAWS_BLANKS = 0.3
#: Blanks of a line that tell that it is justified.
_EVEN_GAPS = 3
#: The widest gap between stretches that were drawn apart, and behind a bullet.
_APART_GAP = 0.45
_MARKER_GAP = 4.0
#: Share of heavy characters in a line that counts as heavy; a name in a heading can be set otherwise.
_HEAVY = 0.75

BULLETS = "•◦▪‣·●○■□▢➢➤✓✔❖◆◇►▶∙⁃–—*-\ufffd\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06f\uf0a8"
_MARKER = re.compile(rf"(?:[{re.escape(BULLETS)}]|o|\(?(?:\d{{1,3}}|[A-Za-z]|[ivxlc]{{1,5}})[.)]|\d+(?:\.\d+)+\.?)$")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Dots of a page that can be bullets; one with more shows a chart.
_MOST_DOTS = 400


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stand on one line, without a wide gap."""

    text: str
    """What it reads, with single blanks."""
    left: float
    """Where it begins, in points from the page's left edge."""
    right: float
    """Where it ends."""
    base: float
    """Height of its baseline above the page's lower edge."""
    size: float
    """Size of most of its characters, in points."""
    bold: bool
    """Whether nearly all of it is set heavily."""
    order: int
    """Its place in the order of drawing."""


def read_stretches(words: Sequence[Word], dots: Sequence[Rule] = ()) -> list[Stretch]:
    """Return the stretches of a page, from the top down and from left to right."""
    draws_blanks = sum(word.after_blank for word in words) > _DRAWS_BLANKS * len(words)
    undrawn = _UNDRAWN_GAP if draws_blanks else _NEVER_DRAWN_GAP
    drawn: list[list[Word]] = []
    for line in _drawn_lines(words):
        evenly = _is_spaced_evenly(line)
        drawn.append(line[:1])
        for before, word in pairwise(line):
            widest = _JUSTIFIED_GAP if word.glued or evenly else _DRAWN_GAP if word.after_blank else undrawn
            if _gap(before, word) <= widest:
                drawn[-1].append(word)
            else:
                drawn.append([word])
    stretches = [_stretch(group, order) for order, group in enumerate(drawn)]
    return _with_dots([stretch for row in rows(stretches) for stretch in _joined(row)], dots)


def rows(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Yield the stretches that share a baseline, from the top down, each row from left to right."""
    row: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda stretch: (-stretch.base, stretch.left)):
        if row and row[0].base - stretch.base > 0.35 * min(row[0].size, stretch.size):
            yield sorted(row, key=lambda stretch: stretch.left)
            row = []
        row.append(stretch)
    if row:
        yield sorted(row, key=lambda stretch: stretch.left)


def join(first: Stretch, second: Stretch) -> Stretch:
    """Return two stretches of a line as one."""
    longer = max(first, second, key=lambda stretch: len(stretch.text))
    return Stretch(
        text=f"{first.text} {second.text}",
        left=first.left,
        right=max(first.right, second.right),
        base=longer.base,
        size=longer.size,
        bold=second.bold if _MARKER.match(first.text) else first.bold and second.bold,
        order=min(first.order, second.order),
    )


def _without_shadows(words: Sequence[Word]) -> Iterator[Word]:
    """Leave out words that are drawn a second time at the same place, which is how some programs set bold type."""
    seen: defaultdict[str, list[Word]] = defaultdict(list)
    for word in words:
        near = 0.2 * word.size
        before = seen[word.text][-3:]
        if any(abs(word.left - old.left) < near and abs(word.base - old.base) < near for old in before):
            continue
        seen[word.text].append(word)
        yield word


def _drawn_lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words that were drawn one after the other on one line, from left to right."""
    line: list[Word] = []
    for word in _without_shadows(words):
        if line and not (_on_one_line(line[-1], word) and _gap(line[-1], word) >= -0.5):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _on_one_line(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    # a raised or lowered mark is smaller than its line
    reach = 0.6 if min(before.size, word.size) < 0.8 * size else 0.2
    return abs(word.base - before.base) <= reach * size


def _gap(before: Word, word: Word) -> float:
    return (word.left - before.right) / max(before.size, word.size)


def _is_spaced_evenly(line: Sequence[Word]) -> bool:
    """Return whether all blanks of a line are equally wide, as in justified text and not in a row of cells."""
    gaps = [_gap(before, word) for before, word in pairwise(line) if word.after_blank]
    return len(gaps) >= _EVEN_GAPS and max(gaps) - min(gaps) <= 0.1 * max(gaps)


def _stretch(words: Sequence[Word], order: int) -> Stretch:
    letters: defaultdict[float, int] = defaultdict(int)
    for word in words:
        letters[round(word.size, 1)] += len(word.text)
    size = max(letters, key=lambda size: (letters[size], size))
    base = next(word.base for word in words if round(word.size, 1) == size)
    text = ""
    for i, word in enumerate(words):
        gap = word.left - words[i - 1].right if i else 0.0
        blank = i > 0 and (word.after_blank or gap > _BLANK_GAP * min(word.size, words[i - 1].size))
        raised = word.size < 0.8 * size and word.base > base + 0.2 * size and word.text.isdecimal()
        text += " " * blank + (word.text.translate(_SUPERSCRIPTS) if raised else word.text)
    heavy = sum(len(word.text) for word in words if word.bold)
    return Stretch(
        text=unicodedata.normalize("NFC", " ".join(text.split())),
        left=words[0].left,
        right=max(word.right for word in words),
        base=base,
        size=size,
        bold=heavy >= _HEAVY * sum(letters.values()),
        order=order,
    )


def _joined(row: Sequence[Stretch]) -> Iterator[Stretch]:
    """Join what stands close together but was drawn apart, and bullets and numbers with what they stand before."""
    current = row[0]
    for stretch in row[1:]:
        gap = (stretch.left - current.right) / max(current.size, stretch.size)
        touching = -0.3 <= gap < _BLANK_GAP
        if touching or gap < (_MARKER_GAP if _MARKER.match(current.text) else _APART_GAP):
            current = join(current, stretch)
            if touching:
                current = replace(current, text=_closed(current.text, stretch.text))
        else:
            yield current
            current = stretch
    yield current


def _closed(text: str, last: str) -> str:
    return text[: -len(last) - 1] + last


def _with_dots(stretches: list[Stretch], dots: Sequence[Rule]) -> list[Stretch]:
    """Give the bullets that were drawn as shapes to the lines that they stand before."""
    if len(dots) > _MOST_DOTS:
        return stretches
    for dot in dots:
        middle = (dot.bottom + dot.top) / 2
        near = [
            i
            for i, stretch in enumerate(stretches)
            if 0 < stretch.left - dot.right < 3 * stretch.size
            and 0 < middle - stretch.base < 0.7 * stretch.size
            and dot.right - dot.left < 0.7 * stretch.size
        ]
        if near:
            first = min(near, key=lambda i: stretches[i].left)
            if stretches[first].text[0] not in BULLETS:
                text = "• " + stretches[first].text
                stretches[first] = replace(stretches[first], text=text, left=dot.left)
    return stretches
