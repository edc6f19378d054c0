"""What the tasks of ``curbside eval`` share: the encoder, a bar that counts, and what is printed and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.public.tables import Measured
    from ingest.build import OpenBuild

OutOption = Annotated[Path, typer.Option("--out", help="Folder for the JSON file.")]
OUT = Path("reports")


@contextmanager
def opened(index: Path | None) -> Iterator[OpenBuild]:
    """Give the published build."""
    from assistant.settings import from_environment
    from ingest.build import close, open_build

    build = open_build(from_environment(index=index).ingest)
    try:
        yield build
    finally:
        close(build)


@contextmanager
def counting(name: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar with the time left on the error stream."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def finish(measured: Measured, out: Path) -> None:
    """Print the table and write the JSON file."""
    from evals.public.tables import show, write

    show(measured)
    print(f"written: {write(measured, out)}")
