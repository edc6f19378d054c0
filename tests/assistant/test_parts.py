from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from assistant.chain import Assistant
from assistant.parts import Part, ask_in_turn, joined_hits, leans, nearest_first, parts_of, put_together
from assistant.records import Answer, Query
from assistant.refer import who_could_answer
from tests.fakes import make_answer, make_hit


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("what is tail coverage and who pays for it?", ["what is tail coverage", "who pays for it?"]),
        ("can they change it and can't I refuse?", ["can they change it", "can't I refuse?"]),
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
        "why do I work hard and can't get a paper out",
        "what is it and how does it work and who pays and when is it due",
        "",
    ],
)
def test_a_question_with_one_part_a_story_and_a_long_row_stay_whole(question: str) -> None:
    assert parts_of(question) == [question]


def test_a_part_that_points_back_leans_on_the_one_before() -> None:
    assert leans("how long do they last?")
    assert not leans("how do I change my car tires?")


@dataclass(frozen=True)
class Found:
    query: Query
    answer: Answer | None


def answers(scores: Callable[[Part], float], *, document: str = "a/document") -> Callable[[Part], Found]:
    def ask(part: Part) -> Found:
        query = Query(" ".join([part.text, *part.carried]), "general")
        own = document if part.carried or part.continues else "another/document"
        hit = make_hit("A sentence.", score=scores(part))
        hit = replace(hit, document=replace(hit.document, id=own))
        return Found(query, replace(make_answer(hit), question=part.text, score=scores(part)))

    return ask


def asked(parts: Sequence[str], ask: Callable[[Part], Found]) -> list[str]:
    return [found.query.text for found in ask_in_turn(parts, ask)]


def test_a_part_that_points_back_takes_over_the_words_of_the_part_before() -> None:
    found = asked(["what is tail coverage", "who pays for it?"], answers(lambda part: 0.5))
    assert found == ["what is tail coverage", "who pays for it? tail coverage"]


def test_a_chain_of_parts_takes_over_what_the_part_before_took_over() -> None:
    found = asked(["what is a buy-in", "who pays it", "can I delay it"], answers(lambda part: 0.5))
    assert found[-1] == "can I delay it buy-in"


def test_a_part_of_few_words_leans_even_where_it_finds_a_little_more_by_itself() -> None:
    parts = ["how do I ask my chair for a raise", "what data should I bring?"]
    found = asked(parts, answers(lambda part: 0.45 if part.carried else 0.53))
    assert found[1] == "what data should I bring? chair raise"
    assert asked(parts, answers(lambda part: 0.3 if part.carried else 0.7))[1] == "what data should I bring?"


def test_a_part_with_a_subject_of_its_own_leans_only_where_that_finds_more() -> None:
    parts = ["what do committees want", "when should I start putting my dossier together?"]
    assert asked(parts, answers(lambda part: 0.5))[1] == parts[1]
    assert asked(parts, answers(lambda part: 0.6 if part.carried else 0.4))[1].endswith("committees")


def test_the_document_that_answered_the_part_before_comes_first_among_equals() -> None:
    near, same = make_hit("One.", score=0.5), make_hit("Two.", score=0.48)
    same = replace(same, document=replace(same.document, id="the/same"))
    assert nearest_first([near, same], Part("who pays?", ("tail",), "the/same")) == (same, near)
    assert nearest_first([near, same], Part("who pays?")) == (near, same)


def test_parts_that_open_with_the_same_passage_stay_and_the_second_says_the_rest() -> None:
    passage = make_hit("Tail coverage is a policy.", "The employer pays for tail coverage.")
    both = [make_answer(passage), make_answer(passage)]
    whole = put_together("what is tail coverage and who pays for it?", both)
    assert whole is not None
    assert [claim.text for claim in whole.claims] == [
        "Tail coverage is a policy.",
        "The employer pays for tail coverage.",
    ]
    assert whole.uncovered == ()


def test_a_part_whose_words_nothing_shown_has_is_named_in_its_place() -> None:
    unsure = replace(make_answer(make_hit("Residents must not moonlight.")), confidence=0.5)
    sure = make_answer(make_hit("Ask in writing."))
    whole = put_together("do I need a full license and how do I ask?", [unsure, sure])
    assert whole is not None
    assert whole.uncovered == ("do I need a full license",)
    assert whole.text.index("Not covered") < whole.text.index("Ask in writing.")


def test_a_likely_answer_in_other_words_is_not_called_missing() -> None:
    likely = replace(make_answer(make_hit("Track lost research days.")), confidence=0.97)
    whole = put_together("what is tail coverage and what if clinical demand eats them?", [likely, likely])
    assert whole is not None
    assert whole.uncovered == ()


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


def test_the_hits_of_several_parts_are_the_first_of_each_and_then_the_nearest() -> None:
    one, two, three, four = (make_hit(f"Text {score}.", score=score) for score in (0.7, 0.5, 0.6, 0.65))
    assert joined_hits([(one, two, four), (three, replace(two, score=0.68))]) == (
        one,
        three,
        replace(two, score=0.68),
        four,
    )


def test_a_part_keeps_to_its_room_but_is_never_left_without_a_section() -> None:
    short, long = make_hit("Tail coverage is a policy."), make_hit("Tail coverage " + "word " * 150 + "ends.")
    question = "what is tail coverage and who pays for it?"
    for answer, shown in ((make_answer(long, make_hit("It ends.")), 1), (make_answer(short, long), 1)):
        leaning = replace(answer, query=f"{answer.question} with words of the part before")
        whole = put_together(question, [leaning, make_answer(make_hit("An employer pays for it."))])
        assert whole is not None
        assert len(whole.claims) == shown + 1
