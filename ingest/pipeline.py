"""``build_index``: the verbs of ingest in order, from folders to a published build.

    find -> plan -> read, clean, compare -> split -> embed -> store -> verify -> publish

What has not changed since the published build is copied from it, and no more than a window of the rest is in memory.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest import build as builds
from ingest.build import LibraryEntry, Manifest
from ingest.embed import Encoder
from ingest.embed.graph import OnnxEncoder
from ingest.embed.models import fingerprint, locate
from ingest.embedding import embed_passages
from ingest.errors import DocumentError, IngestError, NothingUsableError
from ingest.lexical import LexicalIndex
from ingest.passages import read_files
from ingest.passages.cache import EmbeddingCache
from ingest.passages.writer import PassageWriter, StoredPassage, disk_errors
from ingest.plan import Edits, Library, Plan, make_plan
from ingest.reading import Collected, collect
from ingest.records import FileRecord, Passage, digest, embedded_text
from ingest.report import FileReport, IngestReport
from ingest.settings import IngestSettings
from ingest.sources import find_files
from ingest.sources.files import Found
from ingest.sources.isolated import IsolatedReader
from ingest.split import split
from ingest.store import Metadata, VectorBase, VectorRecord, collection_name, write_chroma
from ingest.words import IndexedWords, indexed_words

__all__ = ["Edits", "Library", "build_index", "is_current"]

#: Passages in memory at once while they are written.
_WINDOW = 512
#: Share of the vectors that may have been taken out or put in before the vector index is built afresh: a graph keeps
#: what was deleted from it, and finds a little less.
_MOST_PATCHED = 0.1


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
class _Run:
    """What every step of a run needs."""

    settings: IngestSettings
    told: Progress
    before: Manifest | None
    making: str
    found: Sequence[tuple[Library, Found]]
    plan: Plan
    started: float

    @property
    def identity(self) -> str:
        """Return the identity of the build to be made."""
        return digest(self.making, self.plan.identity(), self.graph, self.settings.chroma)[:16]

    @property
    def passages_before(self) -> Path | None:
        """Return the passages of the published build, where they can be copied."""
        if self.before is None or self.before.making != self.making:
            return None
        return self.settings.index / self.before.build / builds.PASSAGES

    @property
    def can_copy_vectors(self) -> bool:
        """Return whether the vector index of the published build can be copied."""
        if self.before is None or self.passages_before is None:
            return False
        return self.before.graph == self.graph and not (self.before.chroma or self.settings.chroma)

    @property
    def graph(self) -> str:
        """Return the parameters of the vector index."""
        return repr(asdict(self.settings.vectors))


def is_current(libraries: Sequence[Library], settings: IngestSettings) -> bool:
    """Return whether the published build is of these files, this model and these settings."""
    run = _plan(libraries, settings, told=NoProgress(), edits=Edits())
    return run.before is not None and run.before.identity == run.identity


def build_index(
    libraries: Sequence[Library],
    settings: IngestSettings,
    *,
    progress: Progress | None = None,
    edits: Edits | None = None,
) -> IngestReport:
    """Bring libraries of an index up to date: make, verify and publish a build; other libraries stay as they are.

    The published build answers until the new one is whole. Raises DocumentError for a folder that cannot be used,
    NothingUsableError where no file of any library can, EncoderError for a model that is not there, BusyError where
    another process writes, IngestError where the disk or the Chroma server takes no more.
    """
    with builds.writer_lock(settings.index):
        run = _plan(libraries, settings, told=progress or NoProgress(), edits=edits or Edits())
        if run.before is not None and run.before.identity == run.identity:
            builds.tidy(settings.index, keep=settings.keep_builds)
            records = read_files(settings.index / run.before.build / builds.PASSAGES)
            return _report(run, run.before, records, embedded=None)
        build = builds.build_id(run.identity)
        names = {name: collection_name(name, build) for name in sorted({s.record.library for s in run.plan.steps})}
        folder = builds.fresh_folder(settings.index, build, chroma=settings.chroma, collections=names.values())
        try:
            with disk_errors(folder):
                manifest, records, embedded = _make(run, folder, names)
                builds.verify(folder, manifest)
                builds.publish(settings.index, manifest, keep=settings.keep_builds)
        except IngestError:
            builds.discard(folder)
            raise
        return _report(run, manifest, records, embedded=embedded)


def preview(
    libraries: Sequence[Library], settings: IngestSettings, *, progress: Progress | None = None
) -> IngestReport:
    """Return the report of a run that reads what is new and changed, and embeds, writes and publishes nothing."""
    import tempfile

    run = _plan(libraries, settings, told=progress or NoProgress(), edits=Edits())
    with tempfile.TemporaryDirectory() as name:
        writer = PassageWriter(Path(name) / builds.PASSAGES, before=run.passages_before)
        collected = _collect(run, writer)
        records = _split(run, collected, writer, count_tokens=_rough_tokens)
        writer.close()
    manifest = _manifest(run, records, build="", names={}, encoder=None)
    return replace(_report(run, manifest, records, embedded=0), build="", rebuilt=False)


def _plan(libraries: Sequence[Library], settings: IngestSettings, *, told: Progress, edits: Edits) -> _Run:
    started = time.perf_counter()
    before = builds.published(settings.index)
    making = digest(str(builds.FORMAT), fingerprint(locate(settings.model)), repr(asdict(settings.split)))
    reusable = before is not None and before.making == making
    records = read_files(settings.index / before.build / builds.PASSAGES) if before is not None else []
    wanted = {library.name: library for library in libraries}
    if not reusable:
        # what cannot be copied is made anew, from the folders that it came from
        for name, folder in builds.libraries_of(settings.index):
            if name not in wanted and name not in edits.drop:
                wanted[name] = _still_there(Library(name, Path(folder)))
    found = [(library, find_files(library.folder)) for library in wanted.values()]
    plan = make_plan(found, records, edits=edits, reusable=reusable)
    return _Run(settings, told, before, making, found, plan, started)


def _still_there(library: Library) -> Library:
    if not library.folder.is_dir():
        raise DocumentError(
            f"{library.folder}: the folder of library {library.name} is gone, and it has to be read again; "
            f"bring it back, or run "
            f"curbside library remove {library.name!r}"
        )
    return library


def _make(run: _Run, folder: Path, names: dict[str, str]) -> tuple[Manifest, list[FileRecord], int]:
    """Return the manifest of a build that was written into a folder, its files and how many texts were embedded."""
    encoder = _encoder(folder / builds.ENCODER, run)
    writer = PassageWriter(folder / builds.PASSAGES, before=run.passages_before)
    try:
        collected = _collect(run, writer)
        records = _split(run, collected, writer, count_tokens=encoder.count_tokens)
        manifest = _manifest(run, records, build=folder.name, names=names, encoder=encoder)
        if not manifest.passages:
            raise NothingUsableError("no file could be used", _report(run, manifest, records, embedded=0))
        embedded = _embed(run, writer, encoder)
        run.told.stage("Writing the index", manifest.passages)
        LexicalIndex.of_words(writer.words()).save(folder / builds.LEXICAL)
        manifest = _write_vectors(run, writer, manifest, folder)
        writer.add_files(records)
    finally:
        writer.close()
    return manifest, records, embedded


def _collect(run: _Run, writer: PassageWriter) -> Collected:
    run.told.stage("Reading files", len(run.plan.steps))
    with IsolatedReader() as reader:
        return collect(run.plan.steps, writer, read_content=reader, advance=run.told.advance)


def _split(
    run: _Run, collected: Collected, writer: PassageWriter, *, count_tokens: Callable[[str], int]
) -> list[FileRecord]:
    """Write the passages of every document, by library and id, and return the files with their counts."""
    kept = [record for record in collected.records if record.state == "kept"]
    run.told.stage("Splitting", len(kept))
    counted: dict[tuple[str, str], FileRecord] = {}
    for record in sorted(kept, key=lambda record: (record.library, record.document)):
        key = (record.library, record.document)
        if key in collected.carried:
            writer.carry_passages(key)
            counted[key] = record
        else:
            document = writer.document(key)
            passages = split(document, run.settings.split, count_tokens=count_tokens)
            writer.add_passages(passages, [_words_of(document.title, passage) for passage in passages])
            sections = len({passage.heading_path for passage in passages})
            counted[key] = replace(record, sections=sections, passages=len(passages))
        run.told.advance(1)
    return [
        counted[record.library, record.document] if record.state == "kept" else record for record in collected.records
    ]


def _encoder(folder: Path, run: _Run) -> OnnxEncoder:
    """Return the encoder of a build: linked from the published build where that has the same, else exported."""
    wanted = fingerprint(locate(run.settings.model))
    if run.before is not None and run.before.encoder == wanted:
        published = run.settings.index / run.before.build / builds.ENCODER
        shutil.copytree(published, folder, copy_function=_link_or_copy)
    else:
        run.told.stage("Preparing the encoder", 1)
        from ingest.embed.reference import TorchEncoder

        TorchEncoder(run.settings.model).export(folder)
        run.told.advance(1)
    return OnnxEncoder(folder, threads=run.settings.threads)


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        return shutil.copy2(source, target)
    return target


def _embed(run: _Run, writer: PassageWriter, encoder: Encoder) -> int:
    """Write the vectors of every passage that has none, and return how many texts had to be embedded."""
    cache = EmbeddingCache(run.settings.index / builds.CACHE, encoder.fingerprint, dimension=encoder.dimension)
    run.told.stage("Embedding passages", writer.without_vectors())
    try:
        return embed_passages(writer, encoder, cache=cache, advance=run.told.advance)
    finally:
        cache.close()


def _words_of(title: str, passage: Passage) -> IndexedWords:
    """Return the words that a passage is found by: its own, its headings' and those of the questions that it
    answers."""
    return indexed_words("\n".join((embedded_text(title, passage), *passage.asked)))


def _write_vectors(run: _Run, writer: PassageWriter, manifest: Manifest, folder: Path) -> Manifest:
    """Write the vector index of a build, and return its manifest with what that was made from."""
    gone = writer.not_carried()
    moved = writer.added() + sum(len(ids) for ids in gone.values())
    patched = run.before.patched + moved if run.before else 0
    base = None
    if run.can_copy_vectors and patched <= _MOST_PATCHED * manifest.passages:
        assert run.before is not None
        published = run.before.place(run.settings.index / run.before.build)
        base = VectorBase(published.folder, run.before.collections(), gone)
    windows = writer.windows(_WINDOW, only="added" if base else "")
    used = {entry.name: entry.collection for entry in manifest.libraries}
    vectors = _vector_records(windows, run.told.advance)
    write_chroma(manifest.place(folder), vectors, collections=used, settings=run.settings.vectors, base=base)
    return replace(manifest, patched=patched if base else 0)


def _vector_records(
    windows: Iterable[Sequence[StoredPassage]], advance: Callable[[int], None]
) -> Iterator[VectorRecord]:
    for window in windows:
        for entry in window:
            vector = np.frombuffer(entry.vector, dtype=np.float32)
            yield VectorRecord(entry.passage.id, vector, entry.passage.text, _metadata(entry))
        advance(len(window))


def _metadata(entry: StoredPassage) -> Metadata:
    return {
        "document": entry.passage.document,
        "title": entry.title,
        "heading": " › ".join(entry.passage.heading_path),
        "kind": entry.passage.kind,
        "library": entry.passage.library,
        "reviewed": entry.reviewed,
    }


def _manifest(
    run: _Run, records: Sequence[FileRecord], *, build: str, names: dict[str, str], encoder: Encoder | None
) -> Manifest:
    kept = [record for record in records if record.state == "kept"]
    folders = dict(builds.libraries_of(run.settings.index))
    folders |= {library.name: str(library.folder.resolve()) for library, _ in run.found}
    libraries = tuple(
        LibraryEntry(
            name=name,
            folder=folders.get(name, ""),
            collection=names.get(name, ""),
            documents=sum(1 for record in kept if record.library == name),
            passages=sum(record.passages for record in kept if record.library == name),
        )
        for name in sorted({record.library for record in kept})
    )
    return Manifest(
        format=builds.FORMAT,
        build=build,
        identity=run.identity,
        making=run.making,
        model=run.settings.model,
        encoder=encoder.fingerprint if encoder else "",
        dimension=encoder.dimension if encoder else 0,
        documents=len(kept),
        passages=sum(entry.passages for entry in libraries),
        libraries=libraries,
        chroma=run.settings.chroma,
        graph=run.graph,
    )


def _report(run: _Run, manifest: Manifest, records: Sequence[FileRecord], *, embedded: int | None) -> IngestReport:
    """Return the report of a run; ``embedded`` is None where there was nothing to do."""
    changes = {(step.record.library, step.record.source): step for step in run.plan.steps}
    looked_into = {library.name for library, _ in run.found}
    files = []
    for record in records:
        step = changes[record.library, record.source]
        if record.library not in looked_into and step.change == "unchanged":
            continue
        outcome = record.state if record.state != "kept" else step.change
        reason = record.reason or (f"was {step.was}" if step.was else "")
        files.append(
            FileReport(
                record.library, record.source, outcome, reason, record.document, record.sections, record.passages,
                record.notes, record.dropped,
            )
        )  # fmt: skip
    files += [FileReport(record.library, record.source, "gone", document=record.document) for record in run.plan.gone]
    for library, found in run.found:
        files += [
            FileReport(library.name, entry.source, "refused" if entry.refused else "skipped", entry.reason)
            for entry in found.unread
        ]
    return IngestReport(
        build=manifest.build,
        rebuilt=embedded is not None,
        documents=manifest.documents,
        passages=manifest.passages,
        embedded=embedded or 0,
        seconds=time.perf_counter() - run.started,
        files=tuple(sorted(files, key=lambda file: (file.library, file.source))),
    )


def _rough_tokens(text: str) -> int:
    """Return about how many tokens a text has, for a count of passages that needs no encoder."""
    return 2 + len(text) // 4
