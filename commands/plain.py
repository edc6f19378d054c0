"""What every command shares: errors as one line, progress as bars, and where the shipped corpus is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from assistant.chain import Assistant
    from ingest.pipeline import Library

FAILED = 2

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index [default: index/ or CURBSIDE_INDEX].")
]
FitCasesOption = Annotated[
    list[Path] | None,
    typer.Option("--cases", help="Case set, may be repeated [default: core, coverage, abstention, boundary, terse]."),
]
FitOutOption = Annotated[Path | None, typer.Option("--out", help="File to write [default: the one that is used].")]


def shipped_library() -> Library:
    """Return the corpus that comes with Curbside."""
    from assistant.settings import ROOT
    from ingest.pipeline import Library

    return Library("Curbside", ROOT / "corpus")


def open_assistant(index: Path | None, *, model: str | None = None) -> Assistant:
    """Return the assistant over an index, with a chat model; or those that the environment names."""
    from assistant.chain import Assistant
    from assistant.settings import from_environment

    return Assistant.open(from_environment(index=index, model=model))


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors that an operator can mend into one line and exit code 2."""
    from assistant.errors import AssistantError
    from evals.errors import EvalError
    from ingest.errors import IngestError

    try:
        yield
    except (AssistantError, EvalError, IngestError) as error:
        print(f"curbside: {error}", file=sys.stderr)
        raise typer.Exit(FAILED) from error


@contextmanager
def progress_bars() -> Iterator[BarProgress]:
    """Show the stages of a build on the error stream while the body runs."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<20}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:>8}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield BarProgress(bars)


class BarProgress:
    """Shows the stages of a build as bars, one below the other, each with its steps a second and the time left."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, name: str, total: int) -> None:
        """Begin a bar."""
        self._task = self._bars.add_task(name, total=total, rate="")

    def advance(self, steps: int) -> None:
        """Move the bar on."""
        if self._task is None:
            return
        self._bars.advance(self._task, steps)
        task = self._bars.tasks[self._bars.task_ids.index(self._task)]
        speed = task.finished_speed or task.speed
        self._bars.update(self._task, rate=f"{speed:,.0f}/s" if speed else "")
