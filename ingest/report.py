"""What a run of ingest did, file by file. A leaf: ``pipeline`` fills it in, the command line prints it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

#: What became of a file in this run.
FileOutcome = Literal["added", "changed", "renamed", "unchanged", "removed", "gone", "duplicate", "refused", "skipped"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    library: str
    """Name of its library."""
    source: str
    """Its path below the library's folder."""
    outcome: FileOutcome
    """What became of it."""
    reason: str = ""
    """Why it is not in the index, or what it was called before."""
    document: str = ""
    """Id of its document."""
    sections: int = 0
    """Sections of its document."""
    passages: int = 0
    """Passages of its document."""
    notes: tuple[str, ...] = ()
    """What the operator should know of it."""
    dropped: tuple[str, ...] = ()
    """The first texts that were left out as clutter."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did."""

    build: str
    """Id of the build that is published now; empty after a dry run."""
    rebuilt: bool
    """False where the published build was already of these files and settings."""
    documents: int
    """Documents in the index."""
    passages: int
    """Passages in the index."""
    embedded: int
    """Texts that had to be embedded; the others were known."""
    seconds: float
    """How long the run took."""
    files: tuple[FileReport, ...]
    """Every file of the libraries that were looked into."""

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """Return the files that look like documents and could not be used."""
        return tuple(file for file in self.files if file.outcome == "refused")

    def as_record(self) -> dict[str, object]:
        """Return the report as plain data."""
        return {**asdict(self), "refused": len(self.refused)}
