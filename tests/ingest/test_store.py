from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import Vectors
from ingest.errors import IndexMissingError
from ingest.settings import VectorIndexSettings
from ingest.store import (
    ChromaIndex,
    ExactIndex,
    Scored,
    VectorBase,
    VectorIndex,
    VectorPlace,
    VectorRecord,
    collection_name,
    write_chroma,
)

IDS = ["east", "north-east", "north", "west"]
ONE = {"Test": collection_name("Test", "token")}
COMPASS = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)


def unit_vectors(count: int, dimension: int) -> Vectors:
    vectors = np.random.default_rng(5).normal(size=(count, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def chroma(folder: Path, ids: list[str], vectors: Vectors) -> ChromaIndex:
    records = [
        VectorRecord(id_, vector, f"Text of {id_}.", {"document": "a", "kind": "steps", "library": "Test"})
        for id_, vector in zip(ids, vectors, strict=True)
    ]
    write_chroma(VectorPlace(folder), collections=ONE, records=records, settings=VectorIndexSettings())
    return ChromaIndex(VectorPlace(folder), ONE)


@pytest.fixture(params=["exact", "chroma"])
def compass(request: pytest.FixtureRequest, tmp_path: Path) -> VectorIndex:
    return ExactIndex(IDS, COMPASS) if request.param == "exact" else chroma(tmp_path / "chroma", IDS, COMPASS)


def test_scores_are_cosines_best_first(compass: VectorIndex) -> None:
    found = compass.nearest(np.array([0.8, 0.6], dtype=np.float32), 4)
    assert [hit.id for hit in found] == ["north-east", "east", "north", "west"]
    # 0.6 * 0.8 + 0.8 * 0.6, and so on
    assert [hit.score for hit in found] == pytest.approx([0.96, 0.8, 0.6, -0.8], abs=1e-5)


def test_no_more_are_found_than_asked_for_or_held(compass: VectorIndex) -> None:
    assert compass.size() == 4
    assert [hit.id for hit in compass.nearest(COMPASS[3], 1)] == ["west"]
    assert len(compass.nearest(COMPASS[3], 50)) == 4


def test_equal_scores_have_the_order_of_the_index() -> None:
    index = ExactIndex(["c", "a", "b"], np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32))
    assert index.nearest(np.array([1, 0], dtype=np.float32), 3) == [Scored("c", 1), Scored("b", 1), Scored("a", 0)]


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    indexes: list[VectorIndex] = [ExactIndex([], COMPASS[:0]), chroma(tmp_path / "chroma", [], COMPASS[:0])]
    for index in indexes:
        assert (index.size(), index.nearest(COMPASS[0], 3)) == (0, [])


def test_chroma_finds_what_the_exact_twin_finds(tmp_path: Path) -> None:
    vectors = unit_vectors(2_100, 16)  # more than one batch
    ids = [f"p{number}" for number in range(len(vectors))]
    index, exact = chroma(tmp_path / "chroma", ids, vectors), ExactIndex(ids, vectors)
    assert index.size() == len(ids)
    for query in unit_vectors(2_110, 16)[2_100:]:
        found, expected = index.nearest(query, 10), exact.nearest(query, 10)
        assert [hit.id for hit in found] == [hit.id for hit in expected]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-5)


def test_a_collection_is_not_written_over_another(tmp_path: Path) -> None:
    chroma(tmp_path / "chroma", IDS, COMPASS).close()
    with pytest.raises(FileExistsError):
        write_chroma(VectorPlace(tmp_path / "chroma"), collections=ONE, records=[], settings=VectorIndexSettings())


def test_vectors_that_are_not_there_say_what_to_run_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="holds no vectors; rebuild with curbside ingest"):
        ChromaIndex(VectorPlace(tmp_path), ONE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000])
def test_damaged_vectors_say_what_to_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(content)
    with pytest.raises(IndexMissingError, match=r"cannot be opened \(.*\); rebuild with curbside ingest"):
        ChromaIndex(VectorPlace(tmp_path), ONE)


def test_only_the_libraries_that_are_named_are_searched(tmp_path: Path) -> None:
    names, libraries = {"A": "a-name", "B": "b-name"}, ["A", "A", "B", "B"]
    records = [
        VectorRecord(id_, vector, "Text.", {"library": library})
        for id_, vector, library in zip(IDS, COMPASS, libraries, strict=True)
    ]
    write_chroma(VectorPlace(tmp_path / "c"), collections=names, records=records, settings=VectorIndexSettings())
    for index in (ChromaIndex(VectorPlace(tmp_path / "c"), names), ExactIndex(IDS, COMPASS, libraries=libraries)):
        assert [hit.id for hit in index.nearest(COMPASS[0], 4)] == IDS  # cosines 1, .6, 0 and -1
        assert [hit.id for hit in index.nearest(COMPASS[0], 4, libraries=["B"])] == ["north", "west"]
        assert [hit.id for hit in index.nearest(COMPASS[0], 3, libraries=["A", "B"])] == IDS[:3]


def test_names_of_collections_tell_libraries_and_builds_apart_and_are_taken_by_chroma() -> None:
    libraries = ["Our handbook", "our-handbook", "導師", "指導", "", "x" * 400]
    names = {collection_name(library, token) for library in libraries for token in ("1", "2")}
    assert len(names) == 12
    assert all(re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]", name) for name in names)


def test_what_is_copied_from_a_base_is_as_if_it_were_written(tmp_path: Path) -> None:
    first = {"A": "a-first", "B": "b-first", "C": "c-first"}
    records = [
        VectorRecord(id_, vector, f"Text of {id_}.", {"library": library})
        for id_, vector, library in zip(IDS, COMPASS, ["A", "A", "B", "C"], strict=True)
    ]
    settings = VectorIndexSettings()
    write_chroma(VectorPlace(tmp_path / "one"), collections=first, records=records, settings=settings)
    base = VectorBase(tmp_path / "one", first, {"A": ["east", "north-east"], "C": ["west"]})
    # of A one passage is new and one is otherwise, B stays, C leaves and D comes
    after = {"A": "a-second", "B": "b-second", "D": "d-second"}
    fresh = [
        VectorRecord("east", COMPASS[1], "Another text.", {"library": "A"}),
        VectorRecord("south", -COMPASS[2], "Text.", {"library": "A"}),
        VectorRecord("up", COMPASS[3], "Text.", {"library": "D"}),
    ]
    write_chroma(VectorPlace(tmp_path / "two"), collections=after, records=fresh, settings=settings, base=base)
    index = ChromaIndex(VectorPlace(tmp_path / "two"), after)
    assert index.size() == 4
    exact = ExactIndex(["east", "south", "north", "up"], np.stack([COMPASS[1], -COMPASS[2], COMPASS[2], COMPASS[3]]))
    for vector in COMPASS:
        found, expected = index.nearest(vector, 4), exact.nearest(vector, 4)
        assert sorted((hit.id, round(hit.score, 5)) for hit in found) == sorted(
            (hit.id, round(hit.score, 5)) for hit in expected
        )
    assert [hit.id for hit in index.nearest(COMPASS[2], 4, libraries=["B"])] == ["north"]
    # the base answers as before
    assert {hit.id for hit in ChromaIndex(VectorPlace(tmp_path / "one"), first).nearest(COMPASS[0], 9)} == set(IDS)
