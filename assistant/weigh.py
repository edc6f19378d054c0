"""Evidence for a question that weighs two things -> the section that weighs them, and a column for each side.

A section that weighs the two itself says more than two columns picked from here and there: it opens, whole, or stands
in the columns itself where each of its sentences is about one side. Columns follow where each side has sentences of its
own that add to it. A sentence belongs to a side when it has the words that
tell that side from the other, and not the other's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.compare import Side, names_two, speaks_of, stems_of, weighs
from assistant.records import Evidence, Hit, Selection
from assistant.select import say_the_same
from ingest.records import Sentence
from ingest.words import words_of

Scores = Callable[[Hit], Sequence[float]]
"""How well each sentence of a hit answers."""
Sides = tuple[Side, Side]
"""The two things that are weighed."""

_MOST_SENTENCES, _FEWEST = 4, 2
#: A sentence is taken down to this share of the score of its side's best, and a side down to it of the other's best.
_REACH = 0.75
_LEAST_COSINE = 0.3
#: A sentence is taken from passages down to this share of the best passage's score: what comes below speaks of a side
#: for another reason.
_LEAST_HIT = 0.8
#: What it is worth, against a passage's score, that its heading names both sides, that a question it is known to
#: answer weighs them, that its sentences speak of both, and that it gives both sides of an open question.
_NAMED, _KNOWN, _SPOKEN, _OPEN = 0.10, 0.06, 0.05, 0.06
#: How near the best passage a section that weighs something must come, by how much says that it does.
_NEAR, _VERY_NEAR = 0.8, 0.9
#: A section of more words is not quoted whole.
_WHOLE = 160
#: "A sponsor is …": more words before the "is" are no name.
_MOST_SUBJECT = 5
#: Sentences of both columns of a section that sets two things side by side.
_FEWEST_BESIDE = 3
#: Sentences that open a comparison that no section makes.
_ABOUT_BOTH = 2
#: Half of something: it leans on what stands before it.
_LEANS = re.compile(
    r"(?:other|others|another|but|however|still|it|they|this|that|these|those|such|both|either)\b", re.I
)
_MENTORS = frozenset({"mentor", "mentorship"})
#: Those who are weighed against a mentor.
_HELPERS = _MENTORS | {"advis", "advisor", "coach", "sponsor", "sponsorship"}
_NO_COLUMN = frozenset({"example", "questions-to-ask", "where-advice-differs", "evidence"})
#: A heading that sets two things side by side.
_SIDE_BY_SIDE = re.compile(r"\b(?:or|and|versus|vs|from|compared|differ\w*|rather)\b|[,:]", re.IGNORECASE)
_WEIGHS_NOTHING = frozenset({"example", "questions-to-ask", "warning-signs", "steps"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What there is for a question that weighs two things."""

    first: Hit | None
    """The passage that weighs them itself."""
    opening: tuple[Selection, ...]
    """It, whole, or sentences that speak of both."""
    columns: tuple[Selection, ...]
    """Sentences for each side, a section each; none where the two cannot be told apart."""


def weighed(evidence: Evidence, sides: Sides | None, *, scores: Scores) -> Weighed:
    """Return what opens the answer to a question that weighs two things, and its columns."""
    weighing = sections_that_weigh(sides, evidence.hits)
    first = weighing[0] if weighing else None
    opening = [Selection(first, sentence, 0) for sentence in _whole(first)] if first else []
    if sides is None:
        return Weighed(first, tuple(opening), ())
    beside = (_side_by_side(sides, hit, evidence.hits) for hit in weighing)
    if columns := next(filter(None, beside), []):
        more = compared(sides, evidence.wide, scores=scores, said=columns)
        return Weighed(first, (), tuple(_evened(columns, more)))
    columns = compared(sides, evidence.wide, scores=scores, said=opening)
    if not opening and columns:
        opening = _about_both(sides, evidence.hits, scores=scores, said=columns)
    return Weighed(first, tuple(opening), tuple(columns))


