from __future__ import annotations

import threading

import pytest

from evals.records import Case, Found, Reply, Run
from evals.run import run_cases


class Parrot:
    """Answers every question with itself, except where a question asks for trouble."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def reply(self, case: Case) -> Reply:
        """Answer and remember the case."""
        self.asked.append(case.id)
        question = case.turns[-1]
        if question == "crash":
            raise ValueError("out of luck")
        if question == "stop":
            raise KeyboardInterrupt
        record = {"outcome": "answered", "text": question, "timings_ms": {"cite": 1.0}}
        return Reply(record if question != "nothing" else None, (Found("d", "h"),), {"p": "t"}, {"total": 2.0})


def _case(name: str, *turns: str) -> Case:
    return Case(name, turns, "not_covered")


def test_each_case_gets_the_record_with_its_times_apart() -> None:
    runs = list(run_cases(Parrot(), [_case("one", "Meet"), _case("two", "Greet")]))
    record = {"outcome": "answered", "text": "Meet"}
    assert runs[0] == Run("one", record, (Found("d", "h"),), "", {"p": "t"}, {"total": 2.0})
    assert [run.case for run in runs] == ["one", "two"]


def test_a_case_that_crashes_is_kept_as_an_error_and_does_not_stop_the_others() -> None:
    crashed, empty, fine = run_cases(Parrot(), [_case("a", "crash"), _case("b", "nothing"), _case("c", "Meet")])
    assert (crashed.record, crashed.error) == (None, "ValueError: out of luck")
    assert (empty.record, empty.error) == (None, "no answer: the record has no outcome and text")
    assert fine.record is not None


def test_an_operator_can_still_stop_a_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(run_cases(Parrot(), [_case("a", "stop")]))


def test_runs_are_made_one_by_one_as_they_are_asked_for() -> None:
    parrot = Parrot()
    next(run_cases(parrot, [_case("a", "Meet"), _case("b", "crash")]))
    assert parrot.asked == ["a"]


class Together:
    """Answers only where two ask at a time; the first of two waits for the second."""

    def __init__(self) -> None:
        self.both = threading.Barrier(2, timeout=20)

    def reply(self, case: Case) -> Reply:
        """Wait for the other one."""
        self.both.wait()
        return Reply({"outcome": "answered", "text": case.id})


def test_two_workers_ask_at_a_time_and_the_runs_keep_the_order_of_the_cases() -> None:
    cases = [_case(f"c{n}", "?") for n in range(10)]
    assert [run.answer["text"] for run in run_cases(Together(), cases, workers=2)] == [case.id for case in cases]
