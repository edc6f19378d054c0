"""The tabs beside the conversation in a real browser, at desktop and phone size."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.page.conftest import ask

pytestmark = pytest.mark.e2e

TABS = ("Mentor map", "Library", "How well it works")
BUY_IN = "#document=practice/partnership-track-and-buy-in"


def open_tab(page: Page, name: str) -> None:
    """Open a tab and wait until it is filled."""
    page.get_by_role("tab", name=name).click()
    filled = {"Mentor map": ".cb-map-guidance .cb-topic", "Library": "#cb-library .cb-topic", TABS[2]: "#cb-report h2"}
    page.wait_for_selector(filled[name])


def add(page: Page, who: str, *domains: str) -> None:
    """Put somebody on the map."""
    page.fill("[name=who]", who)
    for domain in domains:
        page.check(f"[name=domain][value={domain}]")
    page.get_by_role("button", name="Add to the map").click()


@contextmanager
def requests_of(page: Page) -> Iterator[list[Request]]:
    """Give the requests that the page makes meanwhile."""
    made: list[Request] = []

    def note(request: Request) -> None:
        made.append(request)

    page.on("request", note)
    yield made
    page.remove_listener("request", note)


def test_a_mentor_is_drawn_listed_and_kept_and_no_word_of_it_is_sent(page: Page, tmp_path: Path) -> None:
    open_tab(page, "Mentor map")
    with requests_of(page) as made:
        add(page, "Zyx", "academic", "clinical")
        expect(page.locator(".cb-map-drawing circle + text", has_text="Zyx")).to_have_count(2)
        expect(page.locator(".cb-map-table tr[data-domain=clinical]")).to_contain_text("Zyx mentor")
        expect(page.locator(".cb-map-gaps")).to_contain_text("Business and finance, Leadership and Personal")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save Markdown").click()
        page.reload()
        open_tab(page, "Mentor map")
    saved.value.save_as(tmp_path / "map.md")
    assert "| Clinical | Zyx (mentor) | yes |" in (tmp_path / "map.md").read_text("utf-8")
    expect(page.locator(".cb-map-table tr[data-domain=academic]")).to_contain_text("Zyx")
    assert not [request.url for request in made if "Zyx" in request.url + (request.post_data or "")]


def test_a_mentor_is_changed_and_removed(page: Page) -> None:
    open_tab(page, "Mentor map")
    add(page, "AB", "personal")
    page.get_by_role("button", name="Change AB").click()
    page.uncheck("[name=recent]")
    page.get_by_role("button", name="Save the change").click()
    expect(page.locator("tr[data-domain=personal]")).to_contain_text("not within six months")
    expect(page.locator(".cb-map-gaps")).to_contain_text("Personal")
    page.get_by_role("button", name="Remove AB").click()
    expect(page.locator(".cb-map-gaps")).to_contain_text("The map is empty")


def test_the_map_is_filled_by_keyboard_alone(page: Page) -> None:
    open_tab(page, "Mentor map")
    page.focus("[name=who]")
    for key in ("C", "D", "Tab", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("tr[data-domain=academic]")).to_contain_text("CD")
    expect(page.locator("[name=who]")).to_be_focused()


def test_the_map_is_saved_as_a_picture(page: Page, tmp_path: Path) -> None:
    open_tab(page, "Mentor map")
    add(page, "AB", "academic")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save picture").click()
    saved.value.save_as(tmp_path / "map.png")
    content = (tmp_path / "map.png").read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == (1280, 1280)


def test_what_is_typed_into_the_map_never_becomes_markup(page: Page) -> None:
    open_tab(page, "Mentor map")
    add(page, "<img src=x onerror=1>", "academic")
    expect(page.locator("tr[data-domain=academic]")).to_contain_text("<img src=x onerror=1>")
    expect(page.locator("#cb-map img")).to_have_count(0)


def test_a_citation_of_the_guidance_opens_its_source_and_escape_goes_back(page: Page) -> None:
    open_tab(page, "Mentor map")
    page.locator(".cb-map-guidance > .cb-topic > summary").nth(2).click()
    mark = page.locator(".cb-map-guidance .cb-cite:visible").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cb-map-source mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#cb-map-source")).to_be_hidden()
    expect(mark).to_be_focused()


def test_the_library_is_filtered_and_a_document_read_and_closed_by_going_back(page: Page) -> None:
    open_tab(page, "Library")
    page.fill("#cb-library [name=words]", "track and buy-in")
    expect(page.locator("#cb-library [role=status]")).to_have_text("1 of 185 documents")
    page.get_by_role("link", name="Partnership track and buy-in terms").click()
    expect(page.locator(".cb-reader h2")).to_have_text("Partnership track and buy-in terms")
    assert BUY_IN in page.url
    page.go_back()
    expect(page.locator(".cb-reader")).to_be_hidden()
    expect(page.locator("#cb-library [name=words]")).to_have_value("track and buy-in")
    page.fill("#cb-library [name=words]", "zzz")
    expect(page.locator("#cb-library [role=status]")).to_contain_text("No document fits")
    page.fill("#cb-library [name=words]", "")


def test_an_address_opens_its_document_and_going_back_leads_to_the_conversation(page: Page) -> None:
    page.evaluate(f"location.hash = '{BUY_IN}'")
    expect(page.locator(".cb-reader h2")).to_have_text("Partnership track and buy-in terms")
    page.go_back()
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    page.evaluate("location.hash = '#document=no/such'")
    expect(page.locator(".cb-reader")).to_contain_text("There is no document “no/such”")


def test_a_sheet_is_read_printed_and_saved(page: Page, tmp_path: Path) -> None:
    ask(page, "what should I ask about buy-in terms")
    page.get_by_role("button", name="Make a sheet").click()
    sheet = page.locator(".cb-sheet")
    expect(sheet.get_by_role("checkbox").first).to_be_visible()
    boxes = sheet.get_by_role("checkbox").count()
    assert boxes >= 5
    sheet.get_by_role("checkbox").first.check()
    with page.expect_download() as saved:
        sheet.get_by_role("link", name="Word").click()
    saved.value.save_as(tmp_path / "sheet.docx")
    assert (tmp_path / "sheet.docx").read_bytes()[:2] == b"PK"
    with page.context.expect_page() as printed:
        sheet.get_by_role("button", name="Print").click()
    expect(printed.value.get_by_role("checkbox")).to_have_count(boxes)
    expect(printed.value.get_by_role("heading", name="Sheet for a meeting")).to_be_visible()
    printed.value.close()
    page.keyboard.press("Escape")


def test_no_tab_scrolls_sideways_or_asks_another_host(page: Page) -> None:
    with requests_of(page) as made:
        for name in TABS:
            open_tab(page, name)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        page.evaluate(f"location.hash = '{BUY_IN}'")
        page.wait_for_selector(".cb-reader h2")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert {request.url.split("/")[2] for request in made} <= {page.url.split("/")[2]}
