"""What the browser keeps and what leaves with the reader, in a real browser at desktop and phone size."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.page.conftest import ask

pytestmark = pytest.mark.e2e

BUY_IN = "what should I ask about buy-in terms"


def _reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector("body.cb-ready #cb-field")


def _kept(page: Page) -> int:
    return int(page.evaluate("curbside.kept.all().then((all) => all.length)"))


def test_an_earlier_conversation_comes_back_with_working_citations(page: Page) -> None:
    ask(page, "what is tail coverage")
    expect(page.locator(".cb-next").first).to_be_visible()
    follow_ups = page.locator(".cb-next").all_inner_texts()
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="History").click()
    page.locator(".cb-kept-open").click()
    expect(page.locator(".cb-question")).to_have_text("what is tail coverage")
    assert page.locator(".cb-next").all_inner_texts() == follow_ups != []
    page.locator(".cb-cite").first.click()
    expect(page.locator("#cb-panel mark")).to_be_visible()
    page.keyboard.press("Escape")
    ask(page, "how much does it cost?")
    expect(page.locator(".cb-understood").last).to_contain_text("tail coverage")


def test_conversations_are_searched_and_deleted(page: Page) -> None:
    for question in (BUY_IN, "how do I approach a mentor"):
        page.get_by_role("button", name="New conversation").click()
        ask(page, question)
    page.get_by_role("button", name="History").click()
    expect(page.locator("#cb-kept li")).to_have_count(2)
    page.get_by_label("Search conversations").fill("mentor approach")
    expect(page.locator(".cb-kept-title")).to_have_count(1)
    expect(page.locator(".cb-kept-title")).to_have_text("how do I approach a mentor")
    page.get_by_label("Search conversations").fill("zebra")
    expect(page.locator("#cb-none")).to_have_text("No conversation has these words.")
    expect(page.get_by_role("button", name="Delete all")).to_be_hidden()
    page.get_by_label("Search conversations").fill("")
    expect(page.locator("#cb-kept li")).to_have_count(2)
    page.get_by_role("button", name="Delete: how do I approach a mentor").click()
    expect(page.locator(".cb-kept-title")).to_have_text(BUY_IN)
    page.get_by_role("button", name="Delete all").click()
    page.get_by_role("button", name="Really delete all?").click()
    expect(page.locator("#cb-none")).to_have_text("There is none yet.")
    assert _kept(page) == 0


def test_a_chat_that_is_not_to_be_kept_leaves_nothing(page: Page) -> None:
    ask(page, "what is tail coverage")
    assert _kept(page) == 1
    page.get_by_label("Do not keep this chat").check()
    ask(page, "how much does it cost?")
    assert _kept(page) == 0
    _reload(page)
    expect(page.locator(".cb-turn")).to_have_count(0)


def test_a_reload_goes_on_with_the_conversation(page: Page) -> None:
    ask(page, "what is tail coverage")
    _reload(page)
    ask(page, "how much does it cost?")
    expect(page.locator(".cb-understood").last).to_contain_text("tail coverage")


def test_an_answer_is_copied_with_its_sources(page: Page) -> None:
    ask(page, BUY_IN)
    page.get_by_role("button", name="Copy with sources").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(f"## {BUY_IN}\n")
    assert "\nSources:\n" in copied.replace("\r", "")


def test_a_conversation_is_saved_as_markdown(page: Page, tmp_path: Path) -> None:
    ask(page, BUY_IN)
    ask(page, "I want to kill myself")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as Markdown").click()
    saving.value.save_as(tmp_path / "talk.md")
    written = (tmp_path / "talk.md").read_text("utf-8")
    assert saving.value.suggested_filename.endswith(".md")
    assert written.index(f"## {BUY_IN}") < written.index("Sources:") < written.index("988")


def test_a_conversation_becomes_a_sheet(page: Page) -> None:
    ask(page, BUY_IN)
    page.get_by_role("button", name="Make a sheet").click()
    expect(page.locator("#cb-sheet")).to_contain_text("Questions to ask")
    page.keyboard.press("Escape")
    expect(page.locator("#cb-sheet")).to_be_hidden()


def test_on_paper_there_are_answers_and_sources_and_nothing_to_press(page: Page) -> None:
    ask(page, BUY_IN)
    page.emulate_media(media="print")
    expect(page.locator(".cb-printed")).to_contain_text("Reviewed:")
    expect(page.locator(".cb-answer")).to_be_visible()
    for hidden in ("#cb-ask", ".cb-tools", ".cb-actions", ".cb-take", ".cb-sources"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
