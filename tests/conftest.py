"""Fixtures: a tiny model that is made here, an index over two documents with it, and the shipped index."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.settings import AssistantSettings, from_environment
from commands.plain import shipped_library
from ingest.pipeline import Library, build_index, is_current
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, write_corpus

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,:;?!-"


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model with random weights: one layer, 32 dimensions, the words of ``fakes.CORPUS``."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    words = sorted({word.strip(".,:;?!").casefold() for text in CORPUS.values() for word in text.split()})
    entries = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *_LETTERS, *(f"##{c}" for c in _LETTERS), *words]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(entry for entry in entries if entry)), "utf-8")
    tokenizer = BertTokenizer(vocab=str(folder / "vocab.txt"))
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=128)
    SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="session")
def tiny_settings(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> IngestSettings:
    """Settings of a published index over the two documents of ``fakes.CORPUS``, made with the tiny model."""
    corpus = write_corpus(tmp_path_factory.mktemp("corpus"))
    settings = IngestSettings(index=tmp_path_factory.mktemp("index"), model=str(tiny_model))
    build_index([Library("Test", corpus)], settings)
    return settings


@pytest.fixture(scope="session")
def shipped_settings() -> AssistantSettings:
    """Settings of the shipped index, which is built where it is missing or stale."""
    settings = from_environment({})
    # a build takes the index's lock, which the tests' other worker may have
    if not is_current([shipped_library()], settings.ingest):
        build_index([shipped_library()], settings.ingest)
    return settings


@pytest.fixture(scope="session")
def assistant(shipped_settings: AssistantSettings) -> Assistant:
    """The assistant over the shipped corpus."""
    return Assistant.open(shipped_settings)
