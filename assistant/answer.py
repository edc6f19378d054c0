"""Evidence -> a Draft without a model: whole sentences and list items of the sources, arranged by what was asked.

After ``rank``, before ``verify``. The first part comes from the passage that fits best, by score and by the kind of
section that the question asks for. If that passage holds a list, the list is given with the sentence that introduces
it; if not, its sentences nearest to the question are, in their own order. Other passages add what is not yet said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.compare import Side, compared
from assistant.planted import without_planted
from assistant.records import Draft, Evidence, Hit, Intent, Selection
from assistant.select import answering, kind_asked_for, say_the_same
from assistant.settings import AnswerSettings
from ingest.records import SectionKind, Sentence
from ingest.words import words

#: What a section's kind is worth for a question of some intent, added to the score of its passage.
_FIT: Mapping[Intent, Mapping[SectionKind, float]] = {
    "general": {"summary": 0.04, "example": -0.06},
    "definition": {"summary": 0.08, "guidance": 0.04, "example": -0.06, "questions-to-ask": -0.04},
    "questions": {"questions-to-ask": 0.15, "example": -0.06},
    "steps": {"steps": 0.10, "summary": 0.04, "guidance": 0.02},
    "warnings": {"warning-signs": 0.15},
    "choice": {"where-advice-differs": 0.08, "summary": 0.05},
    "evidence": {"evidence": 0.12},
    "example": {"example": 0.08, "guidance": 0.02},
}

_PROSE_SENTENCES = 3
_SUPPORTING_SENTENCES = 2
_FEWEST_ITEMS = 3
#: A supporting sentence must come this near to the best sentence of the opening.
_SUPPORT = 0.8
#: An opening passage of no more words is quoted whole: the sentence that completes an answer seldom repeats its
#: question.
_WHOLE = 120
#: Below this score a question is answered narrowly, and another document must come nearer to the best passage.
_NARROW, _NARROW_REACH = 0.55, 0.92
#: What it is worth to hold the kind of thing that is asked for, and how near the question, against the nearest
#: sentence of all, it must stand.
_KIND, _NEAR = 0.06, 0.8
#: Sentences that open a comparison.
_ABOUT_BOTH = 2
#: What a section's kind may be worth against a passage of another document.
_MOST_ACROSS = 0.05


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an answer."""

    question: str
    """The stand-alone question."""
    intent: Intent
    """What kind of answer it asks for."""
    sides: tuple[Side, Side] | None = None
    """The two things that it weighs, if it weighs two."""


def answer(evidence: Evidence, wanted: Wanted, *, settings: AnswerSettings, weight: Callable[[str], float]) -> Draft:
    """Return the sentences that answer, in reading order; none where there is no evidence, and none that was planted.

    ``weight`` gives the inverse document frequency of a stem.
    """
    given = {hit.passage.id: hit for hit in (*evidence.hits, *evidence.wide)}
    draft = _composed(without_planted(evidence, wanted.question), wanted, settings=settings, weight=weight)
    # what was chosen is checked against the passage as it is stored
    return Draft(tuple(replace(chosen, hit=given[chosen.hit.passage.id]) for chosen in draft.selections))


def _composed(evidence: Evidence, wanted: Wanted, *, settings: AnswerSettings, weight: Callable[[str], float]) -> Draft:
    if not evidence.hits:
        return Draft(())
    reader = _Reader(wanted, weight)
    columns = compared(wanted.sides, evidence.wide, scores=reader.scores) if wanted.sides else []
    if columns:
        return Draft((*_about_both(evidence, columns, reader), *columns))
    writer = _Writer()
    hits = sorted(evidence.hits, key=lambda hit: -reader.fit(hit, evidence.hits))
    for place, hit in enumerate(hits):
        if place == 0:
            writer.add(_opening(hit, reader, settings))
        elif _belongs(hit, hits[0], wanted.intent):
            full = writer.words >= settings.words
            most = settings.more if full else settings.words
            writer.add(_support(hit, hits[0], writer.room(most), reader, settings), more=full)
    return Draft(tuple(writer.selections))


