"""A question of several parts <-> its parts: taken apart before they are answered, and put together afterwards.

Each part is answered on its own. A later part that has no subject of its own is asked with the verb and the object of
the part before it, so that a part that the corpus does not cover is named and does not hide the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Protocol, TypeVar

from assistant.cite import layout, not_covered_part
from assistant.contextualise import points_back
from assistant.records import Answer, Citation, Claim, Hit, Query
from ingest.words import content_words, words

_MOST = 3
_ASKS = r"(?:what|how|who|whom|when|where|why|which|should|can|could|do|does|did|is|are|will|would|am|may|must)"
#: The end of "can't".
_NOT = r"(?:n?[’']t)\b"
#: "… and how do I …": a question word or a verb behind an "and" begins a question; "and can't find" does not.
_AND = re.compile(
    rf"[,;]?\s+(?:and|but)\s+(?:also\s+)?(?={_ASKS}\b(?!{_NOT}(?! (?:i|we|you|he|she|it|they)\b))"
    r"(?! (?:not|more|less|other)\b))",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=\?)\s+(?=\w)")
_FIRST = re.compile(rf"^(?:\W*)(?:{_ASKS}|tell|explain|give|list)\b", re.IGNORECASE)
#: A part of no more content words says too little by itself, unless it names a subject: "what is burnout?".
_FEW = 2
_NAMES_ITS_SUBJECT = re.compile(
    r"\W*(?:what(?:'s|’s|s| is| are| does)|explain|define)\b(?! (?:the|my|your)\b)", re.IGNORECASE
)
#: Words taken over from the part before.
_MOST_CARRIED = 6
#: A part that might stand alone leans on the part before it where its best passage then scores at most this much less,
#: by whether that is of the document which answered the part before; a part of more words where it scores more.
_FEW_WORDS, _OWN_WORDS = (0.2, 0.15), (-0.05, -0.1)
#: Words of a part that leaned on another one, behind its first section; it was given room for what it repeats.
_MOST_WORDS, _NO_BOUND = 115, 10**6
#: What it is worth, in the order alone, to be of the document that a part leans on.
_PREFERENCE = 0.04
#: A part of so many words of its own is answered by nothing that has none of them, unless an answer is this likely.
_ENOUGH, _SURE = 2, 0.8


@dataclass(frozen=True, slots=True)
class Part:
    """A question that stands in another one, and what it takes over from the part before it."""

    text: str
    """Its own words."""
    carried: tuple[str, ...] = ()
    """Words of the part before that it leans on."""
    document: str = ""
    """Id of the document that opened the answer to that part, where it leans on it."""
    continues: bool = False
    """Whether it may lean on the conversation before the question."""


#: A question that is no part of another one.
WHOLE = Part("", continues=True)


class Asked(Protocol):
    """What asking a part led to."""

    @property
    def query(self) -> Query:
        """Return what was searched for."""

    @property
    def answer(self) -> Answer | None:
        """Return its answer."""


A = TypeVar("A", bound=Asked)


def parts_of(question: str) -> list[str]:
    """Return the questions that stand in one, in order; one that has a single part, or more than three, whole.

    Both sides of a cut must be questions: "how do I find and keep a mentor" has one part, and so has a story that ends
    in a question.
    """
    parts = [part.strip() for whole in _MARK.split(question.strip()) for part in _AND.split(whole) if part.strip()]
    asks = all(_FIRST.match(part) for part in parts)
    if not asks or not 1 < len(parts) <= _MOST or not content_words(parts[0]):
        return [question]
    return parts


def leans(part: str) -> bool:
    """Return whether a later part points back with a pronoun: "and how long do they last?"."""
    return points_back(part)


def ask_in_turn(parts: Sequence[str], ask: Callable[[Part], A]) -> list[A]:
    """Return what asking each part led to, in order.

    A part that points back is asked with the words of the part before it; another one is asked both ways, and the
    better answer stays.
    """
    found = [ask(Part(parts[0], continues=True))]
    for text in parts[1:]:
        leaning = _leaning(text, found[-1])
        if not leaning.carried:
            found.append(ask(Part(text)))
        elif leans(text):
            found.append(ask(leaning))
        else:
            margins = _FEW_WORDS if _is_thin(text) else _OWN_WORDS
            found.append(_better(ask(Part(text)), ask(leaning), before=found[-1], margins=margins))
    return found


def nearest_first(hits: Sequence[Hit], part: Part) -> tuple[Hit, ...]:
    """Return hits with those ahead that come as near and are of the document that a part leans on."""
    return tuple(sorted(hits, key=lambda hit: -hit.score - _PREFERENCE * (hit.document.id == part.document)))


def joined_hits(ranks: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Return the hits of several parts, none twice: the first of each part, then the others by their best score."""
    best: dict[str, Hit] = {}
    for hit in (hit for rank in ranks for hit in rank):
        known = best.setdefault(hit.passage.id, hit)
        best[hit.passage.id] = max(known, hit, key=lambda one: one.score)
    first = dict.fromkeys(rank[0].passage.id for rank in ranks if rank)
    others = sorted((hit for name, hit in best.items() if name not in first), key=lambda hit: -hit.score)
    return (*(best[name] for name in first), *others)


