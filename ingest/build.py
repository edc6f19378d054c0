"""A build: made in a folder of its own, verified, published by a pointer, opened for reading.

``INDEX/<build id>/`` holds ``chroma/``, ``lexical/``, ``encoder/``, ``passages.sqlite`` and, written last,
``manifest.json``; ``INDEX/CURRENT`` names the published one and is replaced in one step. A build is never changed
after that: Chroma's files did not survive 5 of 134 kills during writes, while reading is safe.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.embed.graph import OnnxEncoder
from ingest.embed.models import fingerprint, locate
from ingest.errors import BusyError, EncoderError, IndexMissingError, IngestError
from ingest.lexical import LexicalIndex
from ingest.passages import PassageStore
from ingest.settings import IngestSettings
from ingest.store import ChromaIndex

POINTER = "CURRENT"
CHROMA, LEXICAL, ENCODER = "chroma", "lexical", "encoder"
PASSAGES, MANIFEST = "passages.sqlite", "manifest.json"
CACHE = "embeddings.sqlite"
_LOCK = ".lock"

#: Changes whenever builds of an older form can no longer be read.
FORMAT = 6

#: One passage in this many must find itself before a build is published.
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build is made of."""

    format: int
    """Form of the build's files."""
    build: str
    """Id: a hash of the documents, the encoder and the settings."""
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
    libraries: tuple[str, ...]
    """Names of the libraries in it."""


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
        ids, vectors = build.passages.ids, build.passages.vectors()
        if not build.vectors.size() == len(ids) == manifest.passages:
            raise IngestError(
                f"{folder}: {build.vectors.size()} vectors for {len(ids)} passages; run curbside ingest again"
            )
        for row in range(0, len(ids), _SAMPLE):
            best = build.vectors.nearest(vectors[row], 3)
            # equal texts under equal headings have equal vectors, so another id may come first at the same score
            if ids[row] not in {hit.id for hit in best} and (not best or best[0].score < 1 - 1e-4):
                raise IngestError(f"{folder}: passage {ids[row]} does not find itself; run curbside ingest again")
    finally:
        close(build)


def publish(index: Path, manifest: Manifest, *, keep: int) -> None:
    """Point CURRENT at a verified build, in one step, and remove all but the ``keep`` newest builds."""
    folder = index / manifest.build
    _write_durably(folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
    _write_durably(index / POINTER, manifest.build + "\n")
    builds = sorted(
        (path for path in index.iterdir() if path.is_dir() and path != folder),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for old in builds[keep - 1 :]:
        shutil.rmtree(old)


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
        vectors=ChromaIndex(folder / CHROMA),
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
        fields = json.loads(path.read_text("utf-8"))
        if fields["format"] != FORMAT:
            raise IndexMissingError(
                f"{folder}: the index has form {fields['format']}, not {FORMAT}; rebuild with curbside ingest"
            )
        return Manifest(**{**fields, "libraries": tuple(fields["libraries"])})
    except (ValueError, TypeError, KeyError) as error:
        raise IndexMissingError(
            f"{path}: not a manifest of this version ({error}); rebuild with curbside ingest"
        ) from error


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
