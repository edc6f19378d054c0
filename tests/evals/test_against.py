from __future__ import annotations

from collections.abc import Mapping

import pytest

from evals.against import compare
from evals.records import Case, Comparison, Relevant, Score
from evals.statistics import measured

CASES = [Case(f"c{n}", ("?",), "answered", (Relevant(f"d{n // 2}", "h"),)) for n in range(40)]


def _compared(now: Mapping[str, float], before: Mapping[str, float], *, lower: bool = False) -> Comparison:
    (found,) = compare([measured("m", now, better="lower" if lower else "higher")], {"m": before}, cases=CASES)
    return found


def _same(value: float, count: int = 40) -> dict[str, float]:
    return {f"c{n}": value for n in range(count)}


def test_six_cases_lost_and_none_gained_is_worse_by_mcnemar_and_five_are_not() -> None:
    before = _same(1.0)
    assert _compared({**before, **_same(0.0, 6)}, before).verdict == "worse"  # p = 2 / 2**6 = .031
    five = _compared({**before, **_same(0.0, 5)}, before)
    assert (five.verdict, five.p) == ("no difference shown", 2 / 2**5)
    assert five.worse == ("c0", "c1", "c2", "c3", "c4")


def test_as_many_gained_as_lost_is_no_difference_but_every_case_is_named() -> None:
    before = {**_same(1.0), **_same(0.0, 10)}
    now = {name: 1.0 - value if int(name[1:]) < 20 else value for name, value in before.items()}
    found = _compared(now, before)
    assert (found.verdict, len(found.worse), len(found.gained)) == ("no difference shown", 10, 10)


def test_values_between_are_compared_by_the_bootstrap_over_documents() -> None:
    found = _compared(_same(0.5), _same(0.6))
    assert (found.verdict, found.p) == ("worse", None)
    assert (found.low, found.high) == pytest.approx((-0.1, -0.1))


def test_a_change_in_one_document_alone_is_not_significant() -> None:
    found = _compared({**_same(0.6), "c0": 0.1, "c1": 0.1}, _same(0.6))
    assert (found.verdict, found.worse) == ("no difference shown", ("c0", "c1"))


def test_where_less_is_better_more_is_worse() -> None:
    found = _compared(_same(0.6), _same(0.5), lower=True)
    assert (found.verdict, len(found.worse)) == ("worse", 40)
    assert (found.low, found.high) == pytest.approx((0.1, 0.1))
    assert _compared(_same(0.5), _same(0.6), lower=True).verdict == "better"


def test_only_cases_that_both_have_scored_are_compared_and_the_others_named() -> None:
    found = _compared({"c0": 1.0, "c9": 0.0}, {"c0": 1.0, "c1": 1.0})
    assert (found.before, found.after, found.cases, found.gone) == (1.0, 1.0, 1, ("c1",))


def test_without_a_case_in_common_nothing_is_compared() -> None:
    found = _compared({"c0": 1.0}, {"c1": 1.0})
    assert (found.verdict, found.after) == ("not compared", None)


def test_a_measure_that_is_no_mean_is_not_compared() -> None:
    score = Score("m", 0.5, 0.4, 0.6, {"c0": 1.0}, is_mean=False)
    assert compare([score], {"m": {"c0": 1.0}}, cases=CASES) == []


def test_the_rounding_of_a_baseline_is_no_change() -> None:
    found = _compared(_same(2 / 3), _same(0.666667))
    assert (found.verdict, found.worse, found.gained) == ("no difference shown", (), ())
