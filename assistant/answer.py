"""Evidence -> a Draft without a model: whole sentences and list items of the sources, arranged by what was asked.

After ``rank``, before ``verify``. The first part comes from the passage that fits best, by score and by the kind of
section that the question asks for. If that passage holds a list, the list is given with the sentence that introduces
it; if not, its sentences nearest to the question are, in their own order. Other passages add what is not yet said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.audience import EVERYBODY, asking, elsewhere, meant_for, said_to_others
from assistant.compare import Side
from assistant.excerpt import closest, fitting, leaning_on, led_by, length, list_of
from assistant.planted import without_planted
from assistant.records import Draft, Evidence, Hit, Intent, Selection
from assistant.select import amount_asked_for, answering, names_a_thing, say_the_same
from assistant.settings import AnswerSettings
from assistant.weigh import weighed
from ingest.records import SectionKind, Sentence
from ingest.words import words, words_of

#: What a section's kind is worth for a question of some intent, added to the score of its passage. With half of what
#: was set by hand at first, and nothing for passages of other documents than the best one's, 75 % of answers to 950
#: labelled questions open with a section that answers, as many as with the best score alone; 73 % before.
_FIT: Mapping[Intent, Mapping[SectionKind, float]] = {
    "general": {"summary": 0.02, "example": -0.06, "questions-to-ask": -0.03},
    "definition": {"summary": 0.05, "guidance": 0.02, "example": -0.06, "questions-to-ask": -0.04, "evidence": -0.02},
    "questions": {"questions-to-ask": 0.075, "example": -0.06},
    "steps": {"steps": 0.05, "summary": 0.02, "guidance": 0.02, "questions-to-ask": -0.05, "evidence": -0.05},
    "warnings": {"warning-signs": 0.075},
    "choice": {"where-advice-differs": 0.04, "summary": 0.025},
    "evidence": {"evidence": 0.06},
    "example": {"example": 0.04, "guidance": 0.01},
}

#: The same where the question is a bare phrase, which names a thing.
_BARE_FIT: Mapping[SectionKind, float] = {
    "summary": 0.04,
    "example": -0.06,
    "questions-to-ask": -0.04,
    "evidence": -0.02,
}

#: Words of a question that asks whether a thing is right; what the thing is says nothing of that.
_JUDGES = re.compile(r"\b(?:reasonable|fair|normal|typical|standard|acceptable|appropriate|good)\b", re.IGNORECASE)
_PROSE_SENTENCES = 3
_SUPPORTING_SENTENCES = 2
#: A supporting sentence must come this near to the best sentence of the opening, and a sentence of the same document
#: this near: its section was ranked, and says what the opening leaves out.
_SUPPORT, _SUPPORT_SAME = 0.8, 0.7
#: An opening passage of no more words is quoted whole: the sentence that completes an answer seldom repeats its
#: question.
_WHOLE = 130
#: Kinds of sections that are told from the first sentence on.
_IN_ORDER = ("example", "where-advice-differs")
#: Below this score a question is answered narrowly, and another document must come nearer to the best passage.
_NARROW, _NARROW_REACH = 0.55, 0.92
#: A list of another document must come as near as this.
_LIST_REACH = 0.85
#: Where a summary opens the answer its document is the right one, and its sections may add down to this share of the
#: best score. Sections of the opening's document go before others by this much.
_SAME_REACH, _SAME = 0.65, 0.01
#: What it is worth to hold the kind of thing that is asked for, and how near the question, against the nearest
#: sentence of all, it must stand.
_KIND, _NEAR = 0.03, 0.8
#: What it costs to speak to somebody else, and what it is worth to speak to the very asker.
_ELSEWHERE, _MEANT = 0.10, 0.04
#: What a summary is worth at most where a number or a time is asked for.
_SUMMARY_OF_AMOUNT = 0.02
#: A summary says what a thing is from this share of the best score on, whatever it names.
_SUMMARY_REACH = 0.7
#: More words than this do not name a thing.
_MOST_DEFINED = 4


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
    reader = _Reader(wanted, weight, settings)
    ours = reader.without_elsewhere(evidence)
    weighing = weighed(ours, wanted.sides, scores=reader.scores) if wanted.intent == "choice" else None
    if weighing and weighing.columns:
        return Draft((*weighing.opening, *weighing.columns))
    writer = _Writer()
    first = _opener(evidence, reader)
    if weighing and weighing.first:
        first = weighing.first
        writer.add([(chosen.hit, chosen.sentence) for chosen in weighing.opening])
    # nothing is left of it where it was quoted whole
    writer.add(_opening(first, reader, settings))
    for hit in _supporting(evidence, first, reader):
        full = writer.words >= settings.words
        most = settings.more if full else settings.words
        writer.add(_support(hit, first, writer.room(most), reader, settings), more=full)
    return Draft(tuple(writer.selections))


def _opener(evidence: Evidence, reader: _Reader) -> Hit:
    """Return the passage that opens the answer: of a thing that is only named, the summary that says what it is."""
    named = _definition(evidence, reader)
    if named is not None:
        return named
    # somebody's story answers only where a story was asked for
    told = reader.wanted.intent == "example"
    able = [hit for hit in evidence.hits if told or hit.passage.kind != "example"]
    return max(able or evidence.hits, key=lambda hit: reader.fit(hit, evidence.hits))


def _definition(evidence: Evidence, reader: _Reader) -> Hit | None:
    best = evidence.hits[0]
    if not reader.defines or best.passage.kind in ("summary", "guidance", "steps"):
        return None
    own = (hit for hit in evidence.wide if hit.document.key == best.document.key and hit.passage.kind == "summary")
    summary = next(own, None)
    if summary is None or (summary.score < _SUMMARY_REACH * best.score and not reader.names(summary)):
        return None
    return summary


def _supporting(evidence: Evidence, first: Hit, reader: _Reader) -> list[Hit]:
    """Return the passages that may add to an answer, best first."""
    best = max(hit.score for hit in evidence.hits)
    whole = first.passage.kind == "summary"
    reach = _SAME_REACH * best if whole else best
    own = [hit for hit in evidence.wide if hit.document.key == first.document.key and hit.score >= reach]
    known = {hit.passage.id: hit for hit in (*evidence.hits, *own) if hit.passage.id != first.passage.id}
    fitting = [hit for hit in known.values() if _belongs(hit, first, best, reader)]

    def order(hit: Hit) -> tuple[bool, float]:
        same = hit.document.key == first.document.key
        # where nothing comes near, the summary's own document is all that can be relied on
        return whole and best < _NARROW and not same, -reader.fit(hit, evidence.hits) - _SAME * same

    return sorted(fitting, key=order)


@dataclass
class _Reader:
    """Reads passages and sentences as the question wants them."""

    wanted: Wanted
    weight: Callable[[str], float]
    settings: AnswerSettings
    _known: dict[str, Sequence[float]] = field(default_factory=dict)

    @cached_property
    def bare(self) -> bool:
        """Whether the question only names a thing."""
        return self.wanted.intent == "general" and names_a_thing(self.wanted.question)

    @property
    def defines(self) -> bool:
        """Whether the question asks what a thing is."""
        question = self.wanted.question
        short = self.wanted.intent == "definition" and len(set(words(question))) <= _MOST_DEFINED
        return self.bare or (short and amount_asked_for(question) is None and not self.judges)

    @cached_property
    def judges(self) -> bool:
        """Whether the question asks what is right, not what is: "what is a reasonable non-compete"."""
        return _JUDGES.search(self.wanted.question) is not None

    @cached_property
    def asked_by(self) -> frozenset[str]:
        """The audiences that ask."""
        return asking(self.wanted.question)

    def elsewhere(self, hit: Hit) -> bool:
        """Return whether a passage speaks to somebody else."""
        return elsewhere(hit.document, hit.passage, asked_by=self.asked_by)

    def without_elsewhere(self, evidence: Evidence) -> Evidence:
        """Return evidence without what speaks to somebody else, as long as anything is left."""
        hits = tuple(hit for hit in evidence.hits if not self.elsewhere(hit))
        wide = tuple(hit for hit in evidence.wide if not self.elsewhere(hit))
        return replace(evidence, hits=hits, wide=wide) if hits else evidence

    def names(self, hit: Hit) -> bool:
        """Return whether a passage has the rarest word of the question."""
        rarest = max(words(self.wanted.question), key=self.weight, default="")
        return rarest in words_of(hit.passage.text)

    def scores(self, hit: Hit) -> Sequence[float]:
        """Return how well each sentence of a hit answers."""
        if hit.passage.id not in self._known:
            quotes = [hit.passage.quote(sentence) for sentence in hit.passage.sentences]
            found = answering(self.wanted.question, quotes, cosines=hit.sentences, weight=self.weight)
            self._known[hit.passage.id] = found.tolist()
        return self._known[hit.passage.id]

    def fit(self, hit: Hit, hits: Sequence[Hit]) -> float:
        """Return how well a passage opens the answer."""
        best = hits[0]
        intent = "general" if self.wanted.intent == "definition" and self.judges else self.wanted.intent
        kinds = _BARE_FIT if self.bare else _FIT[intent]
        worth = kinds.get(hit.passage.kind, 0.0)
        if hit.passage.kind == "summary" and amount_asked_for(self.wanted.question):
            # what a thing is says less than the figures
            worth = min(worth, _SUMMARY_OF_AMOUNT)
        if hit.document.key != best.document.key:
            worth = min(worth, 0.0)
        worth += _KIND * self.names_it(hit, hits)
        if best.score < self.settings.kinds_from:
            # where even the best is far, how near a passage comes is all that is known
            worth = min(worth, 0.0)
        if self.elsewhere(hit):
            return hit.score + worth - _ELSEWHERE
        return hit.score + worth + _MEANT * bool(meant_for(hit.document, hit.passage) & (self.asked_by - EVERYBODY))

    def names_it(self, hit: Hit, hits: Sequence[Hit]) -> bool:
        """Return whether a passage holds, near the question, the kind of thing that is asked for."""
        looks = amount_asked_for(self.wanted.question)
        # the March of somebody's sample message answers no "when"
        if looks is None or hit.passage.kind == "example":
            return False
        near = _NEAR * max(max(other.sentences) for other in hits)
        sentences = zip(hit.passage.sentences, hit.sentences, strict=True)
        return any(cosine >= near and looks.search(hit.passage.quote(sentence)) for sentence, cosine in sentences)

    def prose(self, hit: Hit, count: int) -> list[Sentence]:
        """Return the sentences that answer best, in the passage's order; list items are not among them."""
        scores = self.scores(hit)
        every = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.role == "sentence"]
        ours = [i for i in every if not self._to_others(hit, i)] or every
        return [hit.passage.sentences[i] for i in sorted(sorted(ours, key=lambda i: -scores[i])[:count])]

    def _to_others(self, hit: Hit, place: int) -> bool:
        return said_to_others(hit.passage.quote(hit.passage.sentences[place]), asked_by=self.asked_by)


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
            self._said.append(frozenset(words_of(selection.text)))
        self._sections += 1

    def _repeats(self, text: str) -> bool:
        own = frozenset(words_of(text))
        return any(say_the_same(own, said) for said in self._said)


