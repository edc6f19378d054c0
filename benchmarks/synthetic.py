"""Handbooks of any size, made of the shipped corpus's own sentences in a random order: the same ones on every
machine."""

from __future__ import annotations

import random
from pathlib import Path

from commands.plain import shipped_library
from ingest.sentences import sentence_spans
from ingest.sources import read_folder

#: Sections of one document, and sentences of one section: about ten passages a document.
SECTIONS, SENTENCES = 10, 6
_SEED = 20261126


def write_handbook(folder: Path, *, documents: int) -> Path:
    """Write so many Markdown documents of ten sections into a folder, and return it; each section is one passage."""
    rng = random.Random(_SEED)
    sentences = _sentences()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        lines = [f"# Handbook chapter {number}", ""]
        for section in range(SECTIONS):
            chosen = rng.sample(sentences, SENTENCES)
            # a number of its own makes every sentence one that was never embedded before
            lines += [
                f"## Section {number}.{section}",
                "",
                " ".join(f"Rule {rng.randrange(10**6)}: {s}" for s in chosen),
            ]
            lines.append("")
        (folder / f"chapter-{number:05}.md").write_text("\n".join(lines), "utf-8")
    return folder


def _sentences() -> list[str]:
    found = []
    for document in read_folder(shipped_library().folder, "corpus"):
        for block in document.blocks:
            if block.kind == "paragraph":
                found += [block.text[start:end] for start, end in sentence_spans(block.text)]
    return sorted({text for text in found if 10 <= len(text.split()) <= 28})
