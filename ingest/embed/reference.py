"""The reference encoder: any sentence-transformers model on torch, and its export to an ONNX graph.

The only file that imports torch. It is imported when an index is built with a model that no build has exported yet.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# before the imports below, which read them: no look-up on a model hub
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers.utils import logging as transformers_logging

from ingest.embed import Vectors
from ingest.embed.graph import DETAILS_FILE, GRAPH_FILE, TOKENIZER_FILE
from ingest.embed.models import fingerprint, locate

#: Tokens that a model without a limit of its own may take.
_DEFAULT_MAX_TOKENS = 512


#: Type of model whose graph is fused, as transformers and ONNX Runtime both call it.
_FUSED = "bert"


class TorchEncoder:
    """A sentence-transformers model on the CPU."""

    def __init__(self, model: str) -> None:
        folder = locate(model)
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._fingerprint = fingerprint(folder)

    @property
    def fingerprint(self) -> str:
        """Hex digest of the model."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length for each text."""
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        result: Vectors = np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)
        return result

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text before anything is cut."""
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def is_word(self, text: str) -> bool:
        """Return whether a text is one token."""
        return len(self._model.tokenizer(text, add_special_tokens=False)["input_ids"]) == 1

    def export(self, folder: Path) -> None:
        """Write the model as an ONNX graph with its tokenizer into a folder, for OnnxEncoder to open."""
        folder.mkdir(parents=True, exist_ok=True)
        _export_graph(self._model, folder / GRAPH_FILE)
        _fuse(self._model, folder / GRAPH_FILE)
        self._model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
        details = {
            "fingerprint": self.fingerprint,
            "dimension": self.dimension,
            "max_tokens": int(self._model.max_seq_length or _DEFAULT_MAX_TOKENS),
            "states": _pools_means(self._model),
        }
        (folder / DETAILS_FILE).write_text(json.dumps(details, indent=1), "utf-8")


def _pools_means(model: Any) -> bool:
    """Return whether a model's vectors are means of its transformer's states, so that a part's can be told too."""
    modules = list(model)
    if not (isinstance(modules[0], Transformer) and all(isinstance(part, Normalize) for part in modules[2:])):
        return False
    return isinstance(modules[1], Pooling) and modules[1].pooling_mode == "mean"


class _UnitVectors(torch.nn.Module):
    """All modules of a model (transformer, pooling, and what else it has), then unit length, and the states."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return vectors of shape (n, d), and states of shape (n, tokens, d), for ids and mask of shape (n, tokens)."""
        found = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
        return torch.nn.functional.normalize(found["sentence_embedding"], dim=1), found["token_embeddings"]


def _export_graph(model: Any, path: Path) -> None:
    """Write the graph of a model to ``path``; the number of texts and of tokens stay free."""
    if isinstance(model[0], Transformer):
        # the only form of attention that ``_fuse`` knows
        model[0].auto_model.set_attn_implementation("eager")
    sample = model.tokenizer(["one text", "another text of more words"], padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask"]
    axes = {name: {0: "texts", 1: "tokens"} for name in names}
    with warnings.catch_warnings(), torch.no_grad():
        # the tracer warns of every shape that it fixes; that the two encoders agree is checked by a test
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _UnitVectors(model).eval(),
            tuple(sample[name] for name in names),
            str(path),
            input_names=names,
            output_names=["vectors", "states"],
            dynamic_axes={**axes, "vectors": {0: "texts"}, "states": {0: "texts", 1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )


def _fuse(model: Any, path: Path) -> None:
    """Replace what a graph says of attention, layer norms and the like by one operator of ONNX Runtime each.

    ONNX Runtime does not find attention by itself when it opens a graph. With it 120 passages took 6.8 s instead of
    9.0, a question 7.1 ms instead of 8.5, and no number of a vector moved by more than 2e-7.
    """
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    config = model[0].auto_model.config if isinstance(model[0], Transformer) else None
    if config is None or config.model_type != _FUSED:
        return
    # it warns of every operator that a small model gives it no place for
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        fused = optimizer.optimize_model(
            str(path),
            model_type=_FUSED,
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            opt_level=0,
            optimization_options=FusionOptions(_FUSED),
        )
        fused.save_model_to_file(str(path))
    finally:
        logging.disable(before)
