"""What stands in the folders + what the published build holds -> what is to be done with each file.

Content decides: a file is what it was when its bytes, its path and its document's id are. Nothing is read or written
here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ingest.records import FileRecord, digest
from ingest.sources.files import Found, SourceFile

Change = Literal["unchanged", "added", "changed", "renamed", "removed"]

_LEFT_OUT = "was taken out with curbside library remove; curbside library restore brings it back"


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of documents under a name."""

    name: str
    """Name shown with every citation from it."""
    folder: Path
    """Where its files are."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What an operator changes of an index beside the files."""

    remove: frozenset[tuple[str, str]] = frozenset()
    """Documents, by library and id, that are to be left out though their files are there."""
    restore: frozenset[tuple[str, str]] = frozenset()
    """Documents that are no longer to be left out."""
    drop: frozenset[str] = frozenset()
    """Libraries that are to leave the index."""


@dataclass(frozen=True, slots=True)
class Step:
    """A file of the build to be made."""

    record: FileRecord
    """What is known of it: all, where it is unchanged; path, digest and id, where it is to be read."""
    change: Change
    """What it is against the published build."""
    file: SourceFile | None = None
    """The file to be read, or None where the published build has what it holds."""
    was: str = ""
    """Its path before, where it was renamed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do."""

    steps: tuple[Step, ...]
    """Every file of the new build, by library and path."""
    gone: tuple[FileRecord, ...]
    """Files of the published build that are no longer there."""

    def identity(self) -> str:
        """Return a digest that is equal where the same files, under the same names, are to be in the index."""
        return digest(
            *(
                part
                for step in self.steps
                for part in (
                    step.record.library,
                    step.record.source,
                    step.record.document,
                    step.record.sha256,
                    str(step.record.state == "removed"),
                )
            )
        )


def make_plan(
    found: Sequence[tuple[Library, Found]], before: Iterable[FileRecord], *, edits: Edits, reusable: bool
) -> Plan:
    """Return the plan for the folders that were looked into; other libraries of the published build stay as they are.

    ``reusable`` says whether what the published build holds was made as the new one will be.
    """
    known: dict[str, list[FileRecord]] = {}
    for record in before:
        known.setdefault(record.library, []).append(record)
    looked_into = {library.name for library, _ in found}
    steps: list[Step] = []
    gone: list[FileRecord] = []
    for library, files in found:
        if library.name in edits.drop:
            continue
        old = known.get(library.name, [])
        steps += _steps(library.name, files.files, old=old, edits=edits, reusable=reusable)
        sources = {file.source for file in files.files} | {step.was for step in steps}
        gone += [record for record in old if record.source not in sources]
    for name, records in known.items():
        if name in edits.drop:
            gone += records
        elif name not in looked_into:
            steps += [_edited(record, edits) for record in records]
    return Plan(tuple(sorted(steps, key=lambda step: (step.record.library, step.record.source))), tuple(gone))


def _steps(
    library: str, files: Sequence[SourceFile], *, old: Sequence[FileRecord], edits: Edits, reusable: bool
) -> list[Step]:
    by_source = {record.source: record for record in old}
    sources = {file.source for file in files}
    moved = {record.sha256: record for record in old if record.source not in sources}
    out = {record.document for record in old if record.state == "removed"} | _ids(edits.remove, library)
    out -= _ids(edits.restore, library)
    steps = []
    for file in files:
        fresh = FileRecord(library, file.source, file.sha256, file.document, "kept")
        record = by_source.get(file.source)
        same = record is not None and (record.sha256, record.document) == (file.sha256, file.document)
        if file.document in out:
            title = record.title if record else ""
            steps.append(Step(replace(fresh, state="removed", reason=_LEFT_OUT, title=title), "removed"))
        elif record is not None and same and record.state != "removed" and reusable:
            steps.append(Step(record, "unchanged", file))
        elif record is None and file.sha256 in moved:
            steps.append(Step(fresh, "renamed", file, was=moved[file.sha256].source))
        else:
            steps.append(Step(fresh, "unchanged" if same else "changed" if record else "added", file))
    return steps


def _edited(record: FileRecord, edits: Edits) -> Step:
    """Return the step for a file of a library that was not looked into."""
    if (record.library, record.document) in edits.remove:
        return Step(replace(record, state="removed", reason=_LEFT_OUT), "removed")
    return Step(record, "removed" if record.state == "removed" else "unchanged")


def _ids(keys: Collection[tuple[str, str]], library: str) -> set[str]:
    return {document for name, document in keys if name == library}