def _side_by_side(sides: Sides, first: Hit, hits: Sequence[Hit]) -> list[Selection]:
    """Return columns of the sentences that are about one side from their first words on.

    ``first`` weighs the two and must have such a sentence for each, and all passages three; none otherwise.
    """
    columns: list[list[Selection]] = [[], []]
    for hit in (first, *(hit for hit in hits if hit is not first and not _of_mentors(sides, hit))):
        # of an open question one side's view alone says little
        if hit.passage.kind in _NO_COLUMN and not (hit is first and hit.passage.kind == "where-advice-differs"):
            continue
        for sentence in hit.passage.sentences:
            told = _subject(sides, hit.passage.quote(sentence)) if sentence.role == "sentence" else None
            if told is not None:
                chosen = Selection(hit, sentence, told + 1, column=sides[told].name)
                if not _repeats(chosen, columns[told]):
                    columns[told].append(chosen)
        if not all(columns):
            return []
    kept = [chosen for column in columns for chosen in column[:_MOST_SENTENCES]]
    return kept if len(kept) >= _FEWEST_BESIDE else []


def _evened(columns: Sequence[Selection], more: Sequence[Selection]) -> list[Selection]:
    """Return columns, the shorter one filled up to the length of the longer with what else there is for its side."""
    apart = [[chosen for chosen in columns if chosen.section == number] for number in (1, 2)]
    longest = max(len(column) for column in apart)
    filled: list[Selection] = []
    for number, column in enumerate(apart, start=1):
        others = [chosen for chosen in more if chosen.section == number]
        filled += [*column, *others[: longest - len(column)]]
    return filled


def _subject(sides: Sides, text: str) -> int | None:
    """Return the number of the side that a sentence is about from its first words on, or None."""
    whole, start = stems_of(text), stems_of(" ".join(text.split()[:_MOST_SUBJECT]))
    told = [speaks_of(side, start) and not speaks_of(other, whole) for side, other in (sides, sides[::-1])]
    return told.index(True) if any(told) and not _LEANS.match(text) else None


