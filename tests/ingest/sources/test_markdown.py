from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records import SECTION_KINDS, Block, Mark
from ingest.sources.markdown import read_blocks


def outline(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.prefix + block.text) for block in read_blocks(text)]


def test_headings_paragraphs_and_lists_come_in_reading_order() -> None:
    text = "# Title\n\nA paragraph\nof two lines.\n\nUnder\n-----\n\n* One\n* Two\n\n3. Third\n4. Fourth\n\n> Quoted."
    assert outline(text) == [
        ("heading", 1, "Title"),
        ("paragraph", 0, "A paragraph of two lines."),
        ("heading", 2, "Under"),
        ("item", 1, "- One"),
        ("item", 1, "- Two"),
        ("item", 1, "3. Third"),
        ("item", 1, "4. Fourth"),
        ("paragraph", 0, "Quoted."),
    ]


def test_lists_in_lists_are_deeper_and_their_later_paragraphs_are_paragraphs() -> None:
    assert outline("1. One\n\n   More of one.\n\n2. Two\n   - Inner\n     - Inmost\n\nAfter.") == [
        ("item", 1, "1. One"),
        ("paragraph", 0, "More of one."),
        ("item", 1, "2. Two"),
        ("item", 2, "- Inner"),
        ("item", 3, "- Inmost"),
        ("paragraph", 0, "After."),
    ]


@pytest.mark.parametrize("text", ["- One\n-\n\nAfter.", "- One\n- ## Heading\n\nAfter."])
def test_an_item_without_text_makes_no_item_of_the_paragraph_after_its_list(text: str) -> None:
    assert outline(text)[-1] == ("paragraph", 0, "After.")


def test_a_row_of_a_table_is_one_line_that_carries_its_header_without_its_empty_cells() -> None:
    text = "| Model | Pay |  |\n|---|---|---|\n| Group | **Shared** | x |\n| Solo | | |\n\nAfter."
    rows = [("row", 0, "Model: Group · Pay: Shared · x"), ("row", 0, "Model: Solo")]
    assert outline(text) == [*rows, ("paragraph", 0, "After.")]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Some *light* and **strong** words", "Some light and strong words"),
        ("A [link](https://example.org) and <https://example.org>", "A link and https://example.org"),
        ("A [link][1]\n\n[1]: https://example.org", "A link"),
        ("Use `code` here", "Use code here"),
        ("Five \\* four &amp; &lt;three&gt; &nbsp; two", "Five * four & <three> two"),
        ("Hard  \nbreak and\\\nbackslash", "Hard break and backslash"),
        ("One<br>two", "One two"),
        ("Seen <!-- not this --> here", "Seen here"),
        ("<!-- not this -->\n\nSeen", "Seen"),
        ("```\nIn a\n  fence\n```", "In a fence"),
        ("A footnote [^1].\n\n[^1]: https://example.org", "A footnote."),
    ],
)
def test_markup_goes_and_its_words_stay(source: str, shown: str) -> None:
    assert [block.text for block in read_blocks(source)] == [shown]


@pytest.mark.parametrize("kind", SECTION_KINDS)
def test_a_heading_declares_the_kind_of_its_section(kind: str) -> None:
    (heading,) = read_blocks(f"## What to ask {{ .{kind} }}")
    assert (heading.text, heading.section_kind) == ("What to ask", kind)


def test_a_heading_without_a_mark_declares_no_kind() -> None:
    (heading,) = read_blocks("## Steps and {braces}")
    assert (heading.text, heading.section_kind) == ("Steps and {braces}", None)


def test_references_are_taken_out_and_their_place_is_kept() -> None:
    (block,) = read_blocks("Pay rose [^survey] by a tenth [^guide][^a-b_1]. It rests.[^last] More.")
    assert block.text == "Pay rose by a tenth. It rests. More."
    assert block.marks == (Mark(8, "survey"), Mark(19, "guide"), Mark(19, "a-b_1"), Mark(30, "last"))
    assert [block.text[: mark.offset].split()[-1] for mark in block.marks] == ["rose", "tenth", "tenth", "rests."]


def test_references_are_read_in_headings_items_and_rows() -> None:
    text = "## Facts [^h] {.evidence}\n\n- One [^i].\n\n| a | b |\n|---|---|\n| c [^r] | d |\n"
    assert read_blocks(text) == [
        Block("heading", "Facts", 2, section_kind="evidence", marks=(Mark(5, "h"),)),
        Block("item", "One.", 1, "- ", marks=(Mark(3, "i"),)),
        Block("row", "a: c · b: d", marks=(Mark(4, "r"),)),
    ]


def test_a_text_without_words_has_no_blocks() -> None:
    assert read_blocks("\n\n---\n\n![](picture.png)\n\n<!-- note -->\n\n-\n") == []


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab \n\n#-*1.|>`[]^_{}<\\&\t"), max_size=60))
def test_every_block_of_any_text_is_one_line_with_words(text: str) -> None:
    for block in read_blocks(text):
        assert block.text.strip()
        assert "\n" not in block.prefix + block.text
        assert (block.prefix != "") == (block.kind == "item")
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)


def test_questions_below_a_heading_belong_to_it_and_are_not_shown() -> None:
    heading, paragraph = read_blocks(
        "## Tail\n<!-- asked: who pays for tail | is tail\n  expensive -->\n\nTail costs money."
    )
    assert heading.asked == ("who pays for tail", "is tail expensive")
    assert (heading.text, paragraph.text) == ("Tail", "Tail costs money.")


def test_a_comment_of_another_kind_is_nothing() -> None:
    (heading, paragraph) = read_blocks("## Tail\n<!-- to do -->\n\nTail costs money.")
    assert heading.asked == paragraph.asked == ()
