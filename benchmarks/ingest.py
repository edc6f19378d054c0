"""Ingest, beside the plain stack over the same files in the same run, and what a large index costs.

    python -m benchmarks.ingest speed [DOCUMENTS]      passages a second beside the plain stack, in as many pieces
    python -m benchmarks.ingest size [DOCUMENTS ...]   peak memory, an unchanged run and one changed document

Every figure is of a process of its own. ``size`` uses an encoder of the same width with one layer, because what it
measures does not depend on the encoder; ten passages a document.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import plain
from benchmarks.synthetic import write_handbook
from ingest.pipeline import Library, build_index
from ingest.settings import SHIPPED_MODEL, IngestSettings

_SPEED_DOCUMENTS = 60
_SIZES = (100, 1_000)


def speed(documents: int) -> None:
    """Print passages a second of both stacks, each in a process of its own, three times in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_handbook(Path(name) / "handbook", documents=documents)
        # the export of the encoder is done once in the life of an index
        _child("ours", write_handbook(Path(name) / "one", documents=1), Path(name) / "index-0")
        ratios = []
        for turn in range(3):
            ours = _child("ours", folder, Path(name) / f"index-{turn + 1}", warm=str(Path(name) / "index-0"))
            theirs = _child("plain", folder, Path(name) / f"plain-{turn}", passages=int(ours["passages"]))
            ratios.append(ours["rate"] / theirs["rate"])
            print(f"curbside:    {_line(ours)}\nplain stack: {_line(theirs)}", flush=True)
        print(f"curbside / plain, passages a second: {', '.join(f'{ratio:.2f}' for ratio in ratios)}")


def size(sizes: Sequence[int]) -> None:
    """Print what a first build, an unchanged run and a run with one changed document cost, for each number of
    documents."""
    with tempfile.TemporaryDirectory() as name:
        model = _narrow_encoder(Path(name) / "encoder")
        for documents in sizes:
            folder = write_handbook(Path(name) / f"handbook-{documents}", documents=documents)
            index = Path(name) / f"index-{documents}"
            for label in ("first build", "unchanged", "one changed"):
                if label == "one changed":
                    path = folder / "chapter-00000.md"
                    path.write_text(path.read_text("utf-8") + "\nA rule of today is added at the end.\n", "utf-8")
                found = _child("ours", folder, index, model=str(model))
                print(f"{found['passages']:>7,} passages, {label:<12} {_line(found)}", flush=True)


def _line(found: dict[str, float]) -> str:
    return (
        f"{found['seconds']:6.1f} s after start-up, {found['rate']:6.0f} passages/s, peak {found['peak_mib']:5.0f} MiB "
        f"({found['texts']:,.0f} texts embedded)"
    )


def _child(which: str, folder: Path, index: Path, **asked: str | int) -> dict[str, float]:
    """Return what a process that builds one index says of itself."""
    whole = json.dumps({"folder": str(folder), "index": str(index), "warm": "", "model": SHIPPED_MODEL, **asked})
    command = [sys.executable, "-m", "benchmarks.ingest", which, whole]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _build(which: str, asked: dict[str, str]) -> dict[str, float]:
    folder, index = Path(asked["folder"]), Path(asked["index"])
    if which == "plain":
        plain.warm_up()
        size = _piece_size(folder, int(asked["passages"]))
        started = time.perf_counter()
        passages = texts = plain.build(folder, index, size=size)
        seconds = time.perf_counter() - started
    else:
        if asked["warm"]:
            _copy_encoder(Path(asked["warm"]), index)
        report = build_index([Library("Handbook", folder)], IngestSettings(index=index, model=asked["model"]))
        passages, texts, seconds = report.passages, report.embedded, report.seconds
    return {
        "seconds": seconds,
        "passages": passages,
        "rate": passages / seconds,
        "peak_mib": _peak_mib(),
        "texts": texts,
    }


def _piece_size(folder: Path, passages: int) -> int:
    """Return the characters of a piece, to 50, with which the plain stack makes about so many of a folder."""
    return min(range(300, 2001, 50), key=lambda size: abs(len(plain.pieces(folder, size)) - passages))


def _peak_mib() -> float:
    """Return the most memory that this process has held, MiB; ``getrusage`` would count what its parent held too."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _copy_encoder(warm: Path, index: Path) -> None:
    """Give a new index the published build of another, so that its encoder need not be exported again."""
    import shutil

    shutil.copytree(warm, index, ignore=shutil.ignore_patterns("embeddings.sqlite"))


def _narrow_encoder(folder: Path) -> Path:
    """Make a sentence-transformers model of 384 dimensions with one narrow layer and the shipped model's tokenizer."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    from ingest.embed.models import locate

    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(str(locate(SHIPPED_MODEL)))
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=384, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=256)
    SentenceTransformer(modules=[transformer, Pooling(384)], device="cpu").save(str(folder / "model"))
    return folder / "model"


def main() -> None:
    """Measure, or be the process that is measured."""
    which, *rest = sys.argv[1:] or ["speed"]
    if which == "speed":
        speed(int(rest[0]) if rest else _SPEED_DOCUMENTS)
    elif which == "size":
        size([int(value) for value in rest] or _SIZES)
    else:
        print(json.dumps(_build(which, json.loads(rest[0]))))


if __name__ == "__main__":
    main()
