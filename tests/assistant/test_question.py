from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import QuestionError
from assistant.question import MOST_CHARACTERS, read_question


def test_line_breaks_tabs_and_runs_of_spaces_become_one_space() -> None:
    assert read_question("  how do I\r\n\tfind   a\u00a0mentor?\n") == "how do I find a mentor?"


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u202e", "\u2028", "\ue000", "\ud800"])
def test_characters_that_cannot_be_seen_do_not_get_through(hidden: str) -> None:
    assert read_question(f"find{hidden} a mentor") == "find a mentor"


@pytest.mark.parametrize("joined", ["men\u00adtor", "men\u200dtor", "\ufeffmentor", "\u200ementor"])
def test_an_invisible_mark_inside_a_word_leaves_the_word_whole(joined: str) -> None:
    assert read_question(joined) == "mentor"


def test_a_letter_with_a_loose_accent_becomes_one_character() -> None:
    assert read_question("re\u0301sume\u0301") == "résumé"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200b", "\x00"])
def test_nothing_to_see_is_no_question_yet(text: str) -> None:
    with pytest.raises(QuestionError, match="There is no question yet"):
        read_question(text)


@pytest.mark.parametrize("text", ["???", "123", "🙂", "1 + 1 = 2?"])
def test_a_question_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="There is no word in that question"):
        read_question(text)


@pytest.mark.parametrize(
    "text", ["如何找到导师", "Как найти наставника?", "كيف أجد مرشدا", "mentor를 찾는 방법은 무엇인가요"]
)
def test_another_script_is_told_that_the_guidance_is_in_english(text: str) -> None:
    with pytest.raises(QuestionError, match="written in English"):
        read_question(text)


def test_a_question_half_in_another_script_is_still_taken() -> None:
    assert read_question("find 导师傅啊") == "find 导师傅啊"


@pytest.mark.parametrize("text", ["what does 导师 mean", "¿cómo encuentro un mentor?", "is β-blocker research a niche"])
def test_a_foreign_word_or_accent_among_latin_letters_is_no_obstacle(text: str) -> None:
    assert read_question(text) == text


def test_the_longest_question_is_taken_and_one_more_character_is_not() -> None:
    assert len(read_question("a" * MOST_CHARACTERS)) == 2_000
    with pytest.raises(QuestionError, match=r"has 2,001 characters; the most is 2,000"):
        read_question("a" * (MOST_CHARACTERS + 1))


def test_space_that_is_folded_away_does_not_count_towards_the_length() -> None:
    assert read_question("why" + " " * MOST_CHARACTERS + "me") == "why me"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_is_either_refused_or_becomes_one_visible_line_for_good(text: str) -> None:
    try:
        question = read_question(text)
    except QuestionError:
        return
    assert question == question.strip()
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in question)
    assert read_question(question) == question
