from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import DocumentError
from ingest.sources import files
from ingest.sources.files import Found, find_files
from tests.fakes import write_corpus

SUFFIXES = (".md", ".txt", ".pdf")


def find(folder: Path, *written: str) -> Found:
    """Write files with some text below a folder and return what is found in it."""
    write_corpus(folder, dict.fromkeys(written, "Text."))
    return find_files(folder, SUFFIXES)


def unread(found: Found) -> dict[str, tuple[bool, str]]:
    return {entry.source: (entry.refused, entry.reason) for entry in found.unread}


def test_a_file_is_listed_with_its_path_its_id_and_the_digest_of_its_bytes(tmp_path: Path) -> None:
    (file,) = find(tmp_path, "sub/a guide v1.2.md").files
    assert (file.path, file.source) == (tmp_path / "sub/a guide v1.2.md", "sub/a guide v1.2.md")
    assert (file.document, file.sha256) == ("sub/a guide v1.2", hashlib.sha256(b"Text.").hexdigest())


def test_a_link_out_of_the_folder_is_refused_be_it_to_a_file_or_to_a_folder(tmp_path: Path) -> None:
    write_corpus(tmp_path / "outside", {"secret.md": "A secret."})
    write_corpus(tmp_path / "library", {"a.md": "Text."})
    (tmp_path / "library/file.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "library/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "library/nowhere.md").symlink_to(tmp_path / "gone.md")
    found = find(tmp_path / "library")
    assert [file.source for file in found.files] == ["a.md"]
    reason = (True, "is a link out of the folder; put a copy of the file in its place")
    assert unread(found) == dict.fromkeys(["file.md", "folder", "nowhere.md"], reason)


def test_a_link_to_something_else_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    write_corpus(tmp_path, {"sub/a.md": "Text."})
    (tmp_path / "again.md").symlink_to("sub/a.md")
    (tmp_path / "sub/round").symlink_to(tmp_path)
    found = find(tmp_path)
    assert [file.source for file in found.files] == ["sub/a.md"]
    reason = (False, "is a link to something else in the folder")
    assert unread(found) == {"again.md": reason, "sub/round": reason}


def test_what_is_no_plain_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert unread(find(tmp_path, "a.md")) == {"pipe.md": (False, "is no plain file")}


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    assert unread(find(tmp_path, "a.md")) == {"empty.pdf": (True, "is empty; fill it or delete it")}


def test_a_file_that_is_larger_than_a_text_can_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 2 * 2**20)
    (tmp_path / "most.md").write_bytes(b"x" * 2 * 2**20)
    (tmp_path / "more.md").write_bytes(b"x" * 3 * 2**20)
    found = find(tmp_path)
    assert [file.source for file in found.files] == ["most.md"]
    assert unread(found) == {"more.md": (True, "has 3 MiB, and the most is 2; split it")}


def test_a_name_that_is_not_utf_8_is_refused_and_shown_with_its_bytes(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("Text.")
    found = find(tmp_path, "a.md")
    assert [file.source for file in found.files] == ["a.md"]
    ((name, (refused, reason)),) = unread(found).items()
    assert (name.encode("utf-8"), refused) == (rb"caf\udce9.md", True)
    assert reason == "has a name that is not UTF-8; rename it"


def test_other_formats_and_notes_to_editors_are_named_and_not_refused(tmp_path: Path) -> None:
    assert unread(find(tmp_path, "a.md", "data.CSV", "LICENSE", "sub/ReadMe.md", "b.PDF")) == {
        "LICENSE": (False, "is of a format that is not read (no suffix)"),
        "data.CSV": (False, "is of a format that is not read (.csv)"),
        "sub/ReadMe.md": (False, "is a note to editors and not a document"),
    }


def test_hidden_files_and_lock_files_of_editors_are_not_even_named(tmp_path: Path) -> None:
    found = find(tmp_path, "a.md", ".hidden.md", ".git/b.md", "sub/.c/d.md", "~$report.md")
    assert ([file.source for file in found.files], found.unread) == (["a.md"], ())


def test_files_that_share_all_but_the_suffix_keep_it_in_their_ids(tmp_path: Path) -> None:
    found = find(tmp_path, "guide.md", "guide.pdf", "sub/guide.md", "other.txt")
    assert [file.document for file in found.files] == ["guide.md", "guide.pdf", "other", "sub/guide"]


def test_a_name_is_the_same_however_its_accents_are_written(tmp_path: Path) -> None:
    found = find(tmp_path, "cafe\u0301.md")
    assert [(file.source, file.document) for file in found.files] == [("café.md", "café")]
    assert found.files[0].path.is_file()


STEMS = ("a", "b", "a.md", "b.md", "é", "e\u0301")
names = st.sets(st.sampled_from([stem + suffix for stem in STEMS for suffix in SUFFIXES]))


@settings(deadline=None, max_examples=60)
@given(names.filter(bool))
def test_no_two_files_share_a_path_or_an_id(tmp_path_factory: pytest.TempPathFactory, written: set[str]) -> None:
    found = find(tmp_path_factory.mktemp("names"), *written)
    assert len({file.source for file in found.files}) == len(found.files)
    assert len({file.document for file in found.files}) == len(found.files)
    assert len(found.files) + len(found.unread) == len(written)


def test_the_order_of_the_disk_is_not_the_order_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = find(tmp_path, "b/x.md", "a/y.md", "a.md", "c.csv", "B.md")
    walk = os.walk
    monkeypatch.setattr(os, "walk", lambda top: [(n, d[::-1], f[::-1]) for n, d, f in reversed(list(walk(top)))])
    assert find(tmp_path) == expected
    assert [file.source for file in expected.files] == ["B.md", "a.md", "a/y.md", "b/x.md"]


def test_a_folder_of_nothing_but_refused_files_is_no_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty.md").touch()
    found = find(tmp_path)
    assert (found.files, [entry.source for entry in found.unread]) == ((), ["empty.md"])


@pytest.mark.parametrize("written", [[], ["README.md"], ["photo.jpg", ".hidden.md"]])
def test_a_folder_without_a_single_document_is_named(tmp_path: Path, written: list[str]) -> None:
    with pytest.raises(DocumentError, match=r"holds no \.md, \.pdf, \.txt file; add some, or give another folder"):
        find(tmp_path, *written)


def test_a_file_that_cannot_be_opened_is_refused_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = files._sha256

    def locked(path: Path) -> str:
        if path.name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return digest(path)

    monkeypatch.setattr(files, "_sha256", locked)
    found = find(tmp_path, "a.md", "locked.md")
    assert [file.source for file in found.files] == ["a.md"]
    reason = "cannot be read (Permission denied); mend its permissions or move it"
    assert unread(found) == {"locked.md": (True, reason)}
