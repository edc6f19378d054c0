from __future__ import annotations

from collections.abc import Collection, Mapping
from math import log2

import pytest

from evals.score.ranking import average_precision, ndcg, recall, reciprocal_rank


@pytest.mark.parametrize(
    ("ranked", "relevant", "at", "expected"),
    [
        ("abc", {"a": 2, "b": 1}, 10, 1.0),
        ("bac", {"a": 2, "b": 1}, 10, (1 / 1 + 2 / log2(3)) / (2 / 1 + 1 / log2(3))),
        ("axb", {"a": 2, "b": 1}, 10, (2 / 1 + 1 / 2) / (2 / 1 + 1 / log2(3))),  # rank 3: log2(4) is 2
        ("xya", {"a": 1}, 10, 1 / 2),
        ("xya", {"a": 1}, 2, 0.0),
        ("ba", {"a": 2, "b": 1}, 1, 1 / 2),  # the ideal is cut at the same rank
        ("a", {"a": 1, "b": 1, "c": 0}, 10, 1 / (1 + 1 / log2(3))),  # what is not ranked counts, grade 0 does not
        ("", {"a": 1}, 10, 0.0),
    ],
)
def test_ndcg_is_the_discounted_gain_over_that_of_the_ideal_ranking(
    ranked: str, relevant: Mapping[str, int], at: int, expected: float
) -> None:
    assert ndcg(list(ranked), relevant, at=at) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranked", "relevant", "at", "expected"),
    [
        ("axb", {"a", "b"}, 3, 2 / 2),
        ("axb", {"a", "b"}, 2, 1 / 2),
        ("axb", {"a", "b", "c", "d"}, 3, 2 / 4),
        ("aax", {"a", "b"}, 3, 1 / 2),
        ("xyz", {"a"}, 3, 0.0),
        ("", {"a"}, 3, 0.0),
    ],
)
def test_recall_is_the_share_of_what_is_relevant_among_the_first(
    ranked: str, relevant: Collection[str], at: int, expected: float
) -> None:
    assert recall(list(ranked), relevant, at=at) == expected


@pytest.mark.parametrize(
    ("ranked", "relevant", "at", "expected"),
    [
        ("abx", {"a", "b"}, 10, 1 / 1),
        ("xyab", {"a", "b"}, 10, 1 / 3),
        ("xyab", {"a", "b"}, 3, 1 / 3),
        ("xyab", {"a", "b"}, 2, 0.0),
        ("", {"a"}, 10, 0.0),
    ],
)
def test_reciprocal_rank_looks_at_the_first_relevant_document_only(
    ranked: str, relevant: Collection[str], at: int, expected: float
) -> None:
    assert reciprocal_rank(list(ranked), relevant, at=at) == expected


@pytest.mark.parametrize(
    ("ranked", "relevant", "expected"),
    [
        ("abx", {"a", "b"}, (1 / 1 + 2 / 2) / 2),
        ("axb", {"a", "b"}, (1 / 1 + 2 / 3) / 2),
        ("xxab", {"a", "b"}, (1 / 3 + 2 / 4) / 2),
        ("ax", {"a", "b"}, (1 / 1 + 0) / 2),
        ("xy", {"a"}, 0.0),
        ("", {"a"}, 0.0),
    ],
)
def test_average_precision_is_the_mean_precision_at_each_relevant_document(
    ranked: str, relevant: Collection[str], expected: float
) -> None:
    assert average_precision(list(ranked), relevant) == pytest.approx(expected)


@pytest.mark.parametrize("relevant", [{}, {"a": 0}])
def test_ndcg_has_no_value_where_no_document_has_a_grade(relevant: Mapping[str, int]) -> None:
    with pytest.raises(ValueError, match="nothing is relevant"):
        ndcg(["a"], relevant, at=10)


def test_the_other_scores_have_no_value_where_nothing_is_relevant() -> None:
    for scored in (recall, reciprocal_rank):
        with pytest.raises(ValueError, match="nothing is relevant"):
            scored(["a"], set(), at=10)
    with pytest.raises(ValueError, match="nothing is relevant"):
        average_precision(["a"], set())
