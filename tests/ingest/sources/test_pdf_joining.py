from __future__ import annotations

import pytest

from ingest.sources.pdf.joining import Vocabulary, join_lines


def joined(*lines: str, beside: tuple[str, ...] = ()) -> str:
    return join_lines(lines, vocabulary=Vocabulary((*lines, *beside)))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the men-", "toring programme"), "the mentoring programme"),
        (("the men\xad", "toring programme"), "the mentoring programme"),
        (("the men‐", "toring programme"), "the mentoring programme"),
        (("meet one-", "to-one"), "meet one-to-one"),
        (("meet one-to-", "one here"), "meet one-to-one here"),
        (("their well-", "being"), "their well-being"),
        (("a self-", "assessment"), "a self-assessment"),
        (("a self-", "ish plan"), "a selfish plan"),
        (("they cor-", "related it"), "they correlated it"),
        (("the Smith-", "Jones rule"), "the Smith-Jones rule"),
        (("in PGY-", "2 and later"), "in PGY-2 and later"),
        (("pre-", "and post-operative"), "pre- and post-operative"),
        (("a break —", "then more"), "a break — then more"),
        (("a break—", "then more"), "a break—then more"),
        (("pages 10–", "12"), "pages 10–12"),
        (("and/", "or"), "and/or"),
        (("see https://example.org/", "leave.html"), "see https://example.org/leave.html"),
        (("see https://example.org/long-", "name"), "see https://example.org/long-name"),
        (("-", "x"), "- x"),
        (("one", "two"), "one two"),
    ],
)
def test_lines_become_one_line_with_broken_words_whole(lines: tuple[str, ...], text: str) -> None:
    assert joined(*lines) == text


def test_the_words_of_the_document_tell_a_compound_from_a_broken_word() -> None:
    assert joined("the on-", "boarding week") == "the onboarding week"
    assert joined("the on-", "boarding week", beside=("our on-boarding guide",)) == "the on-boarding week"
    assert joined("the pro-", "gramme", beside=("this programme",)) == "the programme"
    assert joined("stress is work-", "related", beside=("at work there is", "related")) == "stress is work-related"


def test_in_a_document_that_breaks_no_words_a_hyphen_at_the_end_of_a_line_stays() -> None:
    beside = (
        "the clinical-",
        "track tenure-",
        "track part-",
        "time",
        "a clinical track with tenure, in part or for a time",
    )
    assert joined("an up-", "front fee", beside=beside) == "an up-front fee"
    assert joined("an up-", "front fee") == "an upfront fee"


def test_a_word_is_known_in_any_case_and_with_ligatures() -> None:
    assert Vocabulary(["The Ofﬁce"]).has("office")


def test_the_halves_of_a_broken_word_are_no_words() -> None:
    vocabulary = Vocabulary(["a broken in-", "tern here"])
    assert not vocabulary.has("in")
    assert not vocabulary.has("tern")
    assert vocabulary.has("here")
