from __future__ import annotations

import pytest

from evals.marks import Statement, as_record, statements


def test_a_text_is_cut_at_its_marks() -> None:
    assert statements("Meet monthly. [1]\n\n- Bring\nnotes. [2][3]\n1. Thank them. [4], [5] Bye.") == [
        Statement("Meet monthly.", (1,)),
        Statement("Bring notes.", (2, 3)),
        Statement("Thank them.", (4, 5)),
        Statement("Bye.", ()),
    ]


def test_a_full_stop_behind_a_mark_is_no_statement() -> None:
    assert statements("Meet monthly [1]. Thank them [2].") == [
        Statement("Meet monthly", (1,)),
        Statement("Thank them", (2,)),
    ]


def test_plain_text_gives_a_record_with_its_list_of_sources() -> None:
    record = as_record("?", "Meet monthly. [1] Bring notes. [2]\n\nSources:\n[1] A guide\n- [2] Another, 2020\n")
    assert record["outcome"] == "answered"
    assert record["text"] == "Meet monthly. [1] Bring notes. [2]"
    assert [claim["citations"] for claim in record["claims"]] == [[1], [2]]
    assert record["citations"] == [{"number": 1, "title": "A guide"}, {"number": 2, "title": "Another, 2020"}]


@pytest.mark.parametrize(
    "text",
    ["I don't know.", "I cannot answer that from the sources.", "No relevant information was found.", "",
     "The documents do not mention it.", "That is not covered here."],
)  # fmt: skip
def test_saying_that_one_cannot_tell_is_an_abstention_without_claims(text: str) -> None:
    record = as_record("?", text)
    assert (record["outcome"], record["claims"]) == ("not_covered", [])


def test_a_sourced_answer_that_says_what_is_not_covered_is_still_an_answer() -> None:
    assert as_record("?", "Meet monthly. [1] Pay is not covered.")["outcome"] == "answered"


def test_a_text_that_names_the_lifeline_is_care() -> None:
    assert as_record("?", "Please call or text 988 now.")["outcome"] == "care"
    assert as_record("?", "Chapter 988 speaks of pay.")["outcome"] == "answered"