def _belongs(hit: Hit, first: Hit, best: float, reader: _Reader) -> bool:
    """Return whether a passage may add to an answer that another opened."""
    # a sentence of an example leans on the example, so it only stands where one was asked for
    if (hit.passage.kind == "example" and reader.wanted.intent != "example") or reader.elsewhere(hit):
        return False
    same = hit.document.key == first.document.key
    return same or best >= _NARROW or hit.score >= _NARROW_REACH * best


def _opening(hit: Hit, reader: _Reader, settings: AnswerSettings) -> list[tuple[Hit, Sentence]]:
    listed = list_of(hit, most=settings.items)
    every = reader.prose(hit, len(hit.passage.sentences))
    if reader.names_it(hit, [hit]) and not listed:
        prose = reader.prose(hit, _PROSE_SENTENCES)
    elif listed:
        prose = every if len(every) <= 2 else reader.prose(hit, 1)
    else:
        whole = length(hit, every) <= _WHOLE
        prose = every if whole else reader.prose(hit, _PROSE_SENTENCES)
    # what stands before the list opens the answer, what stands after it closes the part
    chosen = {sentence.start: sentence for sentence in [*prose, *listed]}.values()
    found = leaning_on(hit, chosen) or closest(hit)
    if not reader.defines and hit.passage.kind not in _IN_ORDER:
        found = led_by(hit, found, scores=dict(zip(hit.passage.sentences, reader.scores(hit), strict=True)))
    return [(hit, sentence) for sentence in found]


def _support(hit: Hit, first: Hit, room: int, reader: _Reader, settings: AnswerSettings) -> list[tuple[Hit, Sentence]]:
    if not room:
        return []
    scores = dict(zip(hit.passage.sentences, hit.sentences, strict=True))
    same = hit.document.key == first.document.key
    bar = (_SUPPORT_SAME if same else _SUPPORT) * max(first.sentences)
    listed = list_of(hit, most=settings.items)
    # a list of the same document was ranked by its section, and its items seldom repeat the question
    near = hit.score >= _LIST_REACH * first.score and any(scores[sentence] >= bar for sentence in listed)
    if same or near:
        found = fitting(hit, listed, scores=scores, room=room) if listed else []
        if found:
            return [(hit, sentence) for sentence in found]
    prose = [sentence for sentence in reader.prose(hit, _SUPPORTING_SENTENCES) if scores[sentence] >= bar]
    if prose and hit.passage.kind == "where-advice-differs":
        # one side of an open question alone would mislead
        both = reader.prose(hit, len(hit.passage.sentences))
        prose = both if length(hit, both) <= room else []
    return [(hit, sentence) for sentence in leaning_on(hit, prose)]
