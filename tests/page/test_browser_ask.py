"""Asking and reading the answer, in a real browser at desktop and phone size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from page.starters import STARTERS
from tests.page.conftest import ask

pytestmark = pytest.mark.e2e

BUY_IN = "what should I ask about buy-in terms"
QUESTIONS = ".cb-question"


def test_an_answer_comes_with_citations_and_the_field_is_free_again(page: Page) -> None:
    ask(page, BUY_IN)
    expect(page.locator(".cb-answered .cb-cite").first).to_be_visible()
    expect(page.locator("#cb-field")).to_have_value("")
    expect(page.locator("#cb-status")).to_contain_text("Answered with")
    expect(page.locator(".cb-reply")).to_have_attribute("aria-busy", "false")


def test_a_question_to_begin_with_is_asked_by_a_press(page: Page) -> None:
    page.get_by_role("button", name=STARTERS[""][1]).click()
    expect(page.locator(".cb-answered .cb-cite").first).to_be_visible()
    expect(page.locator("#cb-welcome")).to_be_hidden()


def test_a_question_to_go_on_with_is_asked_by_a_press(page: Page) -> None:
    ask(page, BUY_IN)
    first = page.locator(".cb-next").first
    question = first.inner_text()
    first.click()
    expect(page.locator(QUESTIONS).last).to_have_text(question)
    expect(page.locator(".cb-answered")).to_have_count(2)
    expect(page.locator(".cb-turn").first.locator(".cb-next").first).to_be_hidden()


def test_a_follow_up_says_how_it_was_understood_and_that_can_be_edited(page: Page) -> None:
    ask(page, "what is tail coverage")
    ask(page, "how much does it cost?")
    expect(page.locator(".cb-understood").last).to_contain_text("tail coverage")
    page.locator(".cb-edit").last.click()
    assert "tail coverage" in page.locator("#cb-field").input_value()


def test_an_edited_question_drops_what_came_after(page: Page) -> None:
    ask(page, "what is tail coverage")
    ask(page, "how much does it cost?")
    page.get_by_role("button", name="Edit the question: what is tail coverage").click()
    expect(page.locator("#cb-field")).to_have_value("what is tail coverage")
    expect(page.locator("#cb-editing")).to_be_visible()
    page.fill("#cb-field", BUY_IN)
    page.keyboard.press("Enter")
    expect(page.locator(QUESTIONS)).to_have_text([BUY_IN])
    expect(page.locator(".cb-done")).to_have_count(1)


def test_escape_leaves_a_question_as_it_was(page: Page) -> None:
    ask(page, "what is tail coverage")
    page.get_by_role("button", name="Edit the question").click()
    page.keyboard.press("Escape")
    expect(page.locator("#cb-editing")).to_be_hidden()
    expect(page.locator("#cb-field")).to_have_value("")
    expect(page.locator(".cb-done")).to_have_count(1)


def test_asking_again_replaces_the_last_answer(page: Page) -> None:
    ask(page, BUY_IN)
    before = page.locator(".cb-cite").first.get_attribute("data-source")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(f'[data-source="{before}"]')).to_have_count(0)
    expect(page.locator(".cb-done")).to_have_count(1)


def test_stopping_leaves_the_field_free(page: Page) -> None:
    page.route("**/gradio_api/call/ask", lambda _: None)
    page.fill("#cb-field", BUY_IN)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".cb-reply")).to_contain_text("Stopped here.")
    page.unroute("**/gradio_api/call/ask")
    ask(page, "what is tail coverage")
    expect(page.locator(".cb-answered")).to_have_count(1)


@pytest.mark.parametrize(("status", "told"), [(503, "Many people are asking"), (0, "cannot be reached")])
def test_a_server_that_does_not_answer_is_told_and_the_question_stays(page: Page, status: int, told: str) -> None:
    def refuse(route: Route) -> None:
        if status:
            route.fulfill(status=status, body="{}")
        else:
            route.abort()

    page.route("**/gradio_api/call/ask", refuse)
    ask(page, BUY_IN)
    page.unroute("**/gradio_api/call/ask")
    expect(page.locator(".cb-note")).to_contain_text(told)
    expect(page.locator("#cb-field")).to_have_value(BUY_IN)


def test_bad_input_is_told_in_a_sentence_and_stays_in_the_field(page: Page) -> None:
    ask(page, "🙂")
    expect(page.locator(".cb-note")).to_contain_text("There is no word in that question")
    expect(page.locator("#cb-field")).to_have_value("🙂")


def test_a_question_that_is_too_long_is_told_in_sight_and_cut(page: Page) -> None:
    ask(page, "why " * 600)
    expect(page.locator(".cb-note")).to_contain_text("the most is 2,000")
    expect(page.locator(".cb-note")).to_be_in_viewport()
    cut = page.locator(QUESTIONS).bounding_box()
    page.get_by_role("button", name="Show all").click()
    whole = page.locator(QUESTIONS).bounding_box()
    assert cut is not None
    assert whole is not None
    assert cut["height"] < 150 < whole["height"]
    expect(page.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")


def test_nothing_is_offered_to_take_along_where_nothing_was_answered(page: Page) -> None:
    ask(page, "🙂")
    expect(page.get_by_role("button", name="Make a sheet")).to_be_hidden()
    ask(page, "what is tail coverage")
    expect(page.locator(".cb-turn").last.get_by_role("button", name="Make a sheet")).to_be_visible()


def test_what_is_related_is_opened_and_back_leads_to_the_question(page: Page) -> None:
    ask(page, "do hospitals in Canada pay for a dental practice")
    page.locator(".cb-related a").first.click()
    expect(page.locator("#cb-library .cb-reader h2")).to_be_visible()
    page.go_back()
    expect(page.locator(".cb-not-covered")).to_be_visible()


def test_a_question_that_is_not_covered_is_declined_without_citations(page: Page) -> None:
    ask(page, "how do I register as a doctor in Australia")
    expect(page.locator(".cb-not-covered")).to_be_visible()
    expect(page.locator(".cb-not-covered .cb-cite")).to_have_count(0)


def test_a_person_in_danger_gets_numbers_to_call(page: Page) -> None:
    ask(page, "I want to kill myself")
    expect(page.locator(".cb-care a[href='tel:988']").first).to_be_visible()
    expect(page.locator(".cb-care").locator("xpath=../..").get_by_role("button", name="Helpful")).to_have_count(0)


def test_what_is_typed_never_becomes_markup(page: Page) -> None:
    ask(page, "<img src=x onerror=document.title='harmed'> **what** is a mentor?")
    assert page.title() == "Curbside"
    expect(page.locator(QUESTIONS)).to_contain_text("<img src=x onerror=document.title='harmed'> **what**")


def test_facets_are_said_in_the_answer_and_remembered(page: Page) -> None:
    page.select_option("[data-facet=stage]", "fellow")
    page.select_option("[data-facet=setting]", "academic")
    expect(page.locator(".cb-starter").first).to_have_text(STARTERS["fellow"][0])
    ask(page, BUY_IN)
    expect(page.locator(".cb-for")).to_have_text("For: fellow · academic")
    page.reload()
    page.wait_for_selector("body.cb-ready #cb-field")
    expect(page.locator("[data-facet=stage]")).to_have_value("fellow")


def test_a_rating_is_sent_only_with_a_press(page: Page, ratings: list[Mapping[str, Any]]) -> None:
    ratings.clear()
    ask(page, BUY_IN)
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_label("Something important is missing").check()
    page.get_by_label("More, if you like").fill("the price")
    assert ratings == []
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".cb-actions")).to_contain_text("Thank you.")
    (rating,) = ratings
    assert (rating["rating"], rating["reason"], rating["note"]) == ("down", "incomplete", "the price")
    assert rating["question"] == BUY_IN
    assert len(rating["passages"]) == len(set(rating["passages"])) > 0


def test_two_people_do_not_see_each_others_conversations(page: Page, visit: Callable[..., Page]) -> None:
    ask(page, "what is tail coverage")
    other = visit()
    ask(other, "how much does it cost?")
    expect(other.locator(".cb-understood", has_text="tail")).to_have_count(0)
    expect(other.locator(QUESTIONS)).to_have_count(1)
    other.context.close()


def test_a_new_conversation_forgets_the_one_before(page: Page) -> None:
    ask(page, "what is tail coverage")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".cb-answer")).to_have_count(0)
    ask(page, "how much does it cost?")
    expect(page.locator(".cb-understood", has_text="tail")).to_have_count(0)
