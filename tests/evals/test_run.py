from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.chain import Ask, Assistant, Trace
from assistant.errors import QuestionError
from assistant.records import Answer, Turn
from evals.records import Case, Relevant
from evals.run import run_cases
from ingest.words import content_words
from tests.fakes import make_answer, make_hit

BUY_IN = "what should I ask about buy-in terms"


class Parrot:
    """Answers every question with itself, except where a question asks for trouble."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []

    def trace(self, ask: Ask) -> Trace:
        """Answer and remember the question."""
        self.asked.append(ask)
        if ask.question == "crash":
            raise ValueError("out of luck")
        if ask.question == "???":
            raise QuestionError("There is no word.")
        if ask.question == "stop":
            raise KeyboardInterrupt
        hits = (make_hit(f"{ask.question}."), make_hit("Another."))
        answer = replace(make_answer(hits[0]), question=ask.question)
        return Trace(ask=ask, started=0.0, hits=hits * 15, answer=answer)


def _case(name: str, *turns: str) -> Case:
    return Case(name, turns, "not_covered")


def test_each_case_gets_the_record_that_a_user_gets() -> None:
    runs = list(run_cases(Parrot(), [_case("one", "Meet"), _case("two", "Greet")]))
    assert [run.case for run in runs] == ["one", "two"]
    assert [run.record and run.record["text"] for run in runs] == ["Meet. [1]", "Greet. [1]"]
    assert {run.error for run in runs} == {""}


def test_a_case_that_crashes_is_kept_as_an_error_and_does_not_stop_the_others() -> None:
    crashed, refused, fine = run_cases(Parrot(), [_case("a", "crash"), _case("b", "???"), _case("c", "Meet")])
    assert (crashed.record, crashed.error) == (None, "ValueError: out of luck")
    assert (refused.record, refused.error) == (None, "There is no word.")
    assert fine.record is not None


def test_a_crash_in_an_earlier_turn_is_an_error_of_the_case() -> None:
    (run,) = run_cases(Parrot(), [_case("a", "crash", "Meet")])
    assert (run.record, run.error) == (None, "ValueError: out of luck")


def test_an_operator_can_still_stop_a_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(run_cases(Parrot(), [_case("a", "stop")]))


def test_a_conversation_is_held_turn_by_turn() -> None:
    parrot = Parrot()
    (run,) = run_cases(parrot, [_case("a", "Meet", "Greet", "Part")])
    meet, greet = Turn("Meet", ("Meet.",)), Turn("Greet", ("Greet.",))
    assert parrot.asked == [Ask("Meet"), Ask("Greet", (meet,)), Ask("Part", (meet, greet))]
    assert run.record is not None
    assert run.record["text"] == "Part. [1]"


def test_the_first_twenty_sections_found_are_kept() -> None:
    (run,) = run_cases(Parrot(), [_case("a", "Meet")])
    assert run.retrieved == (Relevant("a/document", "A heading"),) * 20


def test_runs_are_made_one_by_one_as_they_are_asked_for() -> None:
    parrot = Parrot()
    next(run_cases(parrot, [_case("a", "Meet"), _case("b", "crash")]))
    assert len(parrot.asked) == 1


def test_the_shipped_assistant_can_be_run_and_its_record_is_plain_data(assistant: Assistant) -> None:
    (run,) = run_cases(assistant, [_case("a", "what is tail coverage", "who pays for it?")])
    assert run.record == json.loads(json.dumps(run.record))
    assert run.record is not None
    assert run.record["query"] == "who pays for it? tail coverage"
    assert run.retrieved[0].document == "contracts/malpractice-and-tail-coverage"


@pytest.mark.parametrize(("word", "place"), [("first", 0), ("second", 1), ("third", 2)])
def test_the_second_question_is_the_second_one_of_the_list_that_was_shown(
    assistant: Assistant, word: str, place: int
) -> None:
    answer: Answer = assistant.invoke(BUY_IN)
    listed = [claim.text for claim in answer.claims if claim.role == "item"]
    (run,) = run_cases(assistant, [_case("a", BUY_IN, f"tell me more about the {word} question")])
    assert run.record is not None
    assert set(content_words(listed[place])) <= set(run.record["query"].split())
