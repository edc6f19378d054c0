from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from fastapi.testclient import TestClient

from app import bring_up_to_date, build_app, exposure
from assistant.chain import Assistant
from assistant.settings import AssistantSettings, ServeSettings
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


def test_the_page_and_the_interface_are_side_by_side(assistant: Assistant) -> None:
    client = TestClient(build_app(assistant))
    assert "Curbside" in client.get("/").text
    assert client.post("/v1/ask", json={"question": "what is tail coverage"}).json()["outcome"] == "answered"
    assert client.get("/v1/ask").status_code == 405
    assert client.get("/v1/nothing").headers["content-type"] == "application/problem+json"


def test_the_page_keeps_few_sessions(assistant: Assistant) -> None:
    apps: list[Any] = [getattr(route, "app", None) for route in build_app(assistant).routes]
    (page,) = [app for app in apps if hasattr(app, "state_holder")]
    for number in range(300):
        page.state_holder[str(number)]
    assert 0 < len(page.state_holder.session_data) < 200


@pytest.mark.parametrize(
    ("settings", "warned"),
    [
        (ServeSettings(host="0.0.0.0"), True),
        (ServeSettings(host="192.0.2.7"), True),
        (ServeSettings(host="0.0.0.0", accounts=Path("accounts")), False),
        (ServeSettings(host="127.0.0.2"), False),
        (ServeSettings(host="::1"), False),
        (ServeSettings(host="localhost"), False),
    ],
)
def test_serving_everybody_without_accounts_is_warned_of(settings: ServeSettings, warned: bool) -> None:
    assert ("CURBSIDE_AUTH=FILE" in exposure(settings)) is warned


ROOT = Path(__file__).parent.parent


def test_the_command_serves_under_a_path_where_a_proxy_takes_it_off(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port), "--root-path", "/curbside", "--log-format", "json"]
    environment = {"PATH": os.defpath, "CURBSIDE_FEEDBACK": str(tmp_path / "feedback.sqlite")}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            assert _health(address) == "ready"
            page = httpx.get(f"{address}/", timeout=30).text
            assert httpx.get(f"{address}/v1/openapi.json", timeout=30).json()["servers"] == [{"url": "/curbside/v1"}]
            scripts = re.findall(r'(?:src|href)="(\./assets/[^"]+\.js)"', page)
            assert scripts
            assert httpx.get(urljoin(f"{address}/", scripts[0]), timeout=30).status_code == 200
            assert "/curbside/v1/ask</code>" in httpx.get(f"{address}/docs", timeout=30).text
            _ask_the_page_wrongly(address, "zanzibarque")
        finally:
            server.terminate()
        told, logged = server.communicate(timeout=30)
    assert f":{port}/curbside" in told
    assert '"event": "serving"' in logged
    # the page's library prints what it was sent
    assert "a library printed an error" in logged
    assert "zanzibarque" not in logged


def _ask_the_page_wrongly(address: str, word: str) -> None:
    call = f"{address}/gradio_api/call/ask"
    event = httpx.post(call, json={"data": [word]}, timeout=30).json()["event_id"]
    assert "event: error" in httpx.get(f"{call}/{event}", timeout=30).text


@pytest.mark.parametrize(
    ("host", "said"),
    [("nowhere.invalid", "set an address of this machine"), ("127.0.0.1", "stop what uses the port")],
)
def test_where_nobody_can_listen_is_said_in_one_line(host: str, said: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "app.py", "--host", host, "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert said in done.stderr


def test_what_cannot_be_used_is_one_line_and_exit_code_2() -> None:
    for flags, said in ((["--port", "0"], "CURBSIDE_PORT=0"), (["--log-format", "xml"], "CURBSIDE_LOG=xml")):
        done = subprocess.run(
            [sys.executable, "-m", "cli", "serve", *flags], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert said in done.stderr


def test_a_file_of_accounts_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "serve", "--port", "7861"],
        cwd=ROOT,
        env={"PATH": os.defpath, "CURBSIDE_AUTH": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert "CURBSIDE_AUTH" in done.stderr.splitlines()[-1]


def _health(address: str) -> str:
    deadline = time.monotonic() + 90
    while True:
        try:
            return str(httpx.get(f"{address}/healthz", timeout=10).json()["status"])
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
