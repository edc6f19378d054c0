"""A warm question: from the question to the complete, cited answer, beside the plain stack's retrieval alone.

    python -m benchmarks.warm [ROUNDS]

Milliseconds, in one process, the questions of the core cases, all asked of the one and then of the other, round after
round. They do not take turns question by question, because torch's threads go on spinning for some .2 s after a call
and would take the cores from whatever runs next. The plain stack only retrieves; ours also ranks, composes, verifies
and cites.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from assistant.chain import Assistant
from assistant.settings import ROOT, from_environment
from benchmarks import plain
from commands.plain import shipped_library
from evals.cases import read_cases
from ingest.pipeline import build_index

_ROUNDS = 3
#: Seconds until the threads of what ran before have gone to sleep.
_SETTLE = 1.0


def milliseconds(work: Callable[[str], object], question: str) -> float:
    """Return how long a question took."""
    started = time.perf_counter()
    work(question)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print medians, 95th percentiles and the ratio question by question."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    questions = [case.turns[-1] for case in read_cases(ROOT / "evals/case_sets/core.jsonl") if len(case.turns) == 1]
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment({}, index=Path(folder) / "index")
        report = build_index([shipped_library()], settings.ingest)
        assistant = Assistant.open(settings)
        plain.build(ROOT / "corpus", Path(folder) / "plain")
        store = plain.open_index(Path(folder) / "plain")
        asked: tuple[Callable[[str], object], ...] = (assistant.invoke, partial(plain.search, store))
        waited: list[list[float]] = [[], []]
        for _ in range(rounds + 1):
            for own, work in zip(waited, asked, strict=True):
                time.sleep(_SETTLE)
                own.extend(milliseconds(work, question) for question in questions)
    steps: dict[str, list[float]] = {}
    for question in questions:
        for name, took in assistant.invoke(question).timings_ms.items():
            steps.setdefault(name, []).append(took)
    ours, theirs = np.array(waited)[:, len(questions) :]  # the first round warms both
    print(f"{report.passages} passages, {len(ours)} questions of each")
    print(f"curbside, whole answer:   p50 {np.median(ours):5.1f} ms, p95 {np.percentile(ours, 95):5.1f} ms")
    print(f"plain stack, search only: p50 {np.median(theirs):5.1f} ms, p95 {np.percentile(theirs, 95):5.1f} ms")
    print(f"plain / curbside: median ratio {np.median(theirs / ours):.1f}")
    print("where the time goes, ms:")
    for name, times in steps.items():
        print(
            f"  {name:<14} p50 {np.median(times):6.2f}  p95 {np.percentile(times, 95):6.2f}  ({len(times)} questions)"
        )


if __name__ == "__main__":
    main()
