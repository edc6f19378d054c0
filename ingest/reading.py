"""The first half of a build: files are read, cleaned and compared, and their documents written. Then ``pipeline``
splits and embeds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.clean import clean
from ingest.duplicates import Sketch, duplicates, from_hex, sketch, to_hex
from ingest.errors import DocumentError
from ingest.passages.writer import PassageWriter
from ingest.plan import Step
from ingest.records import FileRecord
from ingest.sources import ReadContent, Reading, read_file

#: Texts left out of a file that its report names.
_MOST_DROPPED = 20


_LINE = re.compile(r"^(\d+): ")


@dataclass(frozen=True, slots=True)
class Collected:
    """The documents of a build."""

    records: tuple[FileRecord, ...]
    """Every file, by library and path; passages are not counted yet."""
    carried: frozenset[tuple[str, str]]
    """Documents, by library and id, whose passages can be copied from the build before."""


def collect(
    steps: Sequence[Step], writer: PassageWriter, *, read_content: ReadContent, advance: Callable[[int], None]
) -> Collected:
    """Write the documents of some steps, one for each text that is not a duplicate, and return what became of every
    file."""
    records: list[FileRecord] = []
    carried: set[tuple[str, str]] = set()
    for step in steps:
        record = step.record
        if _is_known(step):
            if record.state == "kept":
                writer.carry_document((record.library, record.document))
                carried.add((record.library, record.document))
        elif record.state != "removed" and step.file is not None:
            record = _read(step, writer, read_content)
        records.append(record)
        advance(1)
    by_source = {(step.record.library, step.record.source): step for step in steps}
    settled = [
        _settle(record, kept_for, by_source[record.library, record.source], (writer, read_content))
        for record, kept_for in _compared(records)
    ]
    same: dict[tuple[str, str], list[str]] = {}
    for record in settled:
        if record.state == "duplicate":
            same.setdefault((record.library, record.reason), []).append(record.source)
    for record in settled:
        if record.state == "kept":
            also = tuple(same.get((record.library, record.source), ()))
            writer.name_duplicates((record.library, record.document), also)
    return Collected(tuple(settled), frozenset(carried))


def _is_known(step: Step) -> bool:
    """Return whether the build before holds all that there is to know of a file."""
    return step.change == "unchanged" and bool(step.record.sketch or step.record.state == "refused")


def _read(step: Step, writer: PassageWriter, read_content: ReadContent) -> FileRecord:
    """Read a file, write its document and return its record; a file that cannot be used is refused."""
    record = step.record
    assert step.file is not None
    try:
        reading = read_file(step.file, library=record.library, read_content=read_content)
        document = clean(reading.document)
        if not any(block.kind != "heading" for block in document.blocks):
            raise DocumentError(f"{step.file.path}: holds nothing but clutter; move the file out of the folder")
    except DocumentError as error:
        reason = _LINE.sub(r"line \1: ", str(error).removeprefix(f"{step.file.path}").removeprefix(":").strip())
        return replace(record, state="refused", reason=reason)
    writer.add_document(document)
    return replace(
        record,
        title=document.title,
        notes=reading.notes,
        dropped=_dropped(reading, {block.text for block in document.blocks}),
        sketch=to_hex(sketch(document)),
    )


def _dropped(reading: Reading, kept: set[str]) -> tuple[str, ...]:
    cleaned = (block.text for block in reading.document.blocks if block.text not in kept)
    return tuple(dict.fromkeys([*reading.dropped, *cleaned]))[:_MOST_DROPPED]


def _compared(records: Sequence[FileRecord]) -> list[tuple[FileRecord, str]]:
    """Return each record with the path of the file that is kept for it, empty where it is kept itself."""
    sketches: dict[str, dict[str, Sketch]] = {}
    # of two files that say the same, the one with the shorter path is kept: "leave.md" before "leave copy.md"
    for record in sorted(records, key=lambda record: (len(record.source), record.source)):
        if record.state in ("kept", "duplicate"):
            sketches.setdefault(record.library, {})[record.source] = from_hex(record.sketch)
    same = {library: duplicates(own) for library, own in sketches.items()}
    return [(record, same.get(record.library, {}).get(record.source, "")) for record in records]


def _settle(record: FileRecord, kept_for: str, step: Step, tools: tuple[PassageWriter, ReadContent]) -> FileRecord:
    """Return a record with its state against the other files, and bring the documents in line with it."""
    writer, read_content = tools
    if record.state not in ("kept", "duplicate"):
        return record
    if kept_for:
        if record.state == "kept":
            writer.drop_document((record.library, record.document))
        return replace(record, state="duplicate", reason=kept_for, sections=0, passages=0)
    if record.state == "duplicate" and step.file is not None:
        # what it repeated is gone, so it is read for the first time
        return _read(replace(step, record=replace(record, state="kept", reason="")), writer, read_content)
    return record
