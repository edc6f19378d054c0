"""A served assistant: in this process for most tests, on loopback where a connection matters."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.chain import Assistant
from assistant.settings import ServeSettings
from serving.api import serve

Start = Callable[[FastAPI], str]


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback") / "feedback.sqlite"


@pytest.fixture(scope="session")
def api(assistant: Assistant, feedback_file: Path) -> FastAPI:
    """The interface alone; the page is put beside it in ``test_app``."""
    served = serve(assistant, ServeSettings(feedback=feedback_file))
    app = FastAPI(openapi_url=None, lifespan=served.lifespan)
    served.attach(app)
    return app


@pytest.fixture
def client(api: FastAPI) -> TestClient:
    return TestClient(api, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Serve applications on loopback until the tests end."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(app: FastAPI) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        wait_until(lambda: server.started)
        return f"http://127.0.0.1:{port}"

    yield begin
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(api: FastAPI, start: Start) -> str:
    return start(api)


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to become true; fail where it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
