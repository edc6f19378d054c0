"""Text -> what of it has to be right to the letter: numbers, dates, names, negations, amounts. Before ``clashes``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.verify.vocabulary import vocabulary
from ingest.typography import matching
from ingest.words import STOP_WORDS, words

_TOKEN = re.compile(r"n't|[$€£]?\d[\d,]*(?:\.\d+)?%?|[^\W\d_]+(?:'[^\W\d_]+)?")
#: Pairs of words that bind as "must" does.
_MUST = {("have", "to"), ("has", "to"), ("need", "to"), ("needs", "to"), ("had", "to")}
#: A negation denies the first word that carries meaning among this many behind it.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says that has to be right to the letter."""

    tokens: tuple[str, ...]
    """Words and numbers in lower case, in order."""
    numbers: frozenset[tuple[float, str]]
    """Values with their unit, or an empty one."""
    dates: frozenset[str]
    """Months, weekdays and seasons."""
    names: frozenset[str]
    """Words with a capital letter that begin no sentence, in lower case."""
    denied: frozenset[str]
    """Stems that a negation stands before."""
    negations: int
    """How many negations there are."""
    amounts: tuple[str, ...]
    """Classes of how much, in order: all, most, some, none, only."""
    modals: tuple[str, ...]
    """Classes of how certain: must, should, may, can, will."""
    stems: tuple[str, ...]
    """Stems of the words that carry meaning, in order."""


def read(text: str) -> Reading:
    """Return what of a text has to be right to the letter."""
    known = vocabulary()
    plain = matching(text).replace("n't", " n't").replace("N'T", " n't")
    raw = _TOKEN.findall(plain)
    tokens = tuple(token.lower() for token in raw)
    return Reading(
        tokens=tokens,
        numbers=_numbers(tokens),
        dates=_dates(tokens, raw),
        names=_names(plain),
        denied=_denied(tokens),
        negations=sum(token in known.negators for token in tokens),
        amounts=tuple(known.amounts[token] for token in tokens if token in known.amounts),
        modals=_modals(tokens, raw),
        stems=tuple(words(text)),
    )


def _numbers(tokens: Sequence[str]) -> frozenset[tuple[float, str]]:
    known = vocabulary()
    found: set[tuple[float, str]] = set()
    for place, token in enumerate(tokens):
        value = _value(token)
        if value is None:
            continue
        before = tokens[place - 1] if place else ""
        after = [*tokens[place + 1 : place + 3], "", ""]
        if before and _value(before) is not None and token in known.scales:
            continue  # "two hundred" was read at "two"
        scale = known.scales.get(after[0])
        unit = _unit(token) or known.units.get(after[1] if scale else after[0], "")
        if token == "one" and not unit:
            continue  # a pronoun
        found.add((value * (scale or 1.0), unit))
    return frozenset(found)


def _value(token: str) -> float | None:
    if token in vocabulary().values:
        return vocabulary().values[token]
    bare = token.strip("$€£%").replace(",", "")
    try:
        return float(bare)
    except ValueError:
        return None


def _unit(token: str) -> str:
    if token[0] in "$€£":
        return vocabulary().units[token[0]]
    return "percent" if token.endswith("%") else ""


def _names(plain: str) -> frozenset[str]:
    found: set[str] = set()
    for piece in re.split(r"(?<=[.?!:])\s+|\n", plain):
        for place, match in enumerate(re.finditer(r"[^\W\d_]+", piece)):
            shown = match[0]
            if shown[0].isupper() and len(shown) > 1 and (place or shown.isupper()):
                found.add(shown.lower())
    return frozenset(found)


def _denied(tokens: Sequence[str]) -> frozenset[str]:
    """Return the stem of the first word that carries meaning behind each negation."""
    known = vocabulary()
    light = STOP_WORDS | set(known.amounts) | set(known.modals)
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if token in known.negators:
            behind = (later for later in tokens[place + 1 : place + 1 + _REACH] if later not in light)
            found.update(words(next(behind, ""))[:1])
    return frozenset(found)


def _modals(tokens: Sequence[str], raw: Sequence[str]) -> tuple[str, ...]:
    modals = vocabulary().modals
    found = [modals[token] for token, shown in zip(tokens, raw, strict=True) if token in modals and shown != "May"]
    return (*found, *("must" for pair in pairwise(tokens) if pair in _MUST))


def _dates(tokens: Sequence[str], raw: Sequence[str]) -> frozenset[str]:
    """Return the dates; "may" and "march" are such with a capital only,."""
    dates = vocabulary().dates
    return frozenset(
        token
        for token, shown in zip(tokens, raw, strict=True)
        if token in dates and (token not in ("may", "march", "fall") or shown[0].isupper())
    )
