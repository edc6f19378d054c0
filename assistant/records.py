"""The nouns of an answer: Turn, Query, Hit, Draft, Claim, Citation, Answer.

Every score is higher-is-better. Every span is ``[start, end)`` in characters of the passage's text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal, Protocol, runtime_checkable

from ingest.records import Document, Passage, Reference, Sentence, SentenceRole

#: Version of the record that ``Answer.as_record`` returns; goes up when a key changes its meaning or goes away.
RECORD_VERSION = 1

Outcome = Literal["answered", "not_covered", "declined", "care"]
Verdict = Literal["supported", "contradicted", "unsupported"]
Intent = Literal["general", "definition", "questions", "steps", "warnings", "choice", "evidence", "example"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation so far, with what was answered."""

    question: str
    """The asker's words."""
    claims: tuple[str, ...] = ()
    """List items shown, or else sentences, in order; empty where only the questions are known."""


@dataclass(frozen=True, slots=True)
class Query:
    """Stand-alone text for the retriever."""

    text: str
    """What is searched for."""
    intent: Intent
    """What kind of answer was asked for."""
    carried: tuple[str, ...] = ()
    """Terms taken over from earlier turns."""
    need: float = 0.0
    """How likely it is that the question cannot be understood without them, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with what speaks for it."""

    passage: Passage
    """The passage."""
    document: Document
    """Its document."""
    dense: float
    """Cosine of query and passage, -1 to 1."""
    lexical: float
    """Share of the query's attainable BM25 score, 0 to 1."""
    sentences: tuple[float, ...]
    """Cosine of the query and each of the passage's sentences, -1 to 1."""
    score: float = 0.0
    """How strongly it bears on the query, about 0 to 1."""
    pointer: float = 0.0
    """Cosine of the query and the passage's heading, or a question that its section is known to answer, whichever is
    nearer; -1 to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The hits that may be cited, or the finding that there are none."""

    hits: tuple[Hit, ...]
    """Passages above the bar, best first; empty means that the question is not covered."""
    related: tuple[Hit, ...]
    """The nearest others; never cited."""
    score: float
    """Score of the best hit."""
    confidence: float = 0.0
    """How likely it is that the question is answered, 0 to 1."""
    wide: tuple[Hit, ...] = ()
    """More passages of at least the bar, best first, with those of ``hits``: for questions that weigh two things."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A sentence chosen for an answer."""

    hit: Hit
    """Where it comes from."""
    sentence: Sentence
    """Its span and role."""
    section: int
    """Number of the part of the answer that it belongs to."""
    column: str = ""
    """In a comparison: the side that it speaks to, as the question has it."""
    more: bool = False
    """Whether it is shown only to a reader who asks for more."""

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self.hit.passage.quote(self.sentence)


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences in the order in which they will be read, not yet checked."""

    selections: tuple[Selection, ...]
    """What was chosen."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a verifier finds of one claim."""

    verdict: Verdict
    """Whether the evidence bears the claim out."""
    score: float
    """How well it does, 0 to 1, higher is better."""
    decided: int
    """Index of the evidence sentence that decided; -1 where there is none."""


@runtime_checkable
class Verifier(Protocol):
    """What holds a sentence that a model wrote against the sentences that it cites."""

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        """Return what the evidence says of a claim."""


@dataclass(frozen=True, slots=True)
class Support:
    """A sentence of a source that bears a claim out."""

    hit: Hit
    """The passage that it stands in."""
    sentence: Sentence
    """Its span."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the exchange with a chat model."""

    role: str
    """``system``, ``human`` or ``ai``."""
    text: str
    """What it says, to the letter."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of the answer and whether its source bears it out."""

    text: str
    """What is shown."""
    verdict: Verdict
    """Only supported claims are shown."""
    role: SentenceRole
    """How it is laid out."""
    section: int
    """Part of the answer that it belongs to."""
    hit: Hit
    """Where it is said to come from."""
    sentence: Sentence
    """The span that it is said to be."""
    citations: tuple[int, ...] = ()
    """Numbers of its citations, given by ``cite``."""
    column: str = ""
    """In a comparison: the side that it speaks to, as the question has it."""
    more: bool = False
    """Whether it is shown only to a reader who asks for more."""
    further: tuple[Support, ...] = ()
    """What else bears it out, where a model wrote it and cited several passages."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A span of a passage that bears out a claim."""

    number: int
    """Number shown in the answer, from 1."""
    document: str
    """Document id."""
    title: str
    """Title of the document."""
    heading_path: tuple[str, ...]
    """Headings above the passage, outermost first."""
    passage_id: str
    """Passage id."""
    passage: str
    """Text of the passage."""
    start: int
    """First character of the quote in ``passage``."""
    end: int
    """One past its last character."""
    reviewed: str
    """Day of the document's last review, ``YYYY-MM-DD``, or empty."""
    library: str
    """Library that the document belongs to."""
    references: tuple[Reference, ...] = ()
    """Published works that the quoted sentence names."""
    source: str = ""
    """Path of the document's file below its library's folder, or empty."""
    page: int = 0
    """Page of that file that the quote begins on, from 1; 0 where the format has no pages."""
    also: tuple[str, ...] = ()
    """Paths of other files of the library that say the same."""
    evidence: str = ""
    """Kind of evidence that most of the document rests on, or empty."""
    jurisdiction: str = ""
    """Where the document's law or policy applies, or empty."""
    review_by: str = ""
    """The day after which the document counts as stale, ``YYYY-MM-DD``, or empty."""
    stale: bool = False
    """Whether that day had passed when the question was answered."""

    @property
    def quote(self) -> str:
        """Return the quoted span."""
        return self.passage[self.start : self.end]

    def as_record(self) -> dict[str, object]:
        """Return the citation as plain data."""
        return {
            "number": self.number,
            "document": self.document,
            "title": self.title,
            "heading_path": list(self.heading_path),
            "passage_id": self.passage_id,
            "passage": self.passage,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "reviewed": self.reviewed,
            "library": self.library,
            "source": self.source,
            "page": self.page or None,
            "also": list(self.also),
            "evidence": self.evidence,
            "jurisdiction": self.jurisdiction,
            "review_by": self.review_by,
            "stale": self.stale,
            "references": [
                {"title": r.title, "publisher": r.publisher, "year": r.year, "url": r.url} for r in self.references
            ],
        }


