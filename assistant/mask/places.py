"""A text -> the hospitals, practices, health systems and schools that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from assistant.mask.spans import Span, Word, cues, is_plain, names, words

#: Those of them that do so in lower case too ("lakeside medical group", not "hyperbaric medicine").
_BINDING = {"associates", "partners", "group", "memorial", "regional", "health", "center", "centre", "general"}
_SAINTS = {"st", "st.", "saint", "san", "santa", "mount", "mt", "holy", "sacred", "our lady"}
#: A national body, which an answer may need: its words begin with the first of these and hold one of the second.
_BODY = re.compile(
    r"\b(?:American|National|Federal|Accreditation|Association|Federation|Interstate|Educational|International|Society|Council"
    r"|Department|Office|Centers?|Joint|Royal|Association)\s(?:(?:of|for|the|and|in|on|&|[A-Z][\w'’-]+),?\s){0,8}?"
    r"(?:Boards?|College|Colleges|Academy|Academies|Association|Society|Institutes?|Council|Commission|Program|Service|Compact|"
    r"Bureau|Endowment|Education|Inspector|Labor|Justice|Medicare|Directors|Examiners|Commission|Graduates)\b"
    r"(?:\s(?:of|for|the|and|in|on|&)(?=\s)|,?\s[A-Z][\w'’-]+){0,12}"
)
_AT = {"at", "joined", "joining", "leaving", "left", "ranked"}
_LINKS = {"of", "and", "the", "for", "at"}


@cache
def _known(doubtful: bool) -> re.Pattern[str]:
    entries = names().doubtful_hospitals if doubtful else names().hospitals
    ordered = sorted(entries, key=len, reverse=True)
    spelt = "|".join(re.escape(entry).replace("'", "['’]?").replace(r"\ ", r"\s+") for entry in ordered)
    return re.compile(rf"(?<![\w@.-])(?:{spelt})(?!\w)", re.IGNORECASE)


def hospital_spans(text: str, ordinary: Callable[[str], bool]) -> Iterator[Span]:
    """The spans of a text that name an institution; a kind of institution ("a community hospital") names none."""
    found = words(text)
    yield from _built(text, found, ordinary)
    for doubtful in (False, True):
        for match in _known(doubtful).finditer(text):
            if not doubtful or (match.group()[0].isupper() and _inside(found, match.start())):
                yield Span(match.start(), _past_suffix(found, match.end()), "HOSPITAL")
    yield from _acronyms(found, ordinary)


def body_spans(text: str) -> Iterator[Span]:
    """The spans of a text that name a public body, of no kind, so that nobody masks them."""
    for match in _BODY.finditer(text):
        yield Span(match.start(), match.end(), "")


def town_spans(text: str) -> Iterator[Span]:
    """The spans of a text that name a public thing in more than one word ("San Francisco"), of no kind."""
    for match in _phrases().finditer(text):
        yield Span(match.start(), match.end(), "")


@cache
def _phrases() -> re.Pattern[str]:
    entries = sorted((entry for entry in names().public if " " in entry), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, entries))})(?!\w)", re.IGNORECASE)


def _built(text: str, found: Sequence[Word], ordinary: Callable[[str], bool]) -> Iterator[Span]:
    """Names made of parts: "… Hospital", "University of …", "St. …"."""
    for index, word in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if word.low in cues("institution") | cues("likely institution"):
            first = _leftmost(found, index, ordinary)
            if first < index:
                yield Span(found[first].start, _past_suffix(found, word.end), "HOSPITAL")
        if (
            word.low in ("university", "univ", "college", "u", "institute")
            and following
            and following.low == "of"
            and following.gap == " "
        ):
            last = _rightmost(found, index + 2, ordinary)
            if last > index + 1:
                yield Span(word.start, found[last].end, "HOSPITAL")
        if word.low in _SAINTS and following and _is_saint(text, word, following):
            yield Span(word.start, _past_suffix(found, following.end), "HOSPITAL")


def _leftmost(found: Sequence[Word], index: int, ordinary: Callable[[str], bool]) -> int:
    """Where the name before an institution's word begins; ``index`` itself where there is none."""
    first = index
    while first > 0 and index - first < 6 and _joins(found[first - 1], found[first], ordinary):
        first -= 1
    while first < index and (
        found[first].low in cues("not in a name") | _LINKS
        or (found[first].opens and found[first].low in cues("kind of institution"))
    ):
        first += 1
    return first if any(_tells(word, found, index, ordinary) for word in found[first:index]) else index


