"""Runs that are killed, find the disk full or meet each other: the published build stays whole, embedded texts kept."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ingest.build import CACHE, MANIFEST, close, open_build, published, published_id
from ingest.passages.cache import count_texts
from ingest.pipeline import Library, build_index, is_current
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, write_corpus

ROOT = Path(__file__).parent.parent.parent
WORDS = sorted({word.strip(".,:;?!") for text in CORPUS.values() for word in text.split() if word.isalpha()})

#: Builds as ``curbside ingest`` does, says when it begins and, where it is told to, ends like a power cut just before
#: the n-th event of a name (``os.rename``, ``shutil.rmtree``, …).
CHILD = """
import json, os, signal, sys
from pathlib import Path
import bm25s, chromadb, onnxruntime
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings

corpus, index, model, event, left = sys.argv[1:6]
left = int(left)

def end(name, _):
    global left
    if name == event:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

print("ready", flush=True)
if event:
    sys.addaudithook(end)
build_index([Library("Test", Path(corpus))], IngestSettings(index=Path(index), model=model))
"""

#: The command line under a limit on the size of a file: what is larger fails as on a full disk.
LIMITED = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); import cli; cli.app()"


@dataclass(frozen=True)
class World:
    """A published index with one build behind it, and a corpus that has grown since."""

    settings: IngestSettings
    corpus: Path
    before: str
    """Id of the published build."""
    texts: int
    """Vectors in the embedding cache once the grown corpus is published."""
    seconds: float
    """How long that takes."""


@pytest.fixture(scope="module")
def world(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    corpus = tmp_path_factory.mktemp("corpus")
    settings = IngestSettings(index=tmp_path_factory.mktemp("index"), model=str(tiny_model))
    for count in (4, 5):
        write_documents(corpus, count)
        build_index([Library("Test", corpus)], settings)
    write_documents(corpus, 40)
    whole = copied(settings, tmp_path_factory.mktemp("whole"))
    with child(corpus, whole) as process:
        wait_until_ready(process)
        began = time.monotonic()
        assert process.wait(120) == 0
        seconds = time.monotonic() - began
    return World(settings, corpus, published_id(settings.index), count_texts(whole.index / CACHE), seconds)


def moments() -> list[float]:
    """Eight shares of the run time, one at random from each eighth of it."""
    chosen = random.Random(7)
    return [round((eighth + chosen.random()) / 8, 3) for eighth in range(8)]


@pytest.mark.parametrize("share", moments())
def test_a_run_killed_at_any_moment_loses_nothing(world: World, tmp_path: Path, share: float) -> None:
    own = copied(world.settings, tmp_path)
    with child(world.corpus, own) as process:
        wait_until_ready(process)
        time.sleep(share * world.seconds)
        process.kill()
    assert_nothing_lost(world, own)


@pytest.mark.parametrize(
    ("event", "count"),
    [("os.mkdir", 1), ("os.link", 2), ("os.rename", 1), ("os.rename", 2), ("shutil.rmtree", 1), ("os.remove", 3)],
    ids=["begin", "encoder", "manifest", "pointer", "remove", "half-removed"],
)
def test_a_run_killed_between_two_steps_loses_nothing(world: World, tmp_path: Path, event: str, count: int) -> None:
    own = copied(world.settings, tmp_path)
    with child(world.corpus, own, event=event, count=count) as process:
        assert process.wait(120) == -signal.SIGKILL
    assert_nothing_lost(world, own)


def test_what_killed_runs_left_goes_with_the_next_however_many_builds_are_kept(world: World, tmp_path: Path) -> None:
    own = replace(copied(world.settings, tmp_path), keep_builds=4)
    with child(world.corpus, own, event="os.rename", count=1) as process:
        assert process.wait(120) == -signal.SIGKILL
    corpus = write_documents(tmp_path / "corpus", 6)
    build_index([Library("Test", corpus)], own)
    assert_tidy(own)


def test_folders_that_are_no_builds_are_left_alone(world: World, tmp_path: Path) -> None:
    own = copied(world.settings, tmp_path)
    kept = [own.index / name / "kept.txt" for name in ("notes", ".git", "photographs of 2026")]
    for path in kept:
        path.parent.mkdir()
        path.write_text("a person's own")
    build_index([Library("Test", write_documents(tmp_path / "corpus", 6))], own)
    assert [path.read_text() for path in kept if path.exists()] == ["a person's own"] * 3


@pytest.mark.parametrize("kib", [8, 128, 512], ids=["cache", "passages", "vectors"])
def test_a_disk_that_takes_no_more_is_one_line_and_costs_nothing(world: World, tmp_path: Path, kib: int) -> None:
    own = copied(world.settings, tmp_path)
    whole = snapshot(own.index / world.before)
    done = curbside_ingest(world.corpus, own, LIMITED.format(kib * 1024))
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("curbside: ")
    assert "make room on the disk" in done.stderr
    assert published_id(own.index) == world.before
    assert snapshot(own.index / world.before) == whole
    assert_answers(own)
    assert_tidy(own)
    build_index([Library("Test", world.corpus)], own)
    assert is_current([Library("Test", world.corpus)], own)
    assert_answers(own)


def test_the_second_of_two_runs_says_that_another_is_writing(world: World, tmp_path: Path) -> None:
    own = copied(world.settings, tmp_path)
    with child(world.corpus, own) as first:
        wait_until_ready(first)
        wait_for(lambda: len(folders(own)) == 3)
        first.send_signal(signal.SIGSTOP)
        second = curbside_ingest(world.corpus, own)
        first.send_signal(signal.SIGCONT)
        assert first.wait(120) == 0
    assert second.returncode == 2
    assert second.stderr == f"curbside: {own.index}: another curbside ingest is writing here; wait until it is done\n"
    assert is_current([Library("Test", world.corpus)], own)
    assert_answers(own)
    assert_tidy(own)


def test_two_runs_that_begin_together_leave_a_sound_index(world: World, tmp_path: Path) -> None:
    own = copied(world.settings, tmp_path)
    with child(world.corpus, own) as first, child(world.corpus, own) as second:
        errors = [process.communicate(timeout=120)[1] for process in (first, second)]
        codes = [process.returncode for process in (first, second)]
    assert 0 in codes
    assert all(code == 0 or "BusyError" in error for code, error in zip(codes, errors, strict=True)), errors
    assert is_current([Library("Test", world.corpus)], own)
    assert_answers(own)
    assert_tidy(own)


def assert_nothing_lost(world: World, own: IngestSettings) -> None:
    """Assert that the old build or the new one is published and whole, and that the next run pays only for the rest."""
    now = published_id(own.index)
    if now == world.before:
        assert snapshot(own.index / now) == snapshot(world.settings.index / now)
    else:
        assert is_current([Library("Test", world.corpus)], own)
    assert_answers(own)
    kept = count_texts(own.index / CACHE)
    report = build_index([Library("Test", world.corpus)], own)
    assert report.build == published_id(own.index)
    assert report.rebuilt == (now == world.before)
    # a text gives its own vector and those of its parts
    assert report.embedded <= world.texts - kept
    assert (report.embedded > 0) == (kept < world.texts)
    assert count_texts(own.index / CACHE) == world.texts
    assert_answers(own)
    assert_tidy(own)


def assert_answers(settings: IngestSettings) -> None:
    """Assert that the published build opens and that passages are found by their own vectors."""
    build = open_build(settings)
    try:
        for row in range(0, len(build.passages.ids), 7):
            assert build.vectors.nearest(build.passages.vector(row), 1)[0].id == build.passages.ids[row]
    finally:
        close(build)


def assert_tidy(settings: IngestSettings) -> None:
    """Assert that an index holds whole builds, no more than are kept, and nothing that a run left behind."""
    assert published(settings.index) is not None
    assert [path.name for path in folders(settings) if not (path / MANIFEST).is_file()] == []
    assert len(folders(settings)) <= settings.keep_builds
    assert {path.name for path in settings.index.iterdir() if path.is_file()} == {"CURRENT", ".lock", CACHE}


def folders(settings: IngestSettings) -> list[Path]:
    return [path for path in settings.index.iterdir() if path.is_dir()]


def snapshot(folder: Path) -> dict[str, str]:
    """Return a digest of every file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"{path.relative_to(folder)}": hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def copied(settings: IngestSettings, folder: Path) -> IngestSettings:
    """Return the settings of a copy of an index."""
    shutil.copytree(settings.index, folder / "index")
    return replace(settings, index=folder / "index")


def write_documents(folder: Path, count: int) -> Path:
    """Write documents of three passages, no two of which say the same."""
    files = {}
    for number in range(count):
        chosen = random.Random(number)
        sections = [f"## {phrase(chosen, 3)}\n\n" + " ".join(phrase(chosen, 15) for _ in range(4)) for _ in range(3)]
        files[f"document-{number:02}.md"] = "\n\n".join([f"# Document {number}", *sections]) + "\n"
    return write_corpus(folder, files)


def phrase(chosen: random.Random, count: int) -> str:
    return " ".join(chosen.choices(WORDS, k=count)).capitalize() + "."


def child(corpus: Path, settings: IngestSettings, *, event: str = "", count: int = 0) -> subprocess.Popen[str]:
    arguments = (str(corpus), str(settings.index), settings.model, event, str(count))
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def curbside_ingest(
    corpus: Path, settings: IngestSettings, script: str = "import cli; cli.app()"
) -> subprocess.CompletedProcess[str]:
    arguments = ("ingest", str(corpus), "--library", "Test", "--quiet", "--index", str(settings.index))
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "CURBSIDE_ENCODER": settings.model, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def wait_for(done: Callable[[], bool], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.005)
