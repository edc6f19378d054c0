from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.fuse import Pointers, fuse
from assistant.settings import RetrieveSettings
from ingest.embed import Vectors

HALVES = RetrieveSettings(closest_weight=0.5, pointer_weight=0.25, pointers=2, lexical_weight=0.5)


def column(*values: float) -> Vectors:
    return np.array(values, dtype=np.float32)


def known(cosines: Vectors) -> Pointers:
    return Pointers(cosines, np.ones(len(cosines), dtype=np.bool_))


def one(
    *,
    dense: float,
    sentence: float,
    pointers: Sequence[float] | None,
    lexical: float,
    settings: RetrieveSettings = HALVES,
) -> float:
    """The score of one passage."""
    found = fuse(
        settings,
        dense=column(dense),
        sentence=column(sentence),
        pointers=None if pointers is None else known(np.array([pointers], dtype=np.float32)),
        lexical=column(lexical),
    )
    assert found.shape == (1,)
    return float(found[0])


def test_without_pointers_the_closest_is_the_sentence() -> None:
    # (0.5 x 0.4 + 0.5 x 0.8 + 0.5 x 0.6) / 1.5
    assert one(dense=0.4, sentence=0.8, pointers=None, lexical=0.6) == pytest.approx((0.2 + 0.4 + 0.3) / 1.5)


@pytest.mark.parametrize(
    ("pointers", "meaning"),
    [
        # the closest is 0.8, of the sentence; the two nearest pointers are 0.6 and 0.2, on average 0.4
        ([0.2, 0.6, 0.1], 0.75 * (0.5 * 0.4 + 0.5 * 0.8) + 0.25 * 0.4),
        # the closest is the pointer with 1.0
        ([0.0, 1.0], 0.75 * (0.5 * 0.4 + 0.5 * 1.0) + 0.25 * 0.5),
        # one pointer is averaged alone
        ([0.6], 0.75 * (0.5 * 0.4 + 0.5 * 0.8) + 0.25 * 0.6),
    ],
)
def test_the_nearest_pointers_are_averaged_and_the_closest_stands_for_the_sentence(
    pointers: Sequence[float], meaning: float
) -> None:
    assert one(dense=0.4, sentence=0.8, pointers=pointers, lexical=0.6) == pytest.approx((meaning + 0.3) / 1.5)


def test_everything_at_its_most_is_1_and_at_nothing_0() -> None:
    assert one(dense=1, sentence=1, pointers=[1, 1], lexical=1) == pytest.approx(1)
    assert one(dense=0, sentence=0, pointers=[0, 0], lexical=0) == 0


def test_where_no_passage_has_the_words_they_decide_nothing() -> None:
    dense, sentence = column(0.1, 0.9, 0.5), column(0.2, 0.7, 0.6)
    found = fuse(HALVES, dense=dense, sentence=sentence, pointers=None, lexical=column(0, 0, 0))
    assert found == pytest.approx((0.5 * dense + 0.5 * sentence) / 1.5)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (RetrieveSettings(closest_weight=0, pointer_weight=0, lexical_weight=0), 0.4),
        (RetrieveSettings(closest_weight=1, pointer_weight=0, lexical_weight=0), 0.8),
        (RetrieveSettings(closest_weight=0, pointer_weight=1, pointers=1, lexical_weight=0), 0.7),
        (RetrieveSettings(closest_weight=0, pointer_weight=1, pointers=2, lexical_weight=0), (0.7 + 0.1) / 2),
        (RetrieveSettings(closest_weight=0, pointer_weight=0, lexical_weight=1), (0.4 + 0.6) / 2),
    ],
)
def test_each_weight_weighs_its_own_evidence(settings: RetrieveSettings, expected: float) -> None:
    found = one(dense=0.4, sentence=0.8, pointers=[0.1, 0.7], lexical=0.6, settings=settings)
    assert found == pytest.approx(expected)


def test_passages_are_scored_each_on_its_own() -> None:
    pointers = np.array([[0.1, 0.3], [0.9, 0.5], [0.2, 0.2]], dtype=np.float32)
    dense, sentence, lexical = column(0.1, 0.5, 0.9), column(0.3, 0.4, 0.2), column(1.0, 0.0, 0.5)
    found = fuse(HALVES, dense=dense, sentence=sentence, pointers=known(pointers), lexical=lexical)
    alone = [
        one(dense=dense[i], sentence=sentence[i], pointers=pointers[i].tolist(), lexical=lexical[i]) for i in range(3)
    ]
    assert found == pytest.approx(alone)


def test_a_heading_alone_stands_for_the_sentence_and_is_not_averaged() -> None:
    heading = Pointers(np.array([[0.9]], dtype=np.float32), np.array([False]))
    found = fuse(HALVES, dense=column(0.4), sentence=column(0.8), pointers=heading, lexical=column(0.6))
    assert found[0] == pytest.approx((0.2 + 0.45 + 0.3) / 1.5)
