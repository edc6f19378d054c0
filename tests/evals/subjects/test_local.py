from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.chain import Ask, Assistant, Trace
from assistant.errors import QuestionError
from assistant.prefer import Preference
from assistant.records import Answer, Turn
from evals.records import Case, Facets, Found
from evals.subjects.local import LocalSubject
from ingest.words import content_words
from tests.fakes import make_answer, make_hit

BUY_IN = "what should I ask about buy-in terms"


class Parrot:
    """Answers every question with itself, and finds thirty passages."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []

    def trace(self, ask: Ask) -> Trace:
        """Answer and remember the question."""
        self.asked.append(ask)
        if ask.question == "???":
            raise QuestionError("There is no word.")
        hits = (make_hit(f"{ask.question}."), make_hit("Another."))
        return Trace(ask=ask, started=0.0, hits=hits * 15, answer=replace(make_answer(hits[0]), question=ask.question))


def _case(*turns: str, facets: Facets | None = None) -> Case:
    return Case("a", turns, "answered", facets=facets or Facets())


def test_a_conversation_is_held_turn_by_turn() -> None:
    parrot = Parrot()
    reply = LocalSubject(parrot).reply(_case("Meet", "Greet", "Part"))
    meet, greet = Turn("Meet", ("Meet.",)), Turn("Greet", ("Greet.",))
    assert parrot.asked == [Ask("Meet"), Ask("Greet", (meet,)), Ask("Part", (meet, greet))]
    assert reply.record is not None
    assert reply.record["text"] == "Part. [1]"


def test_facets_are_asked_with() -> None:
    parrot = Parrot()
    LocalSubject(parrot).reply(_case("Meet", facets=Facets("fellow", "academic", "money", ("Ours",))))
    assert parrot.asked == [Ask("Meet", (), ("Ours",), Preference("fellow", "academic", "money"))]


def test_the_first_twenty_passages_found_are_kept_with_their_scores() -> None:
    reply = LocalSubject(Parrot()).reply(_case("Meet"))
    assert reply.retrieved is not None
    assert len(reply.retrieved) == 20
    passage = make_hit("Meet.").passage.id
    assert reply.retrieved[0] == Found("a/document", "A heading", passage, 0.6, 0.6, 0.6)
    assert "total" in reply.timings_ms


def test_a_question_that_is_refused_is_an_error_of_the_case() -> None:
    with pytest.raises(QuestionError):
        LocalSubject(Parrot()).reply(_case("???"))


def test_without_a_store_nobody_can_look_passages_up() -> None:
    assert LocalSubject(Parrot()).reply(_case("Meet")).passages is None


def test_the_shipped_assistant_tells_all_as_plain_data(assistant: Assistant) -> None:
    store = assistant.build.passages
    reply = LocalSubject(assistant, store).reply(_case("what is tail coverage", "who pays for it?"))
    assert reply.record is not None
    assert reply.retrieved is not None
    assert reply.passages is not None
    assert reply.record == json.loads(json.dumps(reply.record))
    assert reply.record["query"] == "who pays for it? tail coverage"
    assert reply.retrieved[0].document == "contracts/malpractice-and-tail-coverage"
    cited = {citation["passage_id"] for citation in reply.record["citations"]}
    assert cited | {found.passage for found in reply.retrieved[:5]} == set(reply.passages)
    name = next(iter(cited))
    assert reply.passages[name] == store.passages([name])[0].passage.text


@pytest.mark.parametrize(("word", "place"), [("first", 0), ("second", 1), ("third", 2)])
def test_the_second_question_is_the_second_one_of_the_list_that_was_shown(
    assistant: Assistant, word: str, place: int
) -> None:
    answer: Answer = assistant.invoke(BUY_IN)
    listed = [claim.text for claim in answer.claims if claim.role == "item"]
    reply = LocalSubject(assistant).reply(_case(BUY_IN, f"tell me more about the {word} question"))
    assert reply.record is not None
    assert set(content_words(listed[place])) <= set(reply.record["query"].split())