def sections_that_weigh(sides: Sides | None, hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages, among some hits that come best first, that weigh the two sides themselves, best first.

    Where nothing tells the sides apart, a passage that gives both sides of an open question will do if it is among the
    very nearest.
    """
    found: list[tuple[float, Hit]] = []
    for hit in hits:
        worth = _worth(sides, hit, is_best=hit is hits[0])
        near = _NEAR if worth >= _NAMED else _VERY_NEAR
        if worth and hit.score >= near * hits[0].score:
            found.append((hit.score + worth, hit))
    return [hit for _, hit in sorted(found, key=lambda entry: -entry[0])]


def compared(sides: Sides, hits: Sequence[Hit], *, scores: Scores, said: Sequence[Selection] = ()) -> list[Selection]:
    """Return the best sentences of each side, a section each; none where a side has fewer than two.

    ``said`` is what the answer has already. Items of lists are left out: they lean on their lead-in.
    """
    chosen: list[Selection] = []
    if not hits or any(side.is_act for side in sides):
        return []
    near = [hit for hit in hits if hit.score >= _LEAST_HIT * hits[0].score and not _of_mentors(sides, hit)]
    found = [sorted(_sentences(side, other, near, scores), key=lambda e: -e[0]) for side, other in (sides, sides[::-1])]
    if not all(found) or min(one[0][0] for one in found) < _REACH * max(one[0][0] for one in found):
        return []
    for section, (side, ranked) in enumerate(zip(sides, found, strict=True), start=1):
        best: list[Selection] = []
        for score, hit, sentence in ranked:
            if score < _REACH * ranked[0][0]:
                break
            selection = Selection(hit, sentence, section, column=side.name)
            if len(best) < _MOST_SENTENCES and not _repeats(selection, [*said, *chosen, *best]):
                best.append(selection)
        if len(best) < _FEWEST:
            return []
        # what a thing is stands before what is said of it
        chosen += sorted(best, key=lambda selection: not _defines(side, selection.text))
    return chosen


def _worth(sides: Sides | None, hit: Hit, *, is_best: bool) -> float:
    """Return what it is worth, 0 for nothing, that a passage weighs the two sides itself."""
    passage = hit.passage
    is_open = _OPEN if passage.kind == "where-advice-differs" else 0.0
    if sides is None or passage.kind in _WEIGHS_NOTHING:
        return is_open
    heading = passage.heading_path[-1] if passage.heading_path else ""
    prose = [stems_of(passage.quote(sentence)) for sentence in passage.sentences if sentence.role == "sentence"]
    own = stems_of(f"{hit.document.title}. {heading}").union(*prose)
    worth = _NAMED if _both(sides, stems_of(heading)) and _SIDE_BY_SIDE.search(heading) else 0.0
    if passage.kind != "evidence":
        weighing = (question for question in passage.asked if weighs(question) or names_two(question))
        worth += _KNOWN if any(_both(sides, stems_of(question)) for question in weighing) else 0.0
        worth += _SPOKEN if _both(sides, own) and (is_open or _apart(sides, prose)) else 0.0
    if worth:
        return worth + is_open
    return is_open if is_best and any(speaks_of(side, own) for side in sides) else 0.0


def _both(sides: Sides, stems: frozenset[str]) -> bool:
    return all(speaks_of(side, stems) for side in sides)


def _apart(sides: Sides, prose: Sequence[frozenset[str]]) -> bool:
    """Return whether each side has a sentence of its own."""
    told = [[speaks_of(side, stems) for side in sides] for stems in prose]
    return [True, False] in told and [False, True] in told


def _whole(hit: Hit) -> list[Sentence]:
    """Return all sentences of a passage, or nothing of one that is long."""
    return list(hit.passage.sentences) if len(hit.passage.text.split()) <= _WHOLE else []


def _sentences(side: Side, other: Side, hits: Sequence[Hit], scores: Scores) -> list[tuple[float, Hit, Sentence]]:
    found = []
    for hit in hits:
        if hit.passage.kind in _NO_COLUMN:
            continue
        rows = zip(hit.passage.sentences, scores(hit), hit.sentences, strict=True)
        for sentence, score, cosine in rows:
            text = hit.passage.quote(sentence)
            stems = stems_of(text)
            fits = speaks_of(side, stems) and other.rarest not in stems
            if sentence.role == "sentence" and fits and cosine >= _LEAST_COSINE and not _LEANS.match(text):
                found.append((score + 0.5 * hit.score, hit, sentence))
    return found


def _of_mentors(sides: Sides, hit: Hit) -> bool:
    """Return whether a passage is about mentors where neither side is one: they come into every subject here."""
    asked = any(_HELPERS & stems_of(side.name) for side in sides)
    return not asked and bool(_MENTORS & stems_of(" ".join([hit.document.title, *hit.passage.heading_path])))


def _about_both(sides: Sides, hits: Sequence[Hit], *, scores: Scores, said: Sequence[Selection]) -> list[Selection]:
    """Return up to two sentences that speak of both sides, none that leans on another."""
    known = {selection.text for selection in said}
    found = []
    for hit in hits:
        if hit.passage.kind in ("example", "questions-to-ask"):
            continue
        for sentence, score in zip(hit.passage.sentences, scores(hit), strict=True):
            text = hit.passage.quote(sentence)
            if (
                _both(sides, stems_of(text))
                and sentence.role == "sentence"
                and text not in known
                and not _LEANS.match(text)
            ):
                found.append((score, Selection(hit, sentence, 0)))
    return [selection for _, selection in sorted(found, key=lambda entry: -entry[0])[:_ABOUT_BOTH]]


def _repeats(selection: Selection, said: Sequence[Selection]) -> bool:
    own = set(words_of(selection.text))
    return any(say_the_same(own, set(words_of(known.text))) for known in said)


def _defines(side: Side, text: str) -> bool:
    """Return whether a sentence begins with a side and says what it is."""
    subject, is_, _ = re.sub(r"^(?:an?|the)\s+", "", text, flags=re.I).partition(" is ")
    return bool(is_) and len(subject.split()) <= _MOST_SUBJECT and speaks_of(side, stems_of(subject))
