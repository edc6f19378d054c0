from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings

from ingest.build import POINTER, open_build, published, writer_lock
from ingest.errors import BusyError, DocumentError, EncoderError, IndexMissingError, IngestError
from ingest.pipeline import Library, build_index, is_current
from ingest.settings import IngestSettings
from ingest.store import ExactIndex
from tests.fakes import CORPUS, write_corpus


@pytest.fixture
def own(tmp_path: Path, tiny_settings: IngestSettings) -> tuple[Library, IngestSettings]:
    """A library and a copy of its published index, to be harmed."""
    shutil.copytree(tiny_settings.index, tmp_path / "index")
    return Library("Test", write_corpus(tmp_path / "corpus")), replace(tiny_settings, index=tmp_path / "index")


def test_a_second_run_over_the_same_files_builds_nothing(own: tuple[Library, IngestSettings]) -> None:
    library, settings = own
    report = build_index([library], settings)
    assert not report.rebuilt
    assert report.embedded == 0
    assert is_current([library], settings)


def test_a_changed_file_makes_a_new_build_and_embeds_only_what_is_new(own: tuple[Library, IngestSettings]) -> None:
    library, settings = own
    path = library.folder / "mentorship/meetings.md"
    path.write_text(path.read_text("utf-8").replace("once a month", "twice a month"), "utf-8")
    assert not is_current([library], settings)
    report = build_index([library], settings)
    assert report.rebuilt
    assert report.embedded == 1  # the passage that changed, and within it its sentences


def test_a_folder_that_is_gone_leaves_the_published_index_answering(own: tuple[Library, IngestSettings]) -> None:
    library, settings = own
    before = published(settings.index)
    shutil.rmtree(library.folder)
    with pytest.raises(DocumentError, match="corpus: no such folder"):
        build_index([library], settings)
    assert published(settings.index) == before
    assert open_build(settings).manifest == before


def test_builds_are_kept_no_longer_than_needed(own: tuple[Library, IngestSettings]) -> None:
    library, settings = own
    path = library.folder / "mentorship/meetings.md"
    for word in ("weekly", "daily", "yearly"):
        path.write_text(CORPUS["mentorship/meetings.md"].replace("once a month", word), "utf-8")
        build_index([library], settings)
    assert len([entry for entry in settings.index.iterdir() if entry.is_dir()]) == settings.keep_builds


def test_a_missing_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index here yet; run curbside ingest"):
        open_build(IngestSettings(index=tmp_path))


@pytest.mark.parametrize("part", ["manifest.json", "passages.sqlite", "chroma", "lexical"])
def test_a_half_built_index_is_refused(own: tuple[Library, IngestSettings], part: str) -> None:
    _, settings = own
    path = settings.index / (settings.index / POINTER).read_text().strip() / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(IndexMissingError, match="rebuild with curbside ingest"):
        open_build(settings)


def test_an_index_of_another_encoder_is_refused_with_the_remedy(own: tuple[Library, IngestSettings]) -> None:
    _, settings = own
    with pytest.raises(EncoderError, match=r"built with encoder .*; set CURBSIDE_ENCODER=.*, or rebuild"):
        open_build(replace(settings, model="all-MiniLM-L6-v2"))


def test_an_index_of_an_older_form_is_refused(own: tuple[Library, IngestSettings]) -> None:
    _, settings = own
    path = settings.index / (settings.index / POINTER).read_text().strip() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 0}))
    with pytest.raises(IndexMissingError, match="has form 0"):
        open_build(settings)


def test_what_a_run_that_was_cut_off_left_does_not_stop_the_next(own: tuple[Library, IngestSettings]) -> None:
    library, settings = own
    (library.folder / "new.md").write_text("# New\n\nA new text about mentors.", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.pipeline.write_chroma", _full_disk)
        with pytest.raises(IngestError, match=r"cannot be written \(no space left on device\); make room on the disk"):
            build_index([library], settings)
    assert build_index([library], settings).embedded == 0


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    with writer_lock(tmp_path), pytest.raises(BusyError, match="another curbside ingest"), writer_lock(tmp_path):
        pass


def test_chroma_and_exact_search_agree(tiny_settings: IngestSettings) -> None:
    build = open_build(tiny_settings)
    exact = ExactIndex(build.passages.ids, build.passages.vectors())
    for query in ("how often should I meet a mentor", "buy-in price"):
        vector = build.encoder.encode([query])[0]
        found, expected = build.vectors.nearest(vector, 4), exact.nearest(vector, 4)
        assert [hit.id for hit in found] == [hit.id for hit in expected]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-5)


def test_langchain_opens_a_published_build(tiny_settings: IngestSettings, tiny_model: Path, tmp_path: Path) -> None:
    build = open_build(tiny_settings)
    # a copy, because Chroma lets one process open a folder with one set of settings only
    shutil.copytree(build.folder / "chroma", tmp_path / "chroma")
    chroma = Chroma(
        collection_name=build.manifest.collections()["Test"],
        persist_directory=str(tmp_path / "chroma"),
        embedding_function=HuggingFaceEmbeddings(
            model_name=str(tiny_model), encode_kwargs={"normalize_embeddings": True}
        ),
    )
    passage = build.passages.passages(build.passages.ids[:1])[0].passage
    found = chroma.similarity_search(f"Buy-in terms › {passage.heading_path[-1]}\n{passage.text}", k=1)
    assert found[0].page_content == passage.text
    assert found[0].metadata["document"] == passage.document


def _full_disk(*_: object, **__: object) -> None:
    raise OSError("no space left on device")
