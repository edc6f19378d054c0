from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.cover import CALIBRATION, Calibration, read_calibration
from assistant.errors import SettingError
from assistant.measure import Measures, measure
from tests.fakes import make_hit


class Weights:
    """Gives a stem the weight of its length, and ten to what nobody knows."""

    largest = 10.0

    def weight(self, word: str) -> float:
        """Return the length of a stem."""
        return float(len(word))


def test_what_the_best_passage_does_not_explain_is_measured_by_the_heaviest_word() -> None:
    hit = replace(make_hit("A tail covers claims.", score=0.7), pointer=0.6)
    found = measure("tail claims in ohio", [hit], weights=Weights())
    assert found == Measures(score=0.7, pointer=0.6, lead=0.0, unexplained=0.4, foreign=0.4, length=0.3, trade=0.0)


def test_a_word_of_the_documents_other_sections_is_unexplained_and_not_foreign() -> None:
    hit = make_hit("A tail covers claims.", "An attorney reads it.")
    alone = replace(hit, passage=replace(hit.passage, text="A tail covers claims."))
    found = measure("attorney", [alone], weights=Weights())
    assert (found.unexplained, found.foreign) == (0.8, 0.0)  # the stem is "attorney"


def test_the_lead_is_over_the_sixth_passage_and_the_pointer_is_that_of_the_first_ten() -> None:
    scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.45, 0.4, 0.3, 0.2, 0.1, 0.05]
    hits = [replace(make_hit(f"Number {n}."), score=score, pointer=n / 20) for n, score in enumerate(scores)]
    found = measure("number", hits, weights=Weights())
    assert found.lead == pytest.approx(0.45)
    assert found.pointer == pytest.approx(9 / 20)


def test_somebody_of_another_trade_is_not_answered() -> None:
    fit = Calibration("L", "e", dict.fromkeys(read_calibration().weights, 5.0), 5.0, np.ones(2, np.float32), 0.0)
    vector = np.array([0.6, 0.8], np.float32)
    assert fit.confidence(Measures(0.5, 0, 0, 0.4, 0, 0, 0.5), vector) > 0.9
    assert fit.confidence(Measures(0.5, 0, 0, 0.4, 0, 0, 1.0), vector) == 0.0


def test_words_beyond_the_tenth_do_not_speak_for_an_answer() -> None:
    hit = make_hit("A tail covers claims.")
    rambling = " ".join(f"word{letter}" for letter in "abcdefghijklmnop")
    assert measure(rambling, [hit], weights=Weights()).length == 1.0


def test_confidence_is_the_logistic_function_of_the_weighed_measures() -> None:
    weights = {
        "score": 2.0,
        "pointer": 0.0,
        "lead": 0.0,
        "unexplained": -1.0,
        "foreign": 0.0,
        "length": 0.0,
        "trade": 0.0,
        "kind": 0.5,
    }
    fit = Calibration("L", "e", weights, intercept=0.25, direction=np.array([1.0, 2.0], np.float32), offset=-1.0)
    found = Measures(0.5, 0, 0, 0.4, 0, 0, 0)
    # 0.25 + 2 * 0.5 - 0.4 + 0.5 * (0.6 + 2 * 0.8 - 1)
    assert fit.confidence(found, np.array([0.6, 0.8], np.float32)) == pytest.approx(1 / (1 + math.exp(-1.45)))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"library": "L", "encoder": "e", "weights": {"score": 1}}'])
def test_a_file_that_is_no_calibration_is_refused_with_the_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingError, match=r"not a calibration .*; make one with curbside eval calibrate"):
        read_calibration(path)


def test_the_shipped_calibration_reports_what_it_did_on_questions_that_it_had_not_seen() -> None:
    fit, report = read_calibration(), json.loads(CALIBRATION.read_text("utf-8"))["report"]
    assert fit.library == "Curbside"
    assert fit.direction.shape == (384,)
    assert report["area under the curve, in field"] > 0.95
