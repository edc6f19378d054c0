"""Evidence -> a Draft without a model: whole sentences and list items of the sources, arranged by what was asked.

After ``rank``, before ``verify``. The first part comes from the passage that fits best, by score and by the kind of
section that the question asks for. If that passage holds a list, the list is given with the sentence that introduces
it; if not, its sentences nearest to the question are, in their own order. Other passages add what is not yet said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.records import Draft, Evidence, Hit, Intent, Selection
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

#: Two texts that share this much of the shorter one's words say the same.
_SAME = 0.7
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
#: What a section's kind may be worth against a passage of another document.
_MOST_ACROSS = 0.05


def answer(evidence: Evidence, *, intent: Intent, settings: AnswerSettings) -> Draft:
    """Return the sentences that answer, in reading order; none where there is no evidence."""
    writer = _Writer()
    hits = sorted(evidence.hits, key=lambda hit: -_fit(hit, evidence.hits[0], intent))
    for place, hit in enumerate(hits):
        if place == 0:
            writer.add(_opening(hit, settings))
        elif writer.words < settings.words and _belongs(hit, hits[0], intent):
            writer.add(_support(hit, hits[0], writer, settings))
    return Draft(tuple(writer.selections))


@dataclass
class _Writer:
    """Collects sentences and leaves out what was said already."""

    selections: list[Selection] = field(default_factory=list)
    words: int = 0
    _said: list[frozenset[str]] = field(default_factory=list)
    _sections: int = 0

    def add(self, chosen: Sequence[tuple[Hit, Sentence]]) -> None:
        """Add a part of the answer: sentences of one passage, in order. A lead-in needs an item that is new."""
        fresh = [
            (hit, sentence)
            for hit, sentence in chosen
            if sentence.role == "lead-in" or not self._repeats(hit.passage.quote(sentence))
        ]
        if all(sentence.role == "lead-in" for _, sentence in fresh):
            return
        for hit, sentence in fresh:
            selection = Selection(hit, sentence, self._sections)
            self.selections.append(selection)
            self.words += len(selection.text.split())
            self._said.append(frozenset(words(selection.text)))
        self._sections += 1

    def _repeats(self, text: str) -> bool:
        own = frozenset(words(text))
        return any(len(own & said) >= _SAME * max(1, min(len(own), len(said))) for said in self._said)


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


def _opening(hit: Hit, settings: AnswerSettings) -> list[tuple[Hit, Sentence]]:
    listed = _list_of(hit, settings)
    every = _prose(hit, len(hit.passage.sentences))
    if listed:
        prose = every if len(every) <= 2 else _prose(hit, 1)
    else:
        prose = every if _length(hit, every) <= _WHOLE else _prose(hit, _PROSE_SENTENCES)
    # what stands before the list opens the answer, what stands after it closes the part
    chosen = sorted({sentence.start: sentence for sentence in [*prose, *listed]}.values(), key=lambda s: s.start)
    return [(hit, sentence) for sentence in chosen or _closest(hit)]


def _support(hit: Hit, first: Hit, writer: _Writer, settings: AnswerSettings) -> list[tuple[Hit, Sentence]]:
    scores = dict(zip(hit.passage.sentences, hit.sentences, strict=True))
    bar = _SUPPORT * max(first.sentences)
    room = settings.words - writer.words
    listed = _list_of(hit, settings)
    # a list of the same document was ranked by its section, and its items seldom repeat the question
    if hit.document.key == first.document.key or any(scores[sentence] >= bar for sentence in listed):
        fitting = _fitting(hit, listed, scores, room=room) if listed else []
        if fitting:
            return [(hit, sentence) for sentence in fitting]
    prose = [sentence for sentence in _prose(hit, _SUPPORTING_SENTENCES) if scores[sentence] >= bar]
    if prose and hit.passage.kind == "where-advice-differs":
        # one side of an open question alone would mislead
        both = _prose(hit, len(hit.passage.sentences))
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


def _prose(hit: Hit, count: int) -> list[Sentence]:
    """Return the sentences nearest to the question, in the passage's order; list items are not among them."""
    prose = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.role == "sentence"]
    return [hit.passage.sentences[i] for i in sorted(sorted(prose, key=lambda i: -hit.sentences[i])[:count])]


def _closest(hit: Hit) -> list[Sentence]:
    """Return the sentence or item nearest to the question, for a passage that has neither prose nor a list."""
    quotable = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.role != "lead-in"]
    return [hit.passage.sentences[max(quotable, key=lambda i: hit.sentences[i])]] if quotable else []


def _length(hit: Hit, sentences: Sequence[Sentence]) -> int:
    return sum(len(hit.passage.quote(sentence).split()) for sentence in sentences)
