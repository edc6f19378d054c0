"""A text -> an index of it alone, in memory, that the assistant answers from as it does from a published build.

The steps are those of ``ingest.pipeline``: read, clean, split, embed; what would be written to disk is held instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import HybridRetriever
from assistant.settings import RetrieveSettings
from assistant.shelf import Reading, Shelf
from ingest.build import FORMAT, LibraryEntry, Manifest, OpenBuild
from ingest.clean import clean
from ingest.embed import Encoder, Spans, Vectors
from ingest.errors import DocumentError
from ingest.lexical import LexicalIndex
from ingest.passages import EmbeddedPassage
from ingest.records import Document, Facets, Passage, embedded_sentences, embedded_text, heading_of
from ingest.settings import SplitSettings
from ingest.sources import read_file
from ingest.sources.files import SourceFile
from ingest.split import split
from ingest.store import ExactIndex
from ingest.typography import matching

LIBRARY = "Text"


class RememberingEncoder:
    """An encoder that encodes nothing twice, for texts that are much alike."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        self._parts: dict[tuple[str, Spans], Vectors] = {}
        self._tokens: dict[str, int] = {}

    @property
    def fingerprint(self) -> str:
        """That of the encoder."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length for each text."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._known))
        if missing:
            self._known |= dict(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._known[text] for text in texts])

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Spans]) -> list[Vectors]:
        """Return each text's vector and those of its parts."""
        keys = [(text, tuple(spans)) for text, spans in zip(texts, parts, strict=True)]
        missing = list(dict.fromkeys(key for key in keys if key not in self._parts))
        if missing:
            made = self._encoder.encode_parts([text for text, _ in missing], [spans for _, spans in missing])
            self._parts |= dict(zip(missing, made, strict=True))
        return [self._parts[key] for key in keys]

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text."""
        if text not in self._tokens:
            self._tokens[text] = self._encoder.count_tokens(text)
        return self._tokens[text]

    def is_word(self, text: str) -> bool:
        """Return whether a text is a word of the vocabulary."""
        return self._encoder.is_word(text)


@dataclass(frozen=True, slots=True)
class HeldPassages:
    """The passages of one document: what the assistant asks of a passage store."""

    of: Document
    """The document."""
    entries: Sequence[EmbeddedPassage]
    """Its passages, in order."""

    @property
    def ids(self) -> list[str]:
        """Ids of the passages."""
        return [entry.passage.id for entry in self.entries]

    @property
    def libraries(self) -> list[str]:
        """The library of each passage."""
        return [LIBRARY] * len(self.entries)

    def passages(self, ids: Sequence[str]) -> list[EmbeddedPassage]:
        """Return passages in the order of the ids; an id that is not there is a KeyError."""
        known = {entry.passage.id: entry for entry in self.entries}
        return [known[id_] for id_ in ids]

    def facets(self, id_: str) -> Facets:  # noqa: ARG002 - all passages are of one document
        """Return what the document says of itself."""
        return self.of.facets

    def row(self, id_: str) -> int:
        """Return the row of a passage."""
        return self.ids.index(id_)

    def within(self, libraries: Collection[str]) -> NDArray[np.bool_]:
        """Return which rows belong to some libraries, shape (rows,)."""
        return np.full(len(self.entries), LIBRARY in libraries)

    def document(self, key: tuple[str, str]) -> Document:
        """Return the document; another one's key is a KeyError."""
        if key != self.of.key:
            raise KeyError(key)
        return self.of


class MemoryShelf(Shelf):
    """A shelf with one index, held in memory, which can be changed for another."""

    def __init__(self) -> None:
        # nothing is opened, so the shelf's own beginning has nothing to do
        self._held: Reading | None = None

    def put(self, reading: Reading) -> None:
        """Answer from this index from now on."""
        self._held = reading

    def current(self) -> Reading:
        """Return the index that was put here last."""
        if self._held is None:
            raise LookupError("nothing was put on this shelf; put an index there first")
        return self._held


def indexed(
    texts: Sequence[str], encoder: Encoder, *, folder: Path, settings: RetrieveSettings
) -> Iterator[Reading | None]:
    """Yield an index for each text, None for one that ingest would refuse. Texts are read from files in ``folder``."""
    documents = [_document(text, folder) for text in texts]
    found = [
        (document, split(document, SplitSettings(), count_tokens=encoder.count_tokens)) if document else None
        for document in documents
    ]
    every = [(document.title, passage) for entry in found if entry for document in entry[:1] for passage in entry[1]]
    bodies = [embedded_text(title, passage) for title, passage in every]
    vectors = iter(encoder.encode_parts(bodies, [embedded_sentences(title, passage) for title, passage in every]))
    for entry in found:
        if entry is None:
            yield None
            continue
        document, passages = entry
        held = [_embedded(document, passage, next(vectors), encoder) for passage in passages]
        yield _reading(HeldPassages(document, held), encoder, settings) if held else None


def _document(text: str, folder: Path) -> Document | None:
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    file = SourceFile(path, path.name, path.stem, hashlib.sha256(text.encode()).hexdigest())
    try:
        return clean(read_file(file, library=LIBRARY).document)
    except DocumentError:
        return None


def _embedded(document: Document, passage: Passage, vectors: Vectors, encoder: Encoder) -> EmbeddedPassage:
    pointers = encoder.encode([matching(text) for text in (heading_of(document.title, passage), *passage.asked)])
    return EmbeddedPassage.of(passage, np.concatenate([vectors[:1], pointers, vectors[1:]]))


def _reading(held: HeldPassages, encoder: Encoder, settings: RetrieveSettings) -> Reading:
    count = len(held.entries)
    manifest = Manifest(
        format=FORMAT,
        build="memory",
        identity="",
        making="",
        model="",
        encoder=encoder.fingerprint,
        dimension=encoder.dimension,
        documents=1,
        passages=count,
        libraries=(LibraryEntry(LIBRARY, "", "", documents=1, passages=count),),
    )
    build = OpenBuild(
        manifest=manifest,
        folder=Path(),
        # the assistant asks of these no more than the stand-ins have
        encoder=cast(Any, encoder),
        passages=cast(Any, held),
        vectors=cast(Any, ExactIndex(held.ids, np.stack([entry.vector for entry in held.entries]))),
        lexical=LexicalIndex.of(
            "\n".join((embedded_text(held.of.title, entry.passage), *entry.passage.asked)) for entry in held.entries
        ),
    )
    return Reading(build, HybridRetriever(build=build, settings=settings))
