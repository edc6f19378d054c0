from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sources.plaintext import read_blocks

#: A paragraph on one line, longer than any line of a wrapped text.
LONG = "Mentoring takes time, and some of it is yours, " * 4 + "and it ends with a full stop."


def outline(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.prefix + block.text) for block in read_blocks(text)]


def test_a_page_copied_as_text_gets_its_headings_and_lists_back() -> None:
    text = f"""A title for the page

{LONG}
A first section
Great mentors do a few things:
- Meet often
• Answer  questions
A list under its own heading
* One thing
1. Research and teaching
- Learn to write
The last line."""
    assert outline(text) == [
        ("heading", 1, "A title for the page"),
        ("paragraph", 0, LONG),
        ("heading", 2, "A first section"),
        ("paragraph", 0, "Great mentors do a few things:"),
        ("item", 1, "- Meet often"),
        ("item", 1, "- Answer questions"),
        ("heading", 3, "A list under its own heading"),
        ("item", 1, "- One thing"),
        ("heading", 3, "Research and teaching"),
        ("item", 1, "- Learn to write"),
        ("paragraph", 0, "The last line."),
    ]


@pytest.mark.parametrize("bullet", ["-", "*", "•", "◦", "▪", "‣", "·", "–", "o  "])
def test_a_bullet_of_any_shape_makes_an_item(bullet: str) -> None:
    assert outline(f"Ask this:\n{bullet} One.\n{bullet} Two.")[1:] == [("item", 1, "- One."), ("item", 1, "- Two.")]


def test_bullets_that_are_set_in_are_deeper() -> None:
    assert [level for _, level, _ in outline("- One.\n    - Two.\n        - Three.\n- One.")] == [1, 2, 3, 1]


def test_a_numbered_list_of_sentences_keeps_its_numbers() -> None:
    assert outline("Do this:\n1. Ask.\n2) Wait.\n10. Go.\nThen rest.")[1:] == [
        ("item", 1, "1. Ask."),
        ("item", 1, "2. Wait."),
        ("item", 1, "10. Go."),
        ("paragraph", 0, "Then rest."),
    ]


@pytest.mark.parametrize(
    "steps", [["Call the office", "Send the letter"], ["Who pays for tail?", "Who owns the chart?"]]
)
def test_the_last_entry_of_a_numbered_list_is_an_entry_too(steps: list[str]) -> None:
    text = f"The steps are these:\n1. {steps[0]}\n2. {steps[1]}\n\nThen wait for two weeks."
    assert outline(text)[1:3] == [("item", 1, f"1. {steps[0]}"), ("item", 1, f"2. {steps[1]}")]


def test_a_numbered_question_over_its_answer_is_a_heading() -> None:
    text = "Answers\n\n1. When should I seek a mentor?\nEarly.\n2. Where do mentors sit?\nEverywhere."
    assert outline(text) == [
        ("heading", 1, "Answers"),
        ("heading", 3, "When should I seek a mentor?"),
        ("paragraph", 0, "Early."),
        ("heading", 3, "Where do mentors sit?"),
        ("paragraph", 0, "Everywhere."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "This line ends.",
        "Does this line ask?",
        "Great mentors:",
        "and goes on in lower case",
        "A line of so many words that nobody would ever take it for a heading at all",
        "A quotation “that ends”",
    ],
)
def test_a_line_that_reads_as_prose_is_no_heading(line: str) -> None:
    assert outline(f"A title\n\n{line}\n{LONG}")[1] == ("paragraph", 0, line)


def test_a_text_that_begins_with_prose_has_no_title() -> None:
    assert [level for kind, level, _ in outline("It begins.\n\nA heading\n\nIt ends.") if kind == "heading"] == [2]


def test_the_last_line_heads_nothing() -> None:
    assert outline("It begins.\n\nJane Doe")[-1] == ("paragraph", 0, "Jane Doe")


def test_wrapped_paragraphs_and_items_are_joined() -> None:
    paragraph = " ".join(["mentoring takes time and some of it is yours"] * 5) + "."
    item = " ".join(["ask what the group expects of a partner"] * 4) + "."
    wrapped = "\n".join(
        [
            textwrap.fill(paragraph, 72),
            "",
            textwrap.fill(paragraph, 72),
            textwrap.fill(f"- {item}", 72),
            "- Short item.",
        ]
    )
    assert [text for _, _, text in outline(wrapped)] == [paragraph, paragraph, f"- {item}", "- Short item."]


def test_a_heading_between_short_paragraphs_is_not_joined_to_the_one_before() -> None:
    before, after = "Residents work at most 80 hours a week, averaged over four weeks.", "A night of call ends at ten."
    assert outline(f"Call policy\n\n{before}\nOvernight call\n{after}") == [
        ("heading", 1, "Call policy"),
        ("paragraph", 0, before),
        ("heading", 2, "Overnight call"),
        ("paragraph", 0, after),
    ]


def test_paragraphs_of_one_line_each_are_not_joined() -> None:
    assert [text for _, _, text in outline(f"{LONG}\n{LONG}")] == [LONG, LONG]


def test_a_text_of_white_space_has_no_blocks() -> None:
    assert read_blocks(" \n\t\n\u00a0\n") == []


_word = st.sampled_from(["mentor", "Pay", "ends.", "why?", "of:", "(PD)", "“yes”", "é"])
_line = st.builds(
    lambda bullet, words: bullet + " ".join(words),
    st.sampled_from(["", "", "- ", "    • ", "\t"]),
    st.lists(_word, min_size=1, max_size=16),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(_line | st.just(""), max_size=12))
def test_no_word_of_a_text_is_lost_and_none_is_added(lines: list[str]) -> None:
    words = [word for line in lines for word in line.split() if word not in ("-", "•")]
    assert [word for block in read_blocks("\n".join(lines)) for word in block.text.split()] == words
