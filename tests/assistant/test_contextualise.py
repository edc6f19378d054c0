from __future__ import annotations

import pytest

from assistant.carry import read_model
from assistant.contextualise import contextualise, intent_of, points_back, without_own_pronouns
from assistant.records import Intent, Query, Turn

MODEL = read_model()
TAIL = Turn(
    "what is tail coverage",
    ("Tail coverage is a malpractice policy.", "Employers fund premiums.", "Retirement waives charges."),
)


def test_a_first_question_is_searched_for_as_it_stands() -> None:
    assert contextualise("how much does it cost?", (), model=MODEL) == Query("how much does it cost?", "general")


def test_a_follow_up_takes_the_subject_of_the_question_before() -> None:
    query = contextualise("how much does it cost?", (TAIL,), model=MODEL)
    assert query.carried == ("tail", "coverage")
    assert query.text == "how much does it cost? tail coverage"


@pytest.mark.parametrize(
    "question",
    [
        "how much does it cost?",
        "and who pays?",
        "what about private practice?",
        "what if I resign?",
        "why?",
        "tell me more",
        "any red flags?",
        "can they refuse?",
        "is that negotiable?",
        "what is it?",
        "such as?",
    ],
)
def test_a_turn_that_cannot_stand_alone_leans_on_the_conversation(question: str) -> None:
    assert {"tail", "coverage"} & set(contextualise(question, (TAIL,), model=MODEL).carried)


@pytest.mark.parametrize("question", ["what are they?", "what are those?", "what are these?", "what does he mean?"])
def test_a_pronoun_is_not_the_name_of_a_subject(question: str) -> None:
    assert {"tail", "coverage"} & set(contextualise(question, (TAIL,), model=MODEL).carried)


@pytest.mark.parametrize(
    "question",
    [
        "how do I build a teaching portfolio",
        "what is burnout?",
        "what's an RVU",
        "what are fellowships?",
        "what does indemnity mean?",
        "how do partners vote when they leave?",
        "how do I tell my program director that I am leaving the program after they approved it",
        "why do academic medical centers pay less than private practices",
    ],
)
def test_a_question_with_its_own_subject_takes_nothing_over(question: str) -> None:
    assert contextualise(question, (TAIL,), model=MODEL).text == question


def test_an_ordinal_in_a_whole_question_does_not_point_into_the_last_answer() -> None:
    question = "What is the first step in finding a mentor?"
    assert contextualise(question, (TAIL,), model=MODEL).text == question


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("tell me more about the first one", {"malpractice", "policy"}),
        ("why the 2nd point?", {"Employers", "fund", "premiums"}),
        ("explain the third", {"Retirement", "waives", "charges"}),
        ("and the last one?", {"Retirement", "waives", "charges"}),
    ],
)
def test_an_ordinal_takes_over_the_words_of_the_statement_that_it_names(question: str, words: set[str]) -> None:
    carried = set(contextualise(question, (TAIL,), model=MODEL).carried)
    assert words <= carried
    assert {"tail", "coverage"} <= {word.casefold() for word in carried}


