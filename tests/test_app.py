from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from app import bring_up_to_date, build_app
from assistant.chain import Assistant
from assistant.settings import AssistantSettings
from ingest.build import POINTER, published
from ingest.settings import IngestSettings


def test_an_index_of_other_documents_is_served_as_it_is(tiny_settings: IngestSettings) -> None:
    before = published(tiny_settings.index)
    bring_up_to_date(AssistantSettings(tiny_settings))
    assert before is not None
    assert published(tiny_settings.index) == before


def test_an_index_of_ones_own_that_cannot_be_opened_is_not_replaced(
    tiny_settings: IngestSettings, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    shutil.copytree(tiny_settings.index, index)
    build = (index / POINTER).read_text("utf-8").strip()
    (index / build / "manifest.json").unlink()
    bring_up_to_date(AssistantSettings(replace(tiny_settings, index=index)))
    assert (index / POINTER).read_text("utf-8").strip() == build


def test_the_shipped_index_is_left_alone_where_it_is_up_to_date(shipped_settings: AssistantSettings) -> None:
    before = published(shipped_settings.ingest.index)
    bring_up_to_date(shipped_settings)
    assert published(shipped_settings.ingest.index) == before


def test_the_health_check_names_the_build(assistant: Assistant) -> None:
    told = TestClient(build_app(assistant)).get("/healthz").json()
    assert told == {"status": "ready", "build": assistant.build.manifest.build}
