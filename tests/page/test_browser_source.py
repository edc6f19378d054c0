"""From a sentence to its source and back, in a real browser at desktop and phone size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from assistant.chain import Assistant
from tests.page.conftest import ask

pytestmark = pytest.mark.e2e

BUY_IN = "what should I ask about buy-in terms"


def test_a_citation_opens_its_source_with_the_quoted_span_marked(page: Page, assistant: Assistant) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").first.click()
    citation = assistant.invoke(BUY_IN).citations[0]
    panel = page.locator("#cb-panel")
    expect(panel.locator("mark")).to_have_text(citation.quote)
    expect(panel.locator("mark")).to_be_in_viewport()
    expect(panel.locator(".cb-source-title")).to_have_text(citation.title)
    expect(panel).to_contain_text(citation.reviewed)


def test_every_citation_opens_a_source_of_its_own(page: Page) -> None:
    ask(page, BUY_IN)
    marks = page.locator(".cb-answer > p .cb-cite, .cb-answer > ul:not(.cb-printed) .cb-cite")
    quotes = set()
    for i in range(marks.count()):
        marks.nth(i).evaluate("mark => mark.click()")
        quotes.add(page.locator("#cb-panel mark").inner_text())
    assert len(quotes) == marks.count() > 3


def test_a_glance_at_the_quotation_needs_no_click(page: Page) -> None:
    ask(page, BUY_IN)
    mark = page.locator(".cb-answer .cb-cite").nth(1)
    page.locator("#cb-field").focus()
    mark.evaluate("mark => mark.focus({ focusVisible: true })")
    quote = page.locator(f"#{mark.get_attribute('data-source')} mark").text_content()
    expect(page.locator("#cb-pop .cb-pop-quote")).to_have_text(quote or "")
    expect(mark).to_have_attribute("aria-describedby", "cb-pop")
    page.keyboard.press("Escape")
    expect(page.locator("#cb-pop")).to_be_hidden()


def test_the_mouse_over_a_mark_shows_the_quotation_too(page: Page) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").nth(1).hover()
    expect(page.locator("#cb-pop")).to_be_visible()


def test_the_source_is_opened_and_closed_by_keyboard_alone(page: Page) -> None:
    ask(page, BUY_IN)
    mark = page.locator(".cb-answer .cb-cite").nth(1)
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cb-panel mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#cb-panel")).to_be_hidden()
    expect(mark).to_be_focused()


def test_from_the_empty_page_to_a_source_and_back_by_keyboard_alone(page: Page) -> None:
    page.locator(".cb-skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(BUY_IN)
    page.keyboard.press("Enter")
    expect(page.locator("#cb-thread .cb-done")).to_be_visible()
    focused = "document.activeElement.matches('#cb-thread .cb-done .cb-cite')"
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(focused):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#cb-panel mark")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#cb-close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cb-panel")).to_be_hidden()
    assert page.evaluate(focused)


def test_back_closes_the_source_and_forward_opens_it_again(page: Page) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").nth(0).click()
    page.locator(".cb-answer .cb-cite").nth(1).evaluate("mark => mark.click()")
    second = page.locator("#cb-panel mark").inner_text()
    page.go_back()
    expect(page.locator("#cb-panel")).to_be_hidden()
    page.go_forward()
    expect(page.locator("#cb-panel mark")).to_have_text(second)


def test_an_open_source_survives_a_reload(page: Page) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").nth(2).click()
    quote = page.locator("#cb-panel mark").inner_text()
    page.reload()
    expect(page.locator("#cb-panel mark")).to_have_text(quote)
    page.locator("#cb-close").click()
    expect(page.locator("#cb-panel")).to_be_hidden()
    expect(page.locator(".cb-question")).to_have_text(BUY_IN)


def test_a_source_leads_to_its_whole_document_and_back(page: Page) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").first.click()
    title = page.locator("#cb-panel .cb-source-title").inner_text()
    page.get_by_role("link", name="Read the whole document").click()
    expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#cb-library").get_by_role("heading", name=title)).to_be_visible()
    page.go_back()
    expect(page.locator("#cb-panel")).to_be_visible()
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
