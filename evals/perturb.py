"""True sentences -> sentences altered in one known way, and others that say the same. Made from the corpus itself.

Each kind alters one thing that a reader would act on: a number, a unit, a date, a name, a "not", an amount, a
certainty, who does what to whom, a word into its opposite, a condition, a fact put on, a sentence from elsewhere. The
harmless kinds leave the meaning as it was: a verifier that refuses those is of no use. Everything is drawn with a seed
that the sentence itself gives, so the same corpus gives the same pairs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.records import digest
from ingest.words import STOP_WORDS, words

Alter = Callable[[str, random.Random, "Pool"], str | None]


@dataclass(frozen=True, slots=True)
class Pool:
    """What alterations draw replacements from."""

    sentences: Sequence[str]
    """Sentences of other documents."""
    nouns: Sequence[str]
    """Words of other documents that stand behind an article, in lower case."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside the sentence that it was made from."""

    kind: str
    """What was done."""
    claim: str
    """The claim."""
    sentence: str
    """The sentence of the corpus."""
    true: bool
    """Whether the sentence bears the claim out."""


_MONTHS = "January February March April June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBER = re.compile(r"(?<![\w.,$-])(?P<money>\$?)(?P<value>\d[\d,]*(?:\.\d+)?)(?![\w.,-]*\d)")
_NUMBER_WORDS = "two three four five six seven eight nine ten twelve".split()
_UNITS = "minutes hours days weeks months years".split()
_NEGATABLE = re.compile(
    r"\b(is|are|was|were|can|should|will|must|does|do|may|has to|would|could)\b(?! not\b|n't)", re.I
)
_IMPERATIVE = re.compile(
    r"^(Ask|Tell|Bring|Keep|Write|Send|Give|Take|Choose|Read|Talk|Meet|Pick|Set|Check|Use|Make|Sign|Say|Find|Call|Offer)\b"
)
_NOT = re.compile(
    r"\b(is|are|was|were|can|should|will|must|does|do|may|would|could|did)(?: not|n[’']t)\b|\b(Do not|Don[’']t|Never) (\w)",
    re.I,
)
_AMOUNTS = {
    "all": "some",
    "every": "no",
    "each": "no",
    "most": "few",
    "some": "all",
    "many": "few",
    "few": "most",
    "always": "sometimes",
    "usually": "never",
    "often": "never",
    "sometimes": "always",
    "never": "always",
}
_MODALS = {
    "must": "may",
    "may": "must",
    "might": "must",
    "should": "need not",
    "can": "must",
    "could": "must",
    "required": "optional",
    "optional": "required",
}
_CONDITIONS = {
    "if": "unless",
    "unless": "if",
    "before": "after",
    "after": "before",
    "with": "without",
    "without": "with",
    "until": "after",
}
_OPPOSITES = {
    "more": "less", "less": "more", "fewer": "more", "higher": "lower", "lower": "higher", "early": "late", "late": "early", "earlier": "later",
    "increase": "decrease", "increases": "decreases", "accept": "reject", "allowed": "forbidden", "allow": "forbid", "legal": "illegal", "best": "worst",
    "better": "worse", "common": "rare", "likely": "unlikely", "safe": "unsafe", "public": "private", "private": "public", "include": "exclude", "includes": "excludes",
    "start": "end", "first": "last", "last": "first", "long": "short", "short": "long", "strong": "weak", "good": "bad", "large": "small", "small": "large",
    "employer": "employee", "mentor": "mentee", "senior": "junior", "junior": "senior", "written": "oral", "paid": "unpaid", "clear": "unclear", "easy": "hard", "hard": "easy",
    "open": "closed", "internal": "external", "fair": "unfair", "gross": "net", "same": "different", "different": "same", "positive": "negative", "high": "low", "low": "high",
}  # fmt: skip
_ROLES = re.compile(
    r"\b(?P<a>the|your|a|an)(?P<one> [a-z]+) (?P<verb>pays?|owns?|asks?|tells?|gives?|owes?|hires?|reviews?|signs?|sends?|supports?|evaluates?|reports? to|depends? on|protects?|needs?|covers?|leads?|controls?|decides?|chooses?)"
    r" (?P<b>the|your|a|an)(?P<two> [a-z]+)\b"
)
_SWAPPED = re.compile(
    r"\b(?P<one>[a-z]{4,}) (?P<link>to|from|than|before|after|over|instead of|rather than) (?P<b>(?:the|your|a|an) )?(?P<two>[a-z]{4,})\b"
)


