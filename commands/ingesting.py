"""``curbside ingest``, ``library`` and ``doctor``: what is in an index, how it gets there, and whether it is sound."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.plain import FAILED, IndexOption, plain_errors, progress_bars, shipped_library

if TYPE_CHECKING:
    from ingest.pipeline import Library
    from ingest.report import FileReport, IngestReport
    from ingest.settings import IngestSettings

REFUSED = 1

library_commands = typer.Typer(name="library", help="See what is indexed, and take documents out.")


def ingest(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder of .md, .txt, .html, .pdf and .docx files [default: the shipped corpus]."),
    ] = None,
    index: IndexOption = None,
    library: Annotated[
        str | None, typer.Option("--library", help="Name shown with every citation [default: the folder's name].")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but refused files and errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report; embed and publish nothing.")] = False,
) -> None:
    """Bring a library of the index up to date; what is published answers until the new build is whole.

    Exit code 1 where a file was refused, 2 where nothing could be done.
    """
    from assistant.settings import from_environment
    from ingest.errors import NothingUsableError
    from ingest.pipeline import build_index, preview

    with plain_errors():
        settings = from_environment(index=index).ingest
        wanted = _wanted(folder, library, settings=settings)
        run = preview if dry_run else build_index
        try:
            with progress_bars() if not (quiet or as_json) else nullcontext() as progress:
                report = run(wanted, settings, progress=progress)
        except NothingUsableError as error:
            _print_report(error.report, settings, as_json=as_json, quiet=quiet)
            raise
        _print_report(report, settings, as_json=as_json, quiet=quiet)
    if report.refused:
        raise typer.Exit(REFUSED)


def doctor(
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Open the published build in a process of its own and say what is wrong with it; exit with 1 where something
    is."""
    from assistant.settings import from_environment
    from ingest.doctor import diagnose

    with plain_errors():
        findings = diagnose(from_environment(index=index).ingest)
    if as_json:
        print(json.dumps([finding.as_record() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{'ok   ' if finding.sound else 'WRONG'} {finding.check}: {finding.detail}")
    if not all(finding.sound for finding in findings):
        raise typer.Exit(1)


@library_commands.callback(invoke_without_command=True)
def list_libraries(
    context: typer.Context,
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List what is indexed: library and id, title, file, passages, review date, and whether that has passed."""
    if context.invoked_subcommand is not None:
        return
    from assistant.settings import from_environment
    from ingest.listing import listing

    with plain_errors():
        settings = from_environment(index=index).ingest
        entries = listing(settings, today=date.today())
    if as_json:
        print(json.dumps([entry.as_record() for entry in entries], ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("ID", "title", "file", "passages", "reviewed", ""):
        table.add_column(heading, justify="right" if heading == "passages" else "left", overflow="fold")
    for entry in entries:
        mark = "stale" if entry.stale else "taken out" if entry.removed else ""
        table.add_row(entry.id, entry.title, entry.source, str(entry.passages), entry.reviewed or "–", mark)
    Console(width=None if sys.stdout.isatty() else 200).print(table)


@library_commands.command(name="remove")
def remove(
    id_: Annotated[str, typer.Argument(metavar="ID", help="LIBRARY/DOCUMENT as listed, or LIBRARY for all of it.")],
    index: IndexOption = None,
) -> None:
    """Take a document, or a whole library, out of the index. Its file stays where it is."""
    _edit(id_, index, restore=False)


@library_commands.command(name="restore")
def restore(
    id_: Annotated[str, typer.Argument(metavar="ID", help="LIBRARY/DOCUMENT as listed.")], index: IndexOption = None
) -> None:
    """Put a document back that was taken out; its file must still be in its folder."""
    _edit(id_, index, restore=True)


def _wanted(folder: Path | None, name: str | None, *, settings: IngestSettings) -> list[Library]:
    """Return the libraries that a run brings up to date.

    The shipped corpus stands beside a library of one's own in the default index, and not in an index that was named.
    """
    from assistant.settings import ROOT
    from ingest.build import published
    from ingest.errors import DocumentError
    from ingest.pipeline import Library

    shipped = shipped_library()
    if folder is None:
        return [shipped]
    own = Library(name or folder.resolve().name, folder)
    if own.name == shipped.name and folder.resolve() != shipped.folder.resolve():
        raise DocumentError(f"{folder}: {own.name} is the shipped corpus's name; give another with --library NAME")
    if settings.index.resolve() == (ROOT / "index").resolve() and published(settings.index) is None:
        return [shipped, own]
    return [own]


def _edit(id_: str, index: Path | None, *, restore: bool) -> None:
    from assistant.settings import from_environment
    from ingest.listing import edits_for
    from ingest.pipeline import Library, build_index

    with plain_errors():
        settings = from_environment(index=index).ingest
        edits, again = edits_for(id_, settings, restore=restore)
        with progress_bars() as progress:
            report = build_index([Library(*entry) for entry in again], settings, progress=progress, edits=edits)
    done = "put back" if restore else "taken out"
    print(f"{id_}: {done}; {report.documents} documents, {report.passages:,} passages in {settings.index}")


def _print_report(report: IngestReport, settings: IngestSettings, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        print(json.dumps(report.as_record(), ensure_ascii=False, indent=1))
        return
    for file in report.refused:
        print(f"refused: {file.library}/{file.source}: {file.reason}", file=sys.stderr)
    if quiet:
        return
    for file in report.files:
        for line in _lines_of(file):
            print(line)
    for library in dict.fromkeys(file.library for file in report.files):
        counts = Counter(file.outcome for file in report.files if file.library == library)
        print(f"{library}: " + ", ".join(f"{count:,} {outcome}" for outcome, count in counts.most_common()))
    done = "built" if report.rebuilt else "is up to date" if report.build else "not touched (dry run)"
    print(
        f"Index {done}: {report.documents:,} documents, {report.passages:,} passages in {os.fspath(settings.index)} "
        f"({report.embedded:,} texts embedded, {report.seconds:.1f} s)"
    )


def _lines_of(file: FileReport) -> list[str]:
    """Return what a person should see of a file: nothing where all went as expected."""
    name = f"{file.library}/{file.source}"
    lines = [f"note: {name}: {note}" for note in file.notes if file.outcome in ("added", "changed", "renamed")]
    if file.outcome == "duplicate":
        lines.append(f"duplicate: {name}: says what {file.reason} says, and is kept once")
    if file.outcome in ("renamed", "removed", "gone", "skipped"):
        lines.append(f"{file.outcome}: {name}" + (f": {file.reason}" if file.reason else ""))
    return lines


__all__ = ["FAILED", "REFUSED", "doctor", "ingest", "library_commands"]
