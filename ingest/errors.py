"""What can go wrong while an index is made or opened, sorted by what the reader of the message can do about it.

Every message says what is wrong, where, and what to do next, in one line.
"""


class IngestError(Exception):
    """Base class of every error that this package raises on purpose."""


class DocumentError(IngestError):
    """A source file cannot be used: mend the file."""


class IndexMissingError(IngestError):
    """There is no published index, or not a whole one: run ``curbside ingest``."""


class EncoderError(IngestError):
    """The embedding model is missing or not the one that an index was built with: change the setting or rebuild."""


class BusyError(IngestError):
    """Another process is building this index: try again when it is done."""
