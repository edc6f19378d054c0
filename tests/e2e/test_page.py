"""The page in a real browser, at desktop and phone size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from assistant.chain import Assistant

pytestmark = pytest.mark.e2e

BUY_IN = "what should I ask about buy-in terms"


def ask(page: Page, question: str) -> None:
    """Ask and wait until the answer is there."""
    answers = page.locator(".cb-done").count()
    page.fill("#cb-question textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator(".cb-done")).to_have_count(answers + 1)
    expect(page.locator("#cb-question textarea")).to_have_value("")


def test_a_citation_opens_its_source_with_the_quoted_span_marked(page: Page, assistant: Assistant) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").first.click()
    citation = assistant.invoke(BUY_IN).citations[0]
    panel = page.locator("#cb-panel")
    expect(panel.locator("mark")).to_have_text(citation.quote)
    expect(panel.locator("mark")).to_be_in_viewport()
    expect(panel.locator(".cb-source-title")).to_have_text(citation.title)
    stored = assistant.build.passages.passages([citation.passage_id])[0].passage.text
    assert page.locator("#cb-panel mark").inner_text() in stored


def test_every_citation_opens_a_source_of_its_own(page: Page) -> None:
    ask(page, BUY_IN)
    marks = page.locator(".cb-answer > p .cb-cite, .cb-answer > ul .cb-cite")
    quotes = set()
    for i in range(marks.count()):
        marks.nth(i).click()
        quotes.add(page.locator("#cb-panel mark").inner_text())
        page.keyboard.press("Escape")
    assert len(quotes) == marks.count() > 3


def test_the_source_is_opened_and_closed_by_keyboard_alone(page: Page) -> None:
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#cb-panel mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#cb-panel mark")).to_have_count(0)


def test_an_example_question_is_answered_when_it_is_chosen(page: Page) -> None:
    page.get_by_text("How do I approach a possible mentor?").click()
    expect(page.locator(".cb-answered .cb-cite").first).to_be_visible()


def test_a_new_conversation_begins_empty_and_forgets_the_old_one(page: Page) -> None:
    ask(page, "what is tail coverage")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".cb-answer")).to_have_count(0)
    ask(page, "how much does it cost?")
    expect(page.locator(".cb-understood", has_text="tail")).to_have_count(0)


def test_a_follow_up_says_how_it_was_understood(page: Page) -> None:
    ask(page, "what is tail coverage")
    ask(page, "how much does it cost?")
    expect(page.locator(".cb-understood").first).to_contain_text("tail coverage")


def test_a_question_that_is_not_covered_is_declined_without_citations(page: Page) -> None:
    ask(page, "how do I register as a doctor in Australia")
    expect(page.locator(".cb-not-covered")).to_be_visible()
    expect(page.locator(".cb-not-covered .cb-cite")).to_have_count(0)


def test_a_person_in_danger_gets_the_crisis_lines(page: Page) -> None:
    ask(page, "I want to kill myself")
    expect(page.locator(".cb-care")).to_contain_text("988")


def test_what_is_typed_never_becomes_markup(page: Page) -> None:
    ask(page, "<img src=x onerror=document.title='harmed'> **what** is a mentor?")
    assert page.title() == "Curbside"
    expect(page.locator(".cb-question")).to_contain_text("<img src=x onerror=document.title='harmed'> **what**")


def test_bad_input_is_told_in_a_sentence_and_stays_in_the_field(page: Page) -> None:
    page.fill("#cb-question textarea", "🙂")
    page.keyboard.press("Enter")
    expect(page.locator(".cb-note")).to_contain_text("There is no word in that question")
    expect(page.locator("#cb-question textarea")).to_have_value("🙂")


def test_nothing_leaves_the_origin_and_nothing_scrolls_sideways(page: Page) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.reload()
    page.wait_for_selector("#cb-question textarea")
    ask(page, BUY_IN)
    page.locator(".cb-answer .cb-cite").first.click()
    assert hosts == {page.url.split("/")[2]}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
