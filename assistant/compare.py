"""A question that weighs two things -> the two sides, and which sentences speak for each.

"Academic or private practice?" is answered in two columns. A sentence belongs to a side when it has the words that tell
that side from the other, and none of the other's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.records import Hit, Selection
from assistant.select import say_the_same
from ingest.words import STOP_WORDS, words

_WORDS = r"[\w’'-]+"
_BETWEEN = re.compile(
    rf"\b(?:differences? between|compar\w+|choos\w+ between|decid\w+ between) (?P<one>{_WORDS}(?: {_WORDS}){{0,4}}?)"
    rf",? (?:and|or|to|with|from) (?P<other>{_WORDS}(?: {_WORDS}){{0,3}})",
    re.IGNORECASE,
)
_OR = re.compile(
    rf"(?P<one>{_WORDS}(?: {_WORDS}){{0,3}}),? (?:or|vs\.?|versus|compared (?:to|with)|(?:better|worse) than) "
    rf"(?P<other>{_WORDS}(?: {_WORDS}){{0,3}})",
    re.IGNORECASE,
)
#: What no side is called by, and what ends its name.
_NO_NAME = frozenset(
    {"better", "take", "choose", "pick", "go", "become", "join", "accept", "first", "right", "best", "job", "offer"}
    | {"career", "work", "not", "now", "stay", "yes", "no", "more", "less", "good", "bad"}
)
_ENDS = re.compile(r"\b(?:for|if|when|after|before|in|as|at|because|which|that|should|is|what|from|with)\b.*$", re.I)
#: Stems at least this heavy, against the heaviest of a side, tell it from the other.
_TELLING = 0.5
_MOST_SENTENCES, _FEWEST = 4, 2
#: A sentence is taken down to this share of the score of its side's best.
_REACH = 0.75
_LEAST_COSINE = 0.3


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things that are weighed."""

    name: str
    """As the question has it."""
    stems: frozenset[str]
    """Stems that tell it from the other."""


def sides_of(question: str, *, weight: Callable[[str], float]) -> tuple[Side, Side] | None:
    """Return the two sides that a question weighs, or None where it weighs none.

    ``weight`` gives the inverse document frequency of a stem.
    """
    found = _BETWEEN.search(question) or _OR.search(question)
    if found is None:
        return None
    one, other = _name(found["one"], last=True), _name(_ENDS.sub("", found["other"]), last=False)
    mine, theirs = set(words(one)), set(words(other))
    sides = [_telling(mine - theirs, weight), _telling(theirs - mine, weight)]
    if not all(sides):
        return None
    return Side(one, sides[0]), Side(other, sides[1])


def compared(
    sides: tuple[Side, Side], hits: Sequence[Hit], *, scores: Callable[[Hit], Sequence[float]]
) -> list[Selection]:
    """Return the best sentences of each side, a section each; none where a side has fewer than two.

    ``scores`` says how well each sentence of a hit answers. Items of lists are left out: they lean on their lead-in.
    """
    chosen: list[Selection] = []
    for section, (side, other) in enumerate((sides, sides[::-1]), start=1):
        ranked = sorted(_sentences(side, other, hits, scores), key=lambda entry: -entry[0])
        best: list[Selection] = []
        for score, hit, place in ranked:
            if score < _REACH * ranked[0][0]:
                break
            selection = Selection(hit, hit.passage.sentences[place], section, column=side.name)
            if len(best) < _MOST_SENTENCES and not any(
                say_the_same(set(words(selection.text)), set(words(known.text))) for known in [*chosen, *best]
            ):
                best.append(selection)
        if len(best) < _FEWEST:
            return []
        chosen += best
    return chosen


def _sentences(
    side: Side, other: Side, hits: Sequence[Hit], scores: Callable[[Hit], Sequence[float]]
) -> list[tuple[float, Hit, int]]:
    found = []
    for hit in hits:
        if hit.passage.kind in ("example", "questions-to-ask"):
            continue
        for place, (sentence, score) in enumerate(zip(hit.passage.sentences, scores(hit), strict=True)):
            stems = set(words(hit.passage.quote(sentence)))
            fits = side.stems & stems and not other.stems & stems
            if sentence.role == "sentence" and fits and hit.sentences[place] >= _LEAST_COSINE:
                found.append((score + 0.5 * hit.score, hit, place))
    return found


def _name(text: str, *, last: bool) -> str:
    """Return the words of a side's name: the run of content words next to the conjunction."""
    kept: list[str] = []
    parts = text.split()
    for word in reversed(parts) if last else parts:
        if word.casefold() in STOP_WORDS and kept:
            break
        if word.casefold() not in STOP_WORDS:
            kept.append(word)
    return " ".join(reversed(kept) if last else kept)


def _telling(stems: set[str], weight: Callable[[str], float]) -> frozenset[str]:
    named = {stem for stem in stems if stem not in _NO_NAME}
    heaviest = max((weight(stem) for stem in named), default=0.0)
    return frozenset(stem for stem in named if weight(stem) >= _TELLING * heaviest)
