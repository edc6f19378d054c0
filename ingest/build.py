"""A build: made in a folder of its own, verified, published by a pointer, opened for reading.

``INDEX/<build id>/`` holds ``chroma/``, ``lexical/``, ``encoder/``, ``passages.sqlite`` and, written last,
``manifest.json``; ``INDEX/CURRENT`` names the published one and is replaced in one step. A build is never changed
after that: Chroma's files did not survive 5 of 134 kills during writes, while reading is safe. Where a Chroma server
keeps the vectors, a build has collections of its own there, and everything else is the same.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from ingest.embed.graph import OnnxEncoder
from ingest.embed.models import fingerprint, locate
from ingest.errors import BusyError, EncoderError, IndexMissingError, IngestError, VectorServerError
from ingest.lexical import LexicalIndex
from ingest.passages import PassageStore
from ingest.settings import IngestSettings
from ingest.store import ChromaIndex, VectorPlace, drop_collections

POINTER = "CURRENT"
CHROMA, LEXICAL, ENCODER = "chroma", "lexical", "encoder"
PASSAGES, MANIFEST = "passages.sqlite", "manifest.json"
COLLECTIONS = "collections.json"
CACHE = "embeddings.sqlite"
_LOCK = ".lock"
#: Names of the folders of builds; nothing else in an index's folder is ever removed.
_BUILD = re.compile(r"[0-9a-f]{16}(-[0-9a-f]{8})?")

#: Changes whenever builds of an older form can no longer be read.
FORMAT = 9

#: One passage in this many must find itself before a build is published.
_SAMPLE = 50
#: ... and of a large build no more than this many, evenly spread.
_MOST_SAMPLES = 500


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A library of a build."""

    name: str
    """Name shown with every citation from it."""
    folder: str
    """Where its files were."""
    collection: str
    """Name of its collection in Chroma."""
    documents: int
    """Number of documents."""
    passages: int
    """Number of passages."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is made of."""

    format: int
    """Form of the build's files."""
    build: str
    """Id: its identity, and what tells it from other builds of the same."""
    identity: str
    """Hash of the files, the encoder and the settings: equal ones answer alike."""
    making: str
    """Hash of what decides how a file becomes passages with vectors; where it is equal, they can be copied."""
    model: str
    """Name or folder of the embedding model, as it was asked for."""
    encoder: str
    """Fingerprint of the model."""
    dimension: int
    """Length of a vector."""
    documents: int
    """Number of documents."""
    passages: int
    """Number of passages."""
    libraries: tuple[LibraryEntry, ...]
    """The libraries in it."""
    chroma: str = ""
    """Address of the Chroma server that keeps its vectors; empty where they are in its folder."""
    graph: str = ""
    """The parameters of its vector index."""
    patched: int = 0
    """Vectors taken out and put in since the vector index was built afresh; each build's copy carries them on."""

    def place(self, folder: Path) -> VectorPlace:
        """Return where the vectors are, for a build that lies in ``folder``."""
        return VectorPlace(folder / CHROMA, self.chroma)

    def collections(self) -> dict[str, str]:
        """Return the name of each library's collection."""
        return {library.name: library.collection for library in self.libraries}


@dataclass(frozen=True, slots=True)
class OpenBuild:
    """A published build, opened for reading: what the assistant works with."""

    manifest: Manifest
    """What it is made of."""
    folder: Path
    """Where it lies."""
    encoder: OnnxEncoder
    """The encoder that its vectors were made with."""
    passages: PassageStore
    """Texts, spans and vectors."""
    vectors: ChromaIndex
    """Passage vectors."""
    lexical: LexicalIndex
    """Words."""


def published_id(index: Path) -> str:
    """Return the id of the published build, or an empty text; cheap enough to be asked before every question."""
    try:
        return (index / POINTER).read_text("utf-8").strip()
    except OSError:
        return ""


def published(index: Path) -> Manifest | None:
    """Return the manifest of the published build, or None where nothing was published."""
    try:
        return _manifest(_published_folder(index))
    except IndexMissingError:
        return None


def open_build(settings: IngestSettings) -> OpenBuild:
    """Open the published build.

    Raises IndexMissingError where there is none or it is not whole, EncoderError where it was made with another
    model than the settings ask for.
    """
    folder = _published_folder(settings.index)
    manifest = _manifest(folder)
    _check_model(manifest, settings)
    encoder = OnnxEncoder(folder / ENCODER, threads=settings.threads)
    if encoder.fingerprint != manifest.encoder:
        raise EncoderError(f"{folder}: the encoder is not the one of the manifest; rebuild with curbside ingest")
    build = _open(folder, manifest, encoder)
    if not build.vectors.size() == len(build.passages.ids) == manifest.passages:
        raise IndexMissingError(f"{folder}: the index is not whole; rebuild with curbside ingest")
    return build


