"""PDF bytes -> an open file whose pages can be read one by one. The first step; ``drawing`` is next."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, PyPdfError

from ingest.errors import DocumentError
from ingest.sources.pdf.drawing import Drawing, read_drawing
from ingest.sources.pdf.fonts import Font

#: What pypdf lets through for broken files, beside its own errors; found by damaging files.
BROKEN = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_MOST_PAGES = 3000
#: A page's content is some kilobytes; more is an attempt to fill the memory.
_MOST_BYTES = 32_000_000
_MOST_TOKENS = 400_000
_ANEW = "save it anew from the program that made it"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A PDF that could be opened."""

    pages: int
    """Number of its pages."""
    title: str
    """The title in its metadata, or empty."""
    _reader: PdfReader
    _fonts: dict[Any, Font | None] = field(default_factory=dict)

    def drawing(self, number: int) -> Drawing | None:
        """Return what stands on a page, counted from 1, or None where the page is broken."""
        try:
            return read_drawing(self._reader.pages[number - 1], number, fonts=self._fonts)
        except BROKEN:
            return None


@contextmanager
def open_file(data: bytes) -> Iterator[OpenFile]:
    """Open a PDF. Raises DocumentError, with the reason only, where it is broken, protected or too long."""
    log = logging.getLogger("pypdf")
    level = log.level
    # what it says of each broken object helps nobody who has only the file
    log.setLevel(logging.CRITICAL + 1)
    try:
        with apply_configuration(
            zlib_maximum_output_length=_MOST_BYTES,
            lzw_maximum_output_length=_MOST_BYTES,
            run_length_maximum_output_length=_MOST_BYTES,
            array_based_stream_maximum_output_length=_MOST_BYTES,
            stream_parsing_work_maximum_count=_MOST_TOKENS,
        ):
            yield _open(data)
    finally:
        log.setLevel(level)


def _open(data: bytes) -> OpenFile:
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        protected = reader.is_encrypted and not _opens_without_password(reader)
        pages = 0 if protected else len(reader.pages)
    except BROKEN as error:
        raise DocumentError(f"is not a PDF that can be read; {_ANEW}") from error
    if protected:
        raise DocumentError("is encrypted or protected by a password; save a copy without protection")
    if pages == 0:
        raise DocumentError(f"is a PDF without pages; {_ANEW}")
    if pages > _MOST_PAGES:
        raise DocumentError(f"has {pages:,} pages, more than the {_MOST_PAGES:,} that are read; split it")
    return OpenFile(pages, _title(reader), reader)


def _opens_without_password(reader: PdfReader) -> bool:
    try:
        return reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except DependencyError:
        return False  # AES, which needs a package that is not among the project's


def _title(reader: PdfReader) -> str:
    try:
        found = reader.metadata
        title = found.title if found is not None else None
    except BROKEN:
        return ""
    return " ".join(str(title).split()) if title else ""
