from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.caring import with_care
from assistant.chain import Assistant
from assistant.errors import SettingError
from assistant.records import Answer
from assistant.safety.likely import read_likely
from assistant.safety.texts import LIKELY_CRISIS_TEXT, LIKELY_EMERGENCY_TEXT, MISTREATMENT_TEXT
from tests.fakes import HashEncoder


def answered(question: str) -> Answer:
    return Answer(question, question, "answered", "An answer.")


def test_mistreatment_has_who_to_tell_above_the_ordinary_answer(assistant: Assistant) -> None:
    answer = assistant.invoke("my attending keeps harassing me, how do I get a new mentor")
    assert answer.care == MISTREATMENT_TEXT
    assert "EEOC" in answer.care
    assert answer.care_sources
    assert answer.outcome != "care"


def test_a_notice_stands_above_what_is_not_covered_too(assistant: Assistant) -> None:
    answer = assistant.invoke("my chief retaliated against me, what is the parking fee at the garage")
    assert answer.care == MISTREATMENT_TEXT


def test_a_fixed_answer_needs_no_notice_and_names_its_sources(assistant: Assistant) -> None:
    answer = assistant.invoke("i want to kill myself. what should i ask about buy-in terms")
    assert (answer.outcome, answer.care) == ("care", "")
    assert "988" in answer.text
    assert answer.care_sources[0].url.startswith("https://988")


def test_a_question_of_two_parts_is_looked_at_whole(assistant: Assistant) -> None:
    answer = assistant.invoke("How do I find a mentor? And I was assaulted by my attending, what now?")
    assert answer.care or answer.outcome == "care"


def test_what_no_rule_knows_gets_a_short_notice_by_its_vector(assistant: Assistant) -> None:
    encoder = assistant.build.encoder
    question = "nobody would notice if i just stopped existing after this shift"
    assert with_care(answered(question), encoder=encoder).care == LIKELY_CRISIS_TEXT
    assert with_care(answered("what is a letter of intent"), encoder=encoder).care == ""


def test_an_emergency_that_only_the_vector_sees_has_no_notice_where_the_corpus_answers(assistant: Assistant) -> None:
    encoder, question = assistant.build.encoder, "nana in 7 is gurgling n gray n the nurse left me here"
    declined = replace(answered(question), outcome="not_covered")
    assert with_care(declined, encoder=encoder).care == LIKELY_EMERGENCY_TEXT
    assert with_care(answered(question), encoder=encoder).care == ""


def test_another_encoder_decides_nothing() -> None:
    assert with_care(answered("nobody would notice if i stopped existing"), encoder=HashEncoder()).care == ""


def test_a_notice_travels_in_the_record(assistant: Assistant) -> None:
    record = replace(answered("x"), care="Call.").as_record()
    assert record["care"] == "Call."


def test_a_file_that_is_no_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "likely.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(SettingError, match=r"likely\.json: not a fit of the care path"):
        read_likely(path)
