from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.carry import (
    CarryModel,
    Regression,
    Topic,
    carried_terms,
    features_of,
    need_of,
    next_topic,
    question_features,
    read_model,
)
from assistant.errors import SettingError
from assistant.records import Turn

FIT = {
    "need": {"weights": {"personal": 2.0}, "intercept": -1.0},
    "term": {"weights": {"asked": 3, "topic": 0.5}, "intercept": 0.25},
    "threshold": 0.4,
    "report": {"a.jsonl": {"F1": 0.5}},
}
INSURANCE = Turn(
    "How is malpractice insurance priced in Ohio?", ("Carriers price tail coverage yearly.", "Carriers vary.")
)
ALWAYS, NEVER = Regression({}, 20.0), Regression({}, -20.0)


def only(name: str) -> Regression:
    """A regression that is sure of what has a feature at 1, and of what has not."""
    return Regression({name: 40.0}, -20.0)


def written(path: Path, fit: Any) -> Path:
    path.write_text(json.dumps(fit), "utf-8")
    return path


def of_question(question: str, *asked: str) -> dict[str, float]:
    """What is seen of a question, without what is not."""
    seen = question_features(question, [Turn(text) for text in asked])
    return {name: value for name, value in seen.items() if value}


def test_a_fit_is_read_from_its_file(tmp_path: Path) -> None:
    assert read_model(written(tmp_path / "fit.json", FIT)) == CarryModel(
        Regression({"personal": 2.0}, -1.0), Regression({"asked": 3.0, "topic": 0.5}, 0.25), 0.4
    )


def test_the_fit_that_is_shipped_can_be_read() -> None:
    model = read_model()
    assert 0 < model.threshold < 1
    seen = features_of("Who covers it?", [INSURANCE], topic={})["insur"]
    assert set(model.term.weights) == set(seen) | {"in_last_but_one"}
    assert set(model.need.weights) == set(question_features("Who covers it?", [INSURANCE]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"fit"',
        "null",
        json.dumps({name: value for name, value in FIT.items() if name != "need"}),
        json.dumps({name: value for name, value in FIT.items() if name != "term"}),
        json.dumps({name: value for name, value in FIT.items() if name != "threshold"}),
        json.dumps({**FIT, "threshold": "high"}),
        json.dumps({**FIT, "threshold": None}),
        json.dumps({**FIT, "need": {"weights": {}}}),
        json.dumps({**FIT, "need": {"weights": [1, 2], "intercept": 0}}),
        json.dumps({**FIT, "term": {"weights": {"asked": "much"}, "intercept": 0}}),
        json.dumps({**FIT, "term": {"weights": {"asked": None}, "intercept": 0}}),
    ],
)
def test_a_file_that_is_no_fit_says_how_to_make_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fit.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingError, match=rf"^{re.escape(str(path))}: not a fit .*curbside eval fit-followup$"):
        read_model(path)


def test_a_fit_that_is_not_there_or_not_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"not a fit of follow-ups .*No such file"):
        read_model(tmp_path / "fit.json")
    (tmp_path / "fit.json").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="not a fit of follow-ups"):
        read_model(tmp_path / "fit.json")


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ({}, 1 / (1 + 2.718281828459045)),  # of the intercept, -1
        ({"a": 0.5}, 1 / 2),  # -1 + 2 x 0.5
        ({"a": 0.5, "unknown": 9.0}, 1 / 2),
        ({"a": 1.0}, 1 / (1 + 1 / 2.718281828459045)),  # -1 + 2
    ],
)
def test_a_regression_gives_the_probability_of_its_features(features: dict[str, float], expected: float) -> None:
    assert Regression({"a": 2.0, "b": 5.0}, -1.0).probability(features) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("taken", "before", "need", "expected"),
    [
        ({}, {}, 1.0, {"visa": 1.0}),
        # what was there fades by 0.6 with each turn, and below 0.1 it is dropped
        ({}, {"tail": 1.0, "price": 0.5, "ohio": 0.15}, 1.0, {"tail": 0.6, "price": 0.3, "visa": 1.0}),
        # and by the need: 0.6 x 0.5 x 1, and 0.15 is kept while 0.09 is not
        ({}, {"tail": 1.0, "price": 0.5, "ohio": 0.3}, 0.5, {"tail": 0.3, "price": 0.15, "visa": 1.0}),
        # a question that stands alone begins a new topic
        ({}, {"tail": 1.0}, 0.0, {"visa": 1.0}),
        # what is taken over counts twice its chance, at most 1, from 0.12 on
        ({"tail": 0.2, "price": 0.7, "ohio": 0.1}, {}, 1.0, {"tail": 0.4, "price": 1.0, "visa": 1.0}),
        ({"visa": 0.2}, {"visa": 0.3}, 1.0, {"visa": 1.0}),
    ],
)
def test_the_topic_is_what_was_asked_taken_over_and_not_yet_forgotten(
    taken: Mapping[str, float], before: Topic, need: float, expected: Topic
) -> None:
    assert next_topic("What is a visa?", taken, before=before, need=need) == pytest.approx(expected)


