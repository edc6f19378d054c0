"""Document -> Passages, along its headings and lists, each with the spans of its sentences.

After ``clean``, before ``embed``. A passage never crosses a heading. A list stays with the sentence that introduces it
for as long as both fit, and where they do not, the later parts remember that sentence; a question stays with its
answer. Where a section is too long for one passage, the cheapest set of cuts is taken: between paragraphs rather than
inside one, never behind a lead-in if it can be helped. Nothing is lost and nothing is added: joined, the passages of a
section are the section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.records import (
    Block,
    Document,
    Passage,
    SectionKind,
    Sentence,
    SentenceRole,
    embedded_heading,
    passage_id,
)
from ingest.sentences import sentence_spans
from ingest.settings import SplitSettings
from ingest.shorthand import written_out

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


#: A lead-in of more tokens is not repeated for the later parts of its list.
_LONGEST_LEAD_IN = 60
#: Where a piece that is too long is cut: the first of these that stands anywhere in its middle half.
_CUTS = tuple(re.compile(pattern) for pattern in (r"[.!?;:][”\"’')\]]*\s+", r",\s+|\s[–—-]\s+", r"\s+"))
#: What a cut costs by what it parts, against a passage's own cost (see ``_cost``).
_AFTER_LEAD_IN, _AFTER_QUESTION, _INSIDE_PARAGRAPH, _INSIDE_LIST = 60.0, 30.0, 3.0, 2.0
#: ... and what a run of items costs that has no room for the lead-in of its list.
_WITHOUT_LEAD_IN = 20.0


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence or list item with its place in the document; what is never cut."""

    start: int
    end: int
    role: SentenceRole
    block: int
    block_start: int
    opens_block: bool
    words: int
    tokens: int
    references: tuple[str, ...]
    text: str
    page: int


def split(document: Document, settings: SplitSettings, *, count_tokens: CountTokens) -> list[Passage]:
    """Return the passages of a document, in order, each id once.

    A passage has ``min_words`` to ``max_words`` words unless its section is shorter, and with its headings no more than
    ``max_tokens`` tokens.
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
    heading = count_tokens(embedded_heading(document.title, section.heading_path))
    room = max(settings.max_tokens - heading, settings.max_tokens // 4)
    # with no piece above half of a passage, every section of enough words can be cut into passages that are neither too
    # short nor too long
    most = settings.max_words // 2
    atoms = list(
        _atoms(section, count_tokens, fits=lambda text: len(text.split()) <= most and count_tokens(text) <= room)
    )
    lead_ins = _lead_ins(atoms)
    return [
        _passage(document, section, atoms[start:end], _fitting(lead_ins[start], atoms[start:end], room))
        for start, end in _runs(atoms, lead_ins, settings=settings, room=room)
    ]


def _atoms(section: _Section, count_tokens: CountTokens, *, fits: Callable[[str], bool]) -> Iterator[_Atom]:
    for number, (offset, block) in enumerate(section.blocks):
        base = offset + len(block.prefix)
        followed_by_list = number + 1 < len(section.blocks) and section.blocks[number + 1][1].kind != "paragraph"
        spans = sentence_spans(block.text) if block.kind == "paragraph" else [(0, len(block.text))]
        for start, end in _cut_long(block.text, spans, fits=fits):
            text = block.text[start:end]
            leads = followed_by_list and end == spans[-1][1] and text.endswith(":")
            yield _Atom(
                start=base + start,
                end=base + end,
                role="item" if block.kind != "paragraph" else "lead-in" if leads else "sentence",
                block=number,
                block_start=offset,
                opens_block=start == 0 or not block.text[:start].strip(),
                words=len(text.split()),
                # a bullet or number in front of it is shown and embedded too
                tokens=count_tokens(text) + len(block.prefix),
                references=tuple(mark.reference for mark in block.marks if start < mark.offset <= end),
                text=text,
                page=block.page,
            )


def _cut_long(text: str, spans: Sequence[tuple[int, int]], *, fits: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield the spans, those that are too long in pieces, without the white space between pieces."""
    for start, end in spans:
        piece = text[start:end]
        if fits(piece) or len(piece) < 2:
            yield start, end
            continue
        cut = start + _middle(piece)
        left, right = text[start:cut].rstrip(), text[cut:end].lstrip()
        parts = [(start, start + len(left)), (end - len(right), end)]
        yield from _cut_long(text, [part for part in parts if part[0] < part[1]], fits=fits)


