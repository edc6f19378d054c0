"""Bytes of a text file -> its text, or a refusal. Before ``markdown`` and ``plaintext``."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from ingest.errors import DocumentError

#: The longest paragraph that anybody wrote on one line has a few thousand characters; data has more.
_LONGEST_LINE = 20_000

_MARKED = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


def decode(path: Path, data: bytes) -> str:
    """Return a file's text in NFC with line feeds as line ends.

    Raises DocumentError, naming the file, for what is not UTF-8 (or UTF-16 with its mark), is binary, or has a line too
    long to be prose.
    """
    encoding = next((name for mark, name in _MARKED.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_binary(data):
            raise _binary(path) from error
        raise DocumentError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8 text") from error
    if _is_binary(text.encode("utf-8")):
        raise _binary(path)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    longest = max(lines.split("\n"), key=len)
    if len(longest) > _LONGEST_LINE:
        number = lines.split("\n").index(longest) + 1
        raise DocumentError(
            f"{path}:{number}: the line has {len(longest):,} characters, and the most is {_LONGEST_LINE:,}; break it "
            f"into paragraphs, or move the file out of the folder"
        )
    return unicodedata.normalize("NFC", lines)


def _is_binary(data: bytes) -> bool:
    """Return whether bytes hold control characters that no text has."""
    return any(control in data for control in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06"))


def _binary(path: Path) -> DocumentError:
    return DocumentError(f"{path}: holds control characters, so it is not text; save it as UTF-8 text or move it")
