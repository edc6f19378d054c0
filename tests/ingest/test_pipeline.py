"""Whole runs with a tiny model: what goes into an index, what leaves it, and what a run costs."""

from __future__ import annotations

import os
import random
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from ingest.build import close, open_build, published, published_id
from ingest.embed import Vectors
from ingest.errors import DocumentError, NothingUsableError
from ingest.passages import EmbeddedPassage
from ingest.pipeline import Library, build_index, is_current, preview
from ingest.plan import Edits
from ingest.records import Document, FileRecord
from ingest.report import IngestReport
from ingest.settings import IngestSettings, SplitSettings
from tests.fakes import CORPUS, write_corpus

BUY_IN, MEETINGS = CORPUS["practice/buy-in.md"], CORPUS["mentorship/meetings.md"]
CALL = "---\ntitle: Night call\n---\n\n## How often to take call {.summary}\n\nTake call once a week in the first year."
KEYS = {"practice/buy-in", "mentorship/meetings"}


@dataclass(frozen=True)
class World:
    """A library with the two documents of the fakes, and an index that is up to date with it."""

    folder: Path
    settings: IngestSettings

    def write(self, **files: str) -> None:
        """Write files, named without suffix, into the top of the folder."""
        write_corpus(self.folder, {f"{name}.md": text for name, text in files.items()})

    def run(self, *, restore: frozenset[tuple[str, str]] = frozenset()) -> IngestReport:
        return build_index([Library("Test", self.folder)], self.settings, edits=Edits(restore=restore))


@dataclass(frozen=True)
class Held:
    """Everything that a published build holds."""

    documents: list[Document]
    files: list[FileRecord]
    ids: list[str]
    passages: list[EmbeddedPassage]
    vectors: Vectors

    @property
    def names(self) -> set[str]:
        return {document.id for document in self.documents}


@pytest.fixture
def world(tmp_path: Path, tiny_settings: IngestSettings) -> World:
    shutil.copytree(tiny_settings.index, tmp_path / "index")
    return World(write_corpus(tmp_path / "corpus"), replace(tiny_settings, index=tmp_path / "index"))


def held(settings: IngestSettings) -> Held:
    build = open_build(settings)
    store = build.passages
    found = Held(store.documents(), store.files(), store.ids, store.passages(store.ids), store.vectors())
    close(build)
    return found


