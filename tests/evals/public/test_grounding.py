from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.records import Judgement
from assistant.verify.measures import NAMES
from evals.errors import EvalError
from evals.public.grounding import balanced_accuracy, evaluate_grounding, fitted, sentences_of
from evals.public.verdicts import verdict_of


class ByWords:
    """Scores a claim by the share of its words that the evidence has."""

    def score(self, claim: str, evidence: Sequence[str]) -> float:
        own = set(claim.lower().split())
        return len(own & set(" ".join(evidence).lower().split())) / max(1, len(own))

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        return Judgement("supported", self.score(claim, evidence), 0)


def quiet(done: int, total: int) -> None:
    assert done <= total


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


ROWS: list[dict[str, object]] = [
    {"id": "a", "source": "red green blue", "claim": "red green", "label": 1, "raw": "FULL"},
    {"id": "b", "source_sentences": ["red", "green"], "claim": "red green", "label": 1, "raw": "FULL"},
    {"id": "c", "source": "red green blue", "claim": "black white", "label": 0, "raw": "NONE"},
    {"id": "d", "source": "red green blue", "claim": "red white", "label": 0, "raw": "PART"},
]


def test_a_scorer_that_tells_all_apart_has_an_area_of_one_and_leaks_nothing(tmp_path: Path) -> None:
    found = evaluate_grounding(write(tmp_path / "rows.jsonl", ROWS), ByWords(), threshold=0.9, advance=quiet)
    values = {score.name: score.value for score in found.scores}
    assert values["AUROC"] == 1.0
    assert values["balanced accuracy at 0.900"] == 1.0
    assert values["AUROC of the claim alone (.5: no leak)"] == 0.5
    assert values["AUROC of the source alone (.5: no leak)"] == 0.5
    assert found.facts["label FULL"] == "2 rows, 2 of them at the threshold or above"


def test_a_row_without_claim_or_source_is_counted_and_in_no_mean(tmp_path: Path) -> None:
    rows = [*ROWS, {"claim": " ", "source": "red", "label": 1}, {"claim": "red", "source": "", "label": 1}]
    found = evaluate_grounding(write(tmp_path / "rows.jsonl", rows), ByWords(), threshold=0.9, advance=quiet)
    assert found.scores[0].value == 1.0
    assert {score.unscored for score in found.scores} == {2}
    assert found.facts["unscored, without claim or source"] == 2


def test_labels_of_one_kind_cannot_be_measured(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="both kinds must occur"):
        evaluate_grounding(write(tmp_path / "rows.jsonl", ROWS[:2]), ByWords(), threshold=0.5, advance=quiet)


def test_balanced_accuracy_by_hand() -> None:
    labels = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    supported = np.array([True, False, False, False, False, True])
    assert balanced_accuracy(supported, labels) == pytest.approx((1 / 2 + 3 / 4) / 2)


def test_a_source_of_lines_is_cut_into_sentences() -> None:
    assert sentences_of({"source": "One. Two.\nThree."}) == ["One.", "Two.", "Three."]


def test_a_fit_finds_the_measure_that_tells_and_reports_files_it_had_not_seen() -> None:
    rng = np.random.default_rng(3)
    data = []
    for _ in range(3):
        labels = np.repeat([0.0, 1.0], 40)
        measures = rng.normal(size=(80, len(NAMES)))
        measures[:, 0] += 3 * labels
        data.append((measures, labels))
    fit = fitted(data, ["one_a", "one_b", "two"])
    assert max(fit["weights"], key=lambda name: abs(fit["weights"][name])) == NAMES[0]
    assert fit["report"]["macro"] > 0.9
    assert 0.2 <= fit["threshold"] <= 0.8


def test_a_verdict_names_the_sentence_that_decided() -> None:
    found = verdict_of({"id": 3, "claim": "red", "evidence": ["red it is", "green"]}, ByWords())
    assert found == {"id": 3, "claim": "red", "verdict": "supported", "score": 1.0, "decided": "red it is"}


def test_a_claim_without_evidence_is_an_error() -> None:
    with pytest.raises(EvalError, match='has no "evidence"; give a text'):
        verdict_of({"claim": "red"}, ByWords())