def test_the_terms_are_those_of_all_questions_and_of_the_last_answer_that_the_question_has_not() -> None:
    turns = [Turn("What is a visa?", ("Consulates issue it.",)), INSURANCE]
    assert list(features_of("Who sets the price?", turns, topic={})) == [
        "visa", "malpractic", "insur", "ohio", "carrier", "tail", "coverag", "year", "vari",
    ]  # fmt: skip


def test_without_turns_there_is_no_term() -> None:
    assert features_of("Who covers it?", [], topic={"visa": 1.0}) == {}


def test_a_term_of_the_last_question_is_seen_with_its_place() -> None:
    turns = [Turn("What is a visa?"), INSURANCE]
    question = "Who covers insurance?"
    seen = features_of(question, turns, topic={"price": 0.6})["price"]
    own = {name: value for name, value in seen.items() if name not in question_features(question, turns)}
    assert own == pytest.approx(
        {
            "light": 0,
            "in_answer": 1,
            "often_in_answer": 1 / 5,  # once
            "in_answers": 1 / 4,
            "letters": 5 / 10,
            "asked": 1,
            "in_last": 1,
            "in_last_but_one": 0,
            "in_first": 0,
            "age": 0 / 6,
            "times": 1 / 4,
            "beside_own": 1 / 1,  # insurance, in the same turn
            "late_in_turn": 2 / 3,  # the third of malpractice, insurance, price, Ohio
            "share_of_turn": 1 / 4,
            "topic": 0.6,
            "in_topic": 1,
            "name": 0,
        }
    )


def test_a_term_of_two_questions_is_seen_in_both() -> None:
    turns = [Turn("Is a visa needed in Ohio?"), Turn("Who reads it?"), Turn("How long is a visa valid?"), Turn("Why?")]
    seen = features_of("And a green card?", turns, topic={})["visa"]
    assert (seen["in_first"], seen["in_last"], seen["in_last_but_one"]) == (1, 0, 1)
    assert (seen["age"], seen["times"], seen["beside_own"]) == pytest.approx((1 / 6, 2 / 4, 0))
    assert (seen["topic"], seen["in_topic"], seen["in_answer"]) == (0, 0, 0)
    # long, visa, valid
    assert (seen["late_in_turn"], seen["share_of_turn"]) == pytest.approx((1 / 2, 1 / 3))


def test_a_term_of_the_answer_alone_was_not_asked() -> None:
    seen = features_of("Who covers it?", [INSURANCE], topic={})["carrier"]
    assert "asked" not in seen
    assert (seen["age"], seen["in_answer"], seen["often_in_answer"]) == (1, 1, 2 / 5)


