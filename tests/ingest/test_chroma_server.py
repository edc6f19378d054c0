"""A Chroma server that keeps the vectors: it answers as files do, is kept clean, and may go down at any time."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from assistant.chain import Assistant
from assistant.settings import AssistantSettings
from ingest.build import CHROMA, COLLECTIONS, MANIFEST, close, open_build, published_id
from ingest.errors import VectorServerError
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, write_corpus

ROOT = Path(__file__).parent.parent.parent
QUESTION = "How often should I meet a mentor?"

#: Builds, and waits for a word when its collections are made and its vectors are about to be sent.
CHILD = """
import sys
from pathlib import Path
from ingest.errors import IngestError
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings

class Pause:
    def stage(self, name, total):
        self.name, self.left = name, total

    def advance(self, steps):
        self.left -= steps
        if (self.name, self.left) == ("Writing the index", 0):
            print("writing", flush=True)
            sys.stdin.readline()

corpus, index, model, chroma = sys.argv[1:5]
settings = IngestSettings(index=Path(index), model=model, chroma=chroma)
try:
    build_index([Library("Test", Path(corpus))], settings, progress=Pause())
except IngestError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


@dataclass
class Server:
    """A Chroma server on loopback that can be stopped and started again."""

    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        chroma = str(Path(sys.executable).with_name("chroma"))
        where = ("--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port))
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen([chroma, "run", *where], stdout=log, stderr=log)
        self.processes.append(process)
        until = time.monotonic() + 60
        while not self._answers():
            assert process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        self.processes.clear()

    def collections(self) -> set[str]:
        path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
        with urlopen(self.url + path, timeout=10) as answer:
            return {entry["name"] for entry in json.load(answer)}

    def _answers(self) -> bool:
        try:
            with urlopen(self.url + "/api/v2/heartbeat", timeout=5):
                return True
        except (URLError, OSError):
            return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        made = Server(tmp_path / "server", taken.getsockname()[1])
    made.folder.mkdir()
    try:
        made.start()
        yield made
    finally:
        made.stop()


@dataclass(frozen=True)
class Own:
    """A library, and settings of an index that holds a build of it in files."""

    library: Library
    settings: IngestSettings

    def say(self, words: str) -> None:
        """Change what a document says."""
        (self.library.folder / "mentorship/meetings.md").write_text(
            CORPUS["mentorship/meetings.md"].replace("once a month", words), "utf-8"
        )

    def build(self) -> str:
        return build_index([self.library], self.settings).build


@pytest.fixture
def own(server: Server, tiny_settings: IngestSettings, tmp_path: Path) -> Own:
    shutil.copytree(tiny_settings.index, tmp_path / "index")
    library = Library("Test", write_corpus(tmp_path / "corpus"))
    return Own(library, replace(tiny_settings, index=tmp_path / "index", chroma=server.url))


def test_a_server_answers_as_files_do(own: Own, server: Server, tiny_settings: IngestSettings) -> None:
    folder = own.settings.index / own.build()
    assert not (folder / CHROMA).exists()
    assert server.collections() == named_in(own.settings)
    answers = []
    for settings in (tiny_settings, own.settings):
        assistant = Assistant.open(AssistantSettings(settings))
        answers.append(assistant.invoke(QUESTION).as_record())
        close(assistant.build)
    for answer in answers:
        del answer["timings_ms"], answer["settings"]
    assert answers[0]["outcome"] == "answered"
    assert answers[0] == answers[1]


def test_only_the_collections_of_the_builds_that_are_kept_stay_on_the_server(own: Own, server: Server) -> None:
    made: list[set[str]] = []
    for words in ("weekly", "daily", "yearly"):
        own.say(words)
        own.build()
        made.append(server.collections() - set().union(*made))
    assert [len(names) for names in made] == [1, 1, 1]
    assert server.collections() == made[1] | made[2] == named_in(own.settings)
    assert_answers(own.settings)


@pytest.mark.parametrize("words", ["weekly", "daily"], ids=["of-the-same-files", "of-others"])
def test_what_a_killed_run_left_on_the_server_goes_with_the_next(own: Own, server: Server, words: str) -> None:
    own.build()
    before = server.collections()
    own.say("weekly")
    with writing(own) as run:
        assert server.collections() > before
        run.kill()
    assert_answers(own.settings)
    own.say(words)
    own.build()
    assert server.collections() == named_in(own.settings)
    assert_answers(own.settings)


def test_a_list_of_collections_that_was_cut_off_stops_no_later_run(own: Own) -> None:
    own.build()
    own.say("weekly")
    with writing(own) as run:
        run.kill()
    (left,) = [path for path in own.settings.index.iterdir() if path.is_dir() and not (path / MANIFEST).is_file()]
    (left / COLLECTIONS).write_text("")  # what a power cut leaves of a file that was just written
    assert own.build() == published_id(own.settings.index)
    assert_answers(own.settings)


def test_opening_says_that_the_server_is_down(own: Own, server: Server) -> None:
    before = own.build()
    server.stop()
    with pytest.raises(VectorServerError, match=rf"^CURBSIDE_CHROMA={server.url}: .*start it with chroma run.*$"):
        open_build(own.settings)
    assert published_id(own.settings.index) == before


def test_building_says_that_the_server_is_down_and_changes_nothing(own: Own, server: Server) -> None:
    before = own.build()
    server.stop()
    own.say("weekly")
    done = curbside_ingest(own)
    assert done.returncode == 2
    assert done.stderr.startswith(f"curbside: CURBSIDE_CHROMA={server.url}: no Chroma server answers there")
    assert "start it with chroma run" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert published_id(own.settings.index) == before
    server.start()
    assert_answers(own.settings)
    assert own.build() != before
    assert server.collections() == named_in(own.settings)


def test_a_server_that_goes_down_midway_is_one_line_and_changes_nothing(own: Own, server: Server) -> None:
    before = own.build()
    own.say("weekly")
    with writing(own) as run:
        server.stop()
        _, said = run.communicate("go on\n", timeout=60)
    assert run.returncode == 1
    assert said.startswith("VectorServerError: "), said
    assert f"CURBSIDE_CHROMA={server.url}" in said
    assert len(said.strip().splitlines()) == 1
    assert published_id(own.settings.index) == before
    server.start()
    assert_answers(own.settings)
    assert own.build() != before
    assert server.collections() == named_in(own.settings)


def test_an_open_assistant_says_that_the_server_is_down_and_answers_when_it_is_back(own: Own, server: Server) -> None:
    own.build()
    assistant = Assistant.open(AssistantSettings(own.settings))
    server.stop()
    with pytest.raises(VectorServerError, match=f"CURBSIDE_CHROMA={server.url}"):
        assistant.invoke(QUESTION)
    server.start()
    assert assistant.invoke(QUESTION).outcome == "answered"
    close(assistant.build)


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "http://", "http://127.0.0.1:99999"])
def test_an_address_that_is_none_is_named(own: Own, address: str) -> None:
    settings = replace(own.settings, chroma=address)
    with pytest.raises(VectorServerError, match=f"^CURBSIDE_CHROMA={address}: "):
        build_index([own.library], settings)


