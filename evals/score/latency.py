"""How long answers took. Never gated unless somebody asks for it: it says more of the machine than of the answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evals.records import Latency, Run


def latency(runs: Sequence[Run]) -> Latency | None:
    """Return the median and the 95th percentile of ``total``, or None where no run has a time.

    Milliseconds, lower is better; linear interpolation between order statistics, as numpy has it.
    """
    times = [run.timings_ms["total"] for run in runs if "total" in run.timings_ms]
    if not times:
        return None
    p50, p95 = np.percentile(times, [50, 95])
    return Latency(float(p50), float(p95), len(times))
