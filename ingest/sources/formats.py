"""Suffix -> reader, for the formats whose files arrive from anywhere. A reader's library is loaded when it is first
needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ingest.errors import DocumentError
from ingest.records import Content

#: Formats that people write for a corpus; they are read where they are found.
TEXT_SUFFIXES = (".md", ".txt")

#: Module of the reader of each other suffix.
_MODULES = {
    ".pdf": "ingest.sources.pdf",
    ".docx": "ingest.sources.word",
    ".html": "ingest.sources.web",
    ".htm": "ingest.sources.web",
}

SUFFIXES = (*TEXT_SUFFIXES, *_MODULES)


def read_content(suffix: str, data: bytes) -> Content:
    """Return the content of a file. Raises DocumentError, with the reason only, where it cannot be used."""
    if suffix not in _MODULES:
        raise DocumentError(f"{suffix} is not a format that is read; the formats are {', '.join(SUFFIXES)}")
    reader: Callable[[bytes], Content] = import_module(_MODULES[suffix]).read_content
    return reader(data)
