"""Texts -> unit vectors of shape (n, d). One encoder serves passages, sentences and questions; ``store`` is next.

Two encoders give the same vectors. The reference is sentence-transformers on torch (``reference``), which can load any
model; it takes seconds to import and is used only to export a model, once, to an ONNX graph. That graph, kept beside
the index, is run by ONNX Runtime (``graph``): a question costs a third of the time and nothing of torch is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

#: Texts encoded between two reports of progress.
_PART = 64


class Encoder(Protocol):
    """What the rest of the project knows of an embedding model."""

    @property
    def fingerprint(self) -> str:
        """Hex digest of weights and configuration; two encoders with the same one give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length for each text, shape (n, dimension), in the order of the texts."""

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text, special ones included, before anything is cut."""


def encode_with_progress(encoder: Encoder, texts: Sequence[str], *, advance: Callable[[int], None]) -> Vectors:
    """Return the vectors of many texts, shape (n, dimension), calling ``advance`` with the number done after each
    part."""
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for start in range(0, len(by_length), _PART):
        part = by_length[start : start + _PART]
        vectors[part] = encoder.encode([texts[i] for i in part])
        advance(len(part))
    return vectors