def nouns_of(sentences: Sequence[str]) -> list[str]:
    """Return the words behind "the" in some sentences, each once, in alphabetical order."""
    return sorted({found for sentence in sentences for found in re.findall(r"(?<=\bthe )[a-z]{4,}\b", sentence)})


def altered(sentence: str, pool: Pool) -> Iterator[Pair]:
    """Yield the sentence in every way that it can be altered."""
    yield from _made(sentence, pool, ALTERATIONS, true=False)


def harmless(sentence: str, pool: Pool) -> Iterator[Pair]:
    """Yield the sentence in every way that leaves what it says."""
    yield from _made(sentence, pool, HARMLESS, true=True)


def _made(sentence: str, pool: Pool, kinds: Mapping[str, Alter], *, true: bool) -> Iterator[Pair]:
    for kind, alter in kinds.items():
        claim = alter(sentence, random.Random(digest(kind, sentence)), pool)
        if claim and claim != sentence:
            yield Pair(kind, claim, sentence, true)
    if true:
        yield Pair("verbatim", sentence, sentence, True)


def _number(text: str, rng: random.Random, _: Pool) -> str | None:
    found = list(_NUMBER.finditer(text))
    if found:
        match = rng.choice(found)
        value = float(match["value"].replace(",", ""))
        year = 1900 <= value <= 2100 and value == int(value) and "," not in match["value"]
        changed = value + rng.choice([-3, -2, 2, 3]) if year else max(1, round(value * rng.choice([0.5, 2, 3]) + 1))
        shown = f"{changed:,.0f}" if "," in match["value"] else f"{changed:.0f}"
        return f"{text[: match.start()]}{match['money']}{shown}{text[match.end() :]}"
    return _swap_word(text, rng, {word: rng.choice([o for o in _NUMBER_WORDS if o != word]) for word in _NUMBER_WORDS})


def _unit(text: str, rng: random.Random, _: Pool) -> str | None:
    found = list(re.finditer(rf"\b(?:\d+|{'|'.join(_NUMBER_WORDS)}) (?P<unit>{'|'.join(_UNITS)})\b", text))
    if not found:
        return None
    match = rng.choice(found)
    other = rng.choice([unit for unit in _UNITS if unit != match["unit"]])
    return text[: match.start("unit")] + other + text[match.end() :]


def _date(text: str, rng: random.Random, _: Pool) -> str | None:
    months = {month: rng.choice([o for o in _MONTHS if o != month]) for month in _MONTHS}
    days = {day: rng.choice([o for o in _DAYS if o != day]) for day in _DAYS}
    return _swap_word(text, rng, {**months, **days}, exact=True)


