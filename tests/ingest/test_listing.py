from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import DocumentError, IndexMissingError
from ingest.listing import Entry, edits_for, listing
from ingest.pipeline import Library, build_index
from ingest.plan import Edits
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, write_corpus

TODAY = date(2026, 11, 22)
DUE = "---\ntitle: Night call\nreviewed: 2026-11-01\nreview_by: 2026-11-22\n---\n\nTake call once a week.\n"
OUT = ("Handbook", "guides/call")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(
        tmp_path_factory.mktemp("handbook"),
        {
            "guides/call.md": DUE,
            "guides/buy-in.md": CORPUS["practice/buy-in.md"],
            "guides/buy-in copy.md": CORPUS["practice/buy-in.md"],
            "practice/buy-in.txt": "Notes on a buy-in\n\nA partner explains what the share in the practice costs.\n",
            "bad.md": "---\nnever closed",
        },
    )


@pytest.fixture(scope="module")
def settings(tiny_settings: IngestSettings, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> IngestSettings:
    """Settings of an index of two libraries, Test and Handbook."""
    index = tmp_path_factory.mktemp("listed") / "index"
    shutil.copytree(tiny_settings.index, index)
    own = replace(tiny_settings, index=index)
    build_index([Library("Handbook", folder)], own)
    return own


def by_id(settings: IngestSettings, today: date = TODAY) -> dict[str, Entry]:
    return {entry.id: entry for entry in listing(settings, today=today)}


def test_every_document_is_listed_with_its_library_its_files_and_its_review(settings: IngestSettings) -> None:
    entries = by_id(settings)
    assert list(entries) == [
        "Handbook/guides/buy-in",
        "Handbook/guides/call",
        "Handbook/practice/buy-in",
        "Test/mentorship/meetings",
        "Test/practice/buy-in",
    ]
    entry = entries["Handbook/guides/buy-in"]
    assert (entry.library, entry.document, entry.title) == ("Handbook", "guides/buy-in", "Buy-in terms")
    assert (entry.source, entry.reviewed) == ("guides/buy-in.md, guides/buy-in copy.md", "2026-11-01")
    assert (entry.passages, entry.removed) == (2, False)  # a summary and a list
    assert entries["Handbook/practice/buy-in"].reviewed == ""


def test_a_document_is_stale_from_the_day_after_its_review_was_due(settings: IngestSettings) -> None:
    stale = [{id_ for id_, entry in by_id(settings, date(2026, 11, day)).items() if entry.stale} for day in (22, 23)]
    assert stale == [set(), {"Handbook/guides/call"}]


def test_an_index_that_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index here yet; run curbside ingest"):
        listing(IngestSettings(index=tmp_path), today=TODAY)


@pytest.mark.parametrize("id_", ["Handbook/guides/call", "guides/call"])
def test_an_id_is_the_listed_one_or_the_document_s_where_one_library_has_it(settings: IngestSettings, id_: str) -> None:
    assert edits_for(id_, settings, restore=False) == (Edits(remove=frozenset({OUT})), [])


def test_the_name_of_a_library_takes_out_all_of_it(settings: IngestSettings) -> None:
    assert edits_for("Handbook", settings, restore=False) == (Edits(drop=frozenset({"Handbook"})), [])


def test_what_is_put_back_is_read_from_the_folder_that_it_came_from(settings: IngestSettings, folder: Path) -> None:
    edits, again = edits_for("Handbook/guides/call", settings, restore=True)
    assert (edits, again) == (Edits(restore=frozenset({OUT})), [("Handbook", folder)])


@pytest.mark.parametrize(
    ("id_", "restore", "message"),
    [
        (
            "practice/buy-in",
            False,
            "more than one document has.*Handbook/practice/buy-in, Test/practice/buy-in",
        ),
        ("nothing", False, r"nothing: no document has this id; curbside library lists them \(Handbook/guides/buy-in, "),
        ("Handbook", True, "Handbook: no document has this id"),
        ("", False, "no document has this id"),
    ],
)
def test_an_id_that_names_no_document_or_two_is_answered_with_what_there_is(
    settings: IngestSettings, id_: str, restore: bool, message: str
) -> None:
    with pytest.raises(DocumentError, match=message):
        edits_for(id_, settings, restore=restore)


def test_a_document_that_was_taken_out_is_listed_so_long_as_its_file_is_there(
    settings: IngestSettings, folder: Path, tmp_path: Path
) -> None:
    own = replace(settings, index=tmp_path / "index")
    shutil.copytree(settings.index, own.index)
    here = tmp_path / "handbook"
    shutil.copytree(folder, here)
    build_index([], own, edits=Edits(remove=frozenset({OUT})))
    listed = by_id(own)["Handbook/guides/call"]
    assert (listed.removed, listed.title, listed.passages) == (True, "Night call", 0)
    write_corpus(here, {"new.md": "A new text of the handbook."})
    build_index([Library("Handbook", here)], own)
    assert by_id(own)["Handbook/guides/call"] == listed
    (here / "guides/call.md").unlink()
    build_index([Library("Handbook", here)], own)
    assert "Handbook/guides/call" not in by_id(own)
