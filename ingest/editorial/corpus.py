"""What can be seen only in all documents together: titles, repetitions, links, and where guidance is thin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from ingest.editorial import Finding
from ingest.editorial.rules import SETTINGS, STAGES
from ingest.records import Document
from ingest.sentences import sentence_spans
from ingest.words import words

#: Two sections are near duplicates when they share this much of their runs of five stems (Broder's resemblance).
_NEAR = 0.4
_RUN = 5
_LINK = re.compile(r"\]\((?P<target>[^)\s#]+)")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its place and its words."""

    document: str
    """Document id."""
    heading: str
    """Its heading."""
    runs: frozenset[tuple[str, ...]]
    """Its runs of five stems."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents speak to a theme, a stage and a setting."""

    themes: tuple[str, ...]
    """Folders of the corpus."""
    counts: dict[tuple[str, str, str], int]
    """Documents by theme, stage and setting; one that speaks to any setting counts in each."""

    def gaps(self) -> list[tuple[str, str, str]]:
        """Return the places that no document speaks to."""
        places = ((theme, stage, setting) for theme in self.themes for stage in STAGES for setting in SETTINGS)
        return [place for place in places if not self.counts.get(place)]


def across(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    """Yield what is wrong between documents."""
    yield from _titles(documents)
    yield from _repeated_sentences(documents)
    yield from _near_duplicates(documents)
    yield from _dead_links(documents, folder)


def coverage(documents: Sequence[Document]) -> Coverage:
    """Count the documents by theme, stage and setting."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        chosen = SETTINGS if "any" in document.facets.setting else document.facets.setting
        counts.update((_theme(document), stage, setting) for stage in document.facets.stage for setting in chosen)
    return Coverage(tuple(sorted({_theme(document) for document in documents})), dict(counts))


def as_table(found: Coverage) -> str:
    """Return the coverage as a Markdown table: a row a theme, a column a stage, the counts by setting in each cell."""
    lines = ["| theme | " + " | ".join(STAGES) + " |", "|---" * (len(STAGES) + 1) + "|"]
    for theme in found.themes:
        cells = (" / ".join(str(found.counts.get((theme, stage, s), 0)) for s in SETTINGS) for stage in STAGES)
        lines.append(f"| {theme} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _theme(document: Document) -> str:
    return document.id.partition("/")[0]


def _titles(documents: Sequence[Document]) -> Iterator[Finding]:
    by_title = defaultdict(list)
    for document in documents:
        by_title[document.title.casefold()].append(document.id)
    for ids in by_title.values():
        if len(ids) > 1:
            yield Finding(ids[1], "title", f"has the title of {ids[0]}; give it its own")


def _repeated_sentences(documents: Sequence[Document]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for document in documents:
        for block in document.blocks:
            spans = sentence_spans(block.text) if block.kind != "heading" else []
            for text in (block.text[start:end] for start, end in spans):
                if len(text.split()) >= _SHORTEST and first.setdefault(text, document.id) != document.id:
                    yield Finding(document.id, "repetition", f"the sentence stands in {first[text]} too", excerpt=text)


def _near_duplicates(documents: Sequence[Document]) -> Iterator[Finding]:
    sections = [section for document in documents for section in _sections(document)]
    sharing: Counter[tuple[int, int]] = Counter()
    by_run = defaultdict(list)
    for number, section in enumerate(sections):
        for run in section.runs:
            by_run[run].append(number)
    for numbers in by_run.values():
        sharing.update(combinations(numbers, 2))
    for (a, b), shared in sharing.items():
        one, other = sections[a], sections[b]
        if one.document != other.document and shared >= _NEAR * len(one.runs | other.runs):
            message = f"is nearly “{one.heading}” of {one.document}; keep one"
            yield Finding(other.document, "repetition", message, excerpt=other.heading)


def _sections(document: Document) -> Iterator[Section]:
    heading, stems = "", list[str]()
    for block in (*document.blocks, None):
        if block is None or block.kind == "heading":
            runs = frozenset(tuple(stems[i : i + _RUN]) for i in range(len(stems) - _RUN + 1))
            if runs:
                yield Section(document.id, heading, runs)
            heading, stems = block.text if block else "", []
        else:
            stems.extend(words(block.text))


def _dead_links(documents: Sequence[Document], folder: Path) -> Iterator[Finding]:
    for document in documents:
        path = folder / f"{document.id}.md"
        for link in _LINK.finditer(path.read_text("utf-8") if path.is_file() else ""):
            target = link["target"]
            if "://" not in target and not (path.parent / target).exists():
                yield Finding(document.id, "link", f"there is no {target}; mend the link", excerpt=target)
