"""Writes the pictures of the README: ``make screenshots``. Looks at the page as the browser tests do."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from app import build_app
from assistant.chain import Assistant
from assistant.settings import from_environment
from tests.page.conftest import BROWSER_FLAGS, ask, find_browser, served

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
SIZES = {"desktop": (1440, 900), "phone": (360, 740)}
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TABS = {"map": "Mentor map", "library": "Library"}


def main() -> None:
    """Write a picture of the empty page, an answer with its source and other tabs, for each size, light and dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(build_app(Assistant.open(from_environment()))) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), headless=True, args=BROWSER_FLAGS)
        for size in SIZES:
            for colour in COLOURS:
                _take(browser, address, size=size, colour=colour)
        browser.close()


def _take(browser: Browser, address: str, *, size: str, colour: Literal["light", "dark"]) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colour)
    page.goto(address)
    page.wait_for_selector("body.cb-ready #cb-field")

    def picture(name: str) -> None:
        page.wait_for_timeout(500)
        page.screenshot(path=FOLDER / f"{name}-{size}-{colour}.png")

    picture("empty")
    page.select_option("[data-facet=stage]", "fellow")
    ask(page, "what should I ask about buy-in terms")
    page.wait_for_selector(".cb-next")
    page.locator(".cb-done .cb-cite").nth(2).click()
    picture("answer")
    page.keyboard.press("Escape")
    for name, tab in TABS.items():
        page.get_by_role("tab", name=tab).click()
        page.wait_for_load_state("networkidle")
        picture(name)
    page.close()


if __name__ == "__main__":
    main()
