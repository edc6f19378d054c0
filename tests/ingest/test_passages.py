from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import Vectors
from ingest.errors import IndexMissingError, IngestError
from ingest.passages import EmbeddedPassage, PassageStore, read_files
from ingest.passages.cache import EmbeddingCache, count_texts
from ingest.passages.writer import PassageWriter
from ingest.records import Block, Document, Facets, FileRecord, Mark, Passage, Reference, Sentence
from ingest.words import indexed_words
from tests.fakes import HashEncoder

ENCODER = HashEncoder()
DOCUMENT = Document(
    id="practice/buy-in",
    title="Buy-in “terms”",
    blocks=(
        Block("heading", "Price", 2, section_kind="questions-to-ask"),
        Block("paragraph", "Ask:"),
        Block("item", "Why 漢字?", 1, "1. ", marks=(Mark(3, "guide"),)),
    ),
    summary="A summary.",
    facets=Facets(setting=("academic",), stage=("fellow",), topics=("buy-in",), domains=("clinical",)),
    evidence="experience",
    jurisdiction="Ohio",
    reviewed=date(2026, 11, 22),
    review_by=None,
    references=(Reference("guide", "A guide", "A body", 2020, "https://example.org"), Reference("b", "B", "C")),
    library="Test",
    source="practice/buy-in.md",
    also=("practice/copy.pdf",),
)
FILES = [
    FileRecord("Test", "a.md", "0" * 64, "a", "duplicate", reason="b.md", sketch="0" * 12),
    FileRecord(
        "Test", "b.md", "1" * 64, "b", "kept", title="B “b”", sections=2, passages=3, notes=("n",), dropped=("d",)
    ),
]


def entry(number: int, sentences: int = 2) -> EmbeddedPassage:
    passage = Passage(
        id=f"{number:016x}",
        document=DOCUMENT.id,
        heading_path=("Outer", "Inner"),
        kind="steps",
        text="Ask:\n1. Why 漢字?",
        start=6,
        end=21,
        sentences=(Sentence(0, 4, "lead-in", 0), Sentence(8, 15, "item", 1, ("guide",)))[:sentences],
        lead_in="Before:",
        library=DOCUMENT.library,
    )
    vectors = ENCODER.encode([f"passage {number}", f"heading {number}", "one", "two"])
    return EmbeddedPassage.of(passage, vectors[: 2 + sentences])


def write(path: Path, *entries: EmbeddedPassage, documents: Sequence[Document] = (DOCUMENT,)) -> Path:
    """Write a store as a build does: documents, passages, their vectors, files."""
    writer = PassageWriter(path)
    for document in documents:
        writer.add_document(document)
    writer.add_passages([entry.passage for entry in entries], [indexed_words(entry.passage.text) for entry in entries])
    for row, entry in enumerate(entries):
        pointers, sentences = entry.pointer_vectors, entry.sentence_vectors
        writer.add_vectors(row, vector=entry.vector, pointers=pointers, sentences=sentences)
    writer.add_files(FILES)
    writer.close()
    return path


def opened(path: Path, *entries: EmbeddedPassage) -> PassageStore:
    return PassageStore(write(path, *entries), dimension=ENCODER.dimension)


def test_passages_come_back_whole(tmp_path: Path) -> None:
    made = [entry(0), entry(1, sentences=1)]
    for kept, expected in zip(opened(tmp_path / "p", *made).passages([e.passage.id for e in made]), made, strict=True):
        assert kept.passage == expected.passage
        assert np.array_equal(kept.vector, expected.vector)
        assert np.array_equal(kept.pointer_vectors, expected.pointer_vectors)
        assert np.array_equal(kept.sentence_vectors, expected.sentence_vectors)


def test_documents_come_back_whole_in_the_order_of_their_ids(tmp_path: Path) -> None:
    documents = [DOCUMENT, replace(DOCUMENT, id="a/first")]
    store = PassageStore(write(tmp_path / "p", documents=documents), dimension=4)
    assert store.documents() == documents[::-1]
    assert store.document(("Test", "a/first")) == documents[1]


def test_rows_and_vectors_have_the_order_in_which_passages_were_written(tmp_path: Path) -> None:
    made = [entry(number) for number in (5, 3, 9)]
    store = opened(tmp_path / "p", *made)
    assert store.ids == [e.passage.id for e in made]
    assert [store.row(e.passage.id) for e in made] == [0, 1, 2]
    assert np.array_equal(store.vectors(), np.stack([e.vector for e in made]))