def outcomes(report: IngestReport) -> dict[str, str]:
    return {file.source: file.outcome for file in report.files}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {f"{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_same(one: Held, other: Held) -> None:
    assert (one.documents, one.files, one.ids) == (other.documents, other.files, other.ids)
    assert [entry.passage for entry in one.passages] == [entry.passage for entry in other.passages]
    assert np.abs(one.vectors - other.vectors).max() < 1e-6
    for entry, twin in zip(one.passages, other.passages, strict=True):
        assert np.abs(entry.sentence_vectors - twin.sentence_vectors).max() < 1e-6
        assert np.abs(entry.pointer_vectors - twin.pointer_vectors).max() < 1e-6


def test_one_bad_file_stops_no_other_and_is_reported_with_its_reason(world: World) -> None:
    world.write(call=CALL, open="---\ntitle: [open\n---\ntext", empty="", data="a\x00b", heading="# Only a heading")
    (world.folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing that a reader could use")
    (world.folder / "link.md").symlink_to("/etc/hostname")
    (world.folder / "photo.jpg").write_bytes(b"\xff\xd8")
    report = world.run()
    bad = {"open.md", "empty.md", "data.md", "heading.md", "broken.pdf", "link.md"}
    assert {file.source for file in report.refused} == bad
    assert all(file.reason for file in report.refused)
    assert outcomes(report)["photo.jpg"] == "skipped"
    assert held(world.settings).names == {*KEYS, "call"}
    assert report.documents == 3


def test_a_bad_file_is_reported_again_by_a_run_that_has_nothing_to_do(world: World) -> None:
    world.write(bad="---\ntitle: [open\n---\ntext")
    first, second = world.run(), world.run()
    assert (first.rebuilt, second.rebuilt) == (True, False)
    assert first.refused == second.refused
    assert re.match(r"(line )?3: front matter is not YAML", first.refused[0].reason)


def test_a_file_that_became_good_is_taken_and_one_that_became_bad_leaves(world: World) -> None:
    world.write(call="")
    world.run()
    world.write(call=CALL)
    (world.folder / "practice/buy-in.md").write_text("---\nnever closed", "utf-8")
    assert outcomes(world.run()) == {
        "call.md": "added",
        "mentorship/meetings.md": "unchanged",
        "practice/buy-in.md": "refused",
    }
    assert held(world.settings).names == {"call", "mentorship/meetings"}


def test_where_nothing_can_be_used_the_error_has_the_report_and_nothing_is_published(
    tmp_path: Path, tiny_settings: IngestSettings
) -> None:
    folder = write_corpus(tmp_path / "corpus", {"a.md": "", "b.md": "---\nnever closed"})
    settings = replace(tiny_settings, index=tmp_path / "index")
    with pytest.raises(NothingUsableError) as caught:
        build_index([Library("Test", folder)], settings)
    assert [file.source for file in caught.value.report.refused] == ["a.md", "b.md"]
    assert published_id(settings.index) == ""
    assert [path for path in settings.index.iterdir() if path.is_dir()] == []


def test_where_nothing_can_be_used_any_more_the_published_build_still_answers(world: World) -> None:
    before = held(world.settings)
    for path in world.folder.rglob("*.md"):
        path.write_text("---\nnever closed", "utf-8")
    with pytest.raises(NothingUsableError):
        world.run()
    assert_same(held(world.settings), before)


def test_a_renamed_file_embeds_nothing_and_changes_its_name_only(world: World) -> None:
    before = held(world.settings)
    (world.folder / "practice/buy-in.md").rename(world.folder / "terms.md")
    report = world.run()
    assert (report.embedded, outcomes(report)) == (0, {"mentorship/meetings.md": "unchanged", "terms.md": "renamed"})
    assert next(file.reason for file in report.files if file.outcome == "renamed") == "was practice/buy-in.md"
    after = held(world.settings)
    assert after.names == {"mentorship/meetings", "terms"}
    assert [document.text for document in after.documents] == [document.text for document in before.documents]


def test_a_deleted_file_leaves_the_index(world: World) -> None:
    (world.folder / "practice/buy-in.md").unlink()
    report = world.run()
    assert outcomes(report) == {"mentorship/meetings.md": "unchanged", "practice/buy-in.md": "gone"}
    assert (report.embedded, report.documents) == (0, 1)
    after = held(world.settings)
    assert {entry.passage.document for entry in after.passages} == {"mentorship/meetings"}


def test_a_changed_file_embeds_what_changed_and_leaves_the_others_as_they_were(world: World) -> None:
    before = held(world.settings)
    (world.folder / "mentorship/meetings.md").write_text(MEETINGS.replace("once a month", "once a week"), "utf-8")
    assert world.run().embedded == 1  # the passage, and within it its sentences
    after = held(world.settings)
    assert len(set(before.ids) - set(after.ids)) == len(set(after.ids) - set(before.ids)) == 1


def test_a_text_that_stands_twice_is_kept_once_and_both_files_are_named(world: World) -> None:
    before = held(world.settings)
    shutil.copy(world.folder / "practice/buy-in.md", world.folder / "practice/buy-in - copy.md")
    report = world.run()
    assert outcomes(report)["practice/buy-in - copy.md"] == "duplicate"
    after = held(world.settings)
    assert (report.embedded, after.ids) == (0, before.ids)
    assert {document.source: document.also for document in after.documents} == {
        "mentorship/meetings.md": (),
        "practice/buy-in.md": ("practice/buy-in - copy.md",),
    }


def test_when_the_file_that_is_kept_is_deleted_its_copy_takes_its_place(world: World) -> None:
    copy = world.folder / "practice/buy-in - copy.md"
    shutil.copy(world.folder / "practice/buy-in.md", copy)
    world.run()
    (world.folder / "practice/buy-in.md").unlink()
    assert world.run().embedded == 0
    after = held(world.settings)
    assert {document.source: document.also for document in after.documents} == {
        "mentorship/meetings.md": (),
        "practice/buy-in - copy.md": (),
    }
    assert "equipment and receivables" in after.documents[1].text


def test_a_copy_under_a_shorter_path_takes_the_place_of_the_one_that_was_kept(world: World) -> None:
    shutil.copy(world.folder / "practice/buy-in.md", world.folder / "b.md")
    assert outcomes(world.run()) == {
        "b.md": "added",
        "mentorship/meetings.md": "unchanged",
        "practice/buy-in.md": "duplicate",
    }
    assert held(world.settings).names == {"b", "mentorship/meetings"}


def test_of_a_document_that_is_taken_out_no_passage_is_left_though_a_copy_stands_beside_it(world: World) -> None:
    shutil.copy(world.folder / "practice/buy-in.md", world.folder / "practice/buy-in - copy.md")
    world.run()
    build_index([], world.settings, edits=Edits(remove=frozenset({("Test", "practice/buy-in")})))
    assert "practice/buy-in" not in held(world.settings).names
    assert is_current([Library("Test", world.folder)], world.settings)


def test_libraries_stand_beside_each_other_and_one_is_built_without_the_other(world: World, tmp_path: Path) -> None:
    ours = Library("Ours", write_corpus(tmp_path / "ours", {"call.md": CALL, "practice/buy-in.md": BUY_IN}))
    before = held(world.settings)
    shutil.move(world.folder, tmp_path / "away")
    report = build_index([ours], world.settings)
    assert outcomes(report) == {"call.md": "added", "practice/buy-in.md": "added"}
    after = held(world.settings)
    assert [document.key for document in after.documents][2:] == [document.key for document in before.documents]
    assert set(before.ids) < set(after.ids)
    manifest = published(world.settings.index)
    assert manifest is not None
    counts = {entry.name: (entry.documents, entry.folder) for entry in manifest.libraries}
    assert counts["Ours"] == (2, str(ours.folder))
    assert counts["Test"][0] == 2
    (ours.folder / "call.md").unlink()
    build_index([ours], world.settings)
    again = held(world.settings)
    assert set(before.ids) < set(again.ids) < set(after.ids)


def test_a_library_that_is_dropped_leaves_what_was_there_without_it(world: World, tmp_path: Path) -> None:
    before, build = held(world.settings), published_id(world.settings.index)
    build_index([Library("Ours", write_corpus(tmp_path / "ours", {"call.md": CALL}))], world.settings)
    assert published_id(world.settings.index) != build
    report = build_index([], world.settings, edits=Edits(drop=frozenset({"Ours"})))
    assert (identity(report.build), outcomes(report)) == (identity(build), {"call.md": "gone"})
    assert_same(held(world.settings), before)


def test_a_document_is_taken_out_stays_out_and_comes_back_as_it_was(world: World) -> None:
    before, build = held(world.settings), published_id(world.settings.index)
    key = frozenset({("Test", "practice/buy-in")})
    assert outcomes(build_index([], world.settings, edits=Edits(remove=key))) == {"practice/buy-in.md": "removed"}
    assert held(world.settings).names == {"mentorship/meetings"}
    assert not world.run().rebuilt
    world.write(call=CALL)
    assert outcomes(world.run())["practice/buy-in.md"] == "removed"
    (world.folder / "call.md").unlink()
    report = world.run(restore=key)
    assert (identity(report.build), report.embedded) == (identity(build), 0)
    assert_same(held(world.settings), before)


def test_the_order_of_the_disk_makes_no_other_build(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, walk = held(world.settings), os.walk
    monkeypatch.setattr(os, "walk", lambda top: [(n, d[::-1], f[::-1]) for n, d, f in reversed(list(walk(top)))])
    settings = replace(world.settings, index=tmp_path / "fresh")
    report = build_index([Library("Test", world.folder)], settings)
    assert identity(report.build) == identity(published_id(world.settings.index))
    assert_same(held(settings), expected)


def test_ingesting_twice_is_ingesting_once(world: World) -> None:
    world.write(call=CALL)
    first, before = world.run(), snapshot(world.settings.index)
    second = world.run()
    assert (first.rebuilt, second.rebuilt, second.embedded) == (True, False, 0)
    assert (second.documents, second.passages) == (first.documents, first.passages)
    assert snapshot(world.settings.index) == before


def identity(build: str) -> str:
    """Return what two builds of the same files share."""
    return build.partition("-")[0]


def edit(folder: Path, chance: random.Random) -> None:
    """Do one thing to a folder that a person would do: add, change, rename, copy, break or delete a file."""
    files = sorted(folder.rglob("*.md"))
    path, name = chance.choice(files), f"{chance.randrange(10**6)}.md"
    match chance.randrange(6):
        case 0:
            (folder / name).write_text(CALL.replace("a week", f"in {name[0]} weeks"), "utf-8")
        case 1:
            path.write_text(path.read_text("utf-8").replace(" a ", f" a {name[:2]} "), "utf-8")
        case 2:
            path.rename(folder / name)
        case 3:
            shutil.copy(path, folder / name)
        case 4:
            (folder / name).write_text("---\nnever closed", "utf-8")
        case _ if len(files) > 2:
            path.unlink()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_edits_the_index_is_the_one_that_a_fresh_build_makes(world: World, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(4):
        for _ in range(2):
            edit(world.folder, chance)
        world.run()
    settings = replace(world.settings, index=tmp_path / "fresh")
    fresh = build_index([Library("Test", world.folder)], settings)
    assert identity(fresh.build) == identity(published_id(world.settings.index))
    assert_same(held(world.settings), held(settings))


def test_another_splitter_reads_every_library_again_and_embeds_only_new_texts(world: World, tmp_path: Path) -> None:
    ours = Library("Ours", write_corpus(tmp_path / "ours", {"call.md": CALL}))
    build_index([ours, Library("Test", world.folder)], world.settings)
    settings = replace(world.settings, split=SplitSettings(min_words=1, max_words=24))  # no sentence is cut
    report = build_index([ours], settings)
    after = held(settings)
    assert {document.library for document in after.documents} == {"Ours", "Test"}
    assert 0 < report.embedded < len(after.ids)  # sentences, and the passages that are as they were, are known


def test_a_library_that_has_to_be_read_again_and_is_gone_is_named_with_the_remedy(world: World, tmp_path: Path) -> None:
    ours = Library("Ours", write_corpus(tmp_path / "ours", {"call.md": CALL}))
    build_index([ours], world.settings)
    shutil.rmtree(ours.folder)
    before, settings = published_id(world.settings.index), replace(world.settings, split=SplitSettings(max_words=50))
    with pytest.raises(DocumentError, match=r"the folder of library Ours is gone.*curbside library remove 'Ours'"):
        build_index([Library("Test", world.folder)], settings)
    assert published_id(settings.index) == before
    build_index([Library("Test", world.folder)], settings, edits=Edits(drop=frozenset({"Ours"})))
    assert held(settings).names == KEYS


def test_a_preview_tells_what_a_run_would_do_and_writes_nothing(world: World) -> None:
    world.write(call=CALL, bad="---\nnever closed", again=MEETINGS)
    (world.folder / "practice/buy-in.md").rename(world.folder / "terms.md")
    before = snapshot(world.settings.index)
    told = preview([Library("Test", world.folder)], world.settings)
    assert snapshot(world.settings.index) == before
    assert (told.build, told.rebuilt, told.embedded) == ("", False, 0)
    done = world.run()
    assert (outcomes(told), told.documents) == (outcomes(done), done.documents)
    assert {file.source: file.reason for file in told.files} == {file.source: file.reason for file in done.files}


def test_a_preview_makes_no_index(world: World, tmp_path: Path) -> None:
    settings = replace(world.settings, index=tmp_path / "nowhere")
    assert preview([Library("Test", world.folder)], settings).documents == 2
    assert not settings.index.exists()


def test_files_whose_names_collide_are_all_kept(world: World) -> None:
    other = CALL.replace("Take call once a week in the first year.", "Nobody takes call at night before July.")
    third = CALL.replace("Take call once a week in the first year.", "Residents of each hospital trade their shifts.")
    (world.folder / "call.txt").write_text(other, "utf-8")
    write_corpus(world.folder, {"call.md": CALL, "call.md.txt": third, "cafe\u0301.md": MEETINGS, "café.md": BUY_IN})
    report = world.run()
    assert report.documents == 5  # two of the five new files say what the files of the fakes say
