"""Document -> Passages, along its headings and lists, each with the spans of its sentences.

After ``clean``, before ``embed``. A passage never crosses a heading; a list stays with the sentence that introduces it
for as long as both fit, and where they do not, the later parts remember that sentence. Nothing is lost and nothing is
added: joined, the passages of a section are the section.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.records import Block, Document, Passage, SectionKind, Sentence, SentenceRole, embedded_text, passage_id
from ingest.sentences import sentence_spans
from ingest.settings import SplitSettings

CountTokens = Callable[[str], int]

#: Kinds guessed from the words of a heading that declares none, in order.
_KIND_WORDS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        "warning-signs",
        re.compile(r"\b(warning|red flags?|signs? (of|that)|danger|isn.t working|pitfalls?|mistakes?)\b", re.I),
    ),
    (
        "questions-to-ask",
        re.compile(r"\b(questions? (to|for)|what to ask|ask(ing)? (your|a|the|about|before))\b", re.I),
    ),
    ("example", re.compile(r"\b(examples?|in action|case stud(y|ies)|sample|vignette)\b", re.I)),
    ("steps", re.compile(r"\b(steps?|how to|checklist|timeline|calendar|where to find)\b", re.I)),
    ("summary", re.compile(r"\b(in short|summary|overview|at a glance|key (points|takeaways)|conclusion)\b", re.I)),
)


@dataclass(frozen=True, slots=True)
class _Section:
    heading_path: tuple[str, ...]
    kind: SectionKind
    asked: tuple[str, ...]
    blocks: tuple[tuple[int, Block], ...]  # (start of the block in the document's text, block)


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence or list item with its place in the document; what is never cut."""

    start: int
    end: int
    role: SentenceRole
    block: int
    block_start: int
    words: int
    references: tuple[str, ...]
    text: str


def split(document: Document, settings: SplitSettings, *, count_tokens: CountTokens) -> list[Passage]:
    """Return the passages of a document, in order, each id once.

    A passage has ``min_words`` to ``max_words`` words unless its section is shorter or one sentence is longer, and with
    its headings no more than ``max_tokens`` tokens unless one sentence has more.
    """
    passages: dict[str, Passage] = {}
    for section in _sections(document):
        for passage in _split_section(document, section, settings, count_tokens):
            passages.setdefault(passage.id, passage)
    return list(passages.values())


def guess_kind(heading: str) -> SectionKind:
    """Return the kind that a heading's words suggest, ``guidance`` where they suggest none."""
    return next((kind for kind, words in _KIND_WORDS if words.search(heading)), "guidance")


def _sections(document: Document) -> Iterator[_Section]:
    # an author who declares kinds has said which sections have none
    guessing = not any(block.section_kind for block in document.blocks)
    path: list[tuple[int, Block]] = []
    blocks: list[tuple[int, Block]] = []
    offset = 0
    for block in document.blocks:
        if block.kind == "heading":
            if blocks:
                yield _section(path, blocks, guessing=guessing)
            blocks = []
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, block)]
        else:
            blocks.append((offset, block))
        offset += len(block.prefix) + len(block.text) + 1
    if blocks:
        yield _section(path, blocks, guessing=guessing)


def _section(path: Sequence[tuple[int, Block]], blocks: Sequence[tuple[int, Block]], *, guessing: bool) -> _Section:
    headings = [block for _, block in path]
    declared = next((block.section_kind for block in reversed(headings) if block.section_kind), None)
    kind = declared or (guess_kind(headings[-1].text) if headings and guessing else "guidance")
    asked = headings[-1].asked if headings else ()
    return _Section(tuple(block.text for block in headings), kind, asked, tuple(blocks))


def _split_section(
    document: Document, section: _Section, settings: SplitSettings, count_tokens: CountTokens
) -> list[Passage]:
    atoms = list(_atoms(section))
    limit = settings.max_words
    while True:
        passages = [_passage(document, section, group, atoms) for group in _groups(atoms, settings.min_words, limit)]
        too_long = any(
            len(passage.sentences) > 1 and count_tokens(embedded_text(document.title, passage)) > settings.max_tokens
            for passage in passages
        )
        if not too_long:
            return passages
        limit = int(limit * 0.8)


