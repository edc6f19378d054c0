from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.statistics import bootstrap_of

VALUES = np.arange(400) / 399  # uniform: mean 0.5, standard deviation 0.289, of the mean 0.01445
SAMPLES = 2_000


def mean(rows: NDArray[Any]) -> float:
    return float(VALUES[rows].mean())


def test_the_same_measure_has_the_same_interval_every_time() -> None:
    assert bootstrap_of(mean, 20) == bootstrap_of(mean, 20)


def test_of_a_plain_mean_the_interval_is_near_the_normal_one() -> None:
    low, high = bootstrap_of(mean, 400)
    assert low < 0.5 < high
    assert (low, high) == pytest.approx((0.5 - 1.96 * 0.01445, 0.5 + 1.96 * 0.01445), abs=0.003)


def test_a_measure_that_never_changes_has_no_spread() -> None:
    assert bootstrap_of(lambda _: 0.25, 5) == (0.25, 0.25)


def test_a_sample_has_as_many_rows_as_there_are_some_of_them_several_times() -> None:
    drawn: list[list[int]] = []

    def watch(rows: NDArray[Any]) -> float:
        drawn.append(rows.tolist())
        return 0.0

    bootstrap_of(watch, 4)
    assert len(drawn) == SAMPLES
    assert all(len(rows) == 4 and set(rows) <= {0, 1, 2, 3} for rows in drawn)
    assert any(len(set(rows)) < 4 for rows in drawn)


def test_rows_of_one_group_are_drawn_together() -> None:
    def whole_groups(rows: NDArray[Any]) -> float:
        times = Counter(rows.tolist())
        assert times[0] == times[2]  # a
        assert times[1] == times[3] == times[5]  # b
        assert times[0] + times[1] + times[4] == 3  # as many groups as there are
        return 0.0

    assert bootstrap_of(whole_groups, 6, groups=["a", "b", "a", "b", "c", "b"]) == (0.0, 0.0)


def test_rows_of_one_and_the_same_group_have_no_spread() -> None:
    assert bootstrap_of(lambda rows: float(rows.mean()), 3, groups=["a", "a", "a"]) == (1.0, 1.0)


def test_a_sample_that_cannot_be_measured_is_drawn_anew() -> None:
    outcomes: Counter[str] = Counter()

    def of_different_rows(rows: NDArray[Any]) -> float:
        if len(set(rows.tolist())) == 1:  # 3 of 27 samples of three rows
            outcomes["not measured"] += 1
            raise ValueError("all rows are the same")
        outcomes["measured"] += 1
        return float(rows.mean())

    # with two different rows the least mean is (0 + 0 + 1) / 3 and the largest (2 + 2 + 1) / 3
    assert bootstrap_of(of_different_rows, 3) == pytest.approx((1 / 3, 5 / 3))
    assert outcomes["measured"] == SAMPLES
    assert outcomes["not measured"] == pytest.approx(SAMPLES / 8, rel=0.3)


def test_there_is_no_interval_where_no_sample_can_be_measured() -> None:
    def never(rows: NDArray[Any]) -> float:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no sample could be measured"):
        bootstrap_of(never, 3)
