from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.safety.likely import PATHS, read_likely
from evals.errors import EvalError
from evals.public.fit_safety import Phrasings, fit_safety, read_phrasings, write_safety
from tests.fakes import HashEncoder


def test_a_fit_finds_what_points_its_way_and_little_else(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    paths, parts, vectors = [], [], []
    for path in (*PATHS, "none"):
        for part in ("dev", "unread") if path != "none" else ("ordinary", "unread"):
            for _ in range(60):
                vector = rng.normal(scale=0.3, size=8)
                if path != "none":
                    vector[PATHS.index(path)] += 2
                paths.append(path)
                parts.append(part)
                vectors.append(vector)
    given = Phrasings(tuple(f"about {path}" for path in paths), np.array(vectors), np.array(paths), np.array(parts))
    fit = fit_safety(given, encoder="e")
    assert all(fit["report"][path]["unread: found"] > 0.9 for path in PATHS)
    assert all(fit["report"][path]["unread: near misses alarmed"] < 0.1 for path in PATHS)
    write_safety(fit, tmp_path / "likely.json")
    likely, axes, kinds = read_likely(tmp_path / "likely.json"), np.eye(8, dtype=np.float32), (*PATHS, "none")
    assert [likely.path(f"about {path}", 2 * axes[place]) for place, path in enumerate(kinds)] == [*PATHS, ""]


def test_a_path_without_a_phrasing_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "safety.jsonl"
    file.write_text(json.dumps({"question": "q", "path": "crisis", "part": "dev"}), "utf-8")
    with pytest.raises(EvalError, match="no emergency in the parts dev and blind and train2"):
        read_phrasings(file, [], encoder=HashEncoder())
