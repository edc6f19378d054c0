"""Reading in a child process with limits of time and memory, so that one broken file stops nothing.

A damaged PDF or archive can keep a parser busy for ever, fill the memory, or end the process. The child takes one file
after the other over its pipes; where it does not answer in time or dies, it is ended, the file is refused, and the next
file gets a new child. Answers come back as JSON, because nothing that a hostile file has touched is to be unpickled.
"""

from __future__ import annotations

import json
import os
import re
import select
import struct
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from pydantic import TypeAdapter

from ingest.errors import DocumentError
from ingest.records import Content

_ROOT = Path(__file__).resolve().parent.parent.parent
_LENGTH = struct.Struct(">Q")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
#: Address space of the child: the parsers themselves take 0.4 GiB of it.
_MOST_MEMORY = 1536 * 2**20


class IsolatedReader:
    """A child process that reads files; used as a context manager. Not to be shared between threads.

    A file has ``seconds`` to be read, and one more for every 50 kB.
    """

    def __init__(self, *, seconds: float = 8.0, memory: int = _MOST_MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def __call__(self, suffix: str, data: bytes) -> Content:
        """Return the content of a file with a suffix. Raises DocumentError, with the reason only."""
        allowed = self._seconds + len(data) / 50_000
        try:
            child = self._child or self._start()
            _send(child.stdin, suffix.encode())
            _send(child.stdin, data)
            answer = _receive(child.stdout, time.monotonic() + allowed)
        except TimeoutError as error:
            self._end()
            raise DocumentError(
                f"was not read within {allowed:.0f} seconds; save it anew from the program that made it"
            ) from error
        except (OSError, EOFError) as error:
            self._end()
            raise DocumentError("made its reader fail; save it anew from the program that made it") from error
        fields = json.loads(answer)
        if "refused" in fields:
            raise DocumentError(fields["refused"])
        return TypeAdapter(Content).validate_python(fields)

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "ingest.sources.isolated", str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
        )
        # loading the libraries is not the file's fault
        _receive(self._child.stdout, time.monotonic() + 60)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError), closing(pipe):
                    pass


def _send(pipe: IO[bytes] | None, data: bytes) -> None:
    assert pipe is not None
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes] | None, deadline: float) -> bytes:
    """Return the next message. Raises TimeoutError after ``deadline`` (monotonic seconds), EOFError at the end."""
    assert pipe is not None
    (length,) = _LENGTH.unpack(_read(pipe.fileno(), _LENGTH.size, deadline))
    return _read(pipe.fileno(), length, deadline)


def _read(file: int, count: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while count:
        ready, _, _ = select.select([file], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(file, min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _answer(suffix: str, data: bytes) -> dict[str, Any]:
    from ingest.sources.formats import read_content

    try:
        fields: dict[str, Any] = TypeAdapter(Content).dump_python(read_content(suffix, data))
        return fields
    except DocumentError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "needs more memory than a reader may take; save it anew, or split it"}
    except RecursionError:
        return {"refused": "is nested too deeply to be read; save it anew from the program that made it"}


def _serve(memory: int) -> None:
    """Read files from standard input until it closes, and write their contents to standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    given, taken = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # what a library prints must not stand between two answers
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _send(taken, b"ready")
    while head := given.read(_LENGTH.size):
        suffix = given.read(*_LENGTH.unpack(head)).decode()
        data = given.read(*_LENGTH.unpack(given.read(_LENGTH.size)))
        answer = json.dumps(_answer(suffix, data), ensure_ascii=False)
        # half a character, as a broken font names it, is none that can be stored
        _send(taken, _HALF_CHARACTER.sub("\ufffd", answer).encode())


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
