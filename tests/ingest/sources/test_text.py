from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import DocumentError
from ingest.sources.text import decode

PATH = Path("folder/file.md")
TEXT = "Café “pay”\n漢字 🙂\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
)
def test_one_text_in_different_bytes_is_one_text(data: bytes) -> None:
    assert decode(PATH, data) == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a café".encode("cp1252"), "byte 5 is not UTF-8; save the file as UTF-8 text"),
        ("“pay”".encode("cp1252"), "byte 0 is not UTF-8; save the file as UTF-8 text"),
        (b"a\x00b", "holds control characters, so it is not text; save it as UTF-8 text or move it"),
        (b"a\x01b", "holds control characters, so it is not text; save it as UTF-8 text or move it"),
        ("without its mark".encode("utf-16-le"), "holds control characters"),
        (codecs.BOM_UTF16_LE + "a\x00b".encode("utf-16-le"), "holds control characters"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "holds control characters"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_name_of_the_file(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=f"^folder/file.md: {message}"):
        decode(PATH, data)


def test_a_tab_and_a_form_feed_are_text() -> None:
    assert decode(PATH, b"a\tb\x0cc") == "a\tb\x0cc"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_too_long_to_be_prose_is_named_by_its_number(end: str) -> None:
    lines = ["A title", "", "x" * 20_000, "y" * 20_001, "z"]
    assert decode(PATH, end.join(lines[:3]).encode()).endswith("x" * 20_000)
    with pytest.raises(
        DocumentError, match=r"^folder/file\.md:4: the line has 20,001 characters, and the most is 20,000"
    ):
        decode(PATH, end.join(lines).encode())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_what_was_decoded_decodes_to_itself(text: str) -> None:
    once = decode(PATH, text.encode())
    assert decode(PATH, once.encode()) == once == unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
