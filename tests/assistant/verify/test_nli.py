from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import from_environment
from assistant.verify.nli import CrossEncoderVerifier


def save_model(folder: Path, tiny_model: Path, labels: list[str]) -> None:
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    tokenizer = AutoTokenizer.from_pretrained(str(tiny_model))
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        id2label=dict(enumerate(labels)), label2id={label: place for place, label in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def test_a_model_of_three_labels_judges(tiny_model: Path, tmp_path: Path) -> None:
    save_model(tmp_path, tiny_model, ["contradiction", "entailment", "neutral"])
    verifier = CrossEncoderVerifier(str(tmp_path))
    found = verifier.judge("Meet a mentor.", ["Meet a mentor monthly.", "Buy a share."])
    assert found.verdict in ("supported", "contradicted", "unsupported")
    assert 0 < found.score < 1
    assert found.decided in (0, 1)
    assert verifier.judge("Meet a mentor.", []).decided == -1


def test_a_model_of_other_labels_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    save_model(tmp_path, tiny_model, ["yes", "no", "neutral"])
    with pytest.raises(SettingError, match=r"its labels are \['neutral', 'no', 'yes'\]; give a model with entailment"):
        CrossEncoderVerifier(str(tmp_path))


def test_a_model_that_is_not_here_is_named_with_the_remedy() -> None:
    with pytest.raises(SettingError, match=r"CURBSIDE_VERIFIER=nobody/no-model: no such CrossEncoder.*leave the"):
        CrossEncoderVerifier("nobody/no-model")


def test_the_environment_names_it() -> None:
    assert from_environment({"CURBSIDE_VERIFIER": "some/model"}).verifier == "some/model"