def test_passages_are_given_in_the_order_asked_for_and_as_often(tmp_path: Path) -> None:
    store = opened(tmp_path / "p", *(entry(number) for number in range(1_203)))
    ids = [*reversed(store.ids), store.ids[0]]
    assert [kept.passage.id for kept in store.passages(ids)] == ids
    assert store.passages([]) == []


def test_an_id_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    store = opened(tmp_path / "p", entry(0))
    with pytest.raises(KeyError, match="gone"):
        store.passages([store.ids[0], "gone"])
    with pytest.raises(KeyError, match="gone"):
        store.row("gone")
    with pytest.raises(KeyError, match="gone"):
        store.document(("Test", "gone"))
    with pytest.raises(KeyError, match="Gone"):
        store.document(("Gone", DOCUMENT.id))


def test_many_threads_read_one_store(tmp_path: Path) -> None:
    store = opened(tmp_path / "p", *(entry(number) for number in range(40)))

    def read(start: int) -> list[str]:
        return [kept.passage.id for id_ in store.ids[start:] for kept in store.passages([id_])]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(16))) == [store.ids[start:] for start in range(16)]


def test_a_store_is_found_below_a_folder_with_any_name_and_never_written(tmp_path: Path) -> None:
    folder = tmp_path / "a b#c?d%20é"
    folder.mkdir()
    path = folder / "passages.sqlite"
    store = opened(path, entry(0))
    before = path.read_bytes()
    assert len(store.passages(store.ids)) == 1
    assert [file.name for file in folder.iterdir()] == ["passages.sqlite"]
    assert path.read_bytes() == before


def test_a_store_that_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="passages are missing; rebuild with curbside ingest"):
        PassageStore(tmp_path / "passages.sqlite", dimension=4)


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_damaged_store_says_what_to_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p").write_bytes(content)
    with pytest.raises(IndexMissingError, match=r"cannot be read \(.*\); rebuild with curbside ingest"):
        PassageStore(tmp_path / "p", dimension=4)


def vectors_of(*texts: str) -> dict[str, Vectors]:
    return dict(zip(texts, ENCODER.encode(texts), strict=True))


def cache(path: Path, encoder: str = "hash", dimension: int = ENCODER.dimension) -> EmbeddingCache:
    return EmbeddingCache(path / "sub/cache.sqlite", encoder, dimension=dimension)


def test_vectors_are_kept_over_runs(tmp_path: Path) -> None:
    first = cache(tmp_path)
    first.put(vectors_of("one", "two"))
    first.close()
    known = cache(tmp_path).get(["two", "three", "one", "two"])
    assert set(known) == {"one", "two"}
    assert all(np.array_equal(known[text], vector) for text, vector in vectors_of("one", "two").items())


def test_what_was_put_is_on_disk_before_the_cache_is_closed(tmp_path: Path) -> None:
    cache(tmp_path).put(vectors_of("one"))
    assert list(cache(tmp_path).get(["one"])) == ["one"]


def test_vectors_of_another_encoder_or_length_are_not_taken(tmp_path: Path) -> None:
    cache(tmp_path).put(vectors_of("one"))
    assert cache(tmp_path, encoder="other").get(["one"]) == {}
    assert cache(tmp_path, dimension=ENCODER.dimension * 2).get(["one"]) == {}


