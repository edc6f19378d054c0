from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.prefer import Preference
from assistant.records import Answer, Turn
from page.conversation import audience, growing, read_ask, whole
from tests.fakes import make_answer, make_hit

LISTED = make_hit("A buy-in buys a share.", "Ask:", "Who sets the price?", roles="sli")


def test_a_conversation_comes_back_as_it_went_out() -> None:
    answer = make_answer(LISTED)
    kept = json.loads(json.dumps(whole(answer, "a", audience="")))
    assert read_ask("and who pays?", turns=[kept["turn"]], facets={}).turns == (answer.as_turn(),)


def test_facets_become_the_preference() -> None:
    ask = read_ask("a", turns=[], facets={"stage": "early-career", "setting": "academic", "only": ["Handbook"]})
    assert ask.preference == Preference(stage="early-career", setting="academic")
    assert ask.only == ("Handbook",)
    assert audience(ask) == "early career · academic · Handbook"


@pytest.mark.parametrize(
    "facets", [{"stage": "pope", "only": "Handbook"}, {"stage": None, "setting": 3, "only": 1}, {}]
)
def test_facets_that_there_are_not_are_left_out(facets: dict[str, object]) -> None:
    ask = read_ask("a", turns=[], facets=facets)
    assert (ask.preference, ask.only, audience(ask)) == (Preference(), (), "")


@pytest.mark.parametrize("turns", [["text"], [None], [[1]], [3]])
def test_what_has_not_the_form_of_a_turn_is_left_out(turns: list[object]) -> None:
    assert read_ask("a", turns=turns, facets={}).turns == ()


def test_turns_are_cut_to_size() -> None:
    long = {"question": "q" * 9999, "claims": ["c" * 9999] * 999}
    turns = read_ask("a", turns=[long] * 99, facets={}).turns
    assert len(turns) == 12
    assert len(turns[0].question) <= 2000
    assert (len(turns[0].claims), len(turns[0].claims[0])) == (60, 2000)
    assert read_ask("a", turns=[{"claims": "no list"}], facets={}).turns == (Turn(""),)


def test_what_is_kept_says_what_a_screen_reader_is_told() -> None:
    assert whole(make_answer(LISTED), "a", audience="")["said"] == "Answered with 3 sentences from 1 document."
    cared = replace(make_answer(LISTED), care="Call\n988.")
    assert whole(cared, "a", audience="")["said"] == "Call 988. Answered with 3 sentences from 1 document."
    missing = Answer("a", "a", "not_covered", "The corpus does not answer this.\n\nAsk somebody.")
    assert whole(missing, "a", audience="")["said"] == "The corpus does not answer this. Ask somebody."


def test_only_a_whole_answer_is_kept() -> None:
    answer = make_answer(LISTED)
    assert set(growing(answer, "a", audience="")) == {"html"}
    assert whole(replace(answer, removed=1), "a", audience="")["record"] == replace(answer, removed=1).as_record()