def _atoms(section: _Section) -> Iterator[_Atom]:
    for number, (offset, block) in enumerate(section.blocks):
        base = offset + len(block.prefix)
        followed_by_list = number + 1 < len(section.blocks) and section.blocks[number + 1][1].kind != "paragraph"
        spans = sentence_spans(block.text) if block.kind == "paragraph" else [(0, len(block.text))]
        for start, end in spans:
            text = block.text[start:end]
            leads = followed_by_list and end == spans[-1][1] and text.endswith(":")
            yield _Atom(
                start=base + start,
                end=base + end,
                role="item" if block.kind != "paragraph" else "lead-in" if leads else "sentence",
                block=number,
                block_start=offset,
                words=len(text.split()),
                references=tuple(mark.reference for mark in block.marks if start < mark.offset <= end),
                text=text,
            )


def _groups(atoms: Sequence[_Atom], min_words: int, max_words: int) -> list[list[_Atom]]:
    """Cut a section into runs of about equal length, at the start of a paragraph or list where one is near."""
    total = sum(atom.words for atom in atoms)
    target = total / max(1, math.ceil(total / max_words))
    groups: list[list[_Atom]] = [[]]
    size = 0
    for unit in _units(atoms):
        unit_words = sum(atom.words for atom in unit)
        if groups[-1] and size >= min_words and size + unit_words > max_words:
            groups.append([])
            size = 0
        for i, atom in enumerate(unit):
            after_lead_in = i > 0 and unit[i - 1].role == "lead-in"
            too_many = size + atom.words > max_words
            full = unit_words > max_words and size >= target and not after_lead_in
            if groups[-1] and (too_many or full):
                groups.append([])
                size = 0
            groups[-1].append(atom)
            size += atom.words
    return _join_short(groups, min_words, max_words)


def _units(atoms: Sequence[_Atom]) -> list[list[_Atom]]:
    """Group atoms that belong together: a paragraph, or a list with the paragraph that introduces it."""
    units: list[list[_Atom]] = []
    for atom in atoms:
        previous = units[-1][-1] if units else None
        together = previous is not None and (
            previous.block == atom.block or (atom.role == "item" and previous.role in ("item", "lead-in"))
        )
        if together:
            units[-1].append(atom)
        else:
            units.append([atom])
    return units


def _join_short(groups: list[list[_Atom]], min_words: int, max_words: int) -> list[list[_Atom]]:
    joined: list[list[_Atom]] = []
    for group in groups:
        words = sum(atom.words for atom in group)
        before = sum(atom.words for atom in joined[-1]) if joined else 0
        if joined and min(words, before) < min_words and words + before <= max_words:
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _passage(document: Document, section: _Section, group: Sequence[_Atom], atoms: Sequence[_Atom]) -> Passage:
    first = group[0]
    # a passage that begins with a whole block shows its bullet or number too
    opens_block = all(atom.block != first.block or atom.start >= first.start for atom in atoms)
    start = first.block_start if opens_block else first.start
    end = group[-1].end
    text = document.text[start:end]
    blocks = sorted({atom.block for atom in group})
    return Passage(
        id=passage_id(document, heading_path=section.heading_path, text=text),
        document=document.id,
        heading_path=section.heading_path,
        kind=section.kind,
        text=text,
        start=start,
        end=end,
        sentences=tuple(
            Sentence(atom.start - start, atom.end - start, atom.role, blocks.index(atom.block), atom.references)
            for atom in group
        ),
        asked=section.asked,
        lead_in=_lead_in(first, atoms),
    )


def _lead_in(first: _Atom, atoms: Sequence[_Atom]) -> str:
    if first.role != "item":
        return ""
    before = [atom for atom in atoms if atom.start < first.start and atom.role != "item"]
    return before[-1].text if before and before[-1].role == "lead-in" else ""
