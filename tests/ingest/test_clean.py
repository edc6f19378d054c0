from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.plain import shipped_library
from ingest.clean import clean
from ingest.records import Block
from ingest.sources import read_folder
from tests.fakes import make_document, write_corpus


def heading(text: str, level: int = 2) -> Block:
    return Block("heading", text, level)


def item(text: str) -> Block:
    return Block("item", text, 1, "- ")


def prose(number: int) -> Block:
    return Block("paragraph", f"Sentence {number} of the article has more than a dozen words and ends with a stop.")


MENU = [heading("Skip to content"), *(item(f"Menu {number}") for number in range(12))]
FOOTER = [
    heading("Leave a comment"),
    heading("More articles"),
    *(item(f"Another article {number}") for number in range(12)),
    heading("Imprint"),
]
TITLE = heading("Why mentors matter so much", 1)


def shown(*blocks: Block) -> list[str]:
    return [block.text for block in clean(make_document(*blocks)).blocks]


def test_menu_and_footer_go_and_the_article_stays() -> None:
    cleaned = clean(
        make_document(*MENU, TITLE, prose(1), heading("A section"), prose(2), *FOOTER, title="Skip to content")
    )
    assert cleaned.title == TITLE.text
    assert cleaned.blocks == (prose(1), heading("A section"), prose(2))


def test_a_title_is_not_looked_for_where_nothing_was_cut_above() -> None:
    cleaned = clean(make_document(heading("A section of some words"), prose(1), *FOOTER))
    assert cleaned.title == "A title"
    assert cleaned.blocks == (heading("A section of some words"), prose(1))


def test_author_and_date_between_title_and_text_go() -> None:
    assert shown(*MENU, TITLE, heading("Jane Doe"), heading("December 8, 2018"), prose(1), prose(2)) == [
        prose(1).text,
        prose(2).text,
    ]


def test_a_short_opening_and_close_are_no_menu() -> None:
    blocks = (heading("Welcome"), item("For interns"), prose(1), heading("Contact"), item("Jane Doe"))
    assert clean(make_document(*blocks)).blocks == blocks


def test_the_list_that_the_last_sentence_introduces_stays() -> None:
    items = [item(f"Reason {number}") for number in range(12)]
    assert shown(*MENU, TITLE, prose(1), prose(2), *items, *FOOTER)[2:] == [block.text for block in items]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "SHARE",
        "Tweet",
        "Skip to content",
        "Leave a comment",
        "Post navigation",
        "Tagged as: Practice Management",
        "Related posts",
        "This article is sponsored by a firm.",
        "Loading Comments...",
        "December 8, 2018",
        "December 8, 2018 Kevin 0",
    ],
)
def test_lines_that_only_a_web_page_has_go_wherever_they_stand(line: str) -> None:
    assert shown(prose(1), Block("paragraph", line), prose(2)) == [prose(1).text, prose(2).text]


@pytest.mark.parametrize(
    "line",
    [
        "Share call evenly with your partners.",
        "Print the contract and read it twice.",
        "Search committees ask for references.",
        "July 1, 2026: residency starts.",
        "January 15, 2027 is the last day to withdraw an application without a penalty.",
        "Find jobs at community hospitals through the state medical society.",
    ],
)
def test_advice_that_begins_like_such_a_line_stays(line: str) -> None:
    assert shown(prose(1), item(line), prose(2)) == [prose(1).text, line, prose(2).text]


def test_a_handbook_of_checklists_stays_whole() -> None:
    lists = [
        block for part in range(4) for block in (heading(f"Week {part}"), *(item(f"Task {part}.{n}") for n in range(9)))
    ]
    blocks = (prose(1), *lists, prose(2), prose(3))
    assert clean(make_document(*blocks)).blocks == blocks


def test_a_section_named_like_the_document_keeps_its_heading() -> None:
    blocks = (heading("Terms"), prose(1), Block("heading", "A title", 2, section_kind="summary"), prose(2))
    assert clean(make_document(*blocks, title="A title")).blocks == blocks


def test_a_text_without_prose_stays_whole() -> None:
    assert shown(*MENU, heading("Contact")) == [*(block.text for block in MENU[1:]), "Contact"]
    assert shown() == []


def test_nothing_of_the_shipped_corpus_is_taken_for_clutter() -> None:
    documents = list(read_folder(shipped_library().folder, "Curbside"))
    assert documents
    assert [clean(document) for document in documents] == documents


def test_a_saved_page_is_read_without_its_clutter(tmp_path: Path) -> None:
    menu = "\n".join(f"  • Menu {number}" for number in range(12))
    page = f"Skip to content\n{menu}\n\n{TITLE.text}\n\nJane Doe\nShare\n\n{prose(1).text} {prose(2).text}\n\nTweet\n"
    (document,) = read_folder(write_corpus(tmp_path, {"page.txt": page}), "Test")
    cleaned = clean(document)
    assert (cleaned.title, cleaned.text) == (TITLE.text, f"{prose(1).text} {prose(2).text}")


_blocks = st.lists(
    st.sampled_from([*MENU[:3], TITLE, *FOOTER[:3], prose(1), prose(2), Block("paragraph", "Short.")]),
    max_size=60,
)


@settings(deadline=None)
@given(_blocks)
def test_cleaning_changes_no_block_and_no_order(blocks: list[Block]) -> None:
    remaining = iter(blocks)
    assert all(block in remaining for block in clean(make_document(*blocks)).blocks)
