"""``vocabulary.toml`` -> the words that a claim and its sentence have to agree in to the letter."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "vocabulary.toml"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in lower case, with what they mean for a comparison."""

    units: Mapping[str, str]
    """Form of a unit -> its name."""
    values: Mapping[str, float]
    """Number word -> its value."""
    scales: Mapping[str, float]
    """Word behind a number -> what it multiplies the number by."""
    dates: frozenset[str]
    """Months, weekdays, seasons."""
    negators: frozenset[str]
    """Words that deny what follows them."""
    amounts: Mapping[str, str]
    """Word -> class of how much."""
    modals: Mapping[str, str]
    """Word -> class of how certain."""
    weaker: frozenset[tuple[str, str]]
    """Pairs of classes of which a claim may use the first for the second."""
    conditions: frozenset[str]
    """Words that say when something holds."""
    opposites: Mapping[str, frozenset[str]]
    """Word -> its opposites."""
    synonyms: Mapping[str, frozenset[str]]
    """Word -> words that may stand for it and are not near it for the encoder."""
    rise: tuple[str, ...]
    """Beginnings of stems that speak of a rise."""
    fall: tuple[str, ...]
    """Beginnings of stems that speak of a fall."""


@cache
def vocabulary() -> Vocabulary:
    """Return the words; the file is read once."""
    entry = tomllib.loads(_FILE.read_text("utf-8"))
    numbers, negation = entry["values"], entry["negation"]
    values = {word: float(value) for value, word in enumerate(numbers["ones"].split())}
    values |= {word: 20.0 + 10 * place for place, word in enumerate(numbers["tens"].split())}
    return Vocabulary(
        units=_by_form(entry["units"]),
        values=values | {word: float(value) for word, value in numbers["others"].items()},
        scales={word: float(value) for word, value in numbers["scales"].items()},
        dates=frozenset(" ".join(entry["dates"].values()).split()),
        negators=frozenset(negation["negators"].split()) | frozenset(negation["denials"].split()),
        amounts=_by_form(entry["amounts"]),
        modals=_by_form(entry["modals"]),
        weaker=frozenset((pair.split()[0], pair.split()[1]) for pair in entry["weaker"]["pairs"]),
        conditions=frozenset(entry["conditions"]["words"].split()),
        opposites=_partners(entry["opposites"]["pairs"]),
        synonyms=_partners(entry["synonyms"]["pairs"]),
        rise=tuple(entry["direction"]["rise"].split()),
        fall=tuple(entry["direction"]["fall"].split()),
    )


def _by_form(rows: Mapping[str, str]) -> dict[str, str]:
    return {form: name for name, forms in rows.items() for form in forms.split()}


def _partners(pairs: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in pairs.replace("\n", ",").split(","):
        if pair.strip():
            one, other = pair.split()
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
