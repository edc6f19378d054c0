from __future__ import annotations

import base64
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import build_app
from assistant.chain import Assistant
from assistant.settings import ServeSettings
from serving.accounts import hash_password
from serving.guard import Credentials, credentials

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def guarded(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("guard")
    (folder / "accounts").write_text(f"ada:{hash_password(PASSWORD)}\n", "utf-8")
    settings = ServeSettings(accounts=folder / "accounts", feedback=folder / "feedback.sqlite")
    return TestClient(build_app(assistant, settings), raise_server_exceptions=False)


PATHS: tuple[str, ...] = (
    "/",
    "/v1/library",
    "/v1/models",
    "/v1/openapi.json",
    "/v1/ask",
    "/metrics",
    "/docs",
    "/mcp",
    "/config",
    "/nothing",
)
PATHS += (
    "/config",
    "/nothing",
    "/gradio_api/info",
    "/gradio_api/queue/data",
    "/healthz/",
    "/v1//healthz",
    "/healthz/../v1/library",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_served_to_who_has_no_account(guarded: TestClient, path: str) -> None:
    told = guarded.get(path)
    assert told.status_code == 401
    assert told.headers["www-authenticate"].startswith("Basic ")
    assert told.json()["status"] == 401


def test_a_question_is_not_answered_without_an_account(guarded: TestClient) -> None:
    assert guarded.post("/v1/ask", json={"question": "what is tail coverage"}).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/livez"])
def test_a_health_check_needs_no_account(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/v1/library", "/metrics", "/docs", "/config"])
def test_an_account_opens_everything(guarded: TestClient, path: str) -> None:
    assert guarded.get(path, auth=("ada", PASSWORD)).status_code == 200


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("eve", PASSWORD), ("", ""), ("ada", "")])
def test_wrong_credentials_open_nothing(guarded: TestClient, name: str, password: str) -> None:
    assert guarded.get("/v1/library", auth=(name, password)).status_code == 401


def test_a_key_of_name_and_password_opens_the_interface(guarded: TestClient) -> None:
    key = {"Authorization": f"Bearer ada:{PASSWORD}"}
    assert guarded.get("/v1/models", headers=key).status_code == 200
    assert guarded.get("/v1/models", headers={"Authorization": "Bearer ada"}).status_code == 401


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (b"Basic " + base64.b64encode("zoë:a:b".encode()), Credentials("zoë", "a:b")),
        (b"basic " + base64.b64encode(b"ada:"), Credentials("ada", "")),
        (b"Basic " + base64.b64encode(b"ada"), None),
        (b"Basic !!!", None),
        (b"Basic " + base64.b64encode(b"\xff:\xff"), None),
        (b"Digest ada:x", None),
        (b"", None),
    ],
)
def test_a_header_is_read_or_is_none(header: bytes, found: Credentials | None) -> None:
    assert credentials(header) == found
