"""Files and folders -> Documents. The first step of ingest; ``clean`` is next.

One reader for each format takes a file's bytes and returns its content: blocks, and what was left out. What every
format shares (finding the files, titles, front matter) is done here once. The formats that arrive from anywhere (PDF,
Word, web pages) are read in a child process with limits of time and memory: see ``isolated``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError
from ingest.records import Block, Content, Document
from ingest.sources import front_matter, markdown, plaintext
from ingest.sources.files import Found, SourceFile
from ingest.sources.files import find_files as _find_files
from ingest.sources.formats import SUFFIXES, TEXT_SUFFIXES
from ingest.sources.text import decode

#: Bytes of a file with some suffix -> its content.
ReadContent = Callable[[str, bytes], Content]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that could be read."""

    document: Document
    """What it holds."""
    notes: tuple[str, ...] = ()
    """What the operator should know of it."""
    dropped: tuple[str, ...] = ()
    """Texts that were left out."""


def find_files(folder: Path) -> Found:
    """Return the files below a folder that can be read, and the others.

    Raises DocumentError where the folder does not exist or holds nothing that can be read.
    """
    return _find_files(folder, SUFFIXES)


def read_file(file: SourceFile, *, library: str, read_content: ReadContent | None = None) -> Reading:
    """Return a file as a document. Raises DocumentError, naming the file, where it cannot be used.

    ``read_content`` reads what is not plain text; without it such a file is refused.
    """
    data = _bytes(file.path)
    suffix = file.path.suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return _read_text(file, data, library)
    if read_content is None:
        raise DocumentError(f"{file.path}: {suffix} files are not documents of a corpus; write it in Markdown")
    try:
        content = read_content(suffix, data)
    except DocumentError as error:
        raise DocumentError(f"{file.path}: {error}") from error
    _check_text(file.path, content.blocks)
    title, blocks = _title(file.path, content.title, content.blocks)
    document = Document(id=file.document, title=title, blocks=blocks, library=library, source=file.source)
    return Reading(document, content.notes, content.dropped)


def read_folder(folder: Path, library: str) -> Iterator[Document]:
    """Yield one Document for each text of a folder, in the order of their paths; the first that is refused raises
    DocumentError."""
    found = find_files(folder)
    for entry in found.unread:
        if entry.refused:
            raise DocumentError(f"{folder / entry.source}: {entry.reason}")
    for file in found.files:
        yield read_file(file, library=library).document


def _read_text(file: SourceFile, data: bytes, library: str) -> Reading:
    path = file.path
    fields, body, first_line = front_matter.split(path, decode(path, data))
    blocks = tuple({".md": markdown, ".txt": plaintext}[path.suffix.lower()].read_blocks(body))
    _check_text(path, blocks)
    title, blocks = _title(path, front_matter.title(path, fields), blocks)
    details = front_matter.details(path, fields)
    front_matter.check_marks(path, blocks, references=details["references"], first_line=first_line)
    return Reading(
        Document(id=file.document, title=title, blocks=blocks, library=library, source=file.source, **details)
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); mend its permissions or move it") from error


def _check_text(path: Path, blocks: tuple[Block, ...]) -> None:
    if not any(block.kind != "heading" for block in blocks):
        raise DocumentError(f"{path}: holds no text to quote; add some, or move the file out of the folder")


def _title(path: Path, declared: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return the title and the blocks without it: the declared one, else a first heading, else the file's name."""
    first = blocks[0]
    if declared:
        repeats = first.kind == "heading" and first.level == 1 and first.text == declared
        return declared, blocks[1:] if repeats else blocks
    if first.kind == "heading" and first.level == 1:
        return first.text, blocks[1:]
    return path.stem.replace("-", " ").replace("_", " ").capitalize(), blocks
