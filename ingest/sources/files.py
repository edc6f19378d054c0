"""A folder -> the files to read, and what is left alone or refused before it is opened."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError

#: A handbook of a thousand pages has some 20 MiB; what is larger is a scan or not a text.
MOST_BYTES = 64 * 2**20

#: A folder's own notes to its editors are not guidance.
NOT_DOCUMENTS = frozenset({"readme.md"})


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is to be read."""

    path: Path
    """Where it is."""
    source: str
    """Its path below the folder, with suffix and forward slashes."""
    document: str
    """Id of its document: the path without suffix, unless another file shares that."""
    sha256: str
    """Digest of its bytes."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that is not read."""

    source: str
    """Its path below the folder."""
    reason: str
    """Why not, and what to do where something can be done."""
    refused: bool
    """True where it looks like a document and cannot be used; False where it was never meant to be one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a folder."""

    files: tuple[SourceFile, ...]
    """Files to read, in the order of their paths."""
    unread: tuple[Unread, ...]
    """The others, in the order of their paths; hidden ones are not among them."""


def find_files(folder: Path, suffixes: Collection[str]) -> Found:
    """Return the files below a folder, those with one of the suffixes (in lower case) to be read.

    Raises DocumentError where the folder does not exist or holds no file at all with such a suffix.
    """
    shown = ", ".join(sorted(suffixes))
    if not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder; give a folder with {shown} files")
    paths: list[tuple[Path, str]] = []
    unread: list[Unread] = []
    for path in _walk(folder):
        source = _name(path.relative_to(folder))
        problem = _problem(path, source=source, folder=folder, suffixes=suffixes)
        if problem is None:
            paths.append((path, source))
        else:
            unread.append(problem)
    if not paths and not any(entry.refused for entry in unread):
        raise DocumentError(f"{folder}: holds no {shown} file; add some, or give another folder")
    files: dict[str, SourceFile] = {}
    ids = _ids([source for _, source in paths])
    for path, source in sorted(paths, key=lambda entry: (entry[1], str(entry[0]))):
        if source in files:
            unread.append(Unread(source, "has the name of another file in other characters; rename it", True))
            continue
        try:
            files[source] = SourceFile(path, source, ids[source], _sha256(path))
        except OSError as error:
            unread.append(Unread(source, f"cannot be read ({error.strerror}); mend its permissions or move it", True))
    return Found(tuple(files.values()), tuple(sorted(unread, key=lambda entry: entry.source)))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder but hidden files; links to folders are named and not followed."""
    for name, folders, files in os.walk(folder):
        here = Path(name)
        links = [entry for entry in folders if (here / entry).is_symlink()]
        folders[:] = sorted(entry for entry in folders if not entry.startswith(".") and entry not in links)
        # an editor's lock file (~$report.docx) is not the report
        yield from (here / entry for entry in sorted([*files, *links]) if not entry.startswith((".", "~$")))


def _problem(path: Path, *, source: str, folder: Path, suffixes: Collection[str]) -> Unread | None:
    """Return why a file is not to be read, or None where it is."""
    if path.is_symlink():
        return _link(path, source, folder)
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode):
        return Unread(source, "is no plain file", refused=False)
    if path.suffix.lower() not in suffixes:
        return Unread(source, f"is of a format that is not read ({path.suffix.lower() or 'no suffix'})", refused=False)
    if path.name.lower() in NOT_DOCUMENTS:
        return Unread(source, "is a note to editors and not a document", refused=False)
    if not _is_text(str(path.relative_to(folder))):
        return Unread(source, "has a name that is not UTF-8; rename it", refused=True)
    if facts.st_size == 0:
        return Unread(source, "is empty; fill it or delete it", refused=True)
    if facts.st_size > MOST_BYTES:
        size, most = facts.st_size / 2**20, MOST_BYTES / 2**20
        return Unread(source, f"has {size:.0f} MiB, and the most is {most:.0f}; split it", refused=True)
    return None


def _link(path: Path, source: str, folder: Path) -> Unread:
    target = path.resolve()
    if target.is_relative_to(folder.resolve()) and target.exists():
        return Unread(source, "is a link to something else in the folder", refused=False)
    return Unread(source, "is a link out of the folder; put a copy of the file in its place", refused=True)


def _name(path: Path) -> str:
    # a name that is not UTF-8 is shown with its bytes escaped
    shown = path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
    return unicodedata.normalize("NFC", shown)


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _ids(sources: Sequence[str]) -> dict[str, str]:
    """Return the id of each file: its path without suffix, or with it where that is not the file's alone."""
    shared = Counter(stem for source in set(sources) for stem in (source, source.rpartition(".")[0]))
    return {source: stem if shared[stem := source.rpartition(".")[0]] == 1 else source for source in sources}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
