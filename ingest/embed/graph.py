"""An exported model, run by ONNX Runtime on the tokens of the ``tokenizers`` library."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ingest.embed import Vectors
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
        ids = [self._ids(text) for text in texts]
        for batch in _batches([len(entry) for entry in ids]):
            vectors[batch] = self._run([ids[i] for i in batch])
        return vectors

    def count_tokens(self, text: str) -> int:
        """Return the tokens of a text before anything is cut."""
        return len(self._tokenizer.encode(text).ids)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        # what is cut is the end of the text, never the closing special token
        return ids if len(ids) <= self._max_tokens else [*ids[: self._max_tokens - 1], ids[-1]]

    def _run(self, batch: Sequence[list[int]]) -> Vectors:
        width = max(len(ids) for ids in batch)
        tokens = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.int64)
        for row, ids in enumerate(batch):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        (vectors,) = self._session.run(None, {"input_ids": tokens, "attention_mask": mask})
        result: Vectors = vectors
        return result


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
