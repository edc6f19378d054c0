from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from assistant.carry import Regression
from assistant.errors import SettingError
from assistant.lean import leaning, read_leaning, signs_of
from assistant.records import Hit, Query, Turn
from ingest.embed import Vectors
from tests.fakes import make_hit

TURNS = (Turn("what should I ask about buy-in terms", ("Ask how the price is set.",)),)
QUERY = Query("how is it set? buy-in", "steps", ("buy-in",), need=0.5)


class Weights:
    """Gives every stem the weight one."""

    largest = 2.0

    def weight(self, word: str) -> float:
        """Return one."""
        return 1.0


@dataclass(frozen=True)
class Search:
    """What a search found."""

    hits: tuple[Hit, ...]
    vector: Vectors


def search(*scores: float, vector: tuple[float, float] = (1.0, 0.0)) -> Search:
    hits = tuple(replace(make_hit(f"Passage {score}."), score=score) for score in scores)
    return Search(hits, np.array(vector, np.float32))


def test_what_the_words_taken_over_gain_is_the_difference_of_the_best_scores() -> None:
    signs = signs_of(QUERY, TURNS, found=(search(0.4), search(0.7, vector=(0.6, 0.8))), weights=Weights())
    assert signs["score_alone"] == 0.4
    assert signs["score_gained"] == pytest.approx(0.3)
    assert signs["cosine"] == pytest.approx(0.6)


def test_the_question_is_looked_at_without_the_words_taken_over() -> None:
    signs = signs_of(QUERY, TURNS, found=(search(0.4), search(0.7)), weights=Weights())
    assert signs["length"] == pytest.approx(4 / 20)
    assert signs["terms"] == pytest.approx(1 / 8)


def test_a_question_that_names_an_item_or_finds_nothing_alone_leans() -> None:
    never = Regression({}, -20.0)
    pointed = replace(QUERY, need=1.0)
    assert leaning(pointed, TURNS, found=(search(0.4), search(0.4)), weights=Weights(), model=never) == 1.0
    assert leaning(QUERY, TURNS, found=(search(), search(0.4)), weights=Weights(), model=never) == 1.0


def test_a_question_stands_alone_where_nothing_is_found_with_the_words_taken_over() -> None:
    always = Regression({}, 20.0)
    assert leaning(QUERY, TURNS, found=(search(0.4), search()), weights=Weights(), model=always) == 0.0


def test_the_shipped_fit_weighs_every_sign() -> None:
    signs = signs_of(QUERY, TURNS, found=(search(0.4), search(0.7)), weights=Weights())
    assert set(read_leaning().weights) == set(signs)


def test_a_file_that_is_no_fit_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    path = tmp_path / "lean.json"
    path.write_text('{"weights": []}', "utf-8")
    with pytest.raises(SettingError, match=r"lean\.json: not a fit.*curbside eval fit-leaning"):
        read_leaning(path)
