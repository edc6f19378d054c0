"""``baseline.json``: what each suite scored when somebody last said that it is good, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evals.errors import EvalError
from evals.records import Header, Score

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a suite is compared with."""

    when: str = ""
    """The day it was accepted, ``YYYY-MM-DD``."""
    why: str = ""
    """The reason, in the words of whoever accepted it."""
    digest: str = ""
    """Digest of the run."""
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Values of the cases, by the name of the score."""

    @property
    def told(self) -> str:
        """Return when, why and from which run, in one line; empty where there is none."""
        return f"{self.when}, run {self.digest}: {self.why}" if self.when else ""


def read_baseline(path: Path, suite: str) -> Baseline:
    """Return the baseline of a suite, which is empty where there is none yet. Raises EvalError for another form."""
    entry = _read(path).get(suite)
    if entry is None:
        return Baseline()
    try:
        return Baseline(entry["when"], entry["why"], entry["digest"], entry["scores"])
    except (KeyError, TypeError) as error:
        raise EvalError(f"{path}: the baseline of {suite!r} has another form ({error}); accept a run again") from error


def accept(path: Path, scores: Sequence[Score], *, header: Header, digest: str, why: str) -> None:
    """Make a run the baseline of its suite; those of other suites stay as they are.

    Raises EvalError where no reason is given.
    """
    if not why.strip():
        raise EvalError("--why is empty; say why the new scores are right, for whoever reads the next difference")
    kept = _read(path)
    kept[header.suite] = {
        "when": date.today().isoformat(),
        "why": why.strip(),
        "digest": digest,
        "run": asdict(header),
        "scores": {
            score.name: {case: round(value, _DIGITS) for case, value in score.cases.items()}
            for score in scores
            if score.is_mean and score.cases
        },
    }
    path.write_text(_text(kept), "utf-8")


def _text(suites: Mapping[str, Any]) -> str:
    """Return baselines as JSON with a line for each score, so that a difference shows which ones changed."""
    parts = []
    for suite, entry in sorted(suites.items()):
        told = {name: value for name, value in entry.items() if name != "scores"}
        lines = [f"{_plain(name)}: {_plain(value)}" for name, value in told.items()]
        scores = [f"{_plain(name)}: {_plain(values)}" for name, values in entry["scores"].items()]
        lines.append('"scores": {\n  ' + ",\n  ".join(scores) + "}" if scores else '"scores": {}')
        parts.append(f"{_plain(suite)}: {{\n " + ",\n ".join(lines) + "}")
    return "{" + ",\n".join(parts) + "}\n"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EvalError(f"{path}: cannot be read ({error}); restore it, or accept a run again") from error
    if not isinstance(found, dict):
        raise EvalError(f"{path}: is no object of suites; restore it, or accept a run again")
    return found
