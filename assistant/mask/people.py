"""A text -> the people that it names: by title, by role, by list, and by a capital that nothing else explains."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.mask.spans import Span, Word, cues, is_plain, names, words

#: After these comes the name of the writer or of the one written to.
_GREETINGS = {"hi", "hey", "hello", "dear", "thanks", "regards", "sincerely", "best", "cheers", "love", "gratefully"}
_DETERMINERS = {"a", "an", "the", "this", "that", "my", "your", "our", "his", "her", "their", "no", "any", "every"}
_INTRODUCES = ({"name", "is"}, {"i", "am"}, {"this", "is"}, {"names"}, {"it", "is"})
_CREDENTIALS = re.compile(
    r"^(?:['’]s)?,?\s+(?:MD|M\.D\.|DO|D\.O\.|PhD|Ph\.D\.|NP|PA-C|PA|RN|DNP|FACP|MBBS|MPH|JD|CRNA|Esq)\b"
)
_NEAR = (" ", ", ", " (", ": ", ". ", ".", " - ", " – ", ' "')


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text under search."""

    text: str
    found: Sequence[Word]
    ordinary: Callable[[str], bool]
    known: Collection[str]

    def strong(self, word: Word) -> bool:
        """A name by the lists, or seen as one in another place."""
        listed = word.low in names().given or word.low in names().surnames
        parts = re.split(r"[-']", word.low)
        joined = len(parts) > 1 and any(len(part) > 2 and part in names().given | names().surnames for part in parts)
        seen = word.low in self.known and ((word.capital and not word.opens) or not is_plain(word.low, self.ordinary))
        return (listed or joined or seen) and word.low not in names().public

    def strange(self, word: Word) -> bool:
        """No word of the field, nor public."""
        return len(word.low) > 1 and not is_plain(word.low, self.ordinary)

    def nameable(self, word: Word) -> bool:
        """Fit for a name where something else says that one stands here."""
        return self.strong(word) or word.low in names().doubtful or self.strange(word)


def person_spans(text: str, ordinary: Callable[[str], bool], *, known: Collection[str] = ()) -> Iterator[Span]:
    """The spans of a text that name a person, without title and possessive.

    ``known`` holds the parts of names that were met elsewhere, lower-cased.
    """
    reading = _Reading(text, words(text), ordinary, known)
    marked = {index for index in range(len(reading.found)) if _is_name(reading, index)}
    _extend(reading, marked)
    yield from _joined(reading, marked)


def _is_name(reading: _Reading, index: int) -> bool:
    word = reading.found[index]
    if _after_title(reading, index) or reading.strong(word):
        return True
    if reading.strange(word) and (word.capital or _is_foreign(reading.text, word)):
        return True
    if _after_role(reading, index) or _introduced(reading, index):
        return True
    if word.capital and word.low not in names().public and _CREDENTIALS.match(reading.text[word.end : word.end + 12]):
        return True
    return word.low in names().doubtful and (_doubtful(reading, index) if word.capital else _speaks(reading, index))


def _speaks(reading: _Reading, index: int) -> bool:
    """Whether a lower-case name that is a word too says something at a sentence's beginning: "grace told me"."""
    word, after = reading.found[index], reading.found[index + 1 : index + 2]
    says = bool(after) and after[0].low in ("told", "said", "says", "texted", "emailed") and after[0].gap == " "
    return word.opens and says and word.low not in cues("nearly always the word")


def _is_foreign(text: str, word: Word) -> bool:
    """Whether a word of a script without capitals stands in a text of Latin letters."""
    first = text[word.start]
    return first.lower() == first.upper() and sum(character.isascii() for character in text) > len(text) / 2


def _after_title(reading: _Reading, index: int) -> bool:
    word = reading.found[index]
    before = reading.found[index - 1] if index else None
    if not before or before.low not in cues("title") or word.gap not in (" ", ". ", "."):
        return False
    return word.low not in cues("after a doctor") or (
        word.capital and word.low not in ("i", "and", "is", "who", "said")
    )


