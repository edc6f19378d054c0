from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from ingest.embed.graph import GRAPH_FILE, OnnxEncoder
from ingest.embed.models import SHIPPED_WEIGHTS_SHA256, fingerprint, locate
from ingest.embed.reference import TorchEncoder
from ingest.errors import EncoderError
from ingest.settings import SHIPPED_MODEL

TEXTS = ["Meet a mentor.", "", "What happens to the buy-in money when a partner leaves?", "漢字 🙂 é", "mentor " * 400]


@pytest.mark.slow
def test_the_exported_graph_gives_the_vectors_of_the_reference(tmp_path: Path) -> None:
    reference = TorchEncoder(SHIPPED_MODEL)
    reference.export(tmp_path)
    graph = OnnxEncoder(tmp_path)
    assert np.abs(graph.encode(TEXTS) - reference.encode(TEXTS)).max() < 1e-4
    assert [graph.count_tokens(text) for text in TEXTS] == [reference.count_tokens(text) for text in TEXTS]


def test_another_model_exports_too(tiny_model: Path, tmp_path: Path) -> None:
    reference = TorchEncoder(str(tiny_model))
    reference.export(tmp_path)
    graph = OnnxEncoder(tmp_path)
    assert np.abs(graph.encode(TEXTS) - reference.encode(TEXTS)).max() < 1e-4
    assert graph.fingerprint == reference.fingerprint == fingerprint(tiny_model)


def test_vectors_have_unit_length_and_the_order_of_the_texts(tiny_model: Path, tmp_path: Path) -> None:
    TorchEncoder(str(tiny_model)).export(tmp_path)
    encoder = OnnxEncoder(tmp_path)
    together = encoder.encode(TEXTS)
    alone = np.stack([encoder.encode([text])[0] for text in TEXTS])
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.abs(together - alone).max() < 1e-5


def test_the_shipped_weights_are_the_published_ones() -> None:
    assert (locate(SHIPPED_MODEL) / "model.safetensors").stat().st_size > 80_000_000
    assert len(SHIPPED_WEIGHTS_SHA256) == 64


def test_a_model_that_is_not_here_is_named_with_the_remedy() -> None:
    with pytest.raises(EncoderError, match=r"nobody/no-model.*none is downloaded; set CURBSIDE_ENCODER"):
        locate("nobody/no-model")


def test_an_encoder_folder_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"model\.onnx is missing"):
        OnnxEncoder(tmp_path)


PARTS_TEXT = "On tail coverage\nAsk who pays for it. It may cost two years of premiums, and it is due on leaving."
PARTS = [(17, 37), (38, 98)]


@pytest.mark.slow
def test_a_part_is_the_mean_of_its_tokens_within_its_text(tmp_path: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(locate(SHIPPED_MODEL)), device="cpu")
    TorchEncoder(SHIPPED_MODEL).export(tmp_path)
    encoder = OnnxEncoder(tmp_path)
    found, short = encoder.encode_parts([PARTS_TEXT, "Meet."], [PARTS, [(0, 5)]])
    assert found[0] == pytest.approx(encoder.encode([PARTS_TEXT])[0], abs=1e-5)
    assert short[0] == pytest.approx(encoder.encode(["Meet."])[0], abs=1e-5)
    states = model.encode(PARTS_TEXT, output_value="token_embeddings")
    tokens = model.tokenizer(PARTS_TEXT, return_offsets_mapping=True)["offset_mapping"]
    for vector, (start, end) in zip(found[1:], PARTS, strict=True):
        own = [row for row, (first, last) in enumerate(tokens) if first >= start and last <= end and last > first]
        mean = torch.nn.functional.normalize(states[own].mean(dim=0), dim=0).numpy()
        assert vector == pytest.approx(mean, abs=1e-4)


def test_a_part_that_the_model_does_not_reach_is_encoded_alone(tiny_model: Path, tmp_path: Path) -> None:
    TorchEncoder(str(tiny_model)).export(tmp_path)
    encoder = OnnxEncoder(tmp_path)
    text = f"{'mentor ' * 600}The last sentence."
    (found,) = encoder.encode_parts([text], [[(0, 6), (len(text) - 18, len(text)), (0, len(text))]])
    assert found[2] == pytest.approx(encoder.encode(["The last sentence."])[0], abs=1e-5)
    assert found[3] == pytest.approx(encoder.encode([text])[0], abs=1e-5)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_model_that_pools_in_another_way_encodes_parts_alone(tiny_model: Path, tmp_path: Path) -> None:
    import shutil

    folder = shutil.copytree(tiny_model, tmp_path / "model")
    (settings,) = folder.glob("*Pooling/config.json")
    settings.write_text(settings.read_text("utf-8").replace('"mean"', '"cls"'), "utf-8")
    TorchEncoder(str(folder)).export(tmp_path / "graph")
    encoder = OnnxEncoder(tmp_path / "graph")
    (found,) = encoder.encode_parts([PARTS_TEXT], [PARTS])
    alone = encoder.encode([PARTS_TEXT, *(PARTS_TEXT[start:end] for start, end in PARTS)])
    assert found == pytest.approx(alone, abs=1e-5)


def test_no_texts_have_no_vectors(tiny_model: Path, tmp_path: Path) -> None:
    TorchEncoder(str(tiny_model)).export(tmp_path)
    encoder = OnnxEncoder(tmp_path)
    assert encoder.encode([]).shape == (0, encoder.dimension)
    assert encoder.encode_parts([], []) == []
    assert encoder.encode_parts(["Meet."], [[]])[0].shape == (1, encoder.dimension)


@pytest.mark.slow
def test_attention_of_the_shipped_model_is_one_operator(tmp_path: Path) -> None:
    TorchEncoder(SHIPPED_MODEL).export(tmp_path)
    kinds = [node.op_type for node in onnx.load(tmp_path / GRAPH_FILE).graph.node]
    assert kinds.count("Attention") == 6  # one a layer
    assert "Softmax" not in kinds


@pytest.mark.slow
def test_a_word_of_the_vocabulary_is_told_from_one_that_is_read_in_pieces(tmp_path: Path) -> None:
    reference = TorchEncoder(SHIPPED_MODEL)
    reference.export(tmp_path)
    for encoder in (reference, OnnxEncoder(tmp_path)):
        assert [encoder.is_word(text) for text in ("bile", "duct", "lisence", "negociate")] == [
            True,
            True,
            False,
            False,
        ]