@pytest.mark.parametrize("number", range(8))
def test_every_ordinal_up_to_the_eighth_has_its_place(number: int) -> None:
    word = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")[number]
    letters = Turn("what is tail coverage", ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel"))
    query = contextualise(f"and the {word} one?", (letters,), model=MODEL)
    assert query.carried == (letters.claims[number], "tail", "coverage")


def test_an_ordinal_beyond_the_last_answer_takes_over_the_subject_only() -> None:
    assert contextualise("the eighth one?", (TAIL,), model=MODEL).carried == ("tail", "coverage")


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_stands_alone() -> None:
    turns = (TAIL, Turn("who pays for it?"))
    carried = contextualise("is it negotiable?", turns, model=MODEL).carried
    assert {"tail", "coverage"} <= set(carried)


def test_words_that_the_question_has_already_are_not_added_again() -> None:
    query = contextualise("and Tail limits?", (TAIL,), model=MODEL)
    assert query.carried == ("coverage",)


def test_no_more_than_eight_words_are_carried_over() -> None:
    long = Turn("alpha bravo charlie delta echo foxtrot golf hotel india juliet")
    assert len(contextualise("why?", (long,), model=MODEL).carried) == 8


def test_what_is_carried_is_what_stands_behind_the_question_in_the_query() -> None:
    query = contextualise("why the second one?", (TAIL,), model=MODEL)
    assert query.text == " ".join(["why the second one?", *query.carried])


def test_a_follow_up_without_an_intent_of_its_own_keeps_the_one_before() -> None:
    turn = Turn("what should I ask about buy-in terms")
    assert contextualise("and for surgeons?", (turn,), model=MODEL).intent == "questions"
    assert contextualise("any red flags?", (turn,), model=MODEL).intent == "warnings"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("what should I ask about buy-in terms", "questions"),
        ("which questions do I put to a program director", "questions"),
        ("questions to ask on a site visit", "questions"),
        ("red flags in a contract", "warnings"),
        ("what are the warning signs of burnout", "warnings"),
        ("academic versus private practice", "choice"),
        ("should I take a fellowship or start to work", "choice"),
        ("difference between a mentor and a sponsor", "choice"),
        ("do studies show that mentoring works", "evidence"),
        ("how common is burnout", "evidence"),
        ("sample email to a mentor", "example"),
        ("what do I write in the first email", "example"),
        ("how do I find a mentor", "steps"),
        ("when should I start looking for a job", "steps"),
        ("what is tail coverage", "definition"),
        ("explain claims-made insurance", "definition"),
        ("tail coverage", "general"),
        ("WHAT SHOULD I ASK A MENTOR", "questions"),
    ],
)
def test_the_words_of_a_question_say_what_kind_of_answer_is_wanted(question: str, intent: Intent) -> None:
    assert intent_of(question) == intent


@pytest.mark.parametrize("question", ["what do I check before I sign a contract", "should I sign this contract"])
def test_signing_a_contract_is_not_a_warning_sign(question: str) -> None:
    assert intent_of(question) != "warnings"


@pytest.mark.parametrize("question", ["examples of emails to a mentor", "templates for a thank-you note"])
def test_examples_may_be_asked_for_in_the_plural(question: str) -> None:
    assert intent_of(question) == "example"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("sign-on bonus vs loan repayment, which one should I ask for", "choice"),
        ("should I tell my chair or not", "choice"),
        ("rent or buy", "choice"),
        ("can I moonlight or do expert witness work", "general"),
        ("I think they made a mistake taking me", "general"),
        ("common mistakes of new attendings", "warnings"),
        ("I did the data collection and my name is third", "general"),
        ("is there any data on mentoring", "evidence"),
        ("should I ask for a raise", "general"),
    ],
)
def test_a_word_alone_says_little_of_what_is_wanted(question: str, intent: Intent) -> None:
    assert intent_of(question) == intent


def test_a_pronoun_that_stands_for_something_in_its_own_clause_points_nowhere() -> None:
    question = "where can I get confidential help without it hitting my license?"
    assert without_own_pronouns(question) == "where can I get confidential help without hitting my license?"
    assert not points_back(question)
    assert contextualise(question, (TAIL,), model=MODEL).carried == ()


@pytest.mark.parametrize(
    "question",
    ["who pays for it?", "can I start working before it's done?", "what if she gets angry?", "can I negotiate that?"],
)
def test_other_pronouns_point_back(question: str) -> None:
    assert points_back(question)


@pytest.mark.parametrize(
    "question",
    ["is it normal to feel lost", "how long does it take to get a license", "how do I tell my chair that I am leaving"],
)
def test_an_it_that_stands_for_nothing_does_not_point_back(question: str) -> None:
    assert not points_back(question)


def test_words_that_a_question_is_known_to_lean_on_stand_behind_it() -> None:
    query = contextualise("what should I bring?", (TAIL,), model=MODEL, carried=("annual", "review"))
    assert (query.text, query.carried, query.need) == (
        "what should I bring? annual review", ("annual", "review"), 1.0
    )  # fmt: skip
