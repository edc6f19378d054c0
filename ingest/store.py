"""Vectors <-> Chroma, and the exact twin that evaluations compare it with.

The only file that knows chromadb and the only one that knows a distance: everything it returns is a score, the cosine
of two unit vectors, from -1 to 1, higher is better. After ``embed``; ``build`` publishes what is written here.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

import httpx
import numpy as np

from ingest.embed import Vectors
from ingest.errors import IndexMissingError, IngestError, VectorServerError
from ingest.records import digest
from ingest.settings import VectorIndexSettings

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
class VectorPlace:
    """Where the vectors of a build are."""

    folder: Path
    """Folder of the files, where there is no server."""
    url: str = ""
    """Address of a Chroma server, or empty."""


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


@dataclass(frozen=True, slots=True)
class VectorBase:
    """The vectors of a build before, of which most are those of the new one too."""

    folder: Path
    """Folder of its files; they are copied, and stay as they are."""
    collections: Mapping[str, str]
    """Name of each library's collection in it."""
    gone: Mapping[str, Sequence[str]]
    """Ids of the passages, by library, that the new build does not have or has otherwise."""


class VectorIndex(Protocol):
    """What retrieval asks of a vector store."""

    def nearest(self, vector: Vectors, count: int, *, libraries: Collection[str] = ()) -> list[Scored]:
        """Return up to ``count`` passages for a vector of shape (d,), best first; of some libraries, or of all."""

    def size(self) -> int:
        """Return how many vectors it holds."""


class ExactIndex:
    """Every vector compared, with numpy: the twin that says what Chroma should have found."""

    def __init__(self, ids: Sequence[str], vectors: Vectors, *, libraries: Sequence[str] = ()) -> None:
        self._ids = list(ids)
        self._vectors = vectors
        self._libraries = np.array(libraries or [""] * len(self._ids), dtype=object)

    def nearest(self, vector: Vectors, count: int, *, libraries: Collection[str] = ()) -> list[Scored]:
        """Return the ``count`` nearest passages, best first; equal scores in the order of the index."""
        scores = self._vectors @ vector
        if libraries:
            scores = np.where(np.isin(self._libraries, list(libraries)), scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:count]
        return [Scored(self._ids[i], float(scores[i])) for i in best if np.isfinite(scores[i])]

    def size(self) -> int:
        """Return how many vectors it holds."""
        return len(self._ids)


class ChromaIndex:
    """The collections of a build, one a library, opened for reading."""

    def __init__(self, place: VectorPlace, collections: Mapping[str, str]) -> None:
        from chromadb.errors import ChromaError

        # without this look Chroma would make an empty database in the folder
        if not place.url and not (place.folder / "chroma.sqlite3").is_file():
            raise IndexMissingError(f"{place.folder}: holds no vectors; rebuild with curbside ingest")
        self._url = place.url
        try:
            with _server_errors(place.url):
                self._client = _client(place)
                self._collections = {
                    library: self._client.get_collection(name, embedding_function=None)
                    for library, name in collections.items()
                }
        except ChromaError as error:
            raise IndexMissingError(
                f"{place.url or place.folder}: the vectors cannot be opened ({error}); rebuild with curbside ingest"
            ) from error

    def nearest(self, vector: Vectors, count: int, *, libraries: Collection[str] = ()) -> list[Scored]:
        """Return up to ``count`` nearest passages of some libraries, best first; of all where none is named."""
        with _server_errors(self._url):
            found = [
                hit
                for library, collection in self._collections.items()
                if not libraries or library in libraries
                for hit in _nearest(collection, vector, count)
            ]
        return sorted(found, key=lambda hit: -hit.score)[:count]

    def size(self) -> int:
        """Return how many vectors it holds."""
        with _server_errors(self._url):
            return sum(int(collection.count()) for collection in self._collections.values())

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()


