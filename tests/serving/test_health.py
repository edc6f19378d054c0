from __future__ import annotations

import asyncio

from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.chain import Assistant
from assistant.settings import AssistantSettings, ServeSettings
from ingest.build import close
from serving.api import serve
from serving.health import HealthCheck


def test_what_is_ready_names_its_build(client: TestClient, assistant: Assistant) -> None:
    told = client.get("/healthz")
    assert (told.status_code, told.json()["status"]) == (200, "ready")
    assert told.json()["build"] == assistant.build.manifest.build


def test_an_index_that_cannot_be_read_is_not_ready(shipped_settings: AssistantSettings) -> None:
    broken = Assistant.open(shipped_settings)
    app = FastAPI()
    serve(broken, ServeSettings()).attach(app)
    close(broken.build)
    told = TestClient(app).get("/healthz")
    assert (told.status_code, told.json()["status"]) == (503, "not ready")
    assert "ProgrammingError" in told.json()["reason"]


def test_being_asked_often_costs_one_look_a_second(assistant: Assistant) -> None:
    check = HealthCheck(assistant)

    async def ask_twice() -> bool:
        return await check.look() is await check.look()

    assert asyncio.run(ask_twice())


def test_a_process_that_lives_says_so(client: TestClient) -> None:
    assert client.get("/livez").json() == {"status": "alive"}