def _leaning(text: str, before: Asked) -> Part:
    known = set(words(text))
    fresh = dict.fromkeys(word for word in content_words(before.query.text) if not known & set(words(word)))
    document = _opened_by(before.answer)
    return Part(text, tuple(fresh)[:_MOST_CARRIED], document)


def _is_thin(part: str) -> bool:
    return len(content_words(part)) <= _FEW and not _NAMES_ITS_SUBJECT.match(part)


def _better(alone: A, leaning: A, *, before: Asked, margins: tuple[float, float]) -> A:
    """Return what a part led to by itself, or with the part before it."""
    one, other = alone.answer, leaning.answer
    if one is None or other is None or one.outcome == "care":
        return alone
    margin = margins[0] if _opened_by(other) == _opened_by(before.answer) else margins[1]
    if one.outcome != "answered":
        return leaning if margins == _FEW_WORDS else alone
    return leaning if other.score >= one.score - margin else alone


def _opened_by(answer: Answer | None) -> str:
    return answer.claims[0].hit.document.id if answer and answer.claims else ""


def put_together(question: str, answers: Sequence[Answer]) -> Answer | None:
    """Return one answer for the parts of a question, in their order, or None where it is better answered whole.

    That is where no part is answered, and where a part calls for a fixed answer. A part that is not answered, or whose
    own words nothing shown has, is named in its place.
    """
    if any(answer.outcome == "care" for answer in answers):
        return None
    parts = parts_of(question)
    named = parts if len(parts) == len(answers) else [answer.question for answer in answers]
    shown = {stem for answer in answers for claim in answer.claims if not claim.more for stem in _stems(claim)}
    covered = [
        answer.outcome == "answered" and (answer.confidence >= _SURE or _is_met(part, shown))
        for part, answer in zip(named, answers, strict=True)
    ]
    answered = [answer for answer, is_covered in zip(answers, covered, strict=True) if is_covered]
    if not answered:
        return None
    joined = _Joined()
    texts: list[str] = []
    for part, answer, is_covered in zip(named, answers, covered, strict=True):
        texts.append(joined.add(answer) if is_covered else not_covered_part(part))
    missing = [answer for answer, is_covered in zip(answers, covered, strict=True) if not is_covered]
    return replace(
        answered[0],
        question=question,
        query=question,
        text="\n\n".join(text for text in texts if text),
        claims=tuple(joined.claims),
        citations=tuple(joined.citations),
        removed=sum(answer.removed for answer in answers),
        related=tuple(hit for answer in missing for hit in answer.related) or answered[0].related,
        uncovered=tuple(part for part, is_covered in zip(named, covered, strict=True) if not is_covered),
        confidence=min(answer.confidence for answer in answered),
    )


@dataclass
class _Joined:
    """Collects the claims of one part after the other, without what an earlier one showed."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    _said: set[tuple[str, int]] = field(default_factory=set)
    _sections: int = 0

    def add(self, answer: Answer) -> str:
        """Add the claims of a part and return their text."""
        first = len(self.claims)
        fresh = [claim for claim in answer.claims if not claim.more and self._is_new(claim)]
        opening = [claim for claim in answer.claims if claim.section == answer.claims[0].section]
        if not any(map(self._is_new, opening)):
            fresh = []  # what only supports an answer says little where the answer stands above already
        for claim in _fitting(fresh, room=_MOST_WORDS if answer.query != answer.question else _NO_BOUND):
            self._said.add((claim.hit.passage.id, claim.sentence.start))
            number = len(self.claims) + 1
            self.citations.append(replace(answer.citations[claim.citations[0] - 1], number=number))
            self.claims.append(replace(claim, section=claim.section + self._sections, citations=(number,)))
        self._sections += 1 + max((claim.section for claim in answer.claims), default=0)
        return layout(self.claims[first:])

    def _is_new(self, claim: Claim) -> bool:
        return (claim.hit.passage.id, claim.sentence.start) not in self._said


def _fitting(claims: Sequence[Claim], *, room: int) -> list[Claim]:
    """Return the sections of an answer that fit a part, the first one always, and no lead-in without an item."""
    kept: list[Claim] = []
    items = {claim.section for claim in claims if claim.role == "item"}
    for _, group in groupby(claims, key=lambda claim: claim.section):
        section = [claim for claim in group if claim.role != "lead-in" or claim.section in items]
        length = sum(len(claim.text.split()) for claim in section)
        if not kept or length <= room:
            kept += section
            room -= length
    return kept


def _stems(claim: Claim) -> list[str]:
    return words(" ".join([claim.text, claim.hit.document.title, *claim.hit.passage.heading_path]))


def _is_met(part: str, shown: set[str]) -> bool:
    """Return whether an answer has a word of a part's own; a part of one word may be answered in others."""
    own = {stem for word in content_words(part) for stem in words(word)}
    return len(own) < _ENOUGH or bool(own & shown)
