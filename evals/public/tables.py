"""Scores of a task -> a table on the terminal and a JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.records import Score


@dataclass(frozen=True, slots=True)
class Measured:
    """What a task found."""

    task: str
    """Name of the task."""
    data: str
    """What it ran on."""
    scores: Sequence[Score]
    """The measures with their intervals."""
    facts: Mapping[str, object]
    """What else there is to know: settings, counts."""
    points: Sequence[Mapping[str, float]] = ()
    """Points of a curve, if the task has one."""


def show(measured: Measured) -> None:
    """Print a table of the scores, and the facts below it."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{measured.task}: {measured.data}", title_justify="left")
    for heading in ("score", "value", "95 % interval", "rows", "unscored"):
        table.add_column(heading, justify="left" if heading == "score" else "right")
    for score in measured.scores:
        value = "no value" if score.value is None else f"{score.value:.4f}"
        interval = "" if score.low is None or score.high is None else f"{score.low:.4f} to {score.high:.4f}"
        table.add_row(score.name, value, interval, str(len(score.cases)), str(score.unscored))
    console = Console(soft_wrap=True, emoji=False)
    console.print(table)
    for name, fact in measured.facts.items():
        console.print(f"{name}: {fact}", highlight=False, markup=False, emoji=False)


def write(measured: Measured, folder: Path) -> Path:
    """Write everything as JSON into a folder, which is made where it is missing, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{measured.task}.json"
    path.write_text(json.dumps(asdict(measured), ensure_ascii=False, indent=1), "utf-8")
    return path
