"""The tables of a build's passage store, and records as JSON."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from ingest.records import Document, Facets, FileRecord, Passage

SCHEMA = """
CREATE TABLE files (library TEXT, source TEXT, record BLOB NOT NULL, PRIMARY KEY (library, source));
CREATE TABLE documents (
    library TEXT, id TEXT, title TEXT NOT NULL, reviewed TEXT NOT NULL, record BLOB NOT NULL, PRIMARY KEY (library, id)
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, library TEXT NOT NULL, document TEXT NOT NULL,
    stems TEXT NOT NULL, spelt TEXT NOT NULL, record BLOB NOT NULL
);
CREATE INDEX passages_of_a_document ON passages (library, document);
CREATE TABLE vectors (
    row INTEGER PRIMARY KEY, vector BLOB NOT NULL, pointer_vectors BLOB NOT NULL, sentence_vectors BLOB NOT NULL
);
"""


@cache
def document_json() -> TypeAdapter[Document]:
    """Return the adapter between documents and JSON."""
    return TypeAdapter(Document)


@cache
def facets_json() -> TypeAdapter[Facets]:
    """Return the adapter between facets and JSON."""
    return TypeAdapter(Facets)


@cache
def passage_json() -> TypeAdapter[Passage]:
    """Return the adapter between passages and JSON."""
    return TypeAdapter(Passage)


@cache
def file_json() -> TypeAdapter[FileRecord]:
    """Return the adapter between file records and JSON."""
    return TypeAdapter(FileRecord)
