from __future__ import annotations

import pytest

from assistant.safety.plain import plain
from assistant.safety.rules import found, rule


@pytest.mark.parametrize("written", ["I can't go on", "I can not go on", "I CANNOT go on", "I can’t  go on"])
def test_one_thing_written_in_many_ways_is_read_as_one(written: str) -> None:
    assert plain(written).text == "i cant go on"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("i feel sucidal", "i feel suicidal"),
        ("want to kms", "want to kill myself"),
        ("unalive my self", "kill myself"),
        ("sewerslide", "suicide"),
        ("my pt is not breathin", "my patient isnt breathing"),
    ],
)
def test_slips_and_slang_are_read_as_what_they_mean(written: str, read: str) -> None:
    assert plain(written).text == read


@pytest.mark.parametrize("saying", ["this rotation is killing me", "career suicide", "dead-end job", "dying to match"])
def test_a_saying_is_not_read_literally(saying: str) -> None:
    assert plain(saying).literal in ("", "job", "match")


def test_what_takes_a_rule_back_counts_in_its_own_sentence_only() -> None:
    rules = [rule("alarm", "smoke", unless="kitchen")]
    assert found(plain("smoke in the kitchen"), rules) == ""
    assert found(plain("I like my kitchen. There is smoke."), rules) == "alarm"


def test_a_rule_that_needs_something_else_looks_for_it_anywhere() -> None:
    rules = [rule("alarm", "smoke", also="fire")]
    assert found(plain("there is smoke"), rules) == ""
    assert found(plain("there is smoke. And fire."), rules) == "alarm"