@dataclass(frozen=True, slots=True)
class CareSource:
    """Where a fact of a fixed text comes from."""

    title: str
    """Title of the page."""
    publisher: str
    """Who published it."""
    url: str
    """Its address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker gets."""

    question: str
    """The asker's words."""
    query: str
    """What was searched for."""
    outcome: Outcome
    """What kind of answer it is."""
    text: str
    """The answer as plain text, with ``[n]`` behind each claim; without what is kept for a reader who asks for more."""
    claims: tuple[Claim, ...] = ()
    """The supported claims, in order."""
    citations: tuple[Citation, ...] = ()
    """Their citations, by number."""
    removed: int = 0
    """Claims taken out because their source does not bear them out."""
    related: tuple[Hit, ...] = ()
    """Passages near the question that do not answer it."""
    uncovered: tuple[str, ...] = ()
    """Parts of the question that the corpus does not answer, in the asker's words, where it answers another."""
    care: str = ""
    """Fixed text that stands above the answer: who to reach, who to tell, what stays confidential."""
    care_sources: tuple[CareSource, ...] = ()
    """Where the facts of that text come from, or of ``text`` where the whole answer is such a text."""
    score: float = 0.0
    """Evidence score of the best passage, about 0 to 1."""
    confidence: float = 0.0
    """How likely it is that the corpus answers the question, 0 to 1."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds of each step."""
    settings: str = ""
    """Fingerprint of the settings and the index."""
    model: str = ""
    """The chat model that wrote it, ``provider:name``; empty where it is quoted."""
    notice: str = ""
    """A plain line for the reader on what went wrong with the chat model, or empty."""
    unknown_keys: int = 0
    """How often the chat model cited a passage that it was not given."""
    sent: tuple[Message, ...] = ()
    """What was sent to the chat model, to the letter; empty where none was asked."""

    def as_turn(self) -> Turn:
        """Return the answer as a turn of the conversation: "the second one" is the second item of its list."""
        shown = [claim for claim in self.claims if not claim.more]
        items = [claim.text for claim in shown if claim.role == "item"]
        others = [claim.text for claim in shown if claim.role == "sentence"]
        question = self.question
        for part in self.uncovered:
            # what was not answered is no subject for the questions that follow
            question = question.replace(part, "")
        return Turn(question.strip(), tuple(items or others))

    def __add__(self, later: Answer) -> Answer:
        """Return the later one: streamed answers grow, and each holds all of the one before."""
        return later

    def as_record(self) -> dict[str, object]:
        """Return the answer as plain data, in the form that ``docs/record.md`` describes."""
        return {
            "version": RECORD_VERSION,
            "question": self.question,
            "query": self.query,
            "outcome": self.outcome,
            "text": self.text,
            "claims": [
                {
                    "text": claim.text,
                    "citations": list(claim.citations),
                    "verdict": claim.verdict,
                    "column": claim.column,
                    "more": claim.more,
                }
                for claim in self.claims
            ],
            "citations": [citation.as_record() for citation in self.citations],
            "care": self.care,
            "care_sources": [asdict(source) for source in self.care_sources],
            "removed": self.removed,
            "uncovered": list(self.uncovered),
            "related": [
                {
                    "document": hit.document.id,
                    "title": hit.document.title,
                    "heading_path": list(hit.passage.heading_path),
                    "passage_id": hit.passage.id,
                    "score": round(hit.score, 4),
                }
                for hit in self.related
            ],
            "score": round(self.score, 4),
            "confidence": round(self.confidence, 4),
            "timings_ms": {name: round(value, 3) for name, value in self.timings_ms.items()},
            "settings": self.settings,
            "model": self.model,
            "notice": self.notice,
            "unknown_keys": self.unknown_keys,
            "sent": [{"role": message.role, "text": message.text} for message in self.sent],
        }
