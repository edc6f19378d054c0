"""An index of any size without embedding it: sections of a small index's own sentences, with their vectors.

What a question costs does not depend on where vectors come from, as long as they lie as real ones do. A section takes
its sentences from one document of the small index, so that it has a subject; its vector is the mean of theirs with a
little of its own, so that no two are equal.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from ingest import build as builds
from ingest.build import LibraryEntry, Manifest, OpenBuild
from ingest.embed import Vectors
from ingest.lexical import LexicalIndex
from ingest.passages import PassageStore
from ingest.passages.writer import PassageWriter
from ingest.records import Block, Document, FileRecord, Passage, Sentence, heading_of, passage_id
from ingest.settings import IngestSettings
from ingest.store import VectorRecord, collection_name, write_chroma
from ingest.words import IndexedWords, indexed_words

#: Sections of one document, and sentences of one section.
SECTIONS, SENTENCES = 10, 6
#: Length of what is a section's own, against the unit length of what its sentences share.
_OWN = 0.3
_SEED = 20261126
_IDENTITY = "0" * 16


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the documents that are made of one shipped document draw on."""

    document: Document
    sentences: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is worked out once for a sentence or a heading."""

    vector: Vectors
    words: IndexedWords


def write_index(settings: IngestSettings, *, of: OpenBuild, passages: int) -> Manifest:
    """Write, verify and publish an index of so many passages, up to the next ten, made of the sentences of ``of``, and
    return its manifest."""
    build, library = builds.build_id(_IDENTITY), of.manifest.libraries[0].name
    collections = {library: collection_name(library, "large")}
    folder = builds.fresh_folder(settings.index, build, chroma="", collections=())
    shutil.copytree(of.folder / builds.ENCODER, folder / builds.ENCODER)
    documents = -(-passages // SECTIONS)
    entry = LibraryEntry(library, "", collections[library], documents, documents * SECTIONS)
    manifest = replace(
        of.manifest, build=build, identity=_IDENTITY, making="", documents=documents, passages=entry.passages,
        libraries=(entry,), graph=repr(asdict(settings.vectors)), patched=0,
    )  # fmt: skip
    writer = PassageWriter(folder / builds.PASSAGES)
    try:
        records = _written(writer, of.passages, documents=documents)
        write_chroma(manifest.place(folder), records, collections=collections, settings=settings.vectors)
        LexicalIndex.of_words(writer.words()).save(folder / builds.LEXICAL)
    finally:
        writer.close()
    builds.verify(folder, manifest)
    builds.publish(settings.index, manifest, keep=1)
    return manifest


def _written(writer: PassageWriter, store: PassageStore, *, documents: int) -> Iterator[VectorRecord]:
    """Write documents and passages, and yield the vector of each passage."""
    known, subjects = _drawn_on(store)
    rng, own = random.Random(_SEED), np.random.default_rng(_SEED)
    for number in range(documents):
        subject = rng.choice(subjects)
        sections = [(rng.choice(subject.headings), rng.sample(subject.sentences, SENTENCES)) for _ in range(SECTIONS)]
        document = _document(number, sections, subject.document)
        passages = _passages(document, sections)
        writer.add_document(document)
        file = FileRecord(document.library, f"{document.id}.md", "", document.id, "kept", passages=SECTIONS)
        writer.add_files([file])
        writer.add_passages(passages, [_words(known, heading, texts) for heading, texts in sections])
        for place, (passage, (heading, texts)) in enumerate(zip(passages, sections, strict=True)):
            sentences = np.stack([known[text].vector for text in texts])
            vector = _near(sentences.mean(axis=0), own)
            pointers = known[heading].vector[None]
            writer.add_vectors(number * SECTIONS + place, vector=vector, pointers=pointers, sentences=sentences)
            yield VectorRecord(passage.id, vector, passage.text, {"library": passage.library})


def _document(number: int, sections: Sequence[tuple[str, Sequence[str]]], drawn: Document) -> Document:
    blocks: list[Block] = []
    for heading, texts in sections:
        blocks += [Block("heading", heading, level=2), Block("paragraph", " ".join(texts))]
    title = f"Handbook chapter {number}"
    return replace(drawn, id=f"chapter-{number:06}", title=title, blocks=tuple(blocks), source="", also=())


def _passages(document: Document, sections: Sequence[tuple[str, Sequence[str]]]) -> list[Passage]:
    passages, start = [], 0
    for place, (heading, texts) in enumerate(sections):
        start += len(heading) + 1
        text, spans, at = " ".join(texts), [], 0
        for sentence in texts:
            spans.append(Sentence(at, at + len(sentence), "sentence", 0))
            at += len(sentence) + 1
        # two sections may have drawn the same
        id_ = passage_id(document, heading_path=(heading, str(place)), text=text)
        passages.append(
            Passage(
                id_, document.id, (heading,), "guidance", text, start, start + len(text), tuple(spans),
                library=document.library,
            )
        )  # fmt: skip
        start += len(text) + 1
    return passages


def _words(known: Mapping[str, _Known], heading: str, texts: Sequence[str]) -> IndexedWords:
    parts = [known[text].words for text in (heading, *texts)]
    stems = [stem for part in parts for stem in part.stems]
    return IndexedWords(stems, sorted({word for part in parts for word in part.spelt}))


def _near(mean: Vectors, own: np.random.Generator) -> Vectors:
    noise = own.standard_normal(len(mean)).astype(np.float32)
    vector = mean / np.linalg.norm(mean) + _OWN * noise / np.linalg.norm(noise)
    unit: Vectors = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit


def _drawn_on(store: PassageStore) -> tuple[dict[str, _Known], list[_Subject]]:
    known: dict[str, _Known] = {}
    headings: dict[tuple[str, str], dict[str, None]] = {}
    sentences: dict[tuple[str, str], dict[str, None]] = {}
    for entry in store.passages(store.ids):
        passage = entry.passage
        document = store.document(passage.document_key)
        pairs = [(heading_of(document.title, passage), entry.pointer_vectors[0])]
        headings.setdefault(document.key, {})[pairs[0][0]] = None
        for sentence, vector in zip(passage.sentences, entry.sentence_vectors, strict=True):
            text = passage.quote(sentence)
            if sentence.role == "sentence" and "\n" not in text:
                pairs.append((text, vector))
                sentences.setdefault(document.key, {})[text] = None
        known |= {text: _Known(vector, indexed_words(text)) for text, vector in pairs if text not in known}
    subjects = [
        _Subject(store.document(key), tuple(own), tuple(headings[key]))
        for key, own in sentences.items()
        if len(own) >= 2 * SENTENCES
    ]
    return known, subjects
