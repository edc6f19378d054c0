"""A warm question over a large index: from the question to the complete, cited answer.

    python -m benchmarks.large [--passages 100000] [--questions 150] [--keep FOLDER] [--profile]

Milliseconds of wall time, and of processor time, which other work on the machine does not stretch. Every question is
asked once, so none finds its passages in memory because it was asked before; the first twenty warm the process and are
not counted. ``--keep`` keeps the index (2.6 GB at 100,000 passages) for the next run; without it, it is made anew.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.chain import Assistant
from assistant.settings import ROOT, AssistantSettings, from_environment
from benchmarks.direct import write_index
from commands.plain import shipped_library
from evals.cases import read_cases
from ingest.build import Manifest, close, open_build, published
from ingest.pipeline import build_index
from ingest.settings import VectorIndexSettings

_PASSAGES, _QUESTIONS, _WARMING = 100_000, 150, 20
#: A quarter of what a build takes by default, which halves the time to make the index. The graph has as many links and
#: is searched with as many candidates as any other.
_EF_CONSTRUCTION = 100
_SUITES = ("core", "coverage", "abstention")


def questions(most: int) -> list[str]:
    """Return up to so many different single questions of the shipped case sets, evenly spread."""
    cases = [case for suite in _SUITES for case in read_cases(ROOT / f"evals/case_sets/{suite}.jsonl")]
    found = list(dict.fromkeys(case.turns[-1] for case in cases if len(case.turns) == 1))
    return found[:: max(1, len(found) // most)][:most]


def measure(assistant: Assistant, asked: list[str]) -> None:
    """Print what questions cost, whole and step by step, and what the process holds."""
    pairs: list[tuple[float, float]] = []
    steps: dict[str, list[float]] = {}
    answered = 0
    for place, question in enumerate(asked):
        wall, processor = time.perf_counter(), time.process_time()
        answer = assistant.invoke(question)
        took = (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000
        if place >= _WARMING:
            pairs.append(took)
            answered += answer.outcome == "answered"
            for name, own in answer.timings_ms.items():
                steps.setdefault(name, []).append(own)
    wall_ms, processor_ms = np.array(pairs).T
    print(f"{len(pairs)} questions, each asked once; {answered} answered")
    print(f"wall:      {_line(wall_ms)}\nprocessor: {_line(processor_ms)}")
    print("where the time goes, wall ms:")
    for name, times in steps.items():
        print(f"  {name:<14} {_line(times)}  ({len(times)} questions)")


def _line(times: Sequence[float] | NDArray[np.float64]) -> str:
    return f"p50 {np.percentile(times, 50):6.2f} ms, p95 {np.percentile(times, 95):6.2f} ms"


def _memory() -> str:
    status = Path("/proc/self/status").read_text("utf-8")
    held, peak = (int(status.partition(name)[2].split()[0]) / 1024 for name in ("VmRSS:", "VmHWM:"))
    return f"{held:,.0f} MiB held, {peak:,.0f} MiB at most"


def _written(settings: AssistantSettings, passages: int, *, shipped: Path) -> Manifest:
    own = replace(settings.ingest, index=shipped)
    build_index([shipped_library()], own)
    build = open_build(own)
    quicker = replace(settings.ingest, vectors=VectorIndexSettings(ef_construction=_EF_CONSTRUCTION))
    try:
        return write_index(quicker, of=build, passages=passages)
    finally:
        close(build)


def main() -> None:
    """Make or open the index, ask, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=_PASSAGES)
    parser.add_argument("--questions", type=int, default=_QUESTIONS)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--profile", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        settings = from_environment(index=(wanted.keep or Path(scratch)) / f"large-{wanted.passages}")
        started = time.perf_counter()
        manifest = published(settings.ingest.index)
        if manifest is None:
            manifest = _written(settings, wanted.passages, shipped=settings.ingest.index.with_name("shipped"))
            print(f"{manifest.passages:,} passages written in {time.perf_counter() - started:.0f} s", flush=True)
        started = time.perf_counter()
        assistant = Assistant.open(settings)
        print(
            f"{manifest.passages:,} passages opened in {time.perf_counter() - started:.1f} s: {_memory()}", flush=True
        )
        asked = questions(wanted.questions + _WARMING)
        if wanted.profile:
            profile = cProfile.Profile()
            profile.runcall(measure, assistant, asked)
            pstats.Stats(profile).sort_stats("tottime").print_stats(30)
        else:
            measure(assistant, asked)
        print(f"after them {_memory()}")


if __name__ == "__main__":
    main()