def _name(text: str, rng: random.Random, pool: Pool) -> str | None:
    found = [m for m in re.finditer(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}\b", text) if m[0] not in _MONTHS + _DAYS]
    others = [
        m[0]
        for s in rng.sample(list(pool.sentences), min(60, len(pool.sentences)))
        for m in re.finditer(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}\b", s)
    ]
    if not found or not others:
        return None
    match = rng.choice(found)
    other = rng.choice([o for o in others if o.lower() not in text.lower()] or [""])
    return text[: match.start()] + other + text[match.end() :] if other else None


def _negated(text: str, rng: random.Random, _: Pool) -> str | None:
    found = list(_NEGATABLE.finditer(text))
    if found and not text.endswith("?"):
        match = found[0]
        return f"{text[: match.end()]} not{text[match.end() :]}"
    if _IMPERATIVE.match(text):
        return f"Do not {text[0].lower()}{text[1:]}"
    return None


def _affirmed(text: str, rng: random.Random, _: Pool) -> str | None:
    match = _NOT.search(text)
    if match is None:
        return None
    kept = match[1] if match[1] else match[3].upper()
    return text[: match.start()] + kept + text[match.end() :]


def _roles(text: str, rng: random.Random, _: Pool) -> str | None:
    match = _ROLES.search(text)
    if match is not None and match["one"] != match["two"]:
        return f"{text[: match.start()]}{match['b']}{match['two']} {match['verb']} {match['a']}{match['one']}{text[match.end() :]}"
    match = _SWAPPED.search(text)
    if match is None or match["one"] in STOP_WORDS or match["two"] in STOP_WORDS or match["one"] == match["two"]:
        return None
    return (
        f"{text[: match.start()]}{match['two']} {match['link']} {match['b'] or ''}{match['one']}{text[match.end() :]}"
    )


def _noun(text: str, rng: random.Random, pool: Pool) -> str | None:
    found = list(re.finditer(r"(?<=\bthe )[a-z]{4,}\b|(?<=\byour )[a-z]{4,}\b", text))
    if not found:
        return None
    match = rng.choice(found)
    others = [
        noun
        for noun in rng.sample(list(pool.nouns), min(30, len(pool.nouns)))
        if not set(words(noun)) & set(words(text))
    ]
    return text[: match.start()] + others[0] + text[match.end() :] if others else None


def _put_on(text: str, rng: random.Random, pool: Pool) -> str | None:
    other = rng.choice(list(pool.sentences))
    if not text.endswith(".") or not other.endswith(".") or len(other.split()) < 6:
        return None
    return f"{text[:-1]}, and {other[0].lower()}{other[1:]}"


def _elsewhere(text: str, rng: random.Random, pool: Pool) -> str | None:
    return rng.choice(list(pool.sentences))


def _swap_word(text: str, rng: random.Random, swaps: Mapping[str, str], *, exact: bool = False) -> str | None:
    flags = 0 if exact else re.IGNORECASE
    found = list(re.finditer(rf"\b(?:{'|'.join(swaps)})\b", text, flags))
    if not found:
        return None
    match = rng.choice(found)
    new = swaps[match[0] if exact else match[0].lower()]
    return text[: match.start()] + (new.capitalize() if match[0][0].isupper() else new) + text[match.end() :]


def _swapping(swaps: Mapping[str, str]) -> Alter:
    return lambda text, rng, _: _swap_word(text, rng, swaps)


ALTERATIONS: Mapping[str, Alter] = {
    "number": _number,
    "unit": _unit,
    "date": _date,
    "name": _name,
    "negation added": _negated,
    "negation removed": _affirmed,
    "amount": _swapping(_AMOUNTS),
    "certainty": _swapping(_MODALS),
    "roles": _roles,
    "opposite": _swapping(_OPPOSITES),
    "condition": _swapping(_CONDITIONS),
    "noun": _noun,
    "put on": _put_on,
    "elsewhere": _elsewhere,
}
"""What is done to a sentence, by kind."""

_SAME_WORDS = {
    "physician": "doctor", "physicians": "doctors", "attorney": "lawyer", "begin": "start", "obtain": "get", "large": "big", "purchase": "buy", "assist": "help",
    "salary": "pay", "job": "position", "quickly": "fast", "whole": "entire", "often": "frequently", "usually": "typically", "also": "too",
}  # fmt: skip
_LONG_FORMS = {
    "don't": "do not",
    "can't": "cannot",
    "won't": "will not",
    "isn't": "is not",
    "doesn't": "does not",
    "it's": "it is",
    "you're": "you are",
    "you'll": "you will",
    "that's": "that is",
    "aren't": "are not",
    "don’t": "do not",
}
_DIGITS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
}


def _shorter(text: str, rng: random.Random, _: Pool) -> str | None:
    """Leave out what stands in brackets, or the last part behind a comma that begins with "such as" or "which"."""
    shown = re.sub(r" \([^)]*\)", "", text)
    shown = re.sub(r", (?:such as|which|for example|including) [^,.;]*(?=\.$)", "", shown)
    return shown if shown != text else None


def _addressed(text: str, rng: random.Random, _: Pool) -> str | None:
    return f"You should {text[0].lower()}{text[1:]}" if _IMPERATIVE.match(text) else None


def _plain(text: str, rng: random.Random, _: Pool) -> str | None:
    return text.lower().rstrip(".")


HARMLESS: Mapping[str, Alter] = {
    "same word": _swapping(_SAME_WORDS),
    "long form": _swapping(_LONG_FORMS),
    "digits": _swapping(_DIGITS),
    "shorter": _shorter,
    "addressed": _addressed,
    "lower case": _plain,
}
"""What leaves the meaning as it was, by kind."""
