"""A file of JSON lines -> its lines, each with the place that a message names. A leaf of every reader."""

from __future__ import annotations

from pathlib import Path

from evals.errors import EvalError


def read_lines(path: Path, *, expected: str) -> list[tuple[str, str]]:
    """Return the lines that hold something, each behind its place, ``file:line``.

    Raises EvalError where the file cannot be read as UTF-8; the message asks for ``expected``.
    """
    try:
        # not splitlines: JSON allows a line separator inside a text
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise EvalError(f"{path}: cannot be read ({error.strerror}); give {expected}") from error
    except UnicodeDecodeError as error:
        raise EvalError(f"{path}: byte {error.start} is not UTF-8; give {expected}") from error
    return [(f"{path}:{number}", line) for number, line in enumerate(lines, start=1) if line.strip()]
