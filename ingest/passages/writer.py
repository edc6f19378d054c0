"""A new passage store, written in steps: documents, their passages, vectors, files.

The store belongs to a build that nobody reads yet and that is thrown away when its process dies, so SQLite keeps no
journal and waits for no disk; ``close`` does.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ingest.embed import Vectors
from ingest.errors import IngestError
from ingest.passages.schema import SCHEMA, document_json, file_json, passage_json
from ingest.records import Document, FileRecord, Passage
from ingest.words import IndexedWords

_DISK = re.compile(r"full|I/O|readonly|unable to open|too big")


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turn a disk that takes no more, under whatever writes to it, into an IngestError."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        if isinstance(error, sqlite3.OperationalError) and not _DISK.search(str(error)):
            raise  # a fault of the program is not the disk's
        raise IngestError(
            f"{folder}: cannot be written ({error}); make room on the disk and run again, what was embedded is kept"
        ) from error


_ADDED = "(passages.library, passages.document) NOT IN (SELECT * FROM carried)"

Key = tuple[str, str]
"""Library and id of a document."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage that was written, with what is embedded and kept beside it."""

    row: int
    """Its row."""
    passage: Passage
    """The passage."""
    title: str
    """Title of its document."""
    reviewed: str
    """Day of its document's last review, or empty."""
    vector: bytes
    """Its vector as float32, empty where it has none yet."""


class PassageWriter:
    """Writes one store. ``before`` is the store of the build before, from which what has not changed is copied."""

    def __init__(self, path: Path, *, before: Path | None = None) -> None:
        self._path = path
        self._database = sqlite3.connect(path)
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        self._database.execute(
            "CREATE TEMP TABLE carried (library TEXT, document TEXT, PRIMARY KEY (library, document))"
        )
        self._rows = 0
        self._before = before is not None
        if before is not None:
            self._database.execute("ATTACH DATABASE ? AS before", (f"{before.absolute()}",))

    def add_document(self, document: Document) -> None:
        """Write a document."""
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
            (
                *document.key,
                document.title,
                document.reviewed.isoformat() if document.reviewed else "",
                document_json().dump_json(document),
            ),
        )

    def carry_document(self, key: Key) -> None:
        """Copy a document of the build before."""
        self._database.execute("INSERT INTO documents SELECT * FROM before.documents WHERE library = ? AND id = ?", key)

    def drop_document(self, key: Key) -> None:
        """Take a document out again."""
        self._database.execute("DELETE FROM documents WHERE library = ? AND id = ?", key)

    def name_duplicates(self, key: Key, also: tuple[str, ...]) -> None:
        """Say in a document which other files say the same."""
        (record,) = self._database.execute("SELECT record FROM documents WHERE library = ? AND id = ?", key).fetchone()
        # nearly all documents have none, and need not be read to see it
        if also or b'"also":[]' not in record:
            self.drop_document(key)
            self.add_document(replace(document_json().validate_json(record), also=also))

    def document(self, key: Key) -> Document:
        """Return a document that was written; one that was not is a KeyError."""
        row = self._database.execute("SELECT record FROM documents WHERE library = ? AND id = ?", key).fetchone()
        if row is None:
            raise KeyError(key)
        return document_json().validate_json(row[0])

    def add_passages(self, passages: Sequence[Passage], words: Sequence[IndexedWords]) -> None:
        """Write the passages of a document, each with its words, behind those that are there."""
        self._database.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    self._rows + number,
                    passage.id,
                    *passage.document_key,
                    " ".join(own.stems),
                    " ".join(own.spelt),
                    passage_json().dump_json(passage),
                )
                for number, (passage, own) in enumerate(zip(passages, words, strict=True))
            ),
        )
        self._rows += len(passages)

    def carry_passages(self, key: Key) -> None:
        """Copy the passages of a document of the build before, with their vectors."""
        rows = self._database.execute(
            "SELECT row FROM before.passages WHERE library = ? AND document = ? ORDER BY row", key
        ).fetchall()
        moved = [(self._rows + number, row) for number, (row,) in enumerate(rows)]
        self._database.executemany(
            "INSERT INTO passages SELECT ?, id, library, document, stems, spelt, record FROM before.passages "
            "WHERE row = ?",
            moved,
        )
        self._database.executemany(
            "INSERT INTO vectors SELECT ?, vector, pointer_vectors, sentence_vectors FROM before.vectors WHERE row = ?",
            moved,
        )
        self._database.execute("INSERT INTO carried VALUES (?, ?)", key)
        self._rows += len(rows)

    def not_carried(self) -> dict[str, list[str]]:
        """Return the ids of the passages of the build before that were not copied, by library."""
        ids: dict[str, list[str]] = {}
        if self._before:
            for library, id_ in self._database.execute(
                "SELECT library, id FROM before.passages WHERE (library, document) NOT IN (SELECT * FROM carried)"
            ):
                ids.setdefault(library, []).append(id_)
        return ids

    def added(self) -> int:
        """Return how many passages were not copied from the build before."""
        (count,) = self._database.execute(f"SELECT count(*) FROM passages WHERE {_ADDED}").fetchone()
        return int(count)

    def add_vectors(self, row: int, *, vector: Vectors, pointers: Vectors, sentences: Vectors) -> None:
        """Write the vectors of a passage, shapes (d,), (n, d) and (sentences, d)."""
        self._database.execute(
            "INSERT INTO vectors VALUES (?, ?, ?, ?)", (row, vector.tobytes(), pointers.tobytes(), sentences.tobytes())
        )

    def add_files(self, records: Iterable[FileRecord]) -> None:
        """Write what became of the files."""
        self._database.executemany(
            "INSERT INTO files VALUES (?, ?, ?)",
            ((record.library, record.source, file_json().dump_json(record)) for record in records),
        )

    def without_vectors(self) -> int:
        """Return how many passages have no vectors yet."""
        (count,) = self._database.execute(
            "SELECT count(*) FROM passages WHERE row NOT IN (SELECT row FROM vectors)"
        ).fetchone()
        return int(count)

    def windows(self, size: int, *, only: Literal["", "unembedded", "added"] = "") -> Iterator[list[StoredPassage]]:
        """Yield the passages in windows, in the order of their rows; all, or those that have no vectors yet, or those
        that were not copied from the build before."""
        last = -1
        where = {"": "", "unembedded": "AND vector IS NULL", "added": f"AND {_ADDED}"}[only]
        while True:
            rows = self._database.execute(
                "SELECT row, passages.record, title, reviewed, coalesce(vector, x'') FROM passages "
                "JOIN documents ON documents.library = passages.library AND documents.id = document "
                f"LEFT JOIN vectors USING (row) WHERE row > ? {where} ORDER BY row LIMIT ?",
                (last, size),
            ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield [StoredPassage(row, passage_json().validate_json(record), *rest) for row, record, *rest in rows]

    def words(self) -> Iterator[IndexedWords]:
        """Yield the words of every passage, in the order of their rows."""
        rows = self._database.execute("SELECT stems, spelt FROM passages ORDER BY row")
        for stems, spelt in rows:
            yield IndexedWords(stems.split(), spelt.split())

    def close(self) -> None:
        """Write everything to disk and close the file. Raises IngestError where the disk takes no more."""
        try:
            self._database.commit()
            self._database.close()
            with self._path.open("rb") as file:
                os.fsync(file.fileno())
        except (sqlite3.DatabaseError, OSError) as error:
            raise IngestError(
                f"{self._path}: cannot be written ({error}); make room on the disk and run again"
            ) from error
