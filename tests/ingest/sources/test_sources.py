from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.records import Document
from ingest.settings import SplitSettings
from ingest.sources import find_files, read_file, read_folder
from ingest.split import split
from tests.fakes import CORPUS, HashEncoder, source_file, write_corpus


def read(folder: Path, text: str | bytes, name: str = "file.md") -> Document:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(source_file(path), library="Test").document


def test_a_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    documents = list(read_folder(write_corpus(tmp_path), "Ours"))
    assert [document.id for document in documents] == ["mentorship/meetings", "practice/buy-in"]
    assert {document.library for document in documents} == {"Ours"}
    assert documents[1].title == "Buy-in terms"
    assert [reference.id for reference in documents[1].references] == ["guide"]


def test_only_documents_are_found(tmp_path: Path) -> None:
    names = ["b.MD", "a.txt", "sub/c.md", "README.md", "sub/readme.md", ".hidden.md", ".git/d.md", "e.csv", "f"]
    write_corpus(tmp_path, dict.fromkeys(names, "Text."))
    (tmp_path / "folder.md").mkdir()
    assert [file.source for file in find_files(tmp_path).files] == ["a.txt", "b.MD", "sub/c.md"]


def test_a_hidden_folder_above_the_library_hides_nothing(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / ".local/library", {"a.md": "Text."})
    assert len(find_files(folder).files) == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone: no such folder; give a folder with .*\.md, .*\.txt files"):
        find_files(tmp_path / "gone")


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    write_corpus(tmp_path, {"README.md": "Notes.", "photo.jpg": ""})
    with pytest.raises(DocumentError, match=r"holds no .*\.md, .*\.txt file; add some"):
        list(read_folder(tmp_path, "Test"))


def test_an_id_is_the_path_without_its_suffix(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, {"a/guide v1.2.md": "Text."})
    assert next(read_folder(folder, "Test")).id == "a/guide v1.2"


def test_two_files_that_would_share_an_id_keep_their_suffixes(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, {"guide.md": "One text.", "guide.txt": "Another text.", "other.md": "Text."})
    assert [document.id for document in read_folder(folder, "Test")] == ["guide.md", "guide.txt", "other"]


def test_the_first_file_that_is_refused_stops_the_reading_of_a_corpus(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, {"a.md": "A text.", "sub/b.md": ""})
    with pytest.raises(DocumentError, match=r"sub/b\.md: is empty; fill it or delete it"):
        list(read_folder(folder, "Test"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: ' Declared '\n---\n# Heading\n\nText.", "Declared"),
        ("# Heading\n\nText.", "Heading"),
        ("## Second level\n\nText.", "Buy in terms"),
    ],
)
def test_a_title_is_declared_or_the_first_heading_or_the_name_of_the_file(
    tmp_path: Path, text: str, title: str
) -> None:
    assert read(tmp_path, text, "buy-in_terms.md").title == title


def test_a_title_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="title"):
        read(tmp_path, "---\ntitle: 2024\n---\nText.")


def test_the_heading_that_became_the_title_is_not_repeated_in_the_text(tmp_path: Path) -> None:
    assert read(tmp_path, "# Heading\n\nText.\n\n## Second\n\nMore.").text == "Text.\nSecond\nMore."


def test_text_under_a_later_main_heading_is_not_filed_under_the_heading_before(tmp_path: Path) -> None:
    document = read(tmp_path, "## Preface\n\nAbout us.\n\n# Chapter\n\nThe advice.")
    passages = split(document, SplitSettings(), count_tokens=HashEncoder().count_tokens)
    assert "Preface" not in next(p.heading_path for p in passages if "The advice." in p.text)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf---\r\ntitle: Caf\xc3\xa9\r\n---\r\nA caf\xc3\xa9.\r\n",  # byte order mark and Windows lines
        b"---\rtitle: Caf\xc3\xa9\r---\rA caf\xc3\xa9.\r",  # lines of an old Mac
        b"---\ntitle: Cafe\xcc\x81\n---\nA cafe\xcc\x81.\n",  # the accent as a character of its own
        "---\ntitle: Café\n---\nA café.\n".encode("utf-16"),  # Windows Notepad's "Unicode"
    ],
)
def test_one_text_in_different_bytes_is_one_document(tmp_path: Path, raw: bytes) -> None:
    document = read(tmp_path, raw)
    assert (document.title, document.text) == ("Café", "A café.")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"caf\xe9", r"file\.md: byte 3 is not UTF-8; save the file as UTF-8 text"),
        (b"a\x00b", "holds control characters, so it is not text"),
        (b"", r"file\.md: holds no text to quote"),
        (b"---\ntitle: A\n---\n", "holds no text to quote"),
        (b"# Only\n\n## Headings\n", "holds no text to quote"),
        (b"Pay rises [^nowhere].", r"file\.md:1: \[\^nowhere\] .* is not in the front matter's sources"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_remedy(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read(tmp_path, raw)


@pytest.mark.parametrize("text", ["", " \n\n", "---\ntitle: A\n---\n"])
def test_an_empty_plain_text_is_named_too(tmp_path: Path, text: str) -> None:
    with pytest.raises(DocumentError, match=r"file\.txt: holds no text to quote"):
        read(tmp_path, text, "file.txt")


def test_plain_text_has_front_matter_too(tmp_path: Path) -> None:
    document = read(tmp_path, "---\ntitle: Declared\nreviewed: 2026-11-22\n---\nA first line\n\nText.", "file.txt")
    assert document.title == "Declared"
    assert document.reviewed is not None
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]


def test_every_document_of_the_fakes_is_read_whole(tmp_path: Path) -> None:
    for document in read_folder(write_corpus(tmp_path), "Test"):
        source = CORPUS[f"{document.id}.md"]
        assert all(line in document.text for line in source.splitlines() if line.startswith(("- How", "1. ", "Meet")))
