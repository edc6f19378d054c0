"""Stand-ins that tests share: small, real objects instead of mocks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from assistant.cite import cite
from assistant.records import Answer, Claim, Evidence, Hit, Query, Verdict
from ingest.embed import Spans, Vectors
from ingest.records import Block, Document, Passage, Sentence, SentenceRole, digest
from ingest.sources.files import SourceFile

CORPUS = {
    "practice/buy-in.md": """---
title: Buy-in terms
summary: What a buy-in is.
setting: [private-practice]
reviewed: 2026-11-01
sources:
  - {id: guide, title: A guide, publisher: A body, year: 2020, url: "https://example.org/guide"}
---

## What a buy-in is {.summary}

A buy-in is the price of a share in a practice. The price of a buy-in covers equipment and receivables [^guide].

## Questions to ask about a buy-in {.questions-to-ask}

Ask these questions before paying a buy-in:

- How is the buy-in price calculated?
- Who values the practice before a buy-in?
- What happens to the buy-in money when a partner leaves?
""",
    "mentorship/meetings.md": """---
title: Meetings with a mentor
reviewed: 2026-11-02
---

## How often to meet a mentor {.summary}

Meet a mentor once a month in the first half year. A mentor who cancels three times needs a shorter meeting.

## Steps before a mentor meeting {.steps}

Take these steps before each meeting with a mentor:

1. Send the mentor an agenda two days before.
2. Bring one question that only this mentor can answer.
""",
}


def write_corpus(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write files below a folder and return the folder."""
    for name, text in (CORPUS if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def source_file(path: Path) -> SourceFile:
    """Return a file as ``find_files`` lists it when it looks into the file's folder."""
    return SourceFile(path, path.name, path.stem, hashlib.sha256(path.read_bytes()).hexdigest())


class HashEncoder:
    """Gives every word a fixed random direction: texts that share words are near each other, and nothing is loaded."""

    fingerprint = "hash"
    dimension = 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length for each text."""
        return np.stack([self._vector(text) for text in texts]).astype(np.float32)

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Spans]) -> list[Vectors]:
        """Return for each text its vector and, below it, one for each of its parts."""
        return [
            self.encode([text, *(text[start:end] for start, end in spans)])
            for text, spans in zip(texts, parts, strict=True)
        ]

    def count_tokens(self, text: str) -> int:
        """Return the number of words and two."""
        return len(text.split()) + 2

    def is_word(self, text: str) -> bool:
        """Return that no text is a word of the vocabulary."""
        return False

    def _vector(self, text: str) -> Vectors:
        total = np.full(self.dimension, 1e-6)
        for word in text.casefold().split():
            seed = int(digest(word.strip(".,:;?!"))[:8], 16)
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def make_document(*blocks: Block, title: str = "A title", reviewed: date | None = None) -> Document:
    """Return a document of some blocks."""
    return Document(id="a/document", title=title, blocks=blocks, reviewed=reviewed, library="Test")


def make_hit(
    *sentences: str, scores: Sequence[float] = (), score: float = 0.6, roles: str = "", kind: str = "guidance"
) -> Hit:
    """Return a hit on a passage of these sentences, a line each; ``roles`` has s, l or i for each of them."""
    named: dict[str, SentenceRole] = {"s": "sentence", "l": "lead-in", "i": "item"}
    text = "\n".join(sentences)
    spans, position = [], 0
    for number, sentence in enumerate(sentences):
        role = named[roles[number]] if roles else "sentence"
        spans.append(Sentence(position, position + len(sentence), role, number))
        position += len(sentence) + 1
    document = make_document(Block("heading", "A heading", level=2), *(Block("paragraph", s) for s in sentences))
    passage = Passage(
        id=digest(text)[:16],
        document=document.id,
        heading_path=("A heading",),
        kind=kind,  # type: ignore[arg-type]
        text=text,
        start=0,
        end=len(text),
        sentences=tuple(spans),
        library=document.library,
    )
    return Hit(
        passage, document, dense=score, lexical=score, sentences=tuple(scores or [score] * len(sentences)), score=score
    )


def make_claims(hit: Hit, *, section: int = 0, verdict: Verdict = "supported") -> tuple[Claim, ...]:
    """Return a claim for each sentence of a hit, all with one verdict and not yet cited."""
    return tuple(
        Claim(hit.passage.quote(sentence), verdict, sentence.role, section, hit, sentence)
        for sentence in hit.passage.sentences
    )


def make_answer(*hits: Hit) -> Answer:
    """Return the answer that quotes every sentence of some hits, a part for each hit."""
    claims = [claim for section, hit in enumerate(hits) for claim in make_claims(hit, section=section)]
    query = Query("a question", "general")
    return cite("a question", query=query, evidence=Evidence(hits, (), 0.6), claims=claims)
