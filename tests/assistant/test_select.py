from __future__ import annotations

from collections.abc import Sequence
from math import log

import pytest

from assistant.select import amount_asked_for, answering, kind_asked_for, names_a_thing

#: What is given for the words, the kind of thing and the length.
WORDS, KIND, LENGTH = 0.5, 0.1, 0.02


def same(stem: str) -> float:
    return 1.0


def scores(question: str, *sentences: str, cosines: Sequence[float] = ()) -> list[float]:
    found = answering(question, sentences, cosines=cosines or [0.0] * len(sentences), weight=same)
    assert found.shape == (len(sentences),)
    return [float(score) for score in found]


def test_a_sentence_that_shares_nothing_has_its_cosine_and_its_length() -> None:
    assert scores("Zebra?", "Quokka apple river.", cosines=[0.3]) == pytest.approx([0.3 + LENGTH * log(3)])


def test_words_are_weighed_as_in_bm25_against_all_that_was_asked() -> None:
    # stems 2 and 4, on average 3: damping 1.2 x (0.25 + 0.75 x 2 / 3) and 1.2 x (0.25 + 0.75 x 4 / 3)
    short, long = 1.2 * (0.25 + 0.5), 1.2 * (0.25 + 1.0)
    found = scores("Zebra quokka?", "Zebra apple.", "Zebra quokka zebra river.")
    assert found == pytest.approx(
        [
            WORDS * (1 / (1 + short)) / 2 + LENGTH * log(2),
            WORDS * (2 / (2 + long) + 1 / (1 + long)) / 2 + LENGTH * log(4),
        ]
    )


def test_rarer_words_count_for_more() -> None:
    weights = {"zebra": 3.0, "quokka": 1.0}
    found = answering("Zebra quokka?", ["Zebra apple.", "Quokka apple."], cosines=[0, 0], weight=weights.__getitem__)
    share = 1 / (1 + 1.2)  # both are of average length
    assert found == pytest.approx([WORDS * share * 3 / 4 + LENGTH * log(2), WORDS * share * 1 / 4 + LENGTH * log(2)])


def test_a_word_asked_for_twice_counts_once() -> None:
    assert scores("Zebra zebra quokka?", "Zebra apple.") == scores("Zebra quokka?", "Zebra apple.")


def test_words_are_compared_by_their_stems() -> None:
    assert scores("Zebras?", "Zebra apple.") == scores("Zebra?", "Zebra apple.")


@pytest.mark.parametrize(
    ("question", "fits", "other"),
    [
        ("How long is it?", "It is three long years.", "It is too long now."),
        ("How far in advance is that?", "That is a few weeks.", "That is a few apples."),
        ("How many are there?", "There are 12 of them.", "There are lots of them."),
        ("What does it cost?", "It is about $300.", "It is about right."),
        ("What percent is it?", "It is about half.", "It is about right."),
        ("When was it?", "It was in October.", "It was in order."),
        ("When was it?", "It was in 1987.", "It was in 1087."),
        ("Which year was it?", "It was in winter.", "It was in water."),
        ("When should it be?", "It is two months before.", "It is two apples before."),
        ("Who was it?", "It was one Smith.", "It was one smith."),
        ("Where is it?", "It is in Ohio.", "It is in order."),
        ("Which city is it?", "It is in Ohio.", "Ohio it is not."),  # a capital at the beginning is no name
    ],
)
def test_the_kind_of_thing_asked_for_is_looked_for(question: str, fits: str, other: str) -> None:
    assert len(fits.split()) == len(other.split())
    first, second = (scores(question, sentence)[0] for sentence in (fits, other))
    assert first - second == pytest.approx(KIND)


def test_a_question_for_no_kind_of_thing_looks_for_none() -> None:
    numbered, plain = (scores("Is it so?", sentence)[0] for sentence in ("It is 12.", "It is so."))
    assert numbered == plain == pytest.approx(LENGTH * log(3))


@pytest.mark.parametrize("question", ["Is it so?", "Why is it 12?", "Whenever it is.", "Show many of them.", ""])
def test_other_questions_ask_for_no_kind_of_thing(question: str) -> None:
    assert kind_asked_for(question) is None


@pytest.mark.parametrize(
    "question",
    ["It scares me, as it's not who I am.", "A fellow who did nothing is first.", "What if I cry when I'm tired?"],
)
def test_a_question_word_inside_a_clause_asks_for_nothing(question: str) -> None:
    assert kind_asked_for(question) is None


@pytest.mark.parametrize(
    "question", ["I don't know who to ask.", "Is it much and who pays it?", "To whom?", "It is where?"]
)
def test_a_question_word_behind_one_that_asks_does(question: str) -> None:
    assert kind_asked_for(question) is not None


def test_a_name_is_no_amount_and_a_time_is() -> None:
    assert amount_asked_for("Who pays for the tail?") is None
    assert amount_asked_for("How long is the tail?") is not None


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("tail coverage", True),
        ("block time negotiation", True),
        ("signing bonus?", True),
        ("who pays tail coverage", False),
        ("my mentor", False),
        ("a bare phrase of too many words", False),
        ("", False),
    ],
)
def test_a_short_phrase_without_a_question_or_a_person_names_a_thing(question: str, named: bool) -> None:
    assert names_a_thing(question) is named


def test_how_long_asks_for_a_time_and_not_for_a_number() -> None:
    assert scores("How long is it?", "It is 12.") == pytest.approx([LENGTH * log(3)])


@pytest.mark.parametrize("question", ["", "What is it?"])
def test_a_question_without_words_worth_searching_for_leaves_the_rest(question: str) -> None:
    assert scores(question, "Zebra apple.", cosines=[0.2]) == pytest.approx([0.2 + LENGTH * log(2)])


def test_an_empty_sentence_has_its_cosine() -> None:
    assert scores("Zebra?", "", cosines=[0.2]) == pytest.approx([0.2])


def test_without_sentences_there_is_nothing_to_score() -> None:
    assert scores("Zebra?") == []


def test_every_sentence_needs_its_cosine() -> None:
    with pytest.raises(ValueError, match="shorter"):
        answering("Zebra?", ["One.", "Two."], cosines=[0.1], weight=same)
