from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from assistant.chain import Assistant
from ingest.records import Block, Document, Facets, Mark, Reference
from page.tabs.library import Listed, index_html, listed, read_html
from page.tabs.reader import document_html
from tests.page.test_render import Page

TODAY = date(2026, 11, 26)
EVIL = "</p><script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\""


def _document(**facts: object) -> Document:
    blocks = (
        Block("heading", "Buy-in terms", level=2, section_kind="summary"),
        Block("paragraph", "A buy-in buys a share.", marks=(Mark(21, "guide"),)),
        Block("heading", "Questions", level=2),
        Block("item", "Who pays?", level=1, prefix="1. "),
        Block("item", "Who decides?", level=1, prefix="2. "),
    )
    guide = Reference("guide", "A guide", "A body", 2020, "https://example.org/guide")
    plain = Document("practice/buy-in", "Buy-in", blocks, references=(guide,), library="Test", reviewed=TODAY)
    return replace(plain, **facts)  # type: ignore[arg-type]


def _listing(*entries: Listed) -> Page:
    """Return the list, without the fields of its filter, which have no end tag."""
    return Page(re.sub(r"<input[^>]*>", "", index_html(entries, today=TODAY)))


def test_a_document_is_read_with_its_headings_list_and_sources() -> None:
    page = Page(document_html(_document(), today=TODAY))
    assert page.opened == []
    assert [tag for tag, _ in page.tags if tag.startswith("h")] == ["header", "h2", "h3", "h3", "h3"]
    assert "1.Who pays?2.Who decides?" in page.text
    assert "A buy-in buys a share[1]." in page.text
    assert page.values("href")[1] == "https://example.org/guide"


def test_the_passage_that_was_asked_for_is_marked() -> None:
    document = _document()
    start = document.text.index("Who decides?")
    markup = document_html(document, today=TODAY, span=(start, start + 12))
    assert markup.count('class="cb-here"') == 1
    assert '<li class="cb-here"><span class="cb-bullet">2.</span><span>Who decides?</span>' in markup


def test_a_heading_that_names_its_kind_is_not_labelled_with_it() -> None:
    plain = document_html(_document(blocks=(Block("heading", "Pay", level=2, section_kind="steps"),)), today=TODAY)
    named = document_html(
        _document(blocks=(Block("heading", "Steps to pay", level=2, section_kind="steps"),)), today=TODAY
    )
    assert '<span class="cb-kind">Steps</span>' in plain
    assert "cb-kind" not in named


@pytest.mark.parametrize(("due", "told"), [(date(2026, 11, 25), True), (TODAY, False), (None, False)])
def test_a_document_is_stale_the_day_after_its_review_was_due(due: date | None, told: bool) -> None:
    document = _document(review_by=due)
    assert ("Stale" in document_html(document, today=TODAY)) is told
    assert ("Stale since" in index_html([Listed(document, 3)], today=TODAY)) is told


def test_the_list_counts_documents_passages_and_kinds_of_evidence() -> None:
    entries = [Listed(_document(evidence="law or policy"), 3), Listed(_document(id="wellbeing/rest", title="Rest"), 1)]
    text = _listing(*entries).text
    assert "documents2passages4due for review0" in text
    assert "law or policy 1" in text
    assert "Practice 1 document" in text
    assert "Wellbeing 1 document" in text


def test_nothing_that_a_document_says_becomes_markup() -> None:
    block = Block("paragraph", EVIL)
    document = _document(
        id=EVIL, title=EVIL, summary=EVIL, blocks=(block,), facets=Facets((EVIL,), (EVIL,)), evidence=EVIL,
        references=(Reference("r", EVIL, EVIL, 2020, "javascript:alert(1)"),), library=EVIL,
    )  # fmt: skip
    for page in (Page(document_html(document, today=TODAY)), _listing(Listed(document, 1))):
        assert page.opened == []
        assert not {"script", "img"} & {tag for tag, _ in page.tags}
        assert all(address.startswith("#") for address in page.values("href"))


def test_an_empty_index_says_how_to_fill_it() -> None:
    assert "curbside ingest FOLDER" in index_html([], today=TODAY)


def test_the_whole_shipped_library_is_listed(assistant: Assistant) -> None:
    entries = listed(assistant.build)
    assert len(entries) == assistant.build.manifest.documents
    assert sum(entry.passages for entry in entries) == assistant.build.manifest.passages


def test_every_shipped_document_can_be_read(assistant: Assistant) -> None:
    for entry in listed(assistant.build):
        page = Page(read_html(assistant.build, {"document": entry.document.id}, today=TODAY))
        assert page.opened == []
        assert entry.document.blocks[-1].text in re.sub(r"\[\d+\]", "", page.text)


def test_a_document_that_is_not_there_is_said_to_be_missing(assistant: Assistant) -> None:
    for asked in ({"document": "no/such"}, {}, {"document": "practice/buy-in", "library": "other"}):
        assert "There is no document" in read_html(assistant.build, asked, today=TODAY)