def _middle(text: str) -> int:
    """Return where to cut a text: at the best boundary in its middle half, nearest to the middle."""
    middle = len(text) // 2
    for pattern in _CUTS:
        cuts = [found.end() for found in pattern.finditer(text, len(text) // 4, len(text) - len(text) // 4)]
        if cuts:
            return min(cuts, key=lambda cut: abs(cut - middle))
    return max(1, middle)


def _runs(
    atoms: Sequence[_Atom], lead_ins: Sequence[_Atom | None], *, settings: SplitSettings, room: int
) -> list[tuple[int, int]]:
    """Return the atoms in runs ``[start, end)`` of which each is a passage: the runs that cost least."""
    best = [0.0, *[float("inf")] * len(atoms)]
    first = [0] * (len(atoms) + 1)
    for end in range(1, len(atoms) + 1):
        words = tokens = 0
        seam = _seam(atoms[end - 1], atoms[end]) if end < len(atoms) else 0.0
        for start in range(end - 1, -1, -1):
            words += atoms[start].words
            tokens += atoms[start].tokens
            lead_in = lead_ins[start]
            if end - start > 1 and (words > settings.max_words or tokens > room):
                break
            cost = best[start] + _cost(words, settings) + seam
            if lead_in is not None and tokens + lead_in.tokens > room:
                cost += _WITHOUT_LEAD_IN
            if cost < best[end]:
                best[end], first[end] = cost, start
    cuts = [len(atoms)]
    while cuts[-1] > 0:
        cuts.append(first[cuts[-1]])
    return list(pairwise(reversed(cuts)))


def _cost(words: int, settings: SplitSettings) -> float:
    """Return what a passage of so many words costs: few passages are best, then passages of about equal length."""
    return 5 + 4 * (words / settings.max_words) ** 2 + 10 * max(0, settings.min_words - words)


def _seam(before: _Atom, after: _Atom) -> float:
    """Return what it costs to cut between two neighbours."""
    if before.role == "lead-in":
        return _AFTER_LEAD_IN
    if before.block == after.block:
        return _INSIDE_PARAGRAPH
    if before.role == after.role == "item":
        return _INSIDE_LIST
    return _AFTER_QUESTION if before.text.endswith("?") else 0.0


def _passage(document: Document, section: _Section, group: Sequence[_Atom], lead_in: _Atom | None) -> Passage:
    first = group[0]
    # a passage that begins with a whole block shows its bullet or number too
    start = first.block_start if first.opens_block else first.start
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
            Sentence(
                atom.start - start, atom.end - start, atom.role, blocks.index(atom.block), atom.references, atom.page
            )
            for atom in group
        ),
        asked=tuple(map(written_out, section.asked)),
        lead_in=lead_in.text if lead_in else "",
        library=document.library,
    )


def _fitting(lead_in: _Atom | None, run: Sequence[_Atom], room: int) -> _Atom | None:
    """Return a lead-in that is to be repeated for a run of items, or None where there is no room for it."""
    fits = lead_in is not None and lead_in.tokens + sum(atom.tokens for atom in run) <= room
    return lead_in if fits else None


def _lead_ins(atoms: Sequence[_Atom]) -> list[_Atom | None]:
    """Return, for each atom, the sentence that introduces the list that it is an item of."""
    found: list[_Atom | None] = []
    last: _Atom | None = None
    for atom in atoms:
        if atom.role != "item":
            last = atom if atom.role == "lead-in" and atom.tokens <= _LONGEST_LEAD_IN else None
        found.append(last if atom.role == "item" else None)
    return found
