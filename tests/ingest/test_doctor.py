from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.build import published_id, writer_lock
from ingest.doctor import Finding, diagnose
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings
from tests.fakes import write_corpus


@pytest.fixture
def own(tmp_path: Path, tiny_settings: IngestSettings) -> IngestSettings:
    """Settings of a copy of the tiny index, to be harmed."""
    shutil.copytree(tiny_settings.index, tmp_path / "index")
    return replace(tiny_settings, index=tmp_path / "index")


def wrong(findings: list[Finding]) -> dict[str, str]:
    return {finding.check: finding.detail for finding in findings if not finding.sound}


def test_of_a_sound_build_every_part_is_looked_at_and_nothing_is_wrong(own: IngestSettings) -> None:
    findings = diagnose(own)
    assert wrong(findings) == {}
    checks = {finding.check: finding.detail for finding in findings}
    assert set(checks) == {
        "pointer", "writer", "embedding cache", "manifest", "passages", "vectors", "encoder", "words", "search",
        "library Test",
    }  # fmt: skip
    assert checks["manifest"] == "2 documents, 4 passages"
    assert published_id(own.index) in checks["pointer"]


def test_where_nothing_is_published_that_is_what_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    findings = diagnose(IngestSettings(index=tmp_path / "index"))
    assert wrong(findings) == {"pointer": f"{tmp_path / 'index'}: nothing is published here; run curbside ingest"}
    assert list(tmp_path.iterdir()) == []


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def middle(path: Path) -> None:
    """Overwrite the second half with nothing."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    ("part", "harm"),
    [
        ("manifest.json", Path.unlink),
        ("manifest.json", shorten),
        ("passages.sqlite", garbage),
        ("passages.sqlite", middle),
        ("passages.sqlite", shorten),
        ("chroma/chroma.sqlite3", Path.unlink),
        ("chroma/chroma.sqlite3", garbage),
        ("lexical/indptr.csc.index.npy", shorten),
        ("encoder/model.onnx", shorten),
        ("encoder", shutil.rmtree),
    ],
)
def test_a_damaged_part_is_found_in_a_process_of_its_own_with_the_remedy(
    own: IngestSettings, part: str, harm: Callable[[Path], None]
) -> None:
    (path,) = (own.index / published_id(own.index)).glob(part)
    harm(path)
    found = wrong(diagnose(own))
    assert found
    assert all("curbside ingest" in detail for detail in found.values())


@pytest.fixture(scope="module")
def large(tiny_settings: IngestSettings, tmp_path_factory: pytest.TempPathFactory) -> IngestSettings:
    """Settings of an index of more vectors than Chroma keeps in its log, so that its graph is read from files."""
    text = "".join(f"## Heading {i}\n\nMentor number {i} takes call.\n\n" for i in range(1_100))
    folder = write_corpus(tmp_path_factory.mktemp("large"), {"text.md": text})
    settings = replace(tiny_settings, index=tmp_path_factory.mktemp("large-index"))
    assert build_index([Library("Large", folder)], settings).passages > 1_000
    return settings


@pytest.mark.parametrize("harm", [shorten, Path.unlink])
def test_vectors_that_were_cut_short_end_no_process_but_the_doctor_s_own(
    large: IngestSettings, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    shutil.copytree(large.index, tmp_path / "index")
    own = replace(large, index=tmp_path / "index")
    (path,) = (own.index / published_id(own.index)).glob("chroma/*/data_level0.bin")
    harm(path)
    found = wrong(diagnose(own))
    assert found
    assert all("curbside ingest" in detail for detail in found.values())


def test_a_cache_that_cannot_be_read_is_named_and_the_build_is_sound_without_it(own: IngestSettings) -> None:
    garbage(own.index / "embeddings.sqlite")
    found = wrong(diagnose(own))
    assert list(found) == ["embedding cache"]
    assert "delete it and run again" in found["embedding cache"]


def test_a_build_under_way_is_no_fault(own: IngestSettings) -> None:
    with writer_lock(own.index):
        findings = diagnose(own)
    assert wrong(findings) == {}
    assert any("an ingest is under way" in finding.detail for finding in findings)
