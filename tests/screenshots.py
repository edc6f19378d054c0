"""Writes the pictures of the README: ``make screenshots``. Looks at the page as the browser tests do."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from app import build_app
from assistant.chain import Assistant
from assistant.settings import from_environment
from tests.e2e.conftest import BROWSER_FLAGS, find_browser

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
SIZES = {"desktop": (1280, 860), "phone": (390, 800)}
_PORT_WAIT_S = 30


def main() -> None:
    """Write a picture of the empty page and of an answer with its source, for each size, light and dark."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = build_app(Assistant.open(from_environment()))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    deadline = time.monotonic() + _PORT_WAIT_S
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), headless=True, args=BROWSER_FLAGS)
        for size, (width, height) in SIZES.items():
            for colour in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"http://127.0.0.1:{port}/?__theme={colour}")
                page.wait_for_selector("#cb-question textarea")
                page.wait_for_timeout(500)
                page.screenshot(path=FOLDER / f"empty-{size}-{colour}.png")
                page.fill("#cb-question textarea", "what should I ask about buy-in terms")
                page.keyboard.press("Enter")
                page.wait_for_selector(".cb-done")
                page.locator(".cb-done .cb-cite").nth(2).click()
                page.wait_for_timeout(500)
                page.evaluate("window.scrollTo(0, 0)")
                page.screenshot(path=FOLDER / f"answer-{size}-{colour}.png")
                page.close()
        browser.close()
    server.should_exit = True


if __name__ == "__main__":
    main()
