"""A question that weighs two things -> that it does, what they are called, and the words that tell one from the other.

"Academic or private practice?" weighs two; "can I moonlight or do expert witness work?" asks about either and weighs
none. ``weigh`` composes the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise

from ingest.words import LIGHT_WORDS, STOP_WORDS, words, words_of

_VERSUS = r"vs\.?|versus|compared (?:to|with)|(?:better|worse|smarter|wiser|safer) than"
_WEIGHS = r"(?:better|best|worse|smarter|wiser|safer|easier|more|realistic|worth|sense|prefer\w*|choose|pick)"
#: Words that say outright that two things are weighed.
_OUTRIGHT = re.compile(
    rf"\b(?:{_VERSUS})(?!\w)"
    r"|\b(?:compar(?:e|es|ing|ison)|differences? between|(?:choos|decid)\w+ between|pros and cons"
    r"|which (?:(?:one|of) )?(?:\w+ )?(?:is|are) (?:better|best|worse|safer|right)|better (?:to|or))\b",
    re.IGNORECASE,
)
#: "Or not", "or so", "one or two" join nothing that could be weighed.
_OR = r"\bor\b(?! (?:not|so|two|three|more|less|any|anything|something|whatever|both|else|similar|other)\b)"
#: "Should I … or …": whatever else the words say, it is a choice. "Which …" asks for one of two as well.
_ASKED = re.compile(
    r"(?<!what )(?<!how )(?<!when )(?<!where )(?<!who )(?<!why )\b(?:(?:should|shall) (?:i|we)"
    rf"|is it {_WEIGHS}|do (?:i|we) (?:need|want|have to|go|take|stay|leave))\b.*{_OR}"
    rf"|{_OR}.*\b(?:which|what(?:'s|’s| is| makes| would be)? {_WEIGHS})\b"
    rf"|\b(?:which|what(?:'s|’s| is) {_WEIGHS})\b.*{_OR}",
    re.IGNORECASE,
)
_ASKS = r"(?:what|how|who|whom|when|where|why|should|can|could|do|does|did|is|are|will|would|am|may|must|i|my|we|if)"
#: "Rent or buy?": two names and nothing that asks anything else of them.
_BARE = re.compile(rf"^(?!.*\b{_ASKS}\b.*\bor\b)(?:[^\s.?!]+ ){{1,7}}?{_OR}", re.IGNORECASE)

#: Between the two names. "And" joins them only behind "between" and the like.
_BETWEEN = re.compile(
    r"\b(?:differences? between|compar\w+|(?:choos|decid)\w+ between|pros and cons of)\s+(?P<one>.+?),?"
    r"\s+(?:and|or|to|with|from|versus|vs\.?)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_JOINED = re.compile(rf"(?P<one>.*\S?),?\s+(?:(?:{_VERSUS})(?!\w)|{_OR})\s+(?P<other>.+)", re.IGNORECASE)
#: What stands before the first name.
_LEAD = re.compile(
    rf".*\b(?:(?:should|shall) (?:i|we)|is it {_WEIGHS}(?: to| for me to)?|do (?:i|we)(?: need| want| have)?(?: to)?"
    r"|which(?: one)? (?:is|are) \w+|what(?:'s|’s| is) \w+|is|are|about)\b[,:]?\s+",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s*[,;:.?!()]+(?:\s+|$)|\s+[-–—]+\s+")
#: What qualifies a name, and is no part of it.
_QUALIFIES = re.compile(
    r"(?<!\S)(?:for|if|when|while|after|before|in|as|at|on|about|because|which|that|who|should|is|are|do|does|what|whats"
    r"|what's|what’s|how|from|with|without|under|during|until|than|like|since|where|would|will|can)(?!\S).*$",
    re.IGNORECASE,
)
_LEANING = re.compile(r"(?:to|in|on|for|at|with|by|from)(?= )", re.IGNORECASE)
#: "Before I start or after": two times for one thing.
_WHEN = re.compile(r"(?:after|before|during|when|if|until|later|right|soon)\b", re.IGNORECASE)
_ACTS = frozenset(
    """
        accept apply ask be become build buy choose confront continue disclose do drop finish focus get go have hire
        join keep leave move negotiate pay pick pursue push put quit refinance rent repay report resubmit return review
        save sign spend start stay switch take talk tell try wait work write
    """.split()  # noqa: SIM905 - a list of 50 quoted words is no easier to read
)
_AFTER_AN_ACT = frozenset({"a", "an", "as", "for", "on", "the", "to", "up", "with", "my", "our"})
_MOST_WORDS = 5

#: What tells no side from another: the choosing, how many, how large, when.
_NO_NAME = frozenset(
    words(
        """
            accept advice another apply ask away bad become better big career choose couple different difference
            directly do early end far few first go good great high higher instead job join keep large late later less
            little low lower make many more most near need new now offer old one option others pick place position
            pure put right same several small somewhere start stay straight take thing three through try two until use
            wait way whats work year yes young no not only after before my off myself
        """
    )
)
#: Stems at least this heavy, against the heaviest of a side, tell it from the other.
_TELLING = 0.5
_TOKEN = re.compile(r"[^\W_]+")
#: Other names of the same; the stemmer leaves the plural as it is.
_SAME = {"wrvu": "rvu", "wrvus": "rvu", "rvus": "rvu"}
#: No corpus has it.
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: A side of so many telling stems is not spoken of by its rarest alone.
_MANY = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that are weighed."""

    name: str
    """As the question has it."""
    stems: frozenset[str]
    """Stems that tell it from the other."""
    rarest: str
    """The rarest of them."""
    is_act: bool = False
    """Whether it is something to be done, "keep it private", whose words say little of what is about it."""


