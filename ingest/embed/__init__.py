"""Texts -> unit vectors of shape (n, d). One encoder serves passages, sentences and questions; ``store`` is next.

Two encoders give the same vectors. The reference is sentence-transformers on torch (``reference``), which can load any
model; it takes seconds to import and is used only to export a model, once, to an ONNX graph. That graph, kept beside
the index, is run by ONNX Runtime (``graph``): a question costs a third of the time and nothing of torch is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

Spans = Sequence[tuple[int, int]]
"""Parts of a text: first character, and one past the last."""


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

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Spans]) -> list[Vectors]:
        """Return for each text its own vector and, below it, one for each of its parts, shape (1 + parts, dimension).

        A part is read within its text: its vector is the mean of its own tokens' states, so it knows of what its
        pronouns stand for, and costs nothing beside the text. Where a model pools in another way, or cuts the text
        before the part ends, the part is encoded alone.
        """

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text, special ones included, before anything is cut."""

    def is_word(self, text: str) -> bool:
        """Return whether a text is a word of the vocabulary, whole: "bile" is, "lisence" is read in pieces."""
