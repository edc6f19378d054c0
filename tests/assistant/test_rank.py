from __future__ import annotations

import pytest

from assistant.rank import rank
from assistant.records import Evidence, Hit
from assistant.settings import RankSettings
from tests.fakes import make_hit

SETTINGS = RankSettings(bar=0.4, reach=0.75, most=3, related=2)


def _hits(*scores: float) -> list[Hit]:
    return [make_hit(f"Passage {number}.", score=score) for number, score in enumerate(scores)]


def test_where_the_best_passage_is_below_the_bar_nothing_is_evidence() -> None:
    hits = _hits(0.39, 0.38, 0.37)
    assert rank(hits, SETTINGS) == Evidence(hits=(), related=tuple(hits[:2]), score=0.39, confidence=0.39)


def test_a_passage_that_just_reaches_the_bar_is_evidence() -> None:
    hits = _hits(0.4)
    assert rank(hits, SETTINGS) == Evidence(hits=tuple(hits), related=(), score=0.4, confidence=0.4, wide=tuple(hits))


def test_where_there_is_a_confidence_it_decides_and_not_the_score() -> None:
    settings = RankSettings(bar=0.4, confidence=0.6, sure=0.95, reach=0.75)
    assert rank(_hits(0.9), settings, confidence=0.59).hits == ()
    assert len(rank(_hits(0.3), settings, confidence=0.6).hits) == 1


def test_a_passage_that_comes_as_near_as_can_be_needs_no_confidence() -> None:
    settings = RankSettings(bar=0.4, confidence=0.6, sure=0.7, reach=0.75)
    assert len(rank(_hits(0.7), settings, confidence=0.1).hits) == 1
    assert rank(_hits(0.69), settings, confidence=0.1).hits == ()


def test_without_a_hit_there_is_neither_evidence_nor_anything_related() -> None:
    assert rank([], SETTINGS) == Evidence(hits=(), related=(), score=0.0)


def test_passages_far_behind_the_best_are_not_evidence() -> None:
    hits = _hits(0.8, 0.61, 0.59)  # 0.75 of 0.8 is 0.6
    assert rank(hits, SETTINGS).hits == tuple(hits[:2])


def test_a_passage_below_the_bar_is_no_evidence_beside_one_well_above() -> None:
    hits = _hits(0.45, 0.399)
    assert rank(hits, SETTINGS).hits == (hits[0],)


def test_where_even_the_best_is_below_the_bar_others_as_near_are_evidence_too() -> None:
    hits = _hits(0.35, 0.32, 0.31)  # 0.9 of 0.35 is 0.315
    assert rank(hits, SETTINGS, confidence=0.9).hits == tuple(hits[:2])


def test_neither_an_example_nor_a_passage_that_is_far_away_is_related() -> None:
    far, story = make_hit("Far.", score=0.29), make_hit("A fellow signed.", score=0.35, kind="example")
    near = make_hit("Near.", score=0.31)
    assert rank([story, near, far], SETTINGS).related == (near,)


def test_no_more_passages_are_kept_than_asked_for() -> None:
    hits = _hits(0.9, 0.9, 0.89, 0.88, 0.87)
    evidence = rank(hits, SETTINGS)
    assert evidence.hits == tuple(hits[:3])
    assert evidence.related == tuple(hits[3:5])


@pytest.mark.parametrize("best", [0.2, 0.4, 0.9])
def test_what_is_related_is_never_evidence_as_well(best: float) -> None:
    evidence = rank(_hits(*(best * share for share in (1, 0.9, 0.8, 0.5, 0.4))), SETTINGS)
    assert not {hit.passage.id for hit in evidence.hits} & {hit.passage.id for hit in evidence.related}
