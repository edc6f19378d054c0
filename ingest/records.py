"""The nouns of ingest: Document, Block, Passage, Sentence, and how their ids are formed.

A document is a sequence of blocks. Joined, one a line, the blocks are the document's cleaned text; a passage is a
slice of that text and a sentence is a slice of a passage. Every offset counts characters, and a span is
``[start, end)``, so ``text[start:end]`` is always the thing itself.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from ingest.typography import matching

BlockKind = Literal["heading", "paragraph", "item", "row"]
SectionKind = Literal[
    "guidance",
    "summary",
    "questions-to-ask",
    "steps",
    "warning-signs",
    "example",
    "evidence",
    "where-advice-differs",
]
FileState = Literal["kept", "duplicate", "refused", "removed"]
SentenceRole = Literal["sentence", "lead-in", "item"]

SECTION_KINDS: tuple[SectionKind, ...] = get_args(SectionKind)


@dataclass(frozen=True, slots=True)
class Reference:
    """A published work that a document's facts rest on."""

    id: str
    """Key used by the marks in the document."""
    title: str
    """Title of the work."""
    publisher: str
    """Journal or body that published it."""
    year: int | None = None
    """Year of publication."""
    url: str = ""
    """Address, or empty."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The place where a block's text names a reference."""

    offset: int
    """Characters of the block's text before the mark."""
    reference: str
    """Id of the reference."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row, in reading order."""

    kind: BlockKind
    """What it is."""
    text: str
    """Its plain text, on one line, without bullet, number or markup."""
    level: int = 0
    """Depth of a heading (1 to 6) or of a list item (1 and more)."""
    prefix: str = ""
    """Bullet or number shown before the text."""
    section_kind: SectionKind | None = None
    """For a heading, the kind that it declares for its section."""
    marks: tuple[Mark, ...] = ()
    """References named in the text."""
    asked: tuple[str, ...] = ()
    """For a heading, questions in users' words that its section answers; found by, never shown."""
    page: int = 0
    """Page of the file that it begins on, from 1; 0 where the format has no pages."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file, before anybody has said which document it is."""

    blocks: tuple[Block, ...]
    """Headings, paragraphs, list items and rows, in reading order."""
    title: str = ""
    """Title that the file gives itself, or empty."""
    notes: tuple[str, ...] = ()
    """What the operator should know, such as pages without text."""
    dropped: tuple[str, ...] = ()
    """Texts left out as the page's or the printer's, not the author's."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What a document says about itself, for filters and for the reader."""

    setting: tuple[str, ...] = ()
    """Work settings that it speaks to."""
    stage: tuple[str, ...] = ()
    """Career stages that it speaks to."""
    topics: tuple[str, ...] = ()
    """Tags."""
    domains: tuple[str, ...] = ()
    """Career domains."""


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, cleaned."""

    id: str
    """Path below its folder, without suffix, with forward slashes."""
    title: str
    """Title shown to the reader."""
    blocks: tuple[Block, ...]
    """Content in reading order."""
    summary: str = ""
    """One sentence on what it answers."""
    facets: Facets = Facets()
    """What it is about and for whom."""
    evidence: str = ""
    """Kind of evidence that most of it rests on."""
    jurisdiction: str = ""
    """Where its law or policy applies."""
    reviewed: date | None = None
    """The day it was last checked."""
    review_by: date | None = None
    """The day after which it counts as stale."""
    references: tuple[Reference, ...] = ()
    """Works that its facts rest on."""
    library: str = ""
    """Name of the library that it belongs to."""
    source: str = ""
    """Path of its file below the library's folder, with suffix; empty for a document that came from no file."""
    also: tuple[str, ...] = ()
    """Paths of other files of the library that say the same and are not kept a second time."""

    @property
    def key(self) -> tuple[str, str]:
        """Return library and id, which together name a document of an index."""
        return self.library, self.id

    @property
    def text(self) -> str:
        """Return the cleaned text: every block on a line of its own, with its bullet or number."""
        return "\n".join(block.prefix + block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What became of a file when its library was ingested."""

    library: str
    """Name of its library."""
    source: str
    """Its path below the library's folder, with suffix."""
    sha256: str
    """Digest of its bytes."""
    document: str
    """Id of its document."""
    state: FileState
    """Whether its document is in the index, and if not why not."""
    reason: str = ""
    """Why it is not in the index; for a duplicate, the path of the file that is kept."""
    title: str = ""
    """Title of its document."""
    sections: int = 0
    """Sections of its document."""
    passages: int = 0
    """Passages of its document."""
    notes: tuple[str, ...] = ()
    """What the operator should know of it."""
    dropped: tuple[str, ...] = ()
    """The first texts that were left out as clutter."""
    sketch: str = ""
    """Sketch of its text, in hexadecimal digits: see ``ingest.duplicates``."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is quoted: a sentence, a lead-in or a whole list item."""

    start: int
    """First character, counted in the passage's text."""
    end: int
    """One past the last character, counted in the passage's text."""
    role: SentenceRole
    """Whether it stands alone, introduces a list or is a list item."""
    paragraph: int
    """Number of the block within the passage; sentences of one paragraph share it."""
    references: tuple[str, ...] = ()
    """Ids of the references that it names."""
    page: int = 0
    """Page of the file that its block begins on, from 1; 0 where the format has no pages."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded, retrieved and cited: part of one section."""

    id: str
    """First 16 hex digits of a hash of library, document, heading path and text; stable over rebuilds."""
    document: str
    """Id of its document."""
    heading_path: tuple[str, ...]
    """Headings above it, outermost first, without the document's title."""
    kind: SectionKind
    """Kind of its section."""
    text: str
    """Its text, a slice of the document's text."""
    start: int
    """First character, counted in the document's text."""
    end: int
    """One past the last character, counted in the document's text."""
    sentences: tuple[Sentence, ...]
    """What can be quoted from it, in order, without overlap."""
    asked: tuple[str, ...] = ()
    """Questions in users' words that its section answers, short forms written out; it is found by them, and they are
    never shown."""
    lead_in: str = ""
    """For the later part of a long list: the sentence that introduces the list."""
    library: str = ""
    """Name of its library."""

    @property
    def document_key(self) -> tuple[str, str]:
        """Return library and id of its document."""
        return self.library, self.document

    def quote(self, sentence: Sentence) -> str:
        """Return the text of one of its sentences."""
        return self.text[sentence.start : sentence.end]


def labelled_row(header: Sequence[str], cells: Sequence[str]) -> str:
    """Return a table's row as one text that can be read without its header: "Rank: associate · Years: 5".

    Empty cells are left out; a column without a name, or whose cell repeats it, gets no label.
    """
    names = [*header, *[""] * (len(cells) - len(header))]
    labels = (f"{name}: {cell}" if name and name != cell else cell for name, cell in zip(names, cells, strict=False))
    return " · ".join(label for label, cell in zip(labels, cells, strict=False) if cell)


def digest(*parts: str) -> str:
    """Return the SHA-256 hex digest of the parts, which cannot run into each other."""
    state = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8")
        state.update(len(encoded).to_bytes(8, "big"))
        state.update(encoded)
    return state.hexdigest()


def passage_id(document: Document, *, heading_path: tuple[str, ...], text: str) -> str:
    """Return the id of a passage; equal input gives an equal id on every machine."""
    return digest(document.library, document.id, *heading_path, text)[:16]


#: Most characters of a title or heading, and most headings, that are embedded with a passage, whose text must fit too.
_HEADING_CHARACTERS, _HEADINGS = 90, 2


def embedded_heading(title: str, heading_path: tuple[str, ...]) -> str:
    """Return the first line of what is embedded for a passage: the title and the innermost headings, long ones cut."""
    shown = (title, *heading_path[-_HEADINGS:])
    most = _HEADING_CHARACTERS
    return " › ".join(textwrap.shorten(part, most, placeholder="") or part[:most] for part in shown)


def embedded_text(title: str, passage: Passage) -> str:
    """Return the text that is embedded for a passage: title and headings, then the lead-in, then the text."""
    return matching(_above(title, passage) + passage.text)


def embedded_sentences(title: str, passage: Passage) -> tuple[tuple[int, int], ...]:
    """Return where each sentence of a passage stands in what is embedded for it: first character, one past the
    last."""
    above = _above(title, passage)
    whole = above + passage.text

    def place(offset: int) -> int:
        end = len(above) + offset
        return end if whole.isascii() else len(matching(whole[:end]))

    return tuple((place(sentence.start), place(sentence.end)) for sentence in passage.sentences)


def _above(title: str, passage: Passage) -> str:
    path = embedded_heading(title, passage.heading_path)
    return "".join(f"{part}\n" for part in (path, passage.lead_in) if part)


def heading_of(title: str, passage: Passage) -> str:
    """Return a passage's innermost heading, or the title where it stands under none."""
    return passage.heading_path[-1] if passage.heading_path else title