def test_names_and_light_words_are_seen() -> None:
    found = features_of("Who covers it?", [Turn("How much does insurance cost in Ohio?")], topic={})
    assert {stem: (seen["name"], seen["light"]) for stem, seen in found.items()} == {
        "much": (0, 1), "insur": (0, 0), "cost": (0, 1), "ohio": (1, 0),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "asked", "expected"),
    [
        (
            "Who covers it?",
            ["How is insurance priced?"],
            # "covers" is named ahead of "it"
            {"content": 1 / 6, "length": 3 / 20, "one_word": 1, "personal": 1, "pronoun_second": 1},
        ),
        (
            "And the same visa",
            ["What is a visa?"],
            # of the stems visa and same one is known
            {
                "content": 2 / 6, "length": 4 / 20, "two_words": 1, "pointing": 1, "pronoun_first": 1, "other": 1,
                "opening": 1, "about": 1, "definite": 1, "known": 1 / 2, "known_last": 1 / 2, "no_mark": 1,
            },
        ),
        (
            "Do I need a visa for Ohio?",
            ["What is a visa?", "Why?"],
            # of the stems need, visa and Ohio one is known, and not from the last turn
            {
                "content": 2 / 6, "length": 7 / 20, "two_words": 1, "indefinite": 1, "known": 1 / 3,
                "first_person": 1, "names": 1,
            },
        ),
    ],
)  # fmt: skip
def test_a_question_is_seen_by_what_leans_on_history(
    question: str, asked: Sequence[str], expected: Mapping[str, float]
) -> None:
    assert of_question(question, *asked) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "turns", "expected"),
    [
        ("Who covers it?", [INSURANCE], 0.75),
        ("Who covers it?", [], 0.0),
        ("What is burnout?", [INSURANCE], 0.0),
        ("What's a tail policy?", [INSURANCE], 0.75),  # two words
        (" What does indemnity mean? ", [INSURANCE], 0.0),
        ("What is it?", [INSURANCE], 1.0),  # no word to search for
        ("What are those?", [INSURANCE], 1.0),
    ],
)
def test_a_question_needs_its_turns_unless_it_names_its_subject(
    question: str, turns: Sequence[Turn], expected: float
) -> None:
    three_to_one = Regression({}, 1.0986122886681098)  # ln 3
    assert need_of(question, turns, model=CarryModel(three_to_one, ALWAYS, 0.5)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (only("asked"), ["malpractice", "insurance", "priced", "Ohio"]),
        (only("name"), ["Ohio"]),
        (NEVER, []),
    ],
)
def test_the_terms_that_the_model_is_sure_of_are_taken_over_as_they_were_written(
    term: Regression, expected: list[str]
) -> None:
    assert carried_terms("Who covers it?", [INSURANCE], model=CarryModel(ALWAYS, term, 0.5)) == expected


def test_terms_of_the_last_answer_come_first_each_where_it_was_said_last() -> None:
    assert carried_terms("Who covers it?", [INSURANCE], model=CarryModel(ALWAYS, ALWAYS, 0.5)) == [
        "tail", "coverage", "yearly", "Carriers", "vary", "malpractice", "insurance", "priced", "Ohio",
    ]  # fmt: skip


def test_a_question_that_needs_nothing_takes_over_nothing() -> None:
    assert carried_terms("Who covers it?", [INSURANCE], model=CarryModel(NEVER, ALWAYS, 0.5)) == []
    assert carried_terms("What is burnout?", [INSURANCE], model=CarryModel(ALWAYS, ALWAYS, 0.5)) == []
    assert carried_terms("Who covers it?", [], model=CarryModel(ALWAYS, ALWAYS, 0.5)) == []


def test_light_words_and_those_of_the_question_are_not_taken_over() -> None:
    turns = [Turn("How much does tail insurance cost?")]
    assert carried_terms("Who needs insurance?", turns, model=CarryModel(ALWAYS, ALWAYS, 0.5)) == ["tail"]


@pytest.mark.parametrize(("threshold", "expected"), [(0.5, ["Ohio"]), (0.6, [])])
def test_need_and_term_must_reach_the_threshold_together(threshold: float, expected: list[str]) -> None:
    # of "name" 0.75, of the need 0.75: together 0.5625
    three_to_one = Regression({}, 1.0986122886681098)
    term = Regression({"name": 1.0986122886681098 + 20}, -20.0)
    assert carried_terms("Who covers it?", [INSURANCE], model=CarryModel(three_to_one, term, threshold)) == expected


def test_a_word_said_again_is_spelt_as_last() -> None:
    turns = [Turn("Are visas hard?"), Turn("Is the Visa process slow?")]
    assert carried_terms("Who reads it?", turns, model=CarryModel(ALWAYS, only("in_first"), 0.5)) == ["hard", "Visa"]


def test_the_topic_is_kept_across_turns_that_lean_on_it_and_left_by_one_that_stands_alone() -> None:
    model = CarryModel(only("personal"), only("in_topic"), 0.5)
    leaning = [Turn("Is malpractice insurance priced?"), Turn("Who covers it?")]
    assert carried_terms("When is it due?", leaning, model=model) == ["malpractice", "insurance", "priced", "covers"]
    alone = [leaning[0], Turn("How do residents match?")]
    assert carried_terms("When is it due?", alone, model=model) == ["residents", "match"]


def test_only_the_last_20_turns_are_looked_at() -> None:
    turns = [Turn("Is malpractice priced?"), *(Turn(f"Is w{number} so?") for number in range(20))]
    found = carried_terms("When is it due?", turns, model=CarryModel(ALWAYS, only("asked"), 0.5))
    assert found == [f"w{number}" for number in range(20)]
