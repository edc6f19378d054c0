from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.parts import leans, parts_of
from assistant.refer import who_could_answer


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("what is tail coverage and who pays for it?", ["what is tail coverage", "who pays for it?"]),
        ("What is PSLF? How do I apply?", ["What is PSLF?", "How do I apply?"]),
        ("how do I find a mentor and what do I ask, and when should I thank them", [
            "how do I find a mentor", "what do I ask", "when should I thank them"]),
    ],
)  # fmt: skip
def test_questions_that_stand_in_one_are_taken_apart(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "how do I find and keep a mentor",
        "I have two offers and should decide by Friday",
        "my mentor canceled again and what now",
        "what is a mentor and a sponsor",
        "what is it and how does it work and who pays and when is it due",
        "",
    ],
)
def test_a_question_with_one_part_a_story_and_a_long_row_stay_whole(question: str) -> None:
    assert parts_of(question) == [question]


def test_a_part_that_points_back_leans_on_the_one_before() -> None:
    assert leans("how long do they last?")
    assert not leans("how do I change my car tires?")


def test_a_part_that_is_not_covered_is_named_beside_the_answer_to_the_other(assistant: Assistant) -> None:
    answer = assistant.invoke("what is tail coverage and how do I change my car tires?")
    assert answer.outcome == "answered"
    assert answer.uncovered == ("how do I change my car tires?",)
    assert "Not covered: “how do I change my car tires?”" in answer.text
    assert {citation.document for citation in answer.citations} >= {"contracts/malpractice-and-tail-coverage"}
    assert "tires" not in answer.as_turn().question
    assert "tail coverage" in answer.as_turn().question
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.claims) + 1))
    assert all(citation.quote == claim.text for citation, claim in zip(answer.citations, answer.claims, strict=True))


def test_where_both_parts_are_covered_both_are_answered(assistant: Assistant) -> None:
    answer = assistant.invoke("what is tail coverage and how do I ask somebody to be my mentor?")
    assert (answer.outcome, answer.uncovered) == ("answered", ())
    assert {citation.document.partition("/")[0] for citation in answer.citations} >= {"contracts", "mentorship"}


def test_where_no_part_is_covered_the_whole_is_declined(assistant: Assistant) -> None:
    answer = assistant.invoke("how do I change my car tires and where do I buy a boat?")
    assert (answer.outcome == "answered", answer.claims, answer.uncovered) == (False, (), ())


def test_a_person_in_danger_is_never_answered_in_parts(assistant: Assistant) -> None:
    assert assistant.invoke("what is tail coverage and how can I kill myself?").outcome == "care"


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("can my J-1 waiver be moved", "immigration attorney"),
        ("is this non-compete enforceable", "health-law attorney"),
        ("will my loans be forgiven", "student-loan servicer"),
        ("my attending bullies me", "ombuds"),
        ("how many residents fail", "graduate medical education (GME)"),
        ("anything else", "mentor"),
    ],
)
def test_who_could_answer_follows_from_what_is_asked(question: str, who: str) -> None:
    assert who in who_could_answer(question)
    assert who_could_answer(question).endswith("a mentor who has done what you are asking about.")
