"""Which build answers: the newest, or the one that was pinned."""

from __future__ import annotations

from pathlib import Path

from assistant.chain import Assistant
from assistant.settings import AssistantSettings
from ingest.pipeline import Library, build_index
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, write_corpus


def test_a_pinned_assistant_stays_with_its_build_and_another_takes_the_new_one(
    tiny_model: Path, tmp_path: Path
) -> None:
    settings = AssistantSettings(ingest=IngestSettings(tmp_path / "index", model=str(tiny_model)))
    build_index([Library("Test", write_corpus(tmp_path / "one", CORPUS))], settings.ingest)
    assistant = Assistant.open(settings)
    pinned, first = assistant.pinned(), assistant.build.manifest.build
    files = {**CORPUS, "new.md": "# Glaciers\n\nGlaciers carve valleys as they slide over rock, slowly and for long.\n"}
    build_index([Library("Test", write_corpus(tmp_path / "two", files))], settings.ingest)
    assert pinned.build.manifest.build == first != assistant.build.manifest.build
    assert pinned.invoke("what is a tail").settings == pinned.settings.fingerprint(first)
