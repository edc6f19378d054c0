"""Passages, documents, files and vectors <-> SQLite: the truth of a build, which Chroma only points into.

``writer`` makes a store, in steps that never hold more than a window of it; this module reads one. What was embedded
once is kept in ``cache``, beside the builds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Vectors
from ingest.errors import IndexMissingError
from ingest.passages.schema import document_json, facets_json, file_json, passage_json
from ingest.records import Document, Facets, FileRecord, Passage

#: SQLite's limit on the variables of one statement is far higher; this keeps statements short.
_MOST_VARIABLES = 500
#: Passages and documents held in memory; a question looks at some hundred.
_MOST_HELD = 20_000


class EmbeddedPassage:
    """A passage with its vectors.

    The passage is read from its record when it is first asked for: of the hundred that a question is compared with
    sixty go no further, and reading one takes as long as comparing ten.
    """

    __slots__ = ("_passage", "_record", "pointers", "vectors")

    def __init__(self, record: bytes, vectors: Vectors, *, pointers: int) -> None:
        self._record = record
        self._passage: Passage | None = None
        self.vectors = vectors
        """Its own vector, those of what points to it, and those of its sentences, shape (1 + pointers + sentences, d):
        in one array, so that a question is compared with all of them at once."""
        self.pointers = pointers
        """How many point to it: its innermost heading (or the title), and the questions that it answers."""

    @classmethod
    def of(cls, passage: Passage, vectors: Vectors) -> EmbeddedPassage:
        """Return a passage that is read already with its vectors."""
        made = cls(b"", vectors, pointers=len(vectors) - 1 - len(passage.sentences))
        made._passage = passage
        return made

    @property
    def passage(self) -> Passage:
        """Return the passage."""
        if self._passage is None:
            self._passage = passage_json().validate_json(self._record)
        return self._passage

    @property
    def vector(self) -> Vectors:
        """Return the vector of its text with title and headings, shape (d,)."""
        own: Vectors = self.vectors[0]
        return own

    @property
    def pointer_vectors(self) -> Vectors:
        """Return the vectors of what points to it, shape (pointers, d)."""
        return self.vectors[1 : 1 + self.pointers]

    @property
    def sentence_vectors(self) -> Vectors:
        """Return one vector for each of its sentences, shape (sentences, d)."""
        return self.vectors[1 + self.pointers :]


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
            rows = self._database.execute("SELECT id, library, document FROM passages ORDER BY row").fetchall()
            facets = self._database.execute(
                "SELECT library, id, json_extract(CAST(record AS TEXT), '$.facets') FROM documents"
            ).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexMissingError(
                f"{path}: the passages cannot be read ({error}); rebuild with curbside ingest"
            ) from error
        self.ids: list[str] = [row[0] for row in rows]
        names = {name: name for _, name, _ in rows}
        self.libraries: list[str] = [names[row[1]] for row in rows]
        # most documents share theirs with others
        known = {text: facets_json().validate_json(text) for text in {entry[2] for entry in facets}}
        of = {(library, document): known[text] for library, document, text in facets}
        self._facets = [of[library, document] for _, library, document in rows]
        self._masks: dict[frozenset[str], NDArray[np.bool_]] = {}
        self._rows = {id_: row for row, id_ in enumerate(self.ids)}
        self._held: dict[str, EmbeddedPassage] = {}
        self._documents: dict[tuple[str, str], Document] = {}

    def passages(self, ids: Sequence[str]) -> list[EmbeddedPassage]:
        """Return passages in the order of the ids; an id that is not there is a KeyError."""
        held = self._held
        missing = [id_ for id_ in ids if id_ not in held]
        if len(held) + len(missing) > _MOST_HELD:
            # another thread may still look into the old one
            held = self._held = {id_: held[id_] for id_ in ids if id_ in held}
        for start in range(0, len(missing), _MOST_VARIABLES):
            part = missing[start : start + _MOST_VARIABLES]
            slots = ",".join("?" * len(part))
            rows = self._database.execute(
                "SELECT id, record, vector, pointer_vectors, sentence_vectors "
                f"FROM passages JOIN vectors USING (row) WHERE id IN ({slots})",
                part,
            ).fetchall()
            held.update({row[0]: self._passage(*row[1:]) for row in rows})
        return [held[id_] for id_ in ids]

    def facets(self, id_: str) -> Facets:
        """Return what the document of a passage says of itself; an id that is not there is a KeyError."""
        return self._facets[self._rows[id_]]

    def row(self, id_: str) -> int:
        """Return the row of a passage; an id that is not there is a KeyError."""
        return self._rows[id_]

    def within(self, libraries: Collection[str]) -> NDArray[np.bool_]:
        """Return which rows belong to some libraries, shape (rows,)."""
        wanted = frozenset(libraries)
        if wanted not in self._masks:
            self._masks[wanted] = np.array([library in wanted for library in self.libraries], dtype=bool)
        return self._masks[wanted]

    def document(self, key: tuple[str, str]) -> Document:
        """Return a document by library and id; one that is not there is a KeyError."""
        if key not in self._documents:
            row = self._database.execute("SELECT record FROM documents WHERE library = ? AND id = ?", key).fetchone()
            if row is None:
                raise KeyError(key)
            self._documents[key] = document_json().validate_json(row[0])
        return self._documents[key]

    def documents(self) -> list[Document]:
        """Return every document, in the order of libraries and ids."""
        keys = self._database.execute("SELECT library, id FROM documents ORDER BY library, id").fetchall()
        return [self.document(key) for key in keys]

    def files(self) -> list[FileRecord]:
        """Return what became of every file, in the order of libraries and paths."""
        rows = self._database.execute("SELECT record FROM files ORDER BY library, source")
        return [file_json().validate_json(row[0]) for row in rows]

    def vectors(self) -> Vectors:
        """Return the vectors of all passages, shape (rows, d), in the order of their rows."""
        blobs = [row[0] for row in self._database.execute("SELECT vector FROM vectors ORDER BY row")]
        return np.frombuffer(b"".join(blobs), dtype=np.float32).reshape(len(blobs), self._dimension)

    def vector(self, row: int) -> Vectors:
        """Return the vector of the passage in a row, shape (d,)."""
        (blob,) = self._database.execute("SELECT vector FROM vectors WHERE row = ?", (row,)).fetchone()
        return np.frombuffer(blob, dtype=np.float32)

    def check(self) -> str:
        """Return what SQLite's own check finds wrong, "ok" where nothing is."""
        try:
            return str(self._database.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _passage(
        self, record: bytes, vector: bytes, pointer_vectors: bytes, sentence_vectors: bytes
    ) -> EmbeddedPassage:
        vectors = np.frombuffer(b"".join((vector, pointer_vectors, sentence_vectors)), dtype=np.float32)
        pointers = len(pointer_vectors) // (vectors.itemsize * self._dimension)
        return EmbeddedPassage(record, vectors.reshape(-1, self._dimension), pointers=pointers)


def read_files(path: Path) -> list[FileRecord]:
    """Return what became of every file of a build, without opening the rest of it.

    Raises IndexMissingError where the store cannot be read.
    """
    store = PassageStore(path, dimension=1)
    try:
        return store.files()
    except sqlite3.DatabaseError as error:
        raise IndexMissingError(
            f"{path}: the passages cannot be read ({error}); rebuild with curbside ingest"
        ) from error
    finally:
        store.close()