def write_chroma(
    place: VectorPlace,
    records: Iterable[VectorRecord],
    *,
    collections: Mapping[str, str],
    settings: VectorIndexSettings,
    base: VectorBase | None = None,
) -> None:
    """Write the collections of a build, with cosine as their space and the graph parameters of ``settings``.

    With a ``base``, which needs a place in files, ``records`` are those alone that the base does not have: a graph of
    10,000 vectors takes 17 seconds to build and a tenth of a second to copy. Raises IngestError where they cannot be
    written.
    """
    from chromadb.errors import ChromaError

    if base is not None:
        shutil.copytree(base.folder, place.folder)
    elif not place.url:
        place.folder.mkdir(parents=True, exist_ok=False)
    client = _client(place)
    try:
        with _server_errors(place.url):
            made = _brought_along(client, base, collections) if base is not None else {}
            _write(client, made, records, collections=collections, settings=settings)
    except (ChromaError, OSError) as error:
        raise IngestError(
            f"{place.url or place.folder}: the vectors cannot be written ({error}); make room on the disk, or see to "
            f"the server, and run again"
        ) from error
    finally:
        client.close()


def drop_collections(url: str, names: Iterable[str]) -> None:
    """Take the collections of a build that is no longer kept off a server; those that are gone already are no fault."""
    from chromadb.errors import NotFoundError

    client = _client(VectorPlace(Path(), url))
    for name in names:
        with _server_errors(url), suppress(NotFoundError):
            client.delete_collection(name)


def collection_name(library: str, token: str) -> str:
    """Return a name that Chroma takes and that no other library or build has; ``token`` tells builds apart."""
    plain = re.sub(r"[^a-z0-9]+", "-", library.casefold()).strip("-")[:40]
    return f"curbside-{plain}-{digest(library)[:6]}-{token}"


def _brought_along(client: Any, base: VectorBase, collections: Mapping[str, str]) -> dict[str, Any]:
    """Return the collections of a copied base that the new build has too, under their new names, without what is
    gone."""
    kept: dict[str, Any] = {}
    for library, name in base.collections.items():
        if library not in collections:
            client.delete_collection(name)
            continue
        kept[library] = client.get_collection(name, embedding_function=None)
        kept[library].modify(name=collections[library])
        gone = list(base.gone.get(library, ()))
        for start in range(0, len(gone), _BATCH):
            kept[library].delete(ids=gone[start : start + _BATCH])
    return kept


def _write(
    client: Any,
    made: dict[str, Any],
    records: Iterable[VectorRecord],
    *,
    collections: Mapping[str, str],
    settings: VectorIndexSettings,
) -> None:
    """Make the collections that are not ``made`` yet, and add records to all."""
    configuration = cast(Any, {"hnsw": {"space": "cosine", **asdict(settings)}})
    for library, name in collections.items():
        if library not in made:
            made[library] = client.create_collection(name, embedding_function=None, configuration=configuration)
    for window in _batches(records):
        for library, part in groupby(window, key=lambda record: str(record.metadata["library"])):
            _add(made[library], list(part))


def _batches(records: Iterable[VectorRecord]) -> Iterator[list[VectorRecord]]:
    remaining = iter(records)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _nearest(collection: Any, vector: Vectors, count: int) -> list[Scored]:
    found = collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
    distances = found["distances"]
    if distances is None:
        return []
    return [Scored(id_, 1.0 - float(d)) for id_, d in zip(found["ids"][0], distances[0], strict=True)]


def _add(collection: Any, records: Sequence[VectorRecord]) -> None:
    collection.add(
        ids=[record.id for record in records],
        embeddings=np.stack([record.vector for record in records]),
        documents=[record.text for record in records],
        metadatas=[dict(record.metadata) for record in records],
    )


def _client(place: VectorPlace) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not place.url:
        return chromadb.PersistentClient(str(place.folder), settings=settings)
    parts = urlsplit(place.url)
    try:
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("it is no http:// or https:// address")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return chromadb.HttpClient(parts.hostname, port, ssl=parts.scheme == "https", settings=settings)
    except ValueError as error:
        raise _server_error(place.url, error) from error


@contextmanager
def _server_errors(url: str) -> Iterator[None]:
    """Turn a server that does not answer into an error that says what to do."""
    try:
        yield
    except httpx.HTTPError as error:
        raise _server_error(url, error) from error


def _server_error(url: str, error: Exception) -> VectorServerError:
    return VectorServerError(
        f"CURBSIDE_CHROMA={url}: no Chroma server answers there ({error}); start it with chroma run, or leave the "
        f"variable out to keep the vectors in files"
    )
