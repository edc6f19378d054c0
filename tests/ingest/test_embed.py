from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.embed.graph import OnnxEncoder
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