def verify(folder: Path, manifest: Manifest) -> None:
    """Raise IngestError unless counts agree and a sample of passages finds itself."""
    build = _open(folder, manifest, OnnxEncoder(folder / ENCODER))
    try:
        ids = build.passages.ids
        if not build.vectors.size() == len(ids) == manifest.passages:
            raise IngestError(
                f"{folder}: {build.vectors.size()} vectors for {len(ids)} passages; run curbside ingest again"
            )
        for row in range(0, len(ids), max(_SAMPLE, len(ids) // _MOST_SAMPLES)):
            best = build.vectors.nearest(build.passages.vector(row), 3)
            # equal texts under equal headings have equal vectors, so another id may come first at the same score
            if ids[row] not in {hit.id for hit in best} and (not best or best[0].score < 1 - 1e-4):
                raise IngestError(f"{folder}: passage {ids[row]} does not find itself; run curbside ingest again")
    finally:
        close(build)


def fresh_folder(index: Path, build: str, *, chroma: str, collections: Iterable[str]) -> Path:
    """Return an empty folder for a build, without what a run that was cut off left.

    The names of its collections on a server are written first, so that a run that is cut off leaves none behind for
    good.
    """
    folder = index / build
    if folder.exists():
        discard(folder)
    folder.mkdir(parents=True)
    if chroma:
        _write_durably(folder / COLLECTIONS, json.dumps({"url": chroma, "names": list(collections)}))
    return folder


def discard(folder: Path) -> None:
    """Remove a build, whole or not, with its collections on a server."""
    named = folder / COLLECTIONS
    if named.is_file():
        try:
            entry = json.loads(named.read_text("utf-8"))
            drop_collections(entry["url"], entry["names"])
        except ValueError:
            pass  # it was cut off while it was written, before any collection was made
        except VectorServerError:
            return  # the folder stays, so that a later run can ask the server again
    shutil.rmtree(folder)


def build_id(identity: str) -> str:
    """Return a name for a build of some identity that no build had before.

    Files that are put back make a build of the same identity in another folder: a reader may still hold the first one,
    and Chroma keeps what it knows of a folder for as long as the process lives.
    """
    return f"{identity}-{uuid4().hex[:8]}"


def publish(index: Path, manifest: Manifest, *, keep: int) -> None:
    """Point CURRENT at a verified build, in one step, and remove all but the ``keep`` newest builds."""
    folder = index / manifest.build
    _write_durably(folder / MANIFEST, _manifest_json().dump_json(manifest, indent=1).decode())
    _sync(folder)
    before = published_id(index)
    _write_durably(index / POINTER, manifest.build + "\n")
    tidy(index, keep=keep, before=before)


def tidy(index: Path, *, keep: int, before: str = "") -> None:
    """Remove what runs that were cut off left, and all but the ``keep`` newest builds; nothing else in the folder.

    ``before`` is the build that was published until now: the newest that somebody may still be reading.
    """
    for draft in index.glob(f".{POINTER}.*"):
        draft.unlink()
    now = published_id(index)
    others = [path for path in index.iterdir() if path.is_dir() and _BUILD.fullmatch(path.name) and path.name != now]
    whole = [path for path in others if (path / MANIFEST).is_file()]
    whole.sort(key=lambda path: (path.name == before, path.stat().st_mtime), reverse=True)
    for old in {*others} - {*whole[: keep - 1]}:
        discard(old)


def libraries_of(index: Path) -> list[tuple[str, str]]:
    """Return name and folder of each library of the published build, of whatever form it is."""
    try:
        entries = json.loads((index / published_id(index) / MANIFEST).read_text("utf-8"))["libraries"]
        return [(str(entry["name"]), str(entry["folder"])) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError):
        return []


@contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold the right to write into an index. Raises BusyError where another process has it."""
    index.mkdir(parents=True, exist_ok=True)
    with (index / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(f"{index}: another curbside ingest is writing here; wait until it is done") from error
        yield


def close(build: OpenBuild) -> None:
    """Let go of a build's files."""
    build.passages.close()
    build.vectors.close()


def _open(folder: Path, manifest: Manifest, encoder: OnnxEncoder) -> OpenBuild:
    return OpenBuild(
        manifest=manifest,
        folder=folder,
        encoder=encoder,
        passages=PassageStore(folder / PASSAGES, dimension=manifest.dimension),
        vectors=ChromaIndex(manifest.place(folder), manifest.collections()),
        lexical=LexicalIndex.load(folder / LEXICAL),
    )


def _published_folder(index: Path) -> Path:
    pointer = index / POINTER
    if not pointer.is_file():
        raise IndexMissingError(f"{index}: no index here yet; run curbside ingest (or make run) first")
    return index / pointer.read_text("utf-8").strip()


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise IndexMissingError(
            f"{folder}: the index is not whole ({MANIFEST} is missing); rebuild with curbside ingest"
        )
    try:
        text = path.read_text("utf-8")
        found = json.loads(text)["format"]
        if found != FORMAT:
            raise IndexMissingError(f"{folder}: the index has form {found}, not {FORMAT}; rebuild with curbside ingest")
        return _manifest_json().validate_json(text)
    except (ValueError, TypeError, KeyError) as error:
        reason = f"{error.error_count()} wrong entries" if isinstance(error, ValidationError) else str(error)
        raise IndexMissingError(
            f"{path}: not a manifest of this version ({reason}); rebuild with curbside ingest"
        ) from error


@cache
def _manifest_json() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def _check_model(manifest: Manifest, settings: IngestSettings) -> None:
    if manifest.model == settings.model:
        return
    if fingerprint(locate(settings.model)) != manifest.encoder:
        raise EncoderError(
            f"{settings.index}: built with encoder {manifest.model}, but {settings.model} is set; "
            f"set CURBSIDE_ENCODER={manifest.model}, or rebuild with curbside ingest"
        )


def _write_durably(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _sync(folder: Path) -> None:
    """Wait until the files of a folder are on the disk."""
    for path in [folder, *folder.rglob("*")]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
