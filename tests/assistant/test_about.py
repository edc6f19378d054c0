from __future__ import annotations

import pytest

from assistant.about import PRIVACY, SOURCES, WELCOME, WHAT_IT_IS, about
from assistant.chain import Ask, Assistant
from assistant.records import Turn


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hello!", WHAT_IT_IS),
        ("Who are you?", WHAT_IT_IS),
        ("hi there, what can you do?", WHAT_IT_IS),
        ("are you a real person or a bot", WHAT_IT_IS),
        ("What can you do?", WHAT_IT_IS),
        ("how do you work", WHAT_IT_IS),
        ("what is this site for?", WHAT_IT_IS),
        ("Thanks, that helped a lot!", WELCOME),
        ("ok thank you so much", WELCOME),
        ("where do you get your answers", SOURCES),
        ("can I trust you?", SOURCES),
        ("Are my questions private?", PRIVACY),
        ("can my program director see what I type here", PRIVACY),
        ("do you store my chats", PRIVACY),
    ],
)
def test_questions_about_the_program_are_told_what_it_is(question: str, said: str) -> None:
    assert about(question) == said


@pytest.mark.parametrize(
    "question",
    [
        "how does it work",
        "what can you do if they say no?",
        "how do you work with a difficult mentor",
        "are you a partner before the buy-in is paid",
        "thank you note after an interview",
        "what should I ask about buy-in terms",
        "is what I tell my mentor private",
        "is this private practice stable",
        "who owns it",
        "help me find a mentor",
        "hi, help me find a mentor",
        "",
    ],
)
def test_questions_that_only_look_like_one_go_on_to_the_search(question: str) -> None:
    assert about(question) == ""


def test_nothing_is_searched_for_and_nothing_cited(assistant: Assistant) -> None:
    turns = (Turn("what is a tail"),)
    answer = assistant.invoke(Ask("how do you work?", turns=turns))
    assert (answer.outcome, answer.text, answer.claims) == ("declined", WHAT_IT_IS, ())
    assert "retrieve" not in answer.timings_ms
