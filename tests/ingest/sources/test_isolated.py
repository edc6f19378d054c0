"""The child process reads with a reader made here, which does what its file says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.records import Block, Content, Mark
from ingest.sources.isolated import IsolatedReader

ROOT = Path(__file__).parents[3]

#: Known to the child only: the order is the first word of the file.
READER = """
import os, sys, time
from ingest.errors import DocumentError
from ingest.records import Block, Content, Mark

def deeper(): return deeper() + 1

def shout():
    print("{}" * 100_000, flush=True)
    os.write(1, b"junk" * 1000)
    sys.stderr.write("more junk")

ORDERS = {
    "hang": lambda: time.sleep(600),
    "spin": lambda: [None for _ in iter(int, 1)],
    "die": lambda: os.kill(os.getpid(), 11),
    "exit": lambda: sys.exit(0),
    "raise": lambda: {}["no such key"],
    "hoard": lambda: bytearray(8 << 30),
    "nest": deeper,
    "print": shout,
}

def read_content(data):
    order, _, rest = data.decode("utf-8", "replace").partition(" ")
    if order == "refuse":
        raise DocumentError("has a password; save it without one")
    ORDERS.get(order, lambda: None)()
    text = chr(0xD800) if order == "surrogate" else rest
    blocks = (Block("heading", order, 2), Block("item", text, 1, "1. ", marks=(Mark(1, "a"),), page=7))
    return Content(blocks, title=str(os.getpid()), notes=("page 3 has no text",), dropped=("Menu",))
"""

SITE = "from ingest.sources import formats; formats._MODULES['.fake'] = 'fake_reader'"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[IsolatedReader]:
    (tmp_path / "fake_reader.py").write_text(READER, "utf-8")
    (tmp_path / "sitecustomize.py").write_text(SITE, "utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    with IsolatedReader(seconds=3) as opened:
        yield opened


def child_of(content: Content) -> int:
    """The process that read it, which the reader here gives as the title."""
    return int(content.title)


def test_a_content_comes_back_whole(reader: IsolatedReader) -> None:
    content = reader(".fake", "read 漢字 “pay”\u2028🙂".encode())
    assert content.blocks == (
        Block("heading", "read", 2),
        Block("item", "漢字 “pay”\u2028🙂", 1, "1. ", marks=(Mark(1, "a"),), page=7),
    )
    assert (content.notes, content.dropped) == (("page 3 has no text",), ("Menu",))
    assert child_of(content) != os.getpid()


@pytest.mark.parametrize("order", ["hang", "spin"])
def test_a_reader_that_does_not_answer_is_ended_and_the_next_file_is_read(reader: IsolatedReader, order: str) -> None:
    first = child_of(reader(".fake", b"read"))
    with pytest.raises(
        DocumentError, match=r"^was not read within 3 seconds; save it anew from the program that made it"
    ):
        reader(".fake", order.encode())
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert child_of(reader(".fake", b"read")) != first


@pytest.mark.parametrize("order", ["die", "exit", "raise"])
def test_a_reader_that_fails_refuses_its_file_and_the_next_one_is_read(reader: IsolatedReader, order: str) -> None:
    with pytest.raises(DocumentError, match=r"^made its reader fail; save it anew from the program that made it"):
        reader(".fake", order.encode())
    assert reader(".fake", b"read on").blocks[1].text == "on"


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("refuse", "has a password; save it without one"),
        ("hoard", "needs more memory than a reader may take; save it anew, or split it"),
        ("nest", "is nested too deeply to be read; save it anew from the program that made it"),
    ],
)
def test_a_file_that_is_refused_keeps_the_reader_and_says_why(reader: IsolatedReader, order: str, reason: str) -> None:
    first = child_of(reader(".fake", b"read"))
    with pytest.raises(DocumentError, match=f"^{reason}$"):
        reader(".fake", order.encode())
    assert child_of(reader(".fake", b"read")) == first


def test_what_a_reader_prints_is_no_part_of_its_answer(reader: IsolatedReader) -> None:
    assert reader(".fake", b"print out").blocks[1].text == "out"
    assert reader(".fake", b"read on").blocks[1].text == "on"


def test_half_a_character_does_not_come_back(reader: IsolatedReader) -> None:
    assert reader(".fake", b"surrogate").blocks[1].text == "\ufffd"  # a lone surrogate, which no file can hold


def test_files_of_any_size_follow_each_other_through_one_process(reader: IsolatedReader) -> None:
    texts = ["", "x", "é" * 1_000_000, "\x00\xff\n"]
    contents = [reader(".fake", f"read {text}".encode()) for text in texts]
    assert [content.blocks[1].text for content in contents] == texts
    assert len({child_of(content) for content in contents}) == 1


def test_a_large_file_has_more_time(reader: IsolatedReader) -> None:
    with pytest.raises(DocumentError, match=r"^was not read within 4 seconds"):
        reader(".fake", b"hang " + b"x" * 50_000)


def test_a_format_without_a_reader_is_refused(reader: IsolatedReader) -> None:
    with pytest.raises(DocumentError, match=r"^\.odt is not a format that is read; the formats are \.md, \.txt"):
        reader(".odt", b"read")


def test_the_process_ends_with_its_user(reader: IsolatedReader) -> None:
    with IsolatedReader(seconds=3) as other:
        child = child_of(other(".fake", b"read"))
        os.kill(child, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