@dataclass
class _Reader:
    """Reads sentences as the question wants them."""

    wanted: Wanted
    weight: Callable[[str], float]
    _known: dict[str, Sequence[float]] = field(default_factory=dict)

    def scores(self, hit: Hit) -> Sequence[float]:
        """Return how well each sentence of a hit answers."""
        if hit.passage.id not in self._known:
            quotes = [hit.passage.quote(sentence) for sentence in hit.passage.sentences]
            found = answering(self.wanted.question, quotes, cosines=hit.sentences, weight=self.weight)
            self._known[hit.passage.id] = found.tolist()
        return self._known[hit.passage.id]

    def fit(self, hit: Hit, hits: Sequence[Hit]) -> float:
        """Return how well a passage opens the answer."""
        return _fit(hit, hits[0], self.wanted.intent) + (_KIND if self.names_it(hit, hits) else 0.0)

    def names_it(self, hit: Hit, hits: Sequence[Hit]) -> bool:
        """Return whether a passage holds, near the question, the kind of thing that is asked for."""
        looks = kind_asked_for(self.wanted.question)
        # the March of somebody's sample message answers no "when"
        if looks is None or hit.passage.kind == "example":
            return False
        near = _NEAR * max(max(other.sentences) for other in hits)
        sentences = zip(hit.passage.sentences, hit.sentences, strict=True)
        return any(cosine >= near and looks.search(hit.passage.quote(sentence)) for sentence, cosine in sentences)

    def prose(self, hit: Hit, count: int) -> list[Sentence]:
        """Return the sentences that answer best, in the passage's order; list items are not among them."""
        scores = self.scores(hit)
        prose = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.role == "sentence"]
        return [hit.passage.sentences[i] for i in sorted(sorted(prose, key=lambda i: -scores[i])[:count])]


def _about_both(evidence: Evidence, columns: Sequence[Selection], reader: _Reader) -> list[Selection]:
    """Return up to two sentences of the evidence that speak of both sides, to open a comparison."""
    assert reader.wanted.sides is not None
    said = {selection.text for selection in columns}
    found = []
    for hit in evidence.hits:
        if hit.passage.kind in ("example", "questions-to-ask"):
            continue
        for sentence, score in zip(hit.passage.sentences, reader.scores(hit), strict=True):
            quote = hit.passage.quote(sentence)
            stems = set(words(quote))
            both = all(side.stems & stems for side in reader.wanted.sides)
            if both and sentence.role == "sentence" and quote not in said:
                found.append((score, Selection(hit, sentence, 0)))
    return [selection for _, selection in sorted(found, key=lambda entry: -entry[0])[:_ABOUT_BOTH]]


@dataclass
class _Writer:
    """Collects sentences and leaves out what was said already."""

    selections: list[Selection] = field(default_factory=list)
    words: int = 0
    _said: list[frozenset[str]] = field(default_factory=list)
    _sections: int = 0

    def room(self, most: int) -> int:
        """Return how many words are left of so many."""
        return max(0, most - self.words)

    def add(self, chosen: Sequence[tuple[Hit, Sentence]], *, more: bool = False) -> None:
        """Add a part of the answer: sentences of one passage, in order. A lead-in needs an item that is new.

        ``more`` keeps it for a reader who asks for more.
        """
        fresh = [
            (hit, sentence)
            for hit, sentence in chosen
            if sentence.role == "lead-in" or not self._repeats(hit.passage.quote(sentence))
        ]
        if all(sentence.role == "lead-in" for _, sentence in fresh):
            return
        for hit, sentence in fresh:
            selection = Selection(hit, sentence, self._sections, more=more)
            self.selections.append(selection)
            self.words += len(selection.text.split())
            self._said.append(frozenset(words(selection.text)))
        self._sections += 1

    def _repeats(self, text: str) -> bool:
        own = frozenset(words(text))
        return any(say_the_same(own, said) for said in self._said)


def _fit(hit: Hit, best: Hit, intent: Intent) -> float:
    worth = _FIT[intent].get(hit.passage.kind, 0.0)
    return hit.score + (worth if hit.document.key == best.document.key else min(worth, _MOST_ACROSS))


def _belongs(hit: Hit, first: Hit, intent: Intent) -> bool:
    """Return whether a passage may add to an answer that another opened."""
    # a sentence of an example leans on the example, so it only stands where one was asked for
    if hit.passage.kind == "example" and intent != "example":
        return False
    same = hit.document.key == first.document.key
    return same or first.score >= _NARROW or hit.score >= _NARROW_REACH * first.score


