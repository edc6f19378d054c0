from __future__ import annotations

from dataclasses import replace

from assistant.records import Answer
from ingest.records import Reference
from page.export import answer_markdown
from tests.fakes import make_answer, make_hit

LISTED = make_hit("A buy-in buys a share.", "Ask:", "Who sets the price?", "Who pays?", roles="slii")


def test_an_answer_leaves_with_its_marks_and_its_sources() -> None:
    written = answer_markdown(make_answer(LISTED, make_hit("Meet once a month.")))
    assert "## a question\n" in written
    assert "- Who sets the price? [3]" in written
    assert "- [1–5] A title › A heading. Reviewed: no date · Library: Test · File: a/document.\n" in written


def test_what_is_folded_away_leaves_with_it() -> None:
    answer = make_answer(LISTED)
    claims = (*answer.claims[:-1], replace(answer.claims[-1], more=True))
    assert "Who pays? [4]" in answer_markdown(replace(answer, claims=claims))


def test_a_source_that_is_not_quoted_to_the_letter_brings_its_sentence() -> None:
    answer = make_answer(LISTED)
    assert "“Who pays?”" not in answer_markdown(answer)
    assert "[4] “Who pays?”" in answer_markdown(replace(answer, model="openai:a-model"))


def test_markdown_in_a_source_stays_text() -> None:
    written = answer_markdown(make_answer(make_hit("Say *no* to [this](https://example.org) <b>.")))
    assert r"Say \*no\* to \[this\](https://example.org) \<b\>. [1]" in written


def test_only_addresses_of_the_web_are_written_as_links() -> None:
    answer = make_answer(make_hit("Meet once a month."))
    works = tuple(
        Reference("a", "A study", "A journal", 2020, url) for url in ("javascript:x", "https://example.org/a")
    )
    written = answer_markdown(replace(answer, citations=(replace(answer.citations[0], references=works),)))
    assert "javascript" not in written
    assert "A study, A journal, 2020 <https://example.org/a>." in written


def test_what_stands_above_an_answer_leaves_with_it() -> None:
    written = answer_markdown(replace(make_answer(LISTED), care="Call *988*."))
    assert written.startswith("## a question\n\nCall \\*988\\*.\n\nA buy-in buys a share.")


def test_an_answer_without_sources_is_its_text() -> None:
    assert answer_markdown(Answer("Who?", "Who?", "not_covered", "Nobody knows.")) == "## Who?\n\nNobody knows.\n"
