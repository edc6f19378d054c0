"""Writes the pictures of the README: ``make screenshots``. Looks at the page as the browser tests do.

The picture of the evaluation's tab shows the report of the last ``curbside eval``, or that there is none yet.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app import build_app
from assistant.chain import Assistant
from assistant.settings import from_environment
from tests.page.conftest import BROWSER_FLAGS, ask, find_browser, served

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
SIZES = {"desktop": (1440, 900), "phone": (360, 740)}
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Text on few colours: more than these are not seen, and the files are a third as large.
_PALETTE = 96
_WAIT_MS = 60_000
#: Who is on the map, and for which domains.
_MENTORS = {"AB": ("academic", "clinical"), "CK": ("leadership",), "RM": ("personal", "clinical")}

Take = Callable[[str], None]


def main() -> None:
    """Write a picture of every tab and of what an answer can look like, for each size, light and dark."""
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
    page.set_default_timeout(_WAIT_MS)
    page.goto(address)
    page.wait_for_selector("body.cb-ready #cb-field")

    def take(name: str) -> None:
        page.wait_for_timeout(400)
        _save(page.screenshot(), FOLDER / f"{name}-{size}-{colour}.png")

    take("empty")
    for part in (_answers, _sheet, _map, _library, _report):
        part(page, take)
    page.close()


def _answers(page: Page, take: Take) -> None:
    page.select_option("[data-facet=stage]", "fellow")
    ask(page, "what should I ask about buy-in terms")
    page.wait_for_selector(".cb-next")
    take("answer")
    page.locator(".cb-done .cb-cite").nth(2).click()
    take("source")
    page.keyboard.press("Escape")
    page.select_option("[data-facet=stage]", "")
    for name, question in (("comparison", "mentor or sponsor?"), ("care", "I want to die")):
        page.get_by_role("button", name="New conversation").click()
        ask(page, question)
        page.mouse.move(0, 0)
        take(name)


def _sheet(page: Page, take: Take) -> None:
    page.get_by_role("button", name="New conversation").click()
    ask(page, "what should I ask about buy-in terms")
    page.wait_for_selector(".cb-next")
    page.get_by_role("button", name="Make a sheet").click()
    page.wait_for_selector("#cb-sheet[open] h3")
    take("sheet")
    page.keyboard.press("Escape")


def _map(page: Page, take: Take) -> None:
    page.get_by_role("tab", name="Mentor map").click()
    for who, domains in _MENTORS.items():
        page.fill("#cb-map [name=who]", who)
        for domain in domains:
            page.check(f"#cb-map [name=domain][value={domain}]")
        page.get_by_role("button", name="Add to the map").click()
    page.wait_for_selector("#cb-map .cb-map-guidance details")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    take("map")


def _library(page: Page, take: Take) -> None:
    page.get_by_role("tab", name="Library").click()
    page.locator("#cb-library .cb-topic summary").nth(1).click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    take("library")


def _report(page: Page, take: Take) -> None:
    page.get_by_role("tab", name="How well it works").click()
    page.wait_for_selector("#cb-report h2")
    take("report")


def _save(png: bytes, path: Path) -> None:
    Image.open(BytesIO(png)).convert("RGB").quantize(_PALETTE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
