"""The judge by the provider's own client, against a server on the loopback that says what a script tells it to."""

from __future__ import annotations

import logging

import pytest

from assistant.generate.receive import Limits
from evals.errors import EvalError
from evals.pipeline import open_judge
from evals.records import Case, Run, Score
from evals.score.judge import judged
from tests.scripted_model import Play, scripted_server

CASE = Case("a", ("who pays for the tail?",), "answered")
RUN = Run("a", {"outcome": "answered", "text": "The employer. [1]"})


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-never-in-the-log")


def _judged(*plays: Play, retries: int = 0, seconds: float = 10.0) -> Score:
    with scripted_server(*plays) as server:
        limits = Limits(seconds, 200, retries, pause=0.01)
        judge = open_judge("openai:scripted", base_url=server.url, limits=limits)
        return judged([CASE], [RUN], judge=judge)


@pytest.mark.parametrize(("pieces", "value"), [(["yes"], 1.0), (["N", "o."], 0.0), (["**Yes**\n"], 1.0)])
def test_one_word_is_a_verdict(pieces: list[str], value: float) -> None:
    assert _judged(Play(pieces)).value == value


FAILURES = [
    Play(["I think it is mostly fine"]),
    Play(["yes and no"]),
    Play(["no, but it is close"]),
    Play(['{"verdict": "yes"']),
    Play(["<html>yes</html>"]),
    Play([]),
    Play([" \n"]),
    Play(["no"], finish="length"),
    Play(["yes"], finish="content_filter"),
    Play(["yes"], finish=""),
    Play(["yes "] * 200),
    Play(status=429),
    Play(status=500),
    Play(status=401),
]


@pytest.mark.parametrize("play", FAILURES, ids=str)
def test_anything_else_is_unscored_and_never_a_guess(play: Play) -> None:
    score = _judged(play)
    assert (score.value, score.left_out, score.unscored) == (None, {"a": "unscored"}, 1)


def test_a_slow_judge_is_given_up_and_its_late_verdict_does_not_count(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert _judged(Play(["yes"], wait=1.0), seconds=0.2).left_out == {"a": "unscored"}
    assert "left unscored: the judge's reply ended as time" in caplog.text


def test_a_judge_that_was_busy_is_asked_again() -> None:
    assert _judged(Play(status=429), Play(["yes"]), retries=1).value == 1.0


def test_the_log_says_why_there_is_no_verdict_and_no_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        _judged(Play(status=401))
    assert "ended as key" in caplog.text
    assert "sk-never" not in caplog.text


def test_the_question_and_the_answer_are_sent_as_data() -> None:
    with scripted_server(Play(["yes"])) as server:
        judged([CASE], [RUN], judge=open_judge("openai:scripted", base_url=server.url))
        assert "<question>\\nwho pays for the tail?\\n</question>" in server.bodies


@pytest.mark.parametrize("name", ["", "gpt", "openai:", "nobody:gpt"])
def test_a_name_of_another_form_is_named(name: str) -> None:
    with pytest.raises(EvalError, match=rf"--judge {name}: write PROVIDER:NAME with one of openai"):
        open_judge(name)
