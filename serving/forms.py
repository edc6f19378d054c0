"""The forms of requests and of what comes back, as the interface's schema states them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.chain import Ask
from assistant.prefer import Preference
from assistant.records import Outcome, Turn
from serving.feedback import MOST_NOTE, MOST_QUESTION, Feedback, Rating, Reason, answer_fingerprint

#: Beyond these a conversation is cut by whoever sends it; a follow-up leans on the last few turns.
MOST_TURNS, MOST_CLAIMS = 200, 100


def _whole(text: str) -> str:
    """Return a text with a question mark for each half of a character, which JSON can hold and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode()


Text = Annotated[str, AfterValidator(_whole)]
Word = Annotated[Text, Field(max_length=200)]


class Form(BaseModel):
    """What somebody sends: unknown fields are refused, because they are mostly misspelt ones."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Record(BaseModel):
    """What comes back; fields may be added."""

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)


class TurnForm(Form):
    """An earlier turn of the conversation."""

    question: Text
    """What was asked."""
    claims: list[Text] = Field(default=[], max_length=MOST_CLAIMS)
    """What was answered, a text for each claim, so that "the second one" is understood."""


class AskForm(Form):
    """A question with the conversation before it; nothing of it is kept on the server."""

    question: Text
    """The question, in up to 2,000 characters."""
    turns: list[TurnForm | Text] = Field(default=[], max_length=MOST_TURNS)
    """Earlier turns, oldest first; a text stands for a question whose answer is not known."""
    only: list[Word] = Field(default=[], max_length=50)
    """Names of the libraries to answer from; all where it is empty."""
    stage: Word = ""
    """Career stage to prefer guidance for."""
    setting: Word = ""
    """Work setting to prefer guidance for."""
    topic: Word = ""
    """Tag that a document must have."""

    def to_ask(self) -> Ask:
        """Return it as the assistant takes it."""
        turns = tuple(
            Turn(turn) if isinstance(turn, str) else Turn(turn.question, tuple(turn.claims)) for turn in self.turns
        )
        return Ask(self.question, turns, tuple(self.only), Preference(self.stage, self.setting, self.topic))


class ClaimRecord(Record):
    """A statement of an answer."""

    text: str
    """What it says."""
    citations: list[int]
    """Numbers of its citations."""
    verdict: str
    """``supported``."""


class CitationRecord(Record):
    """A span of a source."""

    number: int
    """What stands in brackets in the text."""
    document: str
    """Id of the document."""
    library: str
    """Its library."""
    title: str
    """Its title."""
    passage_id: str
    """Id of the passage, for ``/passages/{id}``."""
    start: int
    """First character of the quote in the passage."""
    end: int
    """One past its last."""
    quote: str
    """The quoted span."""


class AnswerRecord(Record):
    """An answer, in the form that ``docs/record.md`` describes."""

    version: int
    """Version of the form."""
    question: str
    """The question as asked, on one line."""
    query: str
    """What was searched for."""
    outcome: Outcome
    """What kind of answer it is."""
    text: str
    """The answer, with ``[n]`` behind each statement."""
    claims: list[ClaimRecord]
    """Its statements."""
    citations: list[CitationRecord]
    """What bears them out."""
    care: str
    """Fixed text that stands above the answer, or empty."""
    removed: int
    """Statements taken out because their source does not bear them out."""
    uncovered: list[str]
    """Parts of the question that are not answered."""
    model: str
    """The chat model that wrote the answer, or empty."""
    notice: str
    """What went wrong with the chat model, or empty."""
    timings_ms: dict[str, float]
    """Milliseconds of each step."""
    settings: str
    """Fingerprint of settings and index."""


class PassageRecord(Record):
    """A passage of a document."""

    id: str
    """Its id."""
    document: str
    """Id of its document."""
    library: str
    """Its library."""
    title: str
    """Title of the document."""
    heading_path: list[str]
    """Headings above it."""
    text: str
    """Its text."""
    start: int
    """First character in the document's text."""
    end: int
    """One past the last."""


class DocumentEntry(Record):
    """A document of the index."""

    id: str
    """Its id."""
    library: str
    """Its library."""
    title: str
    """Its title."""
    reviewed: str
    """Day of its last review, or empty."""
    stale: bool
    """Whether the next review is overdue."""


class DocumentRecord(DocumentEntry):
    """A whole document."""

    text: str
    """All of it; spans count its characters."""
    sections: list[dict[str, object]]
    """``heading``, ``level``, ``start`` and ``blocks`` of each section, in reading order."""
    passages: list[dict[str, object]]
    """``id``, ``start`` and ``end`` of each passage."""


class LibraryRecord(Record):
    """What is indexed."""

    build: str
    """Id of the build."""
    libraries: list[dict[str, object]]
    """``name``, ``documents`` and ``passages`` of each library."""
    documents: list[DocumentEntry]
    """The documents, by library and id."""


class ProblemRecord(Record):
    """What went wrong, as RFC 9457 has it."""

    type: str
    """``about:blank``."""
    title: str
    """What kind of problem it is."""
    status: int
    """The response's status."""
    detail: str
    """What to do about it."""


class FeedbackForm(Form):
    """What a person thinks of an answer; sent only when the person asks for it."""

    rating: Rating
    """Whether it helped."""
    reason: Reason = ""
    """Why not."""
    note: Text = Field(default="", max_length=MOST_NOTE)
    """In the person's own words."""
    question: Text = Field(max_length=MOST_QUESTION)
    """The question."""
    outcome: Outcome
    """Outcome of the answer."""
    claims: list[Text] = Field(default=[], max_length=MOST_CLAIMS)
    """Texts of its claims; a fingerprint of them is kept, not they themselves."""
    passages: list[Word] = Field(default=[], max_length=MOST_CLAIMS)
    """Ids of the passages that it cites."""
    settings: Word = ""
    """Fingerprint of settings and index, from the answer."""

    def to_feedback(self, build: str) -> Feedback:
        """Return it as the store takes it."""
        return Feedback(
            self.rating,
            self.outcome,
            self.question,
            self.reason,
            self.note,
            answer_fingerprint(self.claims, settings=self.settings),
            tuple(self.passages),
            build,
        )


class FeedbackRecord(Record):
    """What was kept."""

    kept: bool
    """Always true; where it could not be kept, a problem comes back."""
