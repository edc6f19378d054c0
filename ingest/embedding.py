"""Passages without vectors -> passages with vectors. After ``split``, before ``store``; ``pipeline`` calls it.

What the encoder is given for a passage is the passage under its headings, and what points to it: its heading and the
questions that its section answers. Its sentences are read within it, so they cost nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ingest.embed import Encoder, Spans, Vectors
from ingest.passages.cache import EmbeddingCache
from ingest.passages.writer import PassageWriter, StoredPassage
from ingest.records import embedded_sentences, embedded_text, heading_of
from ingest.typography import matching

#: Passages in memory at once, with some ten vectors for each.
_WINDOW = 96


def embed_passages(
    writer: PassageWriter, encoder: Encoder, *, cache: EmbeddingCache, advance: Callable[[int], None]
) -> int:
    """Write the vectors of every passage that has none, and return how many texts had to be embedded.

    ``advance`` is told how many passages are done. What is embedded is kept in ``cache`` at once.
    """
    embedded = 0
    for window in writer.windows(_WINDOW, only="unembedded"):
        tasks = [_task(entry) for entry in window]
        known = cache.get(list(dict.fromkeys(key for task in tasks for key in task.keys)))
        whole = [task for task in tasks if any(key not in known for key in (task.text, *task.sentences))]
        pointers = list(dict.fromkeys(text for task in tasks for text in task.pointers if text not in known))
        made: dict[str, Vectors] = dict(zip(pointers, encoder.encode(pointers), strict=True))
        vectors = encoder.encode_parts([task.text for task in whole], [task.spans for task in whole])
        for task, own in zip(whole, vectors, strict=True):
            made |= dict(zip((task.text, *task.sentences), own, strict=True))
        cache.put(made)
        known |= made
        embedded += len(pointers) + len(whole)
        for task in tasks:
            _write(writer, task, known)
        advance(len(window))
    return embedded


@dataclass(frozen=True)
class _Task:
    """What is to be embedded for a passage."""

    row: int
    text: str
    spans: Spans
    pointers: Sequence[str]

    @cached_property
    def sentences(self) -> list[str]:
        """Return the name under which each sentence's vector is kept, which says what the sentence was read in."""
        return [f"{start}-{end} of {self.text}" for start, end in self.spans]

    @property
    def keys(self) -> list[str]:
        """Return the name of every vector."""
        return [self.text, *self.sentences, *self.pointers]


def _task(entry: StoredPassage) -> _Task:
    passage = entry.passage
    pointers = [matching(text) for text in (heading_of(entry.title, passage), *passage.asked)]
    return _Task(entry.row, embedded_text(entry.title, passage), embedded_sentences(entry.title, passage), pointers)


def _write(writer: PassageWriter, task: _Task, known: dict[str, Vectors]) -> None:
    pointers, sentences = (np.stack([known[key] for key in keys]) for keys in (task.pointers, task.sentences))
    writer.add_vectors(task.row, vector=known[task.text], pointers=pointers, sentences=sentences)
