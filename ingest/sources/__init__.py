"""Files and folders -> Documents. The first step of ingest; ``clean`` is next.

One reader for each suffix. A reader takes the decoded text and returns blocks; what every format shares (finding the
files, decoding, front matter) is done here once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ingest.errors import DocumentError
from ingest.records import Block, Document
from ingest.sources import front_matter, markdown, plaintext

Reader = Callable[[str], Sequence[Block]]

#: The reader of each suffix, in lower case.
READERS: dict[str, Reader] = {".md": markdown.read_blocks, ".txt": plaintext.read_blocks}

#: A folder's own notes to its editors are not guidance.
NOT_DOCUMENTS = frozenset({"readme.md"})


def find_files(folder: Path) -> list[Path]:
    """Return the readable files below a folder, sorted, without hidden ones.

    Raises DocumentError where the folder does not exist or holds nothing that can be read.
    """
    if not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder; give a folder of {_suffixes()} files")
    files = [path for path in sorted(folder.rglob("*")) if _is_document(path, folder)]
    if not files:
        raise DocumentError(f"{folder}: holds no {_suffixes()} file; add some, or give another folder")
    return files


def read_folder(folder: Path, library: str) -> Iterator[Document]:
    """Yield one Document for each file of a folder, in the order of their paths."""
    seen: dict[Path, Path] = {}
    for path in find_files(folder):
        other = seen.setdefault(path.with_suffix(""), path)
        if other != path:
            raise DocumentError(f"{path}: has the name of {other.name}; rename one of them")
        yield read_file(path, folder=folder, library=library)


def read_file(path: Path, *, folder: Path, library: str) -> Document:
    """Return a file as a Document. Raises DocumentError, naming file and line, where it cannot be used."""
    text = _decode(path)
    fields, body, first_line = front_matter.split(path, text)
    blocks = tuple(READERS[path.suffix.lower()](body))
    if not any(block.kind != "heading" for block in blocks):
        raise DocumentError(f"{path}: holds no text to quote; add some, or move the file out of the folder")
    title, blocks = _title(path, fields.get("title"), blocks)
    identifier = path.relative_to(folder).with_suffix("").as_posix()
    details = front_matter.details(path, fields)
    front_matter.check_marks(path, blocks, references=details["references"], first_line=first_line)
    return Document(id=identifier, title=title, blocks=blocks, library=library, **details)


def _is_document(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    known = path.suffix.lower() in READERS and path.name.lower() not in NOT_DOCUMENTS
    return known and not hidden and path.is_file()


def _suffixes() -> str:
    return " or ".join(READERS)


def _decode(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); mend its permissions or move it") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text") from error
    if "\x00" in text:
        raise DocumentError(f"{path}: holds NUL bytes, so it is not text; save it as UTF-8 text or move it")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _title(path: Path, declared: object, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    if declared is not None and not isinstance(declared, str):
        raise DocumentError(f"{path}: front matter field 'title' is {declared!r}, not a line of text; put it in quotes")
    if declared and declared.strip():
        return declared.strip(), blocks
    first = next((i for i, block in enumerate(blocks) if block.kind == "heading" and block.level == 1), None)
    if first == 0:
        return blocks[first].text, blocks[:first] + blocks[first + 1 :]
    return path.stem.replace("-", " ").replace("_", " ").capitalize(), blocks
