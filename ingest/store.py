"""Vectors <-> Chroma, and the exact twin that evaluations compare it with.

The only file that knows chromadb and the only one that knows a distance: everything it returns is a score, the cosine
of two unit vectors, from -1 to 1, higher is better. After ``embed``; ``build`` publishes what is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np

from ingest.embed import Vectors
from ingest.errors import IndexMissingError
from ingest.settings import VectorIndexSettings

#: Name of the collection of a build; LangChain's Chroma opens it under this name.
COLLECTION = "passages"

#: Chroma refuses more than 5,461 records at once.
_BATCH = 2_000

Metadata = Mapping[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage id and how near it is."""

    id: str
    """Passage id."""
    score: float
    """Cosine similarity, -1 to 1, higher is better."""


@dataclass(frozen=True, slots=True)
class VectorRecord:
    """What Chroma keeps of a passage; its text and metadata are there for other programs that open the collection."""

    id: str
    """Passage id."""
    vector: Vectors
    """Unit vector, shape (d,)."""
    text: str
    """Text of the passage."""
    metadata: Metadata
    """Document, title, heading and the like, flat."""


class VectorIndex(Protocol):
    """What retrieval asks of a vector store."""

    def nearest(self, vector: Vectors, count: int) -> list[Scored]:
        """Return up to ``count`` passages for a vector of shape (d,), best first."""

    def size(self) -> int:
        """Return how many vectors it holds."""


class ExactIndex:
    """Every vector compared, with numpy: the twin that says what Chroma should have found."""

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids = list(ids)
        self._vectors = vectors

    def nearest(self, vector: Vectors, count: int) -> list[Scored]:
        """Return the ``count`` nearest passages, best first; equal scores in the order of the index."""
        scores = self._vectors @ vector
        best = np.argsort(-scores, kind="stable")[:count]
        return [Scored(self._ids[i], float(scores[i])) for i in best]

    def size(self) -> int:
        """Return how many vectors it holds."""
        return len(self._ids)


class ChromaIndex:
    """A collection in a folder, opened for reading."""

    def __init__(self, folder: Path) -> None:
        from chromadb.errors import ChromaError

        # without this look Chroma would make an empty database in the folder
        if not (folder / "chroma.sqlite3").is_file():
            raise IndexMissingError(f"{folder}: holds no vectors; rebuild with curbside ingest")
        try:
            self._client = _client(folder)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except ChromaError as error:
            raise IndexMissingError(
                f"{folder}: the vectors cannot be opened ({error}); rebuild with curbside ingest"
            ) from error

    def nearest(self, vector: Vectors, count: int) -> list[Scored]:
        """Return up to ``count`` nearest passages, best first."""
        found = self._collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
        distances = found["distances"]
        if distances is None:
            return []
        return [Scored(id_, 1.0 - float(d)) for id_, d in zip(found["ids"][0], distances[0], strict=True)]

    def size(self) -> int:
        """Return how many vectors it holds."""
        return int(self._collection.count())

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()


def write_chroma(folder: Path, records: Sequence[VectorRecord], *, settings: VectorIndexSettings) -> None:
    """Write a collection into a fresh folder, with cosine as its space and the graph parameters of ``settings``."""
    folder.mkdir(parents=True, exist_ok=False)
    client = _client(folder)
    try:
        collection = client.create_collection(
            COLLECTION,
            embedding_function=None,
            configuration=cast(Any, {"hnsw": {"space": "cosine", **asdict(settings)}}),
        )
        for start in range(0, len(records), _BATCH):
            part = records[start : start + _BATCH]
            collection.add(
                ids=[record.id for record in part],
                embeddings=np.stack([record.vector for record in part]),
                documents=[record.text for record in part],
                metadatas=cast(Any, [dict(record.metadata) for record in part]),
            )
    finally:
        client.close()


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
