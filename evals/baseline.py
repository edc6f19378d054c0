"""``baseline.json``: what each suite scored when somebody last said that it is good, and why.

The values of a score are kept as the cases that have each value, so that a difference shows which cases moved, and a
score whose every case has the value of an earlier score is kept as that score's name: of an extractive answer most
measures are 1 together.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evals.errors import EvalError
from evals.records import Report, Score

#: Digits that a value is kept with.
DIGITS = 4


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
    """Return the baseline of a suite, which is empty where the file has none of it.

    Raises EvalError where there is no such file or it has another form.
    """
    if not path.is_file():
        raise EvalError(f"{path}: there is no such file of baselines; curbside eval accept makes one")
    entry = _read(path).get(suite)
    if entry is None:
        return Baseline()
    try:
        return Baseline(entry["when"], entry["why"], entry["digest"], _unpacked(entry["scores"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EvalError(f"{path}: the baseline of {suite!r} has another form ({error}); accept a run again") from error


def accept(path: Path, reports: Sequence[Report], *, why: str) -> None:
    """Make each report's run the baseline of its suite; those of other suites stay as they are.

    Raises EvalError where no reason is given, or two runs are of one suite.
    """
    if not why.strip():
        raise EvalError("--why is empty; say why the new scores are right, for whoever reads the next difference")
    kept = _read(path) if path.is_file() else {}
    suites = [report.header.suite for report in reports]
    if twice := next((suite for suite in suites if suites.count(suite) > 1), ""):
        raise EvalError(f"two runs are of the suite {twice!r}; name the one that is right")
    for report in reports:
        kept[report.header.suite] = {
            "when": date.today().isoformat(),
            "why": why.strip(),
            "digest": report.digest,
            "run": asdict(report.header),
            "scores": _packed([score for score in report.scores if score.is_mean and score.cases]),
        }
    path.write_text(_text(kept), "utf-8")


def _packed(scores: Sequence[Score]) -> dict[str, object]:
    packed: dict[str, object] = {}
    seen: dict[str, str] = {}
    for score in scores:
        by_value: dict[str, list[str]] = {}
        for case, value in score.cases.items():
            by_value.setdefault(f"{round(value, DIGITS):g}", []).append(case)
        ordered = {value: sorted(by_value[value]) for value in sorted(by_value, key=float)}
        earlier = seen.setdefault(_plain(ordered), score.name)
        packed[score.name] = ordered if earlier == score.name else earlier
    return packed


def _unpacked(packed: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name, by_value in packed.items():
        if isinstance(by_value, str):
            found[name] = found[by_value]
            continue
        found[name] = {case: float(value) for value, cases in by_value.items() for case in cases}
        if bad := next((value for value in by_value if not math.isfinite(float(value))), None):
            raise ValueError(f"{name} has the value {bad}")
    return found


def _text(suites: Mapping[str, Any]) -> str:
    """Return baselines as JSON with a line for each value of a score, so that a difference shows which ones changed."""
    parts = []
    for suite, entry in sorted(suites.items()):
        lines = [f"{_plain(name)}: {_plain(value)}" for name, value in entry.items() if name != "scores"]
        scores = [f"{_plain(name)}: {_values(values)}" for name, values in entry["scores"].items()]
        lines.append('"scores": {\n  ' + ",\n  ".join(scores) + "}" if scores else '"scores": {}')
        parts.append(f"{_plain(suite)}: {{\n " + ",\n ".join(lines) + "}")
    return "{" + ",\n".join(parts) + "}\n"


def _values(values: str | Mapping[str, Sequence[str]]) -> str:
    if isinstance(values, str):
        return _plain(values)
    return "{\n   " + ",\n   ".join(f"{_plain(value)}: {_plain(cases)}" for value, cases in values.items()) + "}"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=isinstance(value, dict), separators=(",", ":"))


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EvalError(f"{path}: cannot be read ({error}); restore it, or accept a run again") from error
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise EvalError(f"{path}: is no object of suites; restore it, or accept a run again")
    return found