@contextmanager
def writing(own: Own) -> Iterator[subprocess.Popen[str]]:
    """Run a build that has made its collections and waits for a word before it sends its vectors."""
    arguments = (str(own.library.folder), str(own.settings.index), own.settings.model, own.settings.chroma)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        try:
            assert run.stdout is not None
            assert run.stdout.readline() == "writing\n"
            yield run
        finally:
            run.kill()


def curbside_ingest(own: Own) -> subprocess.CompletedProcess[str]:
    arguments = ("ingest", str(own.library.folder), "--library", "Test", "--quiet", "--index", str(own.settings.index))
    return subprocess.run(
        [sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "CURBSIDE_ENCODER": own.settings.model,
            "CURBSIDE_CHROMA": own.settings.chroma,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_answers(settings: IngestSettings) -> None:
    """Assert that the published build opens and that passages are found by their own vectors."""
    build = open_build(settings)
    try:
        assert build.manifest.chroma == settings.chroma
        for row, passage in enumerate(build.passages.ids):
            assert build.vectors.nearest(build.passages.vector(row), 1)[0].id == passage
    finally:
        close(build)


def named_in(settings: IngestSettings) -> set[str]:
    """Return the collections that the builds on disk say are theirs, and assert that every build is whole."""
    names = set()
    for folder in (path for path in settings.index.iterdir() if path.is_dir()):
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        names |= {entry["collection"] for entry in manifest["libraries"] if manifest["chroma"]}
    return names
