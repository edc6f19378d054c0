"""Passages, documents and their vectors <-> SQLite: the truth of a build, which Chroma only points into.

Also the embedding cache: vectors by the hash of their text, kept beside the builds, so that a rebuild and a run that
was cut off pay only for texts that were never embedded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from ingest.embed import Vectors
from ingest.errors import IndexMissingError, IngestError
from ingest.records import Document, Passage, digest

_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record BLOB NOT NULL,
    vector BLOB NOT NULL, pointer_vectors BLOB NOT NULL, sentence_vectors BLOB NOT NULL
);
"""

#: SQLite's limit on the variables of one statement is far higher; this keeps statements short.
_MOST_VARIABLES = 500


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage with its vectors."""

    passage: Passage
    """The passage."""
    vector: Vectors
    """Vector of its text with title and headings, shape (d,)."""
    pointer_vectors: Vectors
    """Vectors of what points to it: its innermost heading (or the title) and the questions that it answers, (n, d)."""
    sentence_vectors: Vectors
    """One vector for each of its sentences, shape (sentences, d)."""


def write_passages(path: Path, *, documents: Iterable[Document], passages: Iterable[EmbeddedPassage]) -> None:
    """Write a new store. The rows of the passages count from 0 in the order given."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO documents VALUES (?, ?)",
            ((document.id, _document_json().dump_json(document)) for document in documents),
        )
        database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            ((row, entry.passage.id, *_columns(entry)) for row, entry in enumerate(passages)),
        )


class PassageStore:
    """A store opened for reading; safe to share between threads."""

    def __init__(self, path: Path, *, dimension: int) -> None:
        if not path.is_file():
            raise IndexMissingError(f"{path}: the passages are missing; rebuild with curbside ingest")
        self._dimension = dimension
        try:
            # immutable: a published build never changes, so no lock is taken and no file is written beside it
            self._database = sqlite3.connect(
                f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False
            )
            self.ids: list[str] = [row[0] for row in self._database.execute("SELECT id FROM passages ORDER BY row")]
        except sqlite3.DatabaseError as error:
            raise IndexMissingError(
                f"{path}: the passages cannot be read ({error}); rebuild with curbside ingest"
            ) from error
        self._rows = {id_: row for row, id_ in enumerate(self.ids)}
        self._held: dict[str, EmbeddedPassage] = {}
        self._documents: dict[str, Document] = {}

    def passages(self, ids: Sequence[str]) -> list[EmbeddedPassage]:
        """Return passages in the order of the ids; an id that is not there is a KeyError."""
        missing = [id_ for id_ in ids if id_ not in self._held]
        for start in range(0, len(missing), _MOST_VARIABLES):
            part = missing[start : start + _MOST_VARIABLES]
            slots = ",".join("?" * len(part))
            rows = self._database.execute(
                f"SELECT id, record, vector, pointer_vectors, sentence_vectors FROM passages WHERE id IN ({slots})",
                part,
            ).fetchall()
            self._held.update({row[0]: self._passage(*row[1:]) for row in rows})
        return [self._held[id_] for id_ in ids]

    def row(self, id_: str) -> int:
        """Return the row of a passage; an id that is not there is a KeyError."""
        return self._rows[id_]

    def document(self, id_: str) -> Document:
        """Return a document; an id that is not there is a KeyError."""
        if id_ not in self._documents:
            row = self._database.execute("SELECT record FROM documents WHERE id = ?", (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            self._documents[id_] = _document_json().validate_json(row[0])
        return self._documents[id_]

    def documents(self) -> list[Document]:
        """Return every document, in the order of their ids."""
        ids = [row[0] for row in self._database.execute("SELECT id FROM documents ORDER BY id")]
        return [self.document(id_) for id_ in ids]

    def vectors(self) -> Vectors:
        """Return the vectors of all passages, shape (rows, d), in the order of their rows."""
        blobs = [row[0] for row in self._database.execute("SELECT vector FROM passages ORDER BY row")]
        return np.frombuffer(b"".join(blobs), dtype=np.float32).reshape(len(blobs), self._dimension)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _passage(
        self, record: bytes, vector: bytes, pointer_vectors: bytes, sentence_vectors: bytes
    ) -> EmbeddedPassage:
        return EmbeddedPassage(
            _passage_json().validate_json(record),
            np.frombuffer(vector, dtype=np.float32),
            np.frombuffer(pointer_vectors, dtype=np.float32).reshape(-1, self._dimension),
            np.frombuffer(sentence_vectors, dtype=np.float32).reshape(-1, self._dimension),
        )


class EmbeddingCache:
    """Vectors by encoder and text, in one SQLite file that outlives builds."""

    def __init__(self, path: Path, encoder: str, *, dimension: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path)
        try:
            self._database.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL)")
        except sqlite3.DatabaseError as error:
            raise IngestError(
                f"{path}: the embedding cache cannot be read ({error}); delete it and run again"
            ) from error
        self._encoder = encoder
        self._dimension = dimension

    def get(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of those texts that were embedded before."""
        known = {}
        for text in texts:
            row = self._database.execute("SELECT vector FROM vectors WHERE key = ?", (self._key(text),)).fetchone()
            if row is not None and len(row[0]) == self._dimension * 4:
                known[text] = np.frombuffer(row[0], dtype=np.float32)
        return known

    def put(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors, shape (n, d), for their texts; on disk when this returns."""
        with self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                ((self._key(text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)),
            )

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _key(self, text: str) -> str:
        return digest(self._encoder, text)


def _columns(entry: EmbeddedPassage) -> tuple[bytes, bytes, bytes, bytes]:
    return (
        _passage_json().dump_json(entry.passage),
        entry.vector.tobytes(),
        entry.pointer_vectors.tobytes(),
        entry.sentence_vectors.tobytes(),
    )


@cache
def _document_json() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _passage_json() -> TypeAdapter[Passage]:
    return TypeAdapter(Passage)
