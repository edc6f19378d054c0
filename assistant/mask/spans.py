"""What the finders of ``assistant/mask`` share: a text as words, a found span, and the list of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_OPENING = re.compile(r"(?:[.?!:;]+[\"”’)]*\s+|\n+\W*|^\W*|[\"“(•*–—]\s*|\s[-–—]\s*)$")
_ABBREVIATED = re.compile(r"\b(?:dr|drs|prof|mr|mrs|ms|st|mt|vs|[A-Z])\.\s*$", re.IGNORECASE)
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "n't", "'s", "'re", "'ve", "'d", "'ll")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text that must not leave the machine."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last one."""
    kind: str
    """The word of its placeholder; empty for a placeholder that the user wrote, which nobody touches."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, its possessive ending left out."""

    low: str
    """Lower-cased, with a straight apostrophe."""
    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last one."""
    gap: str
    """The characters between the word before and this one."""
    capital: bool
    """It begins with a capital letter, and that says something: the text is not all capitals."""
    upper: bool
    """It is all capitals, so an acronym or somebody shouting."""
    opens: bool
    """It begins a sentence or stands in a title, where a capital says nothing."""


@dataclass(frozen=True, slots=True)
class Names:
    """The lists of ``names.txt``, lower-cased."""

    given: frozenset[str]
    """First names that are no words."""
    surnames: frozenset[str]
    """Surnames that are no words."""
    doubtful: frozenset[str]
    """Names that are words too, which count only beside other evidence."""
    hospitals: frozenset[str]
    """Institutions known by a short name."""
    doubtful_hospitals: frozenset[str]
    """Institutions whose short name is a word, which count only with a capital."""
    public: frozenset[str]
    """Bodies, terms, places and products that an answer may need; never masked."""


@cache
def cues(title: str) -> frozenset[str]:
    """The words of one section of ``cues.txt``: what stands beside a name, or makes an institution's name."""
    sections = (Path(__file__).parent / "cues.txt").read_text("utf-8").split("# ")[1:]
    section = next(section for section in sections if section.partition(":")[0] == title)
    return frozenset(section.partition("\n")[2].split())


@cache
def names() -> Names:
    """The lists of names, read once."""
    lists: dict[str, set[str]] = {}
    entries: set[str] = set()
    for line in (Path(__file__).parent / "names.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            entries = lists.setdefault(line[2:], set())
        elif line:
            entries.add(line)
    order = ("given", "surname", "also a word", "hospital", "hospital, also a word", "public")
    return Names(*(frozenset(lists[title]) for title in order))


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    found = list(_WORD.finditer(text))
    letters = [character for character in text if character.isalpha()]
    shouted = len(letters) > 12 and sum(character.isupper() for character in letters) > 0.7 * len(letters)
    long = [match.group() for match in found if len(match.group()) > 3]
    titled = len(long) > 4 and sum(word[0].isupper() for word in long) > 0.8 * len(long)
    result, at = [], 0
    for match in found:
        word = _POSSESSIVE.sub("", match.group())
        before = text[max(0, match.start() - 40) : match.start()]
        result.append(
            Word(
                low=word.casefold().replace("’", "'"),
                start=match.start(),
                end=match.start() + len(word),
                gap=text[at : match.start()],
                capital=word[0].isupper() and not shouted and not (len(word) > 1 and word.isupper()),
                upper=len(word) > 1 and word.isupper(),
                opens=titled or (bool(_OPENING.search(before)) and not _ABBREVIATED.search(before)),
            )
        )
        at = match.start() + len(word)
    return result


def is_plain(low: str, ordinary: Callable[[str], bool]) -> bool:
    """Whether a word, or what it is inflected from, is a word of the field or public."""
    if low in names().public or ordinary(low):
        return True
    stems = [low[: -len(ending)] for ending in _ENDINGS if low.endswith(ending) and len(low) - len(ending) > 2]
    parts = low.split("-") if "-" in low else []
    return any(ordinary(stem) or ordinary(stem + "e") or stem in names().public for stem in stems) or (
        bool(parts) and all(ordinary(part) or part in names().public for part in parts)
    )


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in the order of the text; of two that overlap, the one that was given first stays."""
    kept: list[Span] = []
    for span in spans:
        if span.start < span.end and all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
