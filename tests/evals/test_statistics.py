from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.records import Score
from evals.statistics import bootstrap, mcnemar, mean_score, measured, paired_bootstrap, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_values_of_newcombe_1998(successes: int, trials: int, low: float, high: float) -> None:
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_solves_its_own_equation(counts: tuple[int, int]) -> None:
    successes, n = counts
    p, z = successes / n, 1.959963984540054
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert wilson(successes, n) == pytest.approx((centre - half, centre + half), abs=1e-9)


def test_the_bootstrap_of_many_values_is_near_the_normal_interval() -> None:
    values = [i / 399 for i in range(400)]  # uniform: mean 0.5, standard deviation 0.289, of the mean 0.01445
    assert bootstrap(values) == pytest.approx((0.5 - 1.96 * 0.01445, 0.5 + 1.96 * 0.01445), abs=0.003)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=8))
def test_the_bootstrap_lies_around_the_mean_and_between_the_extremes(values: list[float]) -> None:
    low, high = bootstrap(values)
    assert min(values) - 1e-12 <= low <= high <= max(values) + 1e-12
    assert low - 1e-12 <= sum(values) / len(values) <= high + 1e-12


@pytest.mark.parametrize("values", [[0.3], [0.7, 0.7, 0.7]])
def test_equal_values_have_no_spread(values: list[float]) -> None:
    assert bootstrap(values) == (values[0], values[0])


def test_the_bootstrap_gives_the_same_interval_every_time() -> None:
    assert bootstrap([0.1, 0.5, 0.9]) == bootstrap([0.1, 0.5, 0.9])


def test_zeros_and_ones_are_a_proportion_with_wilsons_interval() -> None:
    score = mean_score("recall", {"a": 1.0, "b": 0.0, "c": 1.0, "d": 1.0})
    assert score.value == 0.75
    assert (score.low, score.high) == wilson(3, 4)


def test_a_perfect_proportion_still_has_an_interval() -> None:
    score = mean_score("grounding", {str(i): 1.0 for i in range(65)})
    assert score.value == 1.0
    assert score.high == pytest.approx(1.0)
    assert score.low == pytest.approx(65 / (65 + 1.96**2), abs=1e-4)  # Wilson's lower end at n of n is n / (n + z²)


def test_values_between_get_the_bootstrap() -> None:
    score = mean_score("grounding", {"a": 0.5, "b": 1.0})
    assert score.value == 0.75
    assert (score.low, score.high) == bootstrap([0.5, 1.0])


def test_nothing_scored_has_no_value_and_is_not_zero() -> None:
    assert mean_score("recall", {}, unscored=3) == Score("recall", None, None, None, {}, 3)


def test_what_could_not_be_scored_does_not_change_the_mean() -> None:
    with_errors, without = mean_score("recall", {"a": 0.5}, unscored=9), mean_score("recall", {"a": 0.5})
    assert with_errors.value == without.value == 0.5
    assert (with_errors.unscored, with_errors.cases) == (9, {"a": 0.5})


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_one_value_that_is_no_number_does_not_wipe_the_mean(bad: float) -> None:
    score = mean_score("recall", {"a": 0.5, "b": bad})
    assert (score.value, score.unscored, score.left_out) == (0.5, 1, {"b": "unscored"})


def test_every_reason_for_having_no_value_is_counted_and_only_failures_are_unscored() -> None:
    score = measured("recall", {"a": 1.0, "b": "abstained", "c": "errored", "d": "no claim", "e": "unscored"})
    assert (score.value, score.unscored, len(score.left_out)) == (1.0, 2, 4)


@pytest.mark.parametrize(
    ("lost", "gained", "p"),
    [(0, 0, 1.0), (5, 5, 1.0), (1, 0, 1.0), (5, 0, 2 / 2**5), (6, 0, 2 / 2**6), (8, 2, 2 * (1 + 10 + 45) / 2**10)],
)
def test_mcnemar_is_the_chance_of_so_uneven_a_split_of_fair_coins(lost: int, gained: int, p: float) -> None:
    assert mcnemar(lost, gained) == pytest.approx(p)


def test_a_paired_bootstrap_of_single_cases_is_near_the_normal_interval() -> None:
    values = [i / 399 for i in range(400)]
    low, high = paired_bootstrap(values, [str(i) for i in range(400)])
    assert (low, high) == pytest.approx((0.5 - 1.96 * 0.01445, 0.5 + 1.96 * 0.01445), abs=0.003)


def test_cases_of_one_document_that_move_together_make_the_interval_wider() -> None:
    values = [0.0, 1.0] * 50
    alone = paired_bootstrap(values, [str(i) for i in range(100)])
    together = paired_bootstrap(values, [str(i % 2) for i in range(100)])
    assert together == (0.0, 1.0)  # two documents: a quarter of the draws has one alone
    assert alone[1] - alone[0] < 0.3


def test_clusters_of_different_size_count_by_their_cases() -> None:
    assert paired_bootstrap([0.3, 0.3, 0.3], ["a", "a", "b"]) == pytest.approx((0.3, 0.3))
