"""``build_index``: the verbs of ingest in order, from folders to a published build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
from pydantic import TypeAdapter

from ingest import build as builds
from ingest.build import Manifest
from ingest.clean import clean
from ingest.embed import Encoder, Vectors, encode_with_progress
from ingest.embed.graph import OnnxEncoder
from ingest.embed.models import fingerprint, locate
from ingest.lexical import LexicalIndex
from ingest.passages import EmbeddedPassage, EmbeddingCache, write_passages
from ingest.records import Document, Passage, digest, embedded_text, heading_of
from ingest.settings import IngestSettings
from ingest.sources import read_folder
from ingest.split import split
from ingest.store import Metadata, VectorRecord, write_chroma


class Progress(Protocol):
    """Told how far a build is, so that a person can be."""

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of ``total`` steps."""

    def advance(self, steps: int) -> None:
        """Say that ``steps`` more are done."""


class NoProgress:
    """Says nothing."""

    def stage(self, name: str, total: int) -> None:
        """Say nothing."""

    def advance(self, steps: int) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of documents under a name."""

    name: str
    """Name shown with every citation from it."""
    folder: Path
    """Where its files are."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a run of ingest did."""

    manifest: Manifest
    """The published build."""
    rebuilt: bool
    """False where the published build was already of these files and settings."""
    embedded: int
    """Texts that had to be embedded; the others came from the cache."""


def is_current(libraries: Sequence[Library], settings: IngestSettings) -> bool:
    """Return whether the published build is of these files, this model and these settings."""
    manifest = builds.published(settings.index)
    return manifest is not None and manifest.build == _build_id(_read(libraries), settings)


def build_index(
    libraries: Sequence[Library], settings: IngestSettings, *, progress: Progress | None = None
) -> BuildReport:
    """Make, verify and publish an index; the published one answers until the new one is whole.

    Raises DocumentError for a file that cannot be used, EncoderError for a model that is not there, BusyError where
    another process writes.
    """
    told = progress or NoProgress()
    documents = _read(libraries)
    build = _build_id(documents, settings)
    with builds.writer_lock(settings.index):
        current = builds.published(settings.index)
        if current is not None and current.build == build:
            return BuildReport(current, rebuilt=False, embedded=0)
        folder = settings.index / build
        if folder.exists():
            shutil.rmtree(folder)  # what a run that was cut off left
        folder.mkdir(parents=True)
        encoder = _encoder(folder / builds.ENCODER, settings, told)
        passages, embedded = _embed(documents, encoder, settings, told)
        told.stage("Writing", 1)
        _write(folder, documents, passages, settings)
        manifest = Manifest(
            format=builds.FORMAT,
            build=build,
            model=settings.model,
            encoder=encoder.fingerprint,
            dimension=encoder.dimension,
            documents=len(documents),
            passages=len(passages),
            libraries=tuple(library.name for library in libraries),
        )
        builds.verify(folder, manifest)
        builds.publish(settings.index, manifest, keep=settings.keep_builds)
        told.advance(1)
        return BuildReport(manifest, rebuilt=True, embedded=embedded)


def _read(libraries: Sequence[Library]) -> list[Document]:
    return [clean(document) for library in libraries for document in read_folder(library.folder, library.name)]


def _build_id(documents: Sequence[Document], settings: IngestSettings) -> str:
    content = TypeAdapter(list[Document]).dump_json(list(documents)).decode()
    chosen = repr((asdict(settings.split), asdict(settings.vectors)))
    return digest(str(builds.FORMAT), content, fingerprint(locate(settings.model)), chosen)[:16]


def _encoder(folder: Path, settings: IngestSettings, progress: Progress) -> OnnxEncoder:
    """Return the encoder of a build: linked from the published build where that has the same, else exported."""
    wanted = fingerprint(locate(settings.model))
    current = builds.published(settings.index)
    if current is not None and current.encoder == wanted:
        shutil.copytree(settings.index / current.build / builds.ENCODER, folder, copy_function=_link_or_copy)
    else:
        progress.stage("Preparing the encoder", 1)
        from ingest.embed.reference import TorchEncoder

        TorchEncoder(settings.model).export(folder)
        progress.advance(1)
    return OnnxEncoder(folder, threads=settings.threads)


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        return shutil.copy2(source, target)
    return target


def _embed(
    documents: Sequence[Document], encoder: Encoder, settings: IngestSettings, progress: Progress
) -> tuple[list[EmbeddedPassage], int]:
    progress.stage("Splitting", len(documents))
    passages: list[tuple[Document, Passage]] = []
    for document in documents:
        passages.extend(
            (document, passage) for passage in split(document, settings.split, count_tokens=encoder.count_tokens)
        )
        progress.advance(1)
    texts = [embedded_text(document.title, passage) for document, passage in passages]
    pointers = [[heading_of(document.title, passage), *passage.asked] for document, passage in passages]
    quotes = [[passage.quote(sentence) for sentence in passage.sentences] for _, passage in passages]
    wanted = [*texts, *chain.from_iterable(pointers), *chain.from_iterable(quotes)]
    vectors, embedded = _vectors(wanted, encoder, settings, progress)
    made = [
        EmbeddedPassage(passage, vectors([text])[0], vectors(pointing), vectors(group))
        for (_, passage), text, pointing, group in zip(passages, texts, pointers, quotes, strict=True)
    ]
    return made, embedded


def _vectors(
    texts: Sequence[str], encoder: Encoder, settings: IngestSettings, progress: Progress
) -> tuple[Callable[[Sequence[str]], Vectors], int]:
    """Return a look-up from texts to vectors, shape (n, d), and how many had to be embedded."""
    cache = EmbeddingCache(settings.index / builds.CACHE, encoder.fingerprint, dimension=encoder.dimension)
    try:
        unique = list(dict.fromkeys(texts))
        known = cache.get(unique)
        missing = [text for text in unique if text not in known]
        progress.stage("Embedding", len(missing))
        for start in range(0, len(missing), 512):
            part = missing[start : start + 512]
            made = encode_with_progress(encoder, part, advance=progress.advance)
            cache.put(part, made)
            known.update(zip(part, made, strict=True))
    finally:
        cache.close()
    return lambda wanted: np.stack([known[text] for text in wanted]), len(missing)


def _write(
    folder: Path, documents: Sequence[Document], passages: Sequence[EmbeddedPassage], settings: IngestSettings
) -> None:
    by_id = {document.id: document for document in documents}
    write_passages(folder / builds.PASSAGES, documents=documents, passages=passages)
    texts = [
        "\n".join((embedded_text(by_id[entry.passage.document].title, entry.passage), *entry.passage.asked))
        for entry in passages
    ]
    LexicalIndex.of(texts).save(folder / builds.LEXICAL)
    records = [
        VectorRecord(
            id=entry.passage.id,
            vector=entry.vector,
            text=entry.passage.text,
            metadata=_metadata(by_id[entry.passage.document], entry.passage),
        )
        for entry in passages
    ]
    write_chroma(folder / builds.CHROMA, records, settings=settings.vectors)


def _metadata(document: Document, passage: Passage) -> Metadata:
    return {
        "document": document.id,
        "title": document.title,
        "heading": " › ".join(passage.heading_path),
        "kind": passage.kind,
        "library": document.library,
        "reviewed": document.reviewed.isoformat() if document.reviewed else "",
    }