def weighs(question: str) -> bool:
    """Return whether a question weighs two things, by words that say so: "versus", "should I … or …"."""
    return bool(_OUTRIGHT.search(question) or _ASKED.search(question))


def names_two(question: str) -> bool:
    """Return whether a question is little but two names with an "or" between them."""
    return _BARE.search(question) is not None


def sides_of(question: str, *, weight: Callable[[str], float]) -> tuple[Side, Side] | None:
    """Return the two sides that a question weighs, or None where it weighs none or nothing tells them apart.

    ``weight`` gives the inverse document frequency of a stem.
    """
    if not (weighs(question) or names_two(question)):
        return None
    found = _BETWEEN.search(question) or _joined(question)
    if found is None or _WHEN.match(found["other"]):
        return None
    one, other = _names(found["one"], found["other"])
    mine, theirs = _stems(one, weight), _stems(other, weight)
    sides = (_side(one, mine - theirs, weight), _side(other, theirs - mine, weight))
    return sides if all(side.stems for side in sides) else None


def speaks_of(side: Side, stems: Collection[str]) -> bool:
    """Return whether a text of these stems speaks of a side: it has all that tells it, or the rarest of that.

    Where many stems tell it, another one must stand beside the rarest.
    """
    shared = side.stems & set(stems)
    enough = 2 if len(side.stems) >= _MANY else 1
    return shared == side.stems or (side.rarest in shared and len(shared) >= enough)


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text, and of each two words of it that stand together: "part time" is also "part-time".

    An RVU is a wRVU.
    """
    plain = _TOKEN.findall(text.casefold())
    found = words_of(" ".join([*plain, *(one + other for one, other in pairwise(plain))]))
    return frozenset(_SAME.get(stem, stem) for stem in found)


def _joined(question: str) -> re.Match[str] | None:
    """Return the two names in the clause that joins them."""
    # a comma before the "or" ends no clause
    whole = re.sub(rf",(?=\s+(?:{_VERSUS}|or)\b)", "", question, flags=re.IGNORECASE)
    clauses = (_JOINED.search(clause) for clause in _BREAK.split(whole) if clause)
    return next((found for found in clauses if found), None)


def _names(one: str, other: str) -> tuple[str, str]:
    led = _LEAD.match(one)
    one = one[led.end() :] if led else one
    # "to my director or to the ombuds office": what both lean on is no part of either
    leaning = _LEANING.match(other)
    if leaning and re.search(rf"(?<!\S){leaning[0]}(?!\S)", one, re.IGNORECASE):
        other = other[leaning.end() :]
        one = re.split(rf"(?<!\S){leaning[0]}(?!\S)", one, flags=re.IGNORECASE)[-1]
    elif led and other.split()[0].casefold() not in _ACTS:
        one = _without_act(one)
    if not led and len(one.split()) > _MOST_WORDS:
        one = _last_name(one)
    return _trimmed(one), _trimmed(other)


def _without_act(name: str) -> str:
    """Return what a choice is about without the verb that both sides share: "take the job" is "the job"."""
    kept = name.split()
    if len(kept) > 1 and kept[0].casefold() in _ACTS:
        kept = kept[1:]
        while len(kept) > 1 and kept[0].casefold() in _AFTER_AN_ACT:
            kept = kept[1:]
    return " ".join(kept)


def _last_name(text: str) -> str:
    """Return the run of content words at the end of a text."""
    kept: list[str] = []
    for word in reversed(text.split()):
        if word.casefold() in STOP_WORDS and kept:
            break
        if word.casefold() not in STOP_WORDS:
            kept.append(word)
    return " ".join(reversed(kept[:_MOST_WORDS]))


def _trimmed(name: str) -> str:
    """Return a name without what qualifies it, at most five words long, that begins and ends with a word of it."""
    short = _QUALIFIES.sub("", name)
    kept = (short if stems_of(short) - _NO_NAME else name).split()
    while kept and _is_filler(kept[0]):
        kept = kept[1:]
    kept = kept[:_MOST_WORDS]
    while kept and _is_filler(kept[-1]):
        kept = kept[:-1]
    return " ".join(kept).strip("-–—,;:.?!()\"“”'’ ")


def _is_filler(word: str) -> bool:
    plain = word.strip("-–—,;:.?!()\"“”'’").casefold()
    return not plain or plain in STOP_WORDS or plain in (LIGHT_WORDS & {"go", "take", "get", "best", "better", "first"})


def _stems(name: str, weight: Callable[[str], float]) -> frozenset[str]:
    """Return what tells a name: its compounds that the corpus knows, "claims-made", or else its words."""
    plain = _TOKEN.findall(name.casefold())
    unknown = weight(_UNKNOWN)
    compounds = {stem for one, other in pairwise(plain) for stem in words(one + other) if weight(stem) < unknown}
    return frozenset(compounds) or frozenset(_SAME.get(stem, stem) for stem in words(" ".join(plain)))


def _side(name: str, stems: frozenset[str], weight: Callable[[str], float]) -> Side:
    named = sorted(stem for stem in stems if stem not in _NO_NAME)
    heaviest = max((weight(stem) for stem in named), default=0.0)
    telling = frozenset(stem for stem in named if weight(stem) >= _TELLING * heaviest)
    is_act = len(name.split()) > 2 and name.split()[0].casefold() in _ACTS
    return Side(name, telling, max(named, key=weight, default=""), is_act)