def _opening(hit: Hit, reader: _Reader, settings: AnswerSettings) -> list[tuple[Hit, Sentence]]:
    listed = _list_of(hit, settings)
    every = reader.prose(hit, len(hit.passage.sentences))
    if reader.names_it(hit, [hit]) and not listed:
        prose = reader.prose(hit, _PROSE_SENTENCES)
    elif listed:
        prose = every if len(every) <= 2 else reader.prose(hit, 1)
    else:
        prose = every if _length(hit, every) <= _WHOLE else reader.prose(hit, _PROSE_SENTENCES)
    # what stands before the list opens the answer, what stands after it closes the part
    chosen = sorted({sentence.start: sentence for sentence in [*prose, *listed]}.values(), key=lambda s: s.start)
    return [(hit, sentence) for sentence in chosen or _closest(hit)]


def _support(hit: Hit, first: Hit, room: int, reader: _Reader, settings: AnswerSettings) -> list[tuple[Hit, Sentence]]:
    scores = dict(zip(hit.passage.sentences, hit.sentences, strict=True))
    bar = _SUPPORT * max(first.sentences)
    if not room:
        return []
    listed = _list_of(hit, settings)
    # a list of the same document was ranked by its section, and its items seldom repeat the question
    if hit.document.key == first.document.key or any(scores[sentence] >= bar for sentence in listed):
        fitting = _fitting(hit, listed, scores, room=room) if listed else []
        if fitting:
            return [(hit, sentence) for sentence in fitting]
    prose = [sentence for sentence in reader.prose(hit, _SUPPORTING_SENTENCES) if scores[sentence] >= bar]
    if prose and hit.passage.kind == "where-advice-differs":
        # one side of an open question alone would mislead
        both = reader.prose(hit, len(hit.passage.sentences))
        prose = both if _length(hit, both) <= room else []
    return [(hit, sentence) for sentence in prose]


def _fitting(hit: Hit, listed: Sequence[Sentence], scores: Mapping[Sentence, float], *, room: int) -> list[Sentence]:
    """Return a list, or as many of its items nearest to the question as there is room for, with its lead-in.

    Fewer than ``_FEWEST_ITEMS`` of a longer list say too little of it, so then there is none.
    """
    kept = {sentence for sentence in listed if sentence.role == "lead-in"}
    left = room - _length(hit, list(kept))
    for sentence in sorted((s for s in listed if s not in kept), key=lambda s: -scores[s]):
        left -= _length(hit, [sentence])
        if left < 0:
            break
        kept.add(sentence)
    items = sum(1 for sentence in kept if sentence.role == "item")
    if items < min(_FEWEST_ITEMS, sum(1 for sentence in listed if sentence.role == "item")):
        return []
    return [sentence for sentence in listed if sentence in kept]


def _list_of(hit: Hit, settings: AnswerSettings) -> list[Sentence]:
    """Return the list of a passage that comes nearest to the question, with its lead-in; none where it has no list."""
    lists = list(_lists(hit))
    if not lists:
        return []
    best = max(lists, key=lambda group: max(hit.sentences[i] for i in group))
    sentences = [hit.passage.sentences[i] for i in best]
    return sentences[: settings.items + (sentences[0].role == "lead-in")]


def _lists(hit: Hit) -> Iterator[list[int]]:
    group: list[int] = []
    for i, sentence in enumerate(hit.passage.sentences):
        if sentence.role == "sentence" or (sentence.role == "lead-in" and group):
            if len(group) > 1:
                yield group
            group = []
        if sentence.role != "sentence":
            group.append(i)
    if len(group) > 1:
        yield group


def _closest(hit: Hit) -> list[Sentence]:
    """Return the sentence or item nearest to the question, for a passage that has neither prose nor a list."""
    quotable = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.role != "lead-in"]
    return [hit.passage.sentences[max(quotable, key=lambda i: hit.sentences[i])]] if quotable else []


def _length(hit: Hit, sentences: Sequence[Sentence]) -> int:
    return sum(len(hit.passage.quote(sentence).split()) for sentence in sentences)
