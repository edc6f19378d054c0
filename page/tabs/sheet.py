"""The answers of a conversation -> a Sheet to bring to a meeting: questions to ask, steps, warning signs, with sources.

Which of them an item is comes from its section's kind, so the passage is looked up; a passage that the index no longer
has is told by its words. What a reader typed is not on the sheet, and no name is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ingest.passages import PassageStore
from ingest.records import Passage, SectionKind
from ingest.words import plain_words

PartName = Literal["questions", "steps", "warnings", "background"]
Find = Callable[[str], Passage | None]

#: Heading of each part, in the order of the sheet.
HEADINGS: dict[PartName, str] = {
    "questions": "Questions to ask",
    "steps": "Steps",
    "warnings": "Warning signs",
    "background": "Good to know",
}
#: Parts whose items are ticked off; what is good to know is only read.
TICKED: frozenset[PartName] = frozenset({"questions", "steps", "warnings"})
TITLE = "Sheet for a meeting"
ADVICE = (
    "General guidance, not legal, financial or medical advice. Every line is quoted from the source with its number."
)
_PARTS: dict[SectionKind, PartName] = {
    "questions-to-ask": "questions",
    "steps": "steps",
    "warning-signs": "warnings",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A section that items of the sheet are quoted from."""

    number: int
    """Number shown behind its items, from 1."""
    title: str
    """Title of the document."""
    heading_path: tuple[str, ...]
    """Headings above the section, outermost first."""
    facts: tuple[str, ...]
    """Review date, or that the document is stale; where it applies; its library."""

    @property
    def place(self) -> str:
        """Return title and headings on one line."""
        return " › ".join((self.title, *self.heading_path))


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the sheet."""

    text: str
    """The quoted sentence or list item."""
    source: int
    """Number of its source."""


@dataclass(frozen=True, slots=True)
class Part:
    """Items of one kind."""

    name: PartName
    """Which kind."""
    items: tuple[Item, ...]
    """The items, in the order in which they were answered, each once."""

    @property
    def heading(self) -> str:
        """Return the heading of the part."""
        return HEADINGS[self.name]

    @property
    def ticked(self) -> bool:
        """Return whether its items have a box to tick."""
        return self.name in TICKED


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page to bring to a meeting."""

    made: date
    """The day that it was made."""
    parts: tuple[Part, ...]
    """What is on it; empty where nothing was quoted."""
    sources: tuple[Source, ...]
    """Where the items come from, by number."""

    @property
    def day(self) -> str:
        """Return the day in words."""
        return f"{self.made.day} {self.made:%B %Y}"

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the titles of its documents, each once."""
        return tuple(dict.fromkeys(source.title for source in self.sources))


def passage_finder(store: PassageStore) -> Find:
    """Return what looks up a passage by its id; one that the store does not have is None."""

    def find(passage_id: str) -> Passage | None:
        try:
            return store.passages([passage_id])[0].passage
        except KeyError:
            return None

    return find


def make(records: Sequence[Mapping[str, Any]], find: Find, *, today: date | None = None) -> Sheet:
    """Return the sheet of some answers, given as ``Answer.as_record`` gives them, oldest first.

    What was quoted and shown is on it, without what an answer keeps for a reader who asks for more; no item twice.
    """
    draft = _Draft()
    for citation in _shown(records):
        passage = find(str(citation["passage_id"]))
        if not _is_lead_in(citation, passage):
            draft.add(citation, _part(citation, passage))
    parts = tuple(Part(name, tuple(items)) for name, items in draft.items.items() if items)
    return Sheet(today or date.today(), parts, tuple(draft.sources.values()))


@dataclass(slots=True)
class _Draft:
    """A sheet that is being filled."""

    items: dict[PartName, list[Item]] = field(default_factory=lambda: {name: [] for name in HEADINGS})
    sources: dict[tuple[str, ...], Source] = field(default_factory=dict)
    said: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, citation: Mapping[str, Any], part: PartName) -> None:
        """Put an item into a part, unless it is there already."""
        text = str(citation["quote"]).strip()
        # capitals, punctuation and kinds of dashes make no other item
        words = tuple(plain_words(text))
        if not words or words in self.said:
            return
        self.said.add(words)
        path = tuple(str(heading) for heading in citation["heading_path"])
        place = (str(citation["library"]), str(citation["document"]), *path)
        if place not in self.sources:
            self.sources[place] = Source(len(self.sources) + 1, str(citation["title"]), path, _facts(citation))
        self.items[part].append(Item(text, self.sources[place].number))


def _shown(records: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for record in records:
        citations = {citation["number"]: citation for citation in record["citations"]}
        for claim in record["claims"]:
            if not claim.get("more"):
                yield from (citations[number] for number in claim["citations"] if number in citations)


def _is_lead_in(citation: Mapping[str, Any], passage: Passage | None) -> bool:
    """Return whether a quote only introduces a list: its items stand under a heading of the sheet instead."""
    span = (citation["start"], citation["end"])
    for sentence in passage.sentences if passage else ():
        if (sentence.start, sentence.end) == span:
            return sentence.role == "lead-in"
    return str(citation["quote"]).rstrip().endswith(":")


def _part(citation: Mapping[str, Any], passage: Passage | None) -> PartName:
    if passage is not None:
        return _PARTS.get(passage.kind, "background")
    heading = " ".join(citation["heading_path"][-1:]).casefold()
    if str(citation["quote"]).rstrip().endswith("?"):
        return "questions"
    if "warning" in heading or heading.startswith("signs"):
        return "warnings"
    return "steps" if heading.startswith("steps") else "background"


def _facts(citation: Mapping[str, Any]) -> tuple[str, ...]:
    reviewed, stale = citation.get("reviewed"), citation.get("stale")
    due = f"STALE: reviewed {reviewed}, due again by {citation.get('review_by')}"
    jurisdiction = citation.get("jurisdiction")
    facts = (
        due if stale else f"reviewed {reviewed}" if reviewed else "no review date",
        f"applies in: {jurisdiction}" if jurisdiction else "",
        str(citation["library"]),
    )
    return tuple(fact for fact in facts if fact)