def _tells(word: Word, found: Sequence[Word], index: int, ordinary: Callable[[str], bool]) -> bool:
    """Whether a word before the institution's word makes it one institution, not a kind of them."""
    last = found[index]
    if len(word.low) < 2 or word.low in cues("kind of institution") | cues("likely institution") | _LINKS:
        return False
    if not is_plain(word.low, ordinary):
        following = found[index + 1].low if index + 1 < len(found) else ""
        lower = last.low in _BINDING or (last.low == "medical" and following in _BINDING | {"school", "college"})
        return last.capital or last.upper or last.low in cues("institution") or lower
    return (
        word.capital
        and not word.opens
        and last.capital
        and (last.low in cues("institution") or word.low not in names().public)
    )


def _joins(word: Word, after: Word, ordinary: Callable[[str], bool]) -> bool:
    """Whether a word belongs to the name that goes on with ``after``."""
    short = word.low in _SAINTS or len(word.low) == 1
    if after.gap not in (" ", "-", " & ", "’s ", "'s ", "’ ", "' ") and not (short and after.gap == ". "):
        return False
    if word.low in _LINKS:
        return after.capital and word.low != "at"
    if word.capital or (word.upper and (after.capital or after.upper)):
        return word.low not in cues("not in a name") or not word.opens
    return (
        not after.capital
        and word.low not in cues("not in a name")
        and (word.low in cues("likely institution") or not is_plain(word.low, ordinary))
    )


def _rightmost(found: Sequence[Word], index: int, ordinary: Callable[[str], bool]) -> int:
    """The last word of the place after "University of"; the word before it where none follows."""
    last = index - 1
    for at in range(index, min(index + 3, len(found))):
        word = found[at]
        place = word.low in names().public and word.low not in cues("not in a name")
        lower = at == index and (place or not is_plain(word.low, ordinary))
        if word.gap != " " or not (word.capital or word.upper or lower):
            break
        last = at
    return last


def _is_saint(text: str, word: Word, following: Word) -> bool:
    """Whether "St" and the word after it are a hospital and no street, town or first."""
    plain_gap = following.gap in (" ", ". ", ".")
    town = f"{word.low} {following.low}" in names().public
    if not plain_gap or town or following.low in cues("not in a name") or text[word.start - 1 : word.start].isdigit():
        return False
    return following.capital or following.upper or word.low in ("st", "saint")


def _past_suffix(found: Sequence[Word], end: int) -> int:
    """The end of a name with the institution's words that follow it."""
    for word in found:
        if word.start >= end:
            joined = word.gap in (" ", "-", " & ", "'s ", "’s ") or (word.gap == " of " and word.capital)
            if not joined or not (
                word.low in cues("institution") | cues("likely institution") | {"permanente"}
                and (word.capital or word.low in cues("institution"))
            ):
                break
            end = word.end
    return end


def _inside(found: Sequence[Word], start: int) -> bool:
    """Whether the word that begins here has a capital in the midst of a sentence."""
    return any(word.start == start and (word.upper or (word.capital and not word.opens)) for word in found)


def _acronyms(found: Sequence[Word], ordinary: Callable[[str], bool]) -> Iterator[Span]:
    """Capitals after "at", which is how a hospital is named among people who know it."""
    for before, word in pairwise(found):
        short = word.upper and 3 <= len(word.low) <= 6 and word.gap == " " and not before.upper
        if short and before.low in _AT and not is_plain(word.low, ordinary):
            yield Span(word.start, word.end, "HOSPITAL")