def _after_role(reading: _Reading, index: int) -> bool:
    """Whether a role stands before: "my mentor sarah", "my chair, Robert Lee"."""
    word = reading.found[index]
    before = reading.found[index - 1] if index else None
    if not before or before.low not in cues("role") or word.gap not in _NEAR or word.low in names().public:
        return False
    if word.capital and not word.opens:
        return reading.nameable(word)
    named = reading.strange(word) or (word.low in names().doubtful - cues("nearly always the word"))
    return word.gap in (" ", ". ") and not word.upper and named and len(word.low) > 2


def _introduced(reading: _Reading, index: int) -> bool:
    """Whether the writer names themself or greets somebody: "i'm raj", "Hi Angela"."""
    word = reading.found[index]
    before = [entry.low for entry in reading.found[max(0, index - 2) : index]]
    if not before or word.low in names().public or word.gap not in (" ", ", ", ",\n", "\n", "! - ", " - ", "! "):
        return False
    if before[-1] in _GREETINGS:
        return word.capital and reading.nameable(word)
    introduces = set(before) in _INTRODUCES or before[-1] in ("i'm", "im", "it's", "its", "names")
    if not introduces:
        return False
    named = "name" in before or "names" in before
    return reading.strange(word) if not (word.capital or named) else reading.nameable(word)


def _doubtful(reading: _Reading, index: int) -> bool:
    """Whether what stands around a name that is a word too makes it a name."""
    word = reading.found[index]
    before = reading.found[index - 1] if index else None
    after = reading.found[index + 1] if index + 1 < len(reading.found) else None
    if word.low in names().public:
        return False
    if after and after.gap == " " and after.capital and (reading.strange(after) or reading.strong(after)):
        return before is None or before.low not in _DETERMINERS
    if word.opens:
        return bool(after and after.gap == " " and after.low in cues("what people do") and not after.capital)
    return bool(before and not before.capital and before.low in cues("before a name") and word.gap == " ")


def _extend(reading: _Reading, marked: set[int]) -> None:
    """Marks what belongs to a marked name: the surname after it, initials and particles."""
    found = reading.found
    for index, word in enumerate(found):
        if index - 1 in marked and word.gap == " " and index not in marked:
            given = found[index - 1].low in names().given
            surname = word.capital and not word.opens and word.low not in names().public
            lower = (
                given
                and word.low in names().doubtful
                and word.low not in cues("nearly always the word")
                and not word.capital
            )
            strange = reading.strange(word) and len(word.low) > 2 and not word.upper
            if (surname and found[index - 1].capital) or lower or strange:
                marked.add(index)
    for index in range(len(found) - 1, -1, -1):
        word, after = found[index], found[index + 1] if index + 1 < len(found) else None
        linked = after is not None and index + 1 in marked and after.gap in (" ", ". ", ".", " al-")
        initial = (
            len(word.low) == 1 and reading.text[word.start].isupper() and after is not None and after.gap[:1] == "."
        )
        if linked and (initial or (word.low in cues("particle") and (index - 1 in marked or not word.opens))):
            marked.add(index)
        if index - 1 in marked and index + 1 in marked and len(word.low) == 1 and word.gap == " ":
            marked.add(index)


def _joined(reading: _Reading, marked: set[int]) -> Iterator[Span]:
    """Marked words that stand side by side as one span, with a title left outside."""
    found = reading.found
    start = None
    for index, word in enumerate(found):
        if index not in marked or word.low in cues("title"):
            continue
        start = word.start if start is None else start
        after = found[index + 1] if index + 1 < len(found) else None
        goes_on = after is not None and index + 1 in marked and after.low not in cues("title")
        same = after is not None and (after.gap in (" ", "-") or (after.gap in (". ", ".") and len(word.low) == 1))
        if not (goes_on and same):
            yield Span(start, word.end, "PERSON")
            start = None
