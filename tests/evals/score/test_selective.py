from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.score.selective import area_under_curve, area_under_risk, mean_risk, risk_coverage

rows = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), min_size=1, max_size=12)


def area(values: Sequence[float], labels: Sequence[int]) -> float:
    return area_under_curve(np.array(values), np.array(labels))


def curve(values: Sequence[float], labels: Sequence[int]) -> list[tuple[float, float, float]]:
    return [
        (point["bar"], point["coverage"], point["risk"]) for point in risk_coverage(np.array(values), np.array(labels))
    ]


@pytest.mark.parametrize(
    ("values", "labels", "expected"),
    [
        ([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0], 1.0),
        ([0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0], 0.0),
        ([0.5, 0.5, 0.5], [1, 0, 0], 0.5),
        ([0.9, 0.3, 0.5, 0.1], [1, 1, 0, 0], 3 / 4),  # of four pairs only 0.3 against 0.5 is wrong
        ([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0], 3.5 / 4),
    ],
)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    values: Sequence[float], labels: Sequence[int], expected: float
) -> None:
    assert area(values, labels) == pytest.approx(expected)


@settings(deadline=None)
@given(rows.filter(lambda found: len({label for _, label in found}) == 2))
def test_the_area_is_that_of_counting_every_pair(found: list[tuple[int, int]]) -> None:
    ones, zeros = ([value for value, label in found if label == wanted] for wanted in (1, 0))
    won = sum(1.0 if one > zero else 0.5 if one == zero else 0.0 for one in ones for zero in zeros)
    assert area(*zip(*found, strict=True)) == pytest.approx(won / (len(ones) * len(zeros)))


@pytest.mark.parametrize("label", [0, 1])
def test_there_is_no_area_where_all_labels_are_the_same(label: int) -> None:
    with pytest.raises(ValueError, match="all labels are the same"):
        area([0.1, 0.2], [label, label])


def test_the_curve_goes_from_the_highest_bar_down() -> None:
    assert curve([0.2, 0.9, 0.5, 0.7], [0, 1, 1, 0]) == [
        (0.9, 1 / 4, 0 / 1),
        (0.7, 2 / 4, 1 / 2),
        (0.5, 3 / 4, 1 / 3),
        (0.2, 4 / 4, 2 / 4),
    ]


def test_rows_of_equal_value_are_answered_together() -> None:
    assert curve([0.5, 0.9, 0.5, 0.5], [1, 1, 0, 0]) == [(0.9, 1 / 4, 0 / 1), (0.5, 4 / 4, 2 / 4)]
    assert curve([0.5, 0.5], [0, 1]) == curve([0.5, 0.5], [1, 0]) == [(0.5, 1.0, 1 / 2)]


@given(rows)
def test_every_point_of_the_curve_is_what_answering_from_its_bar_up_does(found: list[tuple[int, int]]) -> None:
    points = curve([float(value) for value, _ in found], [label for _, label in found])
    assert [bar for bar, _, _ in points] == sorted({float(value) for value, _ in found}, reverse=True)
    for bar, coverage, risk in points:
        answered = [label for value, label in found if value >= bar]
        assert coverage == pytest.approx(len(answered) / len(found))
        assert risk == pytest.approx(answered.count(0) / len(answered))


@settings(deadline=None)
@given(rows)
def test_the_mean_risk_is_the_area_under_the_curve(found: list[tuple[int, int]]) -> None:
    values, labels = (np.array(column) for column in zip(*found, strict=True))
    assert mean_risk(values, labels) == pytest.approx(area_under_risk(risk_coverage(values, labels)))
