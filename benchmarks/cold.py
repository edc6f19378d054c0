"""Cold start: from starting a process to the printed answer, beside the plain stack, run in turn (A B A B …).

    python -m benchmarks.cold [RUNS]

Seconds of wall time, as a process that waits for another sees them. Both read the same corpus from an index that was
built before. The ratio is taken pair by pair, because two noisy cores drift.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from assistant.settings import ROOT

QUESTION = "what should I ask about buy-in terms"
_RUNS = 7
_TIMEOUT_S = 120


def time_command(command: list[str]) -> float:
    """Run a command to its end and return the seconds that it took; a failure is an error."""
    started = time.perf_counter()
    quiet = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT_S, cwd=ROOT, env=quiet)
    return time.perf_counter() - started


def main() -> None:
    """Print the seconds of both and the ratio of their pairs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else _RUNS
    with tempfile.TemporaryDirectory() as folder:
        plain_index = str(Path(folder) / "plain")
        index = str(Path(folder) / "index")
        time_command([sys.executable, "-m", "benchmarks.plain", "build", "corpus", plain_index])
        time_command([sys.executable, "-m", "cli", "ingest", "--quiet", "--index", index])
        ours = [sys.executable, "-m", "cli", "ask", QUESTION, "--index", index]
        plain = [sys.executable, "-m", "benchmarks.plain", "ask", plain_index, QUESTION]
        time_command(ours)
        time_command(plain)
        pairs = [(time_command(ours), time_command(plain)) for _ in range(runs)]
    for name, place in (("curbside ask", 0), ("plain stack", 1)):
        seconds = sorted(pair[place] for pair in pairs)
        print(f"{name:<14} cold, {runs} runs: median {median(seconds):.2f} s, {seconds[0]:.2f} to {seconds[-1]:.2f} s")
    ratios = sorted(b / a for a, b in pairs)
    print(f"plain / curbside: median {median(ratios):.1f}, {ratios[0]:.1f} to {ratios[-1]:.1f}")


if __name__ == "__main__":
    main()
