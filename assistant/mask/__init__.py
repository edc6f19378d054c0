"""Texts that are about to leave the machine -> the same texts without names, and the way back.

Before: the question, the earlier turns and whatever else a chat model is to read. After: the masked texts are sent, and
the reply is unmasked before anybody checks or reads it. Numbers, addresses, institutions and people are found by rules
and lists on this machine alone: a word that might be a name is masked where in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from assistant.mask.numbers import number_spans
from assistant.mask.people import person_spans
from assistant.mask.places import body_spans, hospital_spans, town_spans
from assistant.mask.spans import Span, apart

__all__ = ["Masked", "mask", "unmask"]

_PLACEHOLDER = re.compile(r"\[[A-Z]+_\d+[a-z]*\]")
_USED = re.compile(r"\[[A-Z]+_(\d+)[a-z]*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """What may leave the machine, and what stays."""

    texts: tuple[str, ...]
    """The texts with placeholders, in the order given."""
    originals: Mapping[str, str]
    """Placeholder -> the exact characters that it stands for."""


def mask(texts: Sequence[str], *, ordinary: Callable[[str], bool]) -> Masked:
    """The texts with people, institutions, addresses and numbers replaced, one set of placeholders over all of them.

    ``ordinary`` says whether a lower-cased word is an ordinary word of the field. Titles stay outside the placeholder,
    so "Dr. Smith" and "Smith" are both ``[PERSON_1]``; a longer or differently written form of the same name keeps the
    number and adds a letter (``[PERSON_1b]``), because each placeholder gives back its exact characters.
    A placeholder that a text already contains is left as it is, and its number is not given out.
    """
    naming = _Naming({int(number) for text in texts for number in _USED.findall(text)})
    found = [_spans(text, ordinary) for text in texts]
    people = {
        word.casefold()
        for text, spans in zip(texts, found, strict=True)
        for span in spans
        if span.kind == "PERSON"
        for word in re.findall(r"[^\W\d_]{3,}", text[span.start : span.end])
    }
    again = [
        apart([*spans, *person_spans(text, ordinary, known=people)]) for text, spans in zip(texts, found, strict=True)
    ]
    masked = tuple(_replace(text, spans, naming) for text, spans in zip(texts, again, strict=True))
    return Masked(texts=masked, originals=naming.originals)


def unmask(text: str, originals: Mapping[str, str]) -> str:
    """The text with every placeholder of ``originals`` given back; others stay, so a masked text is itself again."""
    return _PLACEHOLDER.sub(lambda match: originals.get(match.group(), match.group()), text)


def _spans(text: str, ordinary: Callable[[str], bool]) -> list[Span]:
    own = [Span(match.start(), match.end(), "") for match in _USED.finditer(text)]
    places = [*body_spans(text), *hospital_spans(text, ordinary), *town_spans(text)]
    return apart([*own, *number_spans(text), *places, *person_spans(text, ordinary)])


def _replace(text: str, spans: Sequence[Span], naming: _Naming) -> str:
    parts, at = [], 0
    for span in spans:
        if span.kind:
            parts += [text[at : span.start], naming.placeholder(span.kind, text[span.start : span.end])]
            at = span.end
    return "".join([*parts, text[at:]])


class _Naming:
    """Gives out placeholders: one for each original, one number for each person or thing."""

    def __init__(self, taken: set[int]) -> None:
        self.originals: dict[str, str] = {}
        self._taken = taken
        self._given: dict[tuple[str, str], str] = {}
        self._families: dict[str, list[tuple[frozenset[str], int]]] = {}
        self._sizes: dict[tuple[str, int], int] = {}

    def placeholder(self, kind: str, original: str) -> str:
        """The placeholder of these exact characters, made where they are new."""
        known = self._given.get((kind, original))
        if known:
            return known
        number = self._number(kind, frozenset(re.findall(r"\w+", original.casefold())))
        size = self._sizes[kind, number] = self._sizes.get((kind, number), 0) + 1
        name = f"[{kind}_{number}{_letters(size)}]"
        self._given[kind, original] = name
        self.originals[name] = original
        return name

    def _number(self, kind: str, words: frozenset[str]) -> int:
        family = self._families.setdefault(kind, [])
        for other, number in family:
            if words and other and (words <= other or other <= words):
                return number
        used = {number for _, number in family} | self._taken
        number = next(number for number in count(1) if number not in used)
        family.append((words, number))
        return number


def _letters(size: int) -> str:
    """Nothing for the first form of a name, then b, c, …, z, zb, zc, …"""
    return "z" * ((size - 1) // 25) + ("" if (size - 1) % 25 == 0 else chr(ord("a") + (size - 1) % 25))
