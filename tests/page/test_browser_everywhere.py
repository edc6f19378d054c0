"""What holds on every tab: nothing leaves the origin, nothing scrolls sideways, everybody can use it, it is quick."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app import build_app
from assistant.chain import Assistant
from tests.page.conftest import ask, served

pytestmark = pytest.mark.e2e

#: Tab -> its place in the page.
TABS = {"Ask": "#cb-main", "Mentor map": "#cb-map", "Library": "#cb-library", "How well it works": "#cb-report"}
#: Milliseconds; generous, because the machine may be busy with other things. The page aims at 1,000 and 2,500.
MOST_TO_PAINT_MS, MOST_TO_USE_MS = 6_000, 15_000


def _violations(page: Page, within: str | None = None) -> list[str]:
    found = Axe().run(page, context=within).response["violations"]
    return [
        f"{entry['id']}: {node['target']} {node['failureSummary']}"
        for entry in found
        if entry["impact"] in ("serious", "critical")
        for node in entry["nodes"]
    ]


def _show(page: Page, tab: str) -> None:
    page.get_by_role("tab", name=tab).click()
    if tab != "Ask":
        expect(page.locator(f"{TABS[tab]} h2").first).to_be_visible()


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_axe_finds_nothing_serious(visit: Callable[..., Page], size: str, colour: str) -> None:
    page = visit(size, colour)
    found = {"empty": _violations(page)}
    ask(page, "how do I register as a doctor in Australia")
    ask(page, "I want to kill myself")
    ask(page, "what should I ask about buy-in terms")
    found["answers"] = _violations(page)
    page.locator(".cb-answer > p .cb-cite").last.click()
    found["source"] = _violations(page, "#cb-panel")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="History").click()
    found["history"] = _violations(page, "#cb-history")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Make a sheet").click()
    expect(page.locator("#cb-sheet h2")).to_be_visible()
    found["sheet"] = _violations(page, "#cb-sheet")
    page.keyboard.press("Escape")
    for tab in list(TABS)[1:]:
        _show(page, tab)
        found[tab] = _violations(page, TABS[tab])
    page.context.close()
    assert found == {name: [] for name in found}


def test_nothing_leaves_the_origin_and_nothing_scrolls_sideways(page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.reload()
    page.wait_for_selector("body.cb-ready #cb-field")
    ask(page, "what should I ask about buy-in terms")
    for tab in TABS:
        _show(page, tab)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), tab
    assert asked - {""} == {urlsplit(page.url).netloc}


def test_no_control_below_an_answer_or_at_the_field_is_cut(page: Page) -> None:
    ask(page, "what should I ask about buy-in terms")
    page.locator("#cb-thread .cb-sources summary").click()
    wide = page.evaluate("window.innerWidth")
    parts = page.locator("#cb-ask .cb-chip:visible, #cb-thread button:visible").all()
    assert len(parts) > 10
    for box in (part.bounding_box() for part in parts):
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= wide
    # numbers such as 11–16 stay on one line
    heights = page.locator("#cb-thread .cb-sources .cb-cite").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert max(heights) < 32


def test_very_long_words_do_not_widen_the_page(page: Page) -> None:
    ask(page, "what is a mentor " + "x" * 400)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_key_leads_to_the_question(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.locator(".cb-skip").focus()
    expect(page.locator(".cb-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#cb-field")).to_be_focused()


def test_every_control_of_the_conversation_is_reached_by_keyboard(page: Page) -> None:
    ask(page, "what is tail coverage")
    page.locator(".cb-skip").focus()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.cb || document.activeElement.id"))
    assert {"new", "history", "theme", "copy", "retry", "up", "export", "print", "cb-field", "cb-send"} - reached <= {
        # a field without a question cannot be sent, and may be reached last
        "cb-send",
    }


def test_the_colours_are_switched_and_remembered(page: Page) -> None:
    switch = page.get_by_role("button", name="Dark colours")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.reload()
    page.wait_for_selector("body.cb-ready #cb-field")
    assert page.evaluate("document.body.classList.contains('dark')")


def test_the_page_is_there_at_once(visit: Callable[..., Page], record_property: Callable[[str, object], None]) -> None:
    page = visit()
    paint, usable = (
        page.evaluate("(name) => performance.getEntriesByName(name)[0].startTime", name)
        for name in ("first-paint", "cb-ready")
    )
    record_property("first_paint_ms", round(paint))
    record_property("interactive_ms", round(usable))
    print(f"first paint {paint:.0f} ms, interactive {usable:.0f} ms")
    page.context.close()
    assert paint < MOST_TO_PAINT_MS
    assert usable < MOST_TO_USE_MS


def test_the_whole_application_answers_on_its_page(assistant: Assistant, visit: Callable[..., Page]) -> None:
    with served(build_app(assistant)) as whole:
        page = visit(at=whole)
        ask(page, "what is tail coverage")
        expect(page.locator(".cb-answered .cb-cite").first).to_be_visible()
        page.context.close()
