from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.rerank import CrossEncoderReranker, rerank
from assistant.settings import from_environment
from tests.fakes import make_hit


class ByLength:
    """Prefers the shorter passage."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        return [-float(len(passage)) for passage in passages]


def test_hits_come_in_the_rerankers_order_and_share_out_the_scores_they_had() -> None:
    long, short, middle = make_hit("A" * 90, score=0.9), make_hit("A", score=0.5), make_hit("A" * 40, score=0.4)
    found = rerank("why?", [long, short, middle], reranker=ByLength())
    assert [hit.passage.text for hit in found] == ["A", "A" * 40, "A" * 90]
    assert [hit.score for hit in found] == [0.9, 0.5, 0.4]


def test_equal_scores_keep_their_order_and_later_hits_stay_behind() -> None:
    hits = [make_hit(f"{number:03}", score=1 - number / 100) for number in range(30)]
    assert [hit.passage.text for hit in rerank("why?", hits, reranker=ByLength())] == [f"{n:03}" for n in range(30)]


def test_a_model_that_is_not_here_is_named_with_the_remedy() -> None:
    with pytest.raises(SettingError, match=r"CURBSIDE_RERANKER=nobody/no-model: no such CrossEncoder.*leave the"):
        CrossEncoderReranker("nobody/no-model")


def test_the_environment_names_it() -> None:
    assert from_environment({"CURBSIDE_RERANKER": "some/model"}).reranker == "some/model"
    assert from_environment({}).reranker == ""


def test_a_cross_encoder_in_a_folder_scores_pairs(tiny_model: Path, tmp_path: Path) -> None:
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(str(tiny_model))
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    scores = CrossEncoderReranker(str(tmp_path)).scores("a mentor", ["Meet a mentor.", "Buy a share."])
    assert len(scores) == 2
    assert scores[0] != scores[1]
