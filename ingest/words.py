"""Text -> words worth searching for: folded, hyphenated ones whole and in parts, without stop words, stemmed.

A leaf: passages are indexed, questions searched and sentences compared by the same words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import Any

from ingest.typography import matching

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
#: "I'm", "you'll", "don't": function words, whatever they are short for.
_CONTRACTIONS = re.compile(r"\b\w+(?:n[’']t|[’'](?:m|re|ve|ll|d))\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"[’']s?\b")

#: Function words, question words and politeness: they say how something is asked, not what.
STOP_WORDS = frozenset(
    """
        a about am an and any are as at be because been being but by can could did do does doing for from get
        had has have having he hello her hi him his how i if in into is it its just me my of on or our please
        she should so some tell than thanks that the their them then there these they this those to too up us
        was we were what when where which who whom why will with would you your
    """.split()  # noqa: SIM905 - a list of 150 quoted words is no easier to read
)

#: Words that say what is wanted of a subject; a follow-up does not inherit them.
LIGHT_WORDS = frozenset(
    """
        ask asking asks begin best better cost costs find first get gets give gives go goes good happen happens
        help know long make makes many mean means more most much need needs next often one ones other others pay
        pays really said say says start take takes thing things think use used using want wants way ways work
        works
    """.split()  # noqa: SIM905 - a list of 150 quoted words is no easier to read
)


def words(text: str) -> list[str]:
    """Return the stems that a text is indexed under, in order, repeats included."""
    folded = matching(text).casefold()
    if "'" in folded:
        folded = _APOSTROPHES.sub("", _CONTRACTIONS.sub(" ", folded))
    found: list[str] = []
    for word in _WORD.findall(folded):
        if "-" not in word:
            if word not in STOP_WORDS:
                found.append(word)
            continue
        parts = word.split("-")
        found.extend(part for part in parts if part not in STOP_WORDS)
        found.append("".join(parts))
    stems: list[str] = _stemmer().stemWords(found)
    return stems


@lru_cache(maxsize=32_768)
def words_of(sentence: str) -> tuple[str, ...]:
    """Return the same of a text that is asked for again and again: a sentence of the corpus."""
    return tuple(map(intern, words(sentence)))


def stemmed_words(text: str) -> list[tuple[str, list[str]]]:
    """Return every word worth searching for, as it was written, with its stems; a hyphenated one has several."""
    plain = _APOSTROPHES.sub("", _CONTRACTIONS.sub(" ", matching(text)))
    return [(word, stems) for found in _WORD.finditer(plain) if (stems := words(word := found[0]))]


def plain_words(text: str) -> list[str]:
    """Return every word of a text in lower case, hyphenated ones in parts, as they were spelt."""
    return _LETTERS.findall(matching(text).casefold())


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The words of a passage."""

    stems: Sequence[str]
    """Stems that it is found under, in order, repeats included."""
    spelt: Sequence[str]
    """Words as they are spelt in lower case, each once."""


def indexed_words(text: str) -> IndexedWords:
    """Return the words of a text."""
    return IndexedWords(words(text), sorted(set(plain_words(text))))


def content_words(text: str) -> list[str]:
    """Return the words of a text that name a subject, as they were written, hyphenated ones whole."""
    plain = _APOSTROPHES.sub("", _CONTRACTIONS.sub(" ", matching(text)))
    return [m[0] for m in _WORD.finditer(plain) if m[0].casefold() not in STOP_WORDS | LIGHT_WORDS]


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
