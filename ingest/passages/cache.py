"""The embedding cache: vectors by encoder and text, in one SQLite file that outlives builds.

A run that was cut off, a renamed file and a change of the splitter pay only for texts that were never embedded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from ingest.embed import Vectors
from ingest.errors import IngestError
from ingest.records import digest

#: SQLite's limit on the variables of one statement is far higher; this keeps statements short.
_MOST_VARIABLES = 500


class EmbeddingCache:
    """Opened for reading and writing by the one process that builds."""

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
        keys = {self._key(text): text for text in texts}
        known = {}
        for start in range(0, len(keys), _MOST_VARIABLES):
            part = list(keys)[start : start + _MOST_VARIABLES]
            slots = ",".join("?" * len(part))
            rows = self._database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({slots})", part)
            known.update({keys[key]: np.frombuffer(vector, np.float32) for key, vector in rows if self._fits(vector)})
        return known

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep the vector, shape (d,), of each text; on disk when this returns."""
        with self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                ((self._key(text), vector.tobytes()) for text, vector in vectors.items()),
            )

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _fits(self, vector: bytes) -> bool:
        return len(vector) == self._dimension * 4

    def _key(self, text: str) -> str:
        return digest(self._encoder, text)


def count_texts(path: Path) -> int:
    """Return how many texts a cache holds. Raises IngestError where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (count,) = database.execute("SELECT count(*) FROM vectors").fetchone()
    except sqlite3.DatabaseError as error:
        raise IngestError(f"{path}: the embedding cache cannot be read ({error}); delete it and run again") from error
    return int(count)