def test_a_vector_that_is_put_again_replaces_the_first(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.put({"one": vectors_of("wrong")["wrong"]})
    kept.put(vectors_of("one"))
    assert np.array_equal(kept.get(["one"])["one"], vectors_of("one")["one"])


def test_a_damaged_cache_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/cache.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(IngestError, match=r"cache\.sqlite"):
        cache(tmp_path)


def test_a_count_of_the_texts_of_a_cache_needs_no_encoder(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.put(vectors_of("one", "two"))
    kept.put(vectors_of("two"))
    assert count_texts(tmp_path / "sub/cache.sqlite") == 2


def test_what_became_of_the_files_comes_back_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "p")
    assert read_files(path) == PassageStore(path, dimension=4).files() == FILES


def test_the_rows_of_some_libraries_are_told_apart(tmp_path: Path) -> None:
    ours = [entry(0), entry(1)]
    theirs = replace(DOCUMENT, library="Other", facets=Facets(topics=("theirs",)))
    other = EmbeddedPassage.of(replace(entry(2).passage, library="Other"), entry(2).vectors)
    documents = [DOCUMENT, theirs]
    store = PassageStore(write(tmp_path / "p", *ours, other, documents=documents), dimension=ENCODER.dimension)
    assert store.libraries == ["Test", "Test", "Other"]
    assert store.within(["Other"]).tolist() == [False, False, True]
    assert store.within(["Other", "Test"]).all()
    assert not store.within(["Gone"]).any()
    assert [store.facets(id_) for id_ in store.ids] == [DOCUMENT.facets, DOCUMENT.facets, theirs.facets]


def test_what_is_carried_from_the_store_before_is_what_was_written(tmp_path: Path) -> None:
    before = opened(tmp_path / "before", entry(0), entry(1, sentences=1), entry(2))
    writer = PassageWriter(tmp_path / "after", before=tmp_path / "before")
    writer.add_document(replace(DOCUMENT, id="a/new"))
    writer.add_passages([replace(entry(9).passage, document="a/new")], [indexed_words("new words")])
    writer.carry_document(DOCUMENT.key)
    writer.carry_passages(DOCUMENT.key)
    assert (writer.added(), writer.without_vectors()) == (1, 1)
    assert writer.not_carried() == {}
    assert [stored.row for window in writer.windows(2, only="added") for stored in window] == [0]
    assert list(writer.words()) == [indexed_words("new words"), *[indexed_words(entry(0).passage.text)] * 3]
    vector = entry(9).vector
    writer.add_vectors(0, vector=vector, pointers=vector[None], sentences=vector[None])
    writer.close()
    after = PassageStore(tmp_path / "after", dimension=ENCODER.dimension)
    assert after.ids == [entry(9).passage.id, *before.ids]
    assert np.array_equal(after.vectors()[1:], before.vectors())
    for carried, kept in zip(after.passages(before.ids), before.passages(before.ids), strict=True):
        assert carried.passage == kept.passage
        assert np.array_equal(carried.sentence_vectors, kept.sentence_vectors)
        assert np.array_equal(carried.pointer_vectors, kept.pointer_vectors)
    assert after.document(DOCUMENT.key) == DOCUMENT


def test_what_is_not_carried_is_named_by_library(tmp_path: Path) -> None:
    opened(tmp_path / "before", entry(0), entry(2)).close()
    writer = PassageWriter(tmp_path / "after", before=tmp_path / "before")
    assert writer.not_carried() == {"Test": [entry(0).passage.id, entry(2).passage.id]}
    assert PassageWriter(tmp_path / "first").not_carried() == {}


@pytest.mark.parametrize("also", [(), ("practice/copy.pdf",), ("other.md", "third.md")])
def test_the_files_that_say_the_same_are_named_and_taken_back(tmp_path: Path, also: tuple[str, ...]) -> None:
    writer = PassageWriter(tmp_path / "p")
    writer.add_document(DOCUMENT)
    writer.name_duplicates(DOCUMENT.key, also)
    assert writer.document(DOCUMENT.key) == replace(DOCUMENT, also=also)


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_windows_hold_every_passage_once_in_the_order_of_the_rows(tmp_path: Path, size: int) -> None:
    writer = PassageWriter(tmp_path / "p")
    writer.add_document(DOCUMENT)
    writer.add_passages([entry(number).passage for number in (5, 3, 9, 1, 7)], [indexed_words("")] * 5)
    vector = entry(9).vector
    writer.add_vectors(2, vector=vector, pointers=vector[None], sentences=vector[None])
    windows = list(writer.windows(size))
    assert [stored.passage.id for window in windows for stored in window] == [f"{n:016x}" for n in (5, 3, 9, 1, 7)]
    assert {len(window) for window in windows[:-1]} <= {size}
    assert [stored.row for window in writer.windows(size, only="unembedded") for stored in window] == [0, 1, 3, 4]


@pytest.mark.parametrize("texts", [["Ask a mentor’s mentor.", "Buy-in"], ["2024", "the of"], ["", "漢字"]])
def test_the_words_of_passages_come_back_whole(tmp_path: Path, texts: list[str]) -> None:
    writer = PassageWriter(tmp_path / "p")
    words = [indexed_words(text) for text in texts]
    writer.add_passages([entry(number).passage for number in range(len(texts))], words)
    assert list(writer.words()) == words
