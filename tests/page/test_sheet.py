from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from markdown_it import MarkdownIt

from assistant.chain import Assistant
from assistant.records import Hit
from ingest.records import Passage
from page.tabs.sheet import Sheet, make, passage_finder
from page.tabs.sheet_docx import as_docx
from page.tabs.sheet_text import EMPTY, as_html, as_markdown, as_page
from tests.fakes import make_answer, make_hit

DAY = date(2026, 11, 3)
QUESTIONS = make_hit("Ask these:", "Who sets the price?", "Who pays for tail?", roles="lii", kind="questions-to-ask")
STEPS = make_hit("Do this:", "Read the contract.", "Call an attorney.", roles="lii", kind="steps")
SIGNS = make_hit("Slow down when:", "The books are closed.", roles="li", kind="warning-signs")
PLAIN = make_hit("A buy-in is the price of a share.", kind="summary")


def sheet_of(*hits: Hit, again: int = 0) -> Sheet:
    """Return the sheet of one answer for each hit; the last ``again`` hits are answered twice."""
    known: Mapping[str, Passage] = {hit.passage.id: hit.passage for hit in hits}
    records = [make_answer(hit).as_record() for hit in (*hits, *hits[len(hits) - again :])]
    return make(records, known.get, today=DAY)


def texts(sheet: Sheet) -> dict[str, list[str]]:
    return {part.name: [item.text for item in part.items] for part in sheet.parts}


def test_the_items_of_a_conversation_are_sorted_by_the_kind_of_their_section() -> None:
    assert texts(sheet_of(PLAIN, SIGNS, STEPS, QUESTIONS)) == {
        "questions": ["Who sets the price?", "Who pays for tail?"],
        "steps": ["Read the contract.", "Call an attorney."],
        "warnings": ["The books are closed."],
        "background": ["A buy-in is the price of a share."],
    }


def test_no_item_stands_twice_also_in_other_capitals_and_punctuation() -> None:
    other = make_hit("who sets the price", "Who else decides?", roles="ii", kind="questions-to-ask")
    assert texts(sheet_of(QUESTIONS, other, again=1))["questions"] == [
        "Who sets the price?",
        "Who pays for tail?",
        "Who else decides?",
    ]


def test_what_an_answer_keeps_for_who_asks_for_more_is_not_on_the_sheet() -> None:
    answer = make_answer(QUESTIONS)
    shown = replace(answer, claims=tuple(replace(c, more=c.text == "Who pays for tail?") for c in answer.claims))
    sheet = make([shown.as_record()], {QUESTIONS.passage.id: QUESTIONS.passage}.get, today=DAY)
    assert texts(sheet) == {"questions": ["Who sets the price?"]}


def test_every_item_names_a_source_of_the_sheet() -> None:
    sheet = sheet_of(QUESTIONS, STEPS)
    numbers = {source.number for source in sheet.sources}
    assert {item.source for part in sheet.parts for item in part.items} == numbers == {1}
    assert sheet.sources[0].place == "A title › A heading"


def test_a_stale_source_says_so() -> None:
    hit = replace(
        QUESTIONS, document=replace(QUESTIONS.document, reviewed=date(2019, 1, 2), review_by=date(2020, 1, 2))
    )
    assert sheet_of(hit).sources[0].facts[0] == "STALE: reviewed 2019-01-02, due again by 2020-01-02"


@pytest.mark.parametrize(
    ("quote", "heading", "part"),
    [
        ("Who pays?", "A heading", "questions"),
        ("Read it.", "Steps before signing", "steps"),
        ("The books are closed.", "Warning signs in a group", "warnings"),
        ("A share costs money.", "What it costs", "background"),
    ],
)
def test_an_item_whose_passage_is_gone_is_told_by_its_words(quote: str, heading: str, part: str) -> None:
    hit = make_hit("Ask these:", quote, roles="li")
    hit = replace(hit, passage=replace(hit.passage, heading_path=(heading,)))
    sheet = make([make_answer(hit).as_record()], lambda _: None, today=DAY)
    assert texts(sheet) == {part: [quote]}


def test_a_conversation_without_quotations_says_that_there_is_nothing_to_take_away() -> None:
    assert EMPTY in as_html(make([], lambda _: None, today=DAY))


def test_the_markdown_has_boxes_and_sources_and_its_texts_stay_text() -> None:
    evil = make_hit("Do you [pay](x) *now* <b>?", roles="i", kind="questions-to-ask")
    markdown = as_markdown(sheet_of(evil, PLAIN))
    assert "- [ ] Do you " in markdown
    shown = MarkdownIt("commonmark").render(markdown)
    assert "Do you [pay](x) *now* &lt;b&gt;? [1]" in shown
    assert "<li>A buy-in is the price of a share. [1]</li>" in shown
    assert "3 November 2026" in shown


def test_what_the_page_and_the_printer_show_is_escaped() -> None:
    evil = make_hit("<img src=x onerror=alert(1)>?", roles="i", kind="questions-to-ask")
    sheet = sheet_of(evil)
    for markup in (as_html(sheet), as_page(sheet)):
        assert "<img" not in markup
    assert as_page(sheet).count('type="checkbox"') == 1


def test_the_word_file_has_boxes_to_tick_sources_and_the_day_but_no_person() -> None:
    document = Document(BytesIO(as_docx(sheet_of(QUESTIONS, STEPS, PLAIN))))
    shown = [paragraph.text for paragraph in document.paragraphs]
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == ["Questions to ask", "Steps", "Good to know", "Sources"]
    assert document.element.xml.count("<w14:checkbox>") == 4
    assert any(line.startswith("[1] A title › A heading (no review date") for line in shown)
    assert document.sections[0].header.paragraphs[0].text == "Curbside\t\t3 November 2026"
    about: Any = document.core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")


def test_a_real_conversation_gives_questions_and_steps(assistant: Assistant) -> None:
    asked = ("what should I ask about buy-in terms", "How do I approach a possible mentor?")
    find = passage_finder(assistant.build.passages)
    sheet = make([assistant.invoke(question).as_record() for question in asked], find, today=DAY)
    assert len(texts(sheet)["questions"]) >= 5
    assert len(texts(sheet)["steps"]) >= 3
    assert find("0" * 16) is None
