from __future__ import annotations

from dataclasses import replace

from assistant.chain import Assistant
from assistant.records import Answer, Hit
from ingest.records import Block, Document
from page.follow_ups import MOST, follow_ups
from tests.fakes import make_answer, make_hit

HEADINGS = (
    Block("heading", "A heading", level=2, section_kind="summary"),
    Block("heading", "Steps before paying the price", level=2, section_kind="steps"),
    Block("heading", "Questions to ask the partners", level=2, section_kind="questions-to-ask"),
    Block("heading", "Questions to ask the banker", level=2, section_kind="questions-to-ask"),
    Block("heading", "Scope", level=2, section_kind="steps"),
    Block("heading", "Warning signs in a partnership", level=2, section_kind="warning-signs"),
    Block("heading", "Further steps in old age", level=2, section_kind="steps"),
)


def _hit(heading: str = "A heading") -> Hit:
    hit = make_hit("A buy-in buys a share.")
    document = replace(hit.document, blocks=HEADINGS)
    return replace(hit, document=document, passage=replace(hit.passage, heading_path=(heading,)))


def _found(heading: str) -> tuple[Hit, ...]:
    return (_hit(heading),)


def test_one_heading_of_each_kind_is_offered_and_questions_come_first() -> None:
    assert follow_ups(make_answer(_hit()), _found) == [
        "Questions to ask the partners", "Steps before paying the price", "Warning signs in a partnership",
    ]  # fmt: skip


def test_a_section_that_was_read_or_asked_for_is_not_offered_again() -> None:
    answer = make_answer(_hit("Questions to ask the partners"))
    offered = follow_ups(answer, _found, asked=frozenset({"steps before paying the price"}))
    assert offered == ["Questions to ask the banker", "Warning signs in a partnership", "Further steps in old age"]


def test_a_heading_that_does_not_find_its_own_section_is_not_offered() -> None:
    other = make_hit("Another document.")
    elsewhere = replace(other, document=Document("b/other", "Other", (), library="Test"))
    assert follow_ups(make_answer(_hit()), lambda _: (elsewhere,)) == []
    assert follow_ups(make_answer(_hit()), lambda _: ()) == []


def test_nothing_is_offered_where_nothing_was_answered() -> None:
    assert follow_ups(Answer("a", "a", "not_covered", "No."), _found) == []


def test_what_is_offered_after_real_answers_is_answered(assistant: Assistant) -> None:
    for question in ("what should I ask about buy-in terms", "my mentor keeps canceling", "what is tail coverage"):
        offered = follow_ups(assistant.invoke(question), lambda text: assistant.retriever.search(text).hits)
        assert len(offered) == MOST
        assert [assistant.invoke(heading).outcome for heading in offered] == ["answered"] * MOST
