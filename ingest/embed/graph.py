"""An exported model, run by ONNX Runtime on the tokens of the ``tokenizers`` library."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Spans, Vectors
from ingest.errors import EncoderError

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
DETAILS_FILE = "encoder.json"

#: Tokens of one batch, padding included. On two cores 1,024 encoded 40 passages a second, 4,096 gave 31 and torch 31.
_BATCH_TOKENS = 1024


class OnnxEncoder:
    """Opened from the folder that ``TorchEncoder.export`` wrote. Raises EncoderError where that is not whole."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        for name in (GRAPH_FILE, TOKENIZER_FILE, DETAILS_FILE):
            if not (folder / name).is_file():
                raise EncoderError(
                    f"{folder}: {name} is missing from the index's encoder; rebuild with curbside ingest"
                )
        details = json.loads((folder / DETAILS_FILE).read_text("utf-8"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(folder / GRAPH_FILE), options, ["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._max_tokens = int(details["max_tokens"])
        self._fingerprint = str(details["fingerprint"])
        self._dimension = int(details["dimension"])
        self._reads_parts = bool(details["states"])

    @property
    def fingerprint(self) -> str:
        """Hex digest of the model that was exported."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length for each text; what is longer than the model takes is cut at the end."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        ids = [self._cut(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]
        for batch in _batches([len(entry) for entry in ids]):
            (vectors[batch],) = self._run([ids[i] for i in batch], "vectors")
        return vectors

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Spans]) -> list[Vectors]:
        """Return for each text its own vector and, below it, those of its parts, shape (1 + parts, dimension)."""
        found = [np.zeros((1 + len(spans), self.dimension), dtype=np.float32) for spans in parts]
        if not self._reads_parts:
            for i, vector in enumerate(self.encode(texts)):
                found[i][0] = vector
        else:
            encodings = self._tokenizer.encode_batch(list(texts))
            ids = [self._cut(encoding.ids) for encoding in encodings]
            for batch in _batches([len(entry) for entry in ids]):
                vectors, states = self._run([ids[i] for i in batch], "vectors", "states")
                for i, vector, own in zip(batch, vectors, states, strict=True):
                    found[i][0] = vector
                    offsets = np.array(encodings[i].offsets[: len(ids[i])])
                    found[i][1:] = _pooled(own[: len(ids[i])], offsets, parts[i])
        self._encode_alone(texts, parts, found)
        return found

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text before anything is cut."""
        return len(self._tokenizer.encode(text).ids)

    def is_word(self, text: str) -> bool:
        """Return whether a text is one token."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids) == 1

    def _encode_alone(self, texts: Sequence[str], parts: Sequence[Spans], found: Sequence[Vectors]) -> None:
        """Fill in the parts that have no vector yet."""
        left = [(i, k) for i, own in enumerate(found) for k in range(1, len(own)) if not own[k].any()]
        spans = [(i, *parts[i][k - 1]) for i, k in left]
        vectors = self.encode([texts[i][start:end] for i, start, end in spans])
        for (i, k), vector in zip(left, vectors, strict=True):
            found[i][k] = vector

    def _cut(self, ids: list[int]) -> list[int]:
        # what is cut is the end of the text, never the closing special token
        return ids if len(ids) <= self._max_tokens else [*ids[: self._max_tokens - 1], ids[-1]]

    def _run(self, batch: Sequence[list[int]], *outputs: str) -> list[Vectors]:
        width = max(len(ids) for ids in batch)
        tokens = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.int64)
        for row, ids in enumerate(batch):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        result: list[Vectors] = self._session.run(list(outputs), {"input_ids": tokens, "attention_mask": mask})
        return result


def _pooled(states: Vectors, offsets: NDArray[np.int64], parts: Spans) -> Vectors:
    """Return a unit vector for each part, the mean of its tokens' states, and zeros where some of it was cut.

    ``states`` has shape (tokens, d), ``offsets`` shape (tokens, 2): first character, and one past the last. The last
    token is the closing one, which stands for no character.
    """
    starts, ends = offsets[:-1, 0], offsets[:-1, 1]
    spans = np.array(parts, dtype=np.int64).reshape(-1, 2)
    inside = (starts >= spans[:, :1]) & (ends <= spans[:, 1:]) & (ends > starts)
    # a token that begins behind a part shows that none of the part was cut; so does a text that was read to its end
    inside[spans[:, 1] > ends.max(initial=0)] = False
    sums: Vectors = inside.astype(np.float32) @ states[:-1]
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    found: Vectors = sums / np.maximum(lengths, np.finfo(np.float32).tiny)
    return found


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield indices of texts, short ones first, so that little of a batch is padding."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if batch and (len(batch) + 1) * lengths[i] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
