"""What can go wrong while an index is made or opened, sorted by what the reader of the message can do about it.

Every message says what is wrong, where, and what to do next, in one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.report import IngestReport


class IngestError(Exception):
    """Base class of every error that this package raises on purpose."""


class DocumentError(IngestError):
    """A source file cannot be used: mend the file."""


class IndexMissingError(IngestError):
    """There is no published index, or not a whole one: run ``curbside ingest``."""


class EncoderError(IngestError):
    """The embedding model is missing or not the one that an index was built with: change the setting or rebuild."""


class NothingUsableError(IngestError):
    """No file of any library could be used: the report says why, file by file."""

    def __init__(self, message: str, report: IngestReport) -> None:
        super().__init__(message)
        self.report = report


class VectorServerError(IngestError):
    """The Chroma server that the settings name does not answer: start it, or change the setting."""


class BusyError(IngestError):
    """Another process is building this index: try again when it is done."""
