"""Processes that answer beside one that publishes: each answer is from one version, and the newest reaches all."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import AssistantSettings
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings
from tests.fakes import write_corpus

ROOT = Path(__file__).parent.parent
QUESTION = "How often should a mentor meet a partner in the practice?"

#: Asks the same question until it is told to stop, and writes down every answer, or what came in its place.
READER = """
import json, sys, time
from pathlib import Path
from assistant.chain import Assistant
from assistant.settings import AssistantSettings
from ingest.settings import IngestSettings

index, model, question, stop = sys.argv[1:5]
assistant = Assistant.open(AssistantSettings(IngestSettings(index=Path(index), model=model, threads=1)))
number = 0
while not Path(stop).exists():
    try:
        answer = assistant.invoke(question)
        said = {"outcome": answer.outcome, "settings": answer.settings, "quotes": [c.quote for c in answer.citations]}
    except Exception as error:
        said = {"outcome": "error", "settings": "", "quotes": [repr(error)]}
    print(json.dumps({"number": number, **said}), flush=True)
    number += 1
    time.sleep(0.005)
"""


@dataclass
class Publisher:
    """Publishes versions of two documents that say the same sentence, each with its version in it."""

    settings: IngestSettings
    corpus: Path
    published: list[str]
    """Versions, in the order in which they were published."""
    versions: dict[str, str]
    """Fingerprint that an answer carries -> version that it is from."""

    def publish(self, version: str) -> None:
        body = f"A mentor should meet a partner in the practice once a month, says version {version}."
        ending = f"A partner in the practice should meet a mentor before the buy-in, says version {version}."
        files = {"meetings.md": f"# Meetings\n\n{body}\n", "partners.md": f"# Partners\n\n{ending} Ask for a price.\n"}
        report = build_index([Library("Test", write_corpus(self.corpus, files))], self.settings)
        self.published.append(version)
        self.versions[AssistantSettings(self.settings).fingerprint(report.build)] = version


@pytest.fixture
def publisher(tiny_model: Path, tmp_path: Path) -> Publisher:
    settings = IngestSettings(index=tmp_path / "index", model=str(tiny_model), threads=1)
    made = Publisher(settings, tmp_path / "corpus", [], {})
    made.publish("one")
    return made


def test_three_readers_beside_a_publisher_lose_and_mix_nothing(publisher: Publisher, tmp_path: Path) -> None:
    with readers(3, publisher, tmp_path) as logs:
        for version in ("two", "three"):
            publisher.publish(version)
            wait_until_all_read(version, logs)
    for log in logs:
        assert seen(publisher, log) == ["one", "two", "three"]


def test_readers_keep_up_where_versions_follow_each_other_at_once(publisher: Publisher, tmp_path: Path) -> None:
    versions = ["two", "three", "four", "five", "six"]
    with readers(2, publisher, tmp_path) as logs:
        for version in versions:
            publisher.publish(version)
        wait_until_all_read("six", logs)
    for log in logs:
        assert is_part_of(seen(publisher, log), ["one", *versions])


def test_readers_see_a_version_that_was_put_back(publisher: Publisher, tmp_path: Path) -> None:
    with readers(1, publisher, tmp_path) as logs:
        for version in ("two", "one"):
            publisher.publish(version)
            wait_until_all_read(version, logs)
    assert seen(publisher, logs[0]) == ["one", "two", "one"]


@contextmanager
def readers(count: int, publisher: Publisher, folder: Path) -> Iterator[list[Path]]:
    """Run readers that have all answered once; at the end they stop by themselves, without an error."""
    logs = [folder / f"reader-{number}.jsonl" for number in range(count)]
    stop = folder / "stop"
    arguments = (str(publisher.settings.index), publisher.settings.model, QUESTION, str(stop))
    with ExitStack() as stack:
        processes = []
        for log in logs:
            file = stack.enter_context(log.open("w"))
            process = subprocess.Popen([sys.executable, "-c", READER, *arguments], cwd=ROOT, stdout=file)
            stack.callback(process.wait)
            stack.callback(process.kill)
            processes.append(process)
        wait_for(lambda: all(answers(log) for log in logs), "a reader gave no answer")
        yield logs
        stop.touch()
        assert [process.wait(30) for process in processes] == [0] * count


def answers(log: Path) -> list[dict[str, Any]]:
    """Return what a reader wrote down; the line that it is writing is left out."""
    return [json.loads(line) for line in log.read_text("utf-8").split("\n")[:-1]]


def versions_in(answer: dict[str, Any]) -> set[str]:
    """Return the versions whose sentences an answer quotes."""
    return {quote.rpartition("says version ")[2].strip(".") for quote in answer["quotes"] if "says version" in quote}


def seen(publisher: Publisher, log: Path) -> list[str]:
    """Return the versions that a reader answered from, one after the other, and assert that no answer mixes them."""
    found = answers(log)
    assert [answer["number"] for answer in found] == list(range(len(found)))
    for answer in found:
        assert answer["outcome"] == "answered", answer
        assert versions_in(answer) == {publisher.versions[answer["settings"]]}, answer
    return [version for version, _ in groupby(publisher.versions[answer["settings"]] for answer in found)]


def is_part_of(some: Sequence[str], every: Sequence[str]) -> bool:
    """Return whether some things are among others in the same order."""
    remaining = iter(every)
    return all(entry in remaining for entry in some)


def wait_until_all_read(version: str, logs: Sequence[Path]) -> None:
    wait_for(lambda: all(versions_in(answers(log)[-1]) == {version} for log in logs), f"readers saw no {version}")


def wait_for(done: Callable[[], bool], otherwise: str, *, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, otherwise
        time.sleep(0.05)
