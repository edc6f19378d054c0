"""The page served on loopback and a real browser in front of it, one for each file of tests.

Not one for the whole session: Playwright's event loop runs as long as its browser does, and tests of other files that
run a loop of their own could not.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import gradio as gr
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.chain import Assistant
from page.blocks import build_blocks, head, style, theme

#: Names under which a browser that Playwright can drive is installed.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES = {"desktop": (1280, 860), "phone": (360, 740)}
_STARTED_WITHIN_S = 30
_WAIT_MS = 20_000

#: What a person finds who begins anew, in a browser that remembers nothing.
_AFRESH = """async () => {
  document.querySelectorAll("dialog[open]").forEach((open) => open.close());
  history.replaceState(null, "", location.pathname);
  localStorage.clear();
  curbside.source.hide();
  curbside.ask.begin();
  await curbside.kept.clear();
  curbside.restore_facets();
  curbside.theme.apply();
  [...document.querySelectorAll('[role="tab"]')].find((tab) => tab.textContent.trim() === "Ask").click();
}"""


def find_browser() -> str | None:
    """Return the path of a browser that Playwright can drive, or None."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an app on a free port of loopback and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + _STARTED_WITHIN_S
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def ask(page: Page, question: str) -> None:
    """Ask and wait until the answer is there."""
    answers = page.locator(".cb-done").count()
    page.fill("#cb-question textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator(".cb-done")).to_have_count(answers + 1)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip(f"no browser on this machine ({', '.join(_BROWSERS)}); install chromium to test the page")
    expect.set_options(timeout=_WAIT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=BROWSER_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def ratings() -> list[Mapping[str, Any]]:
    """What readers sent about answers."""
    return []


@pytest.fixture(scope="module")
def address(assistant: Assistant, ratings: list[Mapping[str, Any]]) -> Iterator[str]:
    app = FastAPI()
    blocks = build_blocks(assistant, feedback=ratings.append).queue(default_concurrency_limit=4)
    gr.mount_gradio_app(app, blocks, path="/", theme=theme(), css=style(), head=head(), footer_links=[], ssr_mode=False)
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Callable[..., Page]:
    """Return what opens the page for somebody else: a browser of their own, of a size and a colour scheme."""

    def open_page(size: str = "desktop", colour: Any = "light", *, at: str = address) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=colour, accept_downloads=True
        )
        context.set_default_timeout(_WAIT_MS)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page = context.new_page()
        page.goto(at)
        page.wait_for_selector("body.cb-ready #cb-question textarea")
        return page

    return open_page


@pytest.fixture(scope="module", params=list(SIZES))
def opened(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Iterator[Page]:
    page = visit(request.param)
    yield page
    page.context.close()


@pytest.fixture
def page(opened: Page) -> Page:
    """The page as it is for somebody who opens it for the first time."""
    opened.evaluate(_AFRESH)
    expect(opened.locator("#cb-welcome")).to_be_visible()
    return opened
