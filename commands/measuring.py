"""``curbside eval retrieval | selection | abstention | followup | fit-followup``: tasks on other people's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.plain import IndexOption, plain_errors

if TYPE_CHECKING:
    from evals.public.tables import Measured
    from ingest.embed import Encoder

OutOption = Annotated[Path, typer.Option("--out", help="Folder for the JSON file.")]
_OUT = Path("reports")


class Retriever(StrEnum):
    """What ranks the documents."""

    system = "system"
    dense = "dense"
    lexical = "lexical"


class AskedAs(StrEnum):
    """What is searched for where a query has a history."""

    last_turn = "last-turn"
    system = "system"
    rewrite = "rewrite"


def retrieval(
    folder: Annotated[Path, typer.Argument(metavar="BEIR_DIR", help="Holds corpus.jsonl, queries.jsonl, qrels/.")],
    retriever: Annotated[Retriever, typer.Option("--retriever", help="The assistant's search, or a plain arm.")] = (
        Retriever.system
    ),
    asked_as: Annotated[AskedAs, typer.Option("--as", help="What a query with a history is searched as.")] = (
        AskedAs.system
    ),
    index: IndexOption = None,
    out: OutOption = _OUT,
) -> None:
    """Rank the documents of a BEIR folder: nDCG@10, recall and reciprocal rank."""
    from assistant.settings import RetrieveSettings
    from evals.public.retrieval import Tools, evaluate_retrieval
    from ingest.passages.cache import EmbeddingCache

    with plain_errors(), _encoder(index) as encoder, _progress("Documents") as advance:
        out.mkdir(parents=True, exist_ok=True)
        cache = EmbeddingCache(out / "embeddings.sqlite", encoder.fingerprint, dimension=encoder.dimension)
        try:
            tools = Tools(encoder, RetrieveSettings(), cache, advance)
            measured = evaluate_retrieval(folder, tools, retriever=retriever.value, asked_as=asked_as.value)
        finally:
            cache.close()
    _finish(measured, out)


def selection(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"question", "sentences", "gold"} a line.')],
    index: IndexOption = None,
    out: OutOption = _OUT,
) -> None:
    """Rank the sentences beside each question: MAP, MRR and P@1."""
    from evals.public.selection import evaluate_selection

    with plain_errors(), _encoder(index) as encoder, _progress("Questions") as advance:
        measured = evaluate_selection(file, encoder, advance=advance)
    _finish(measured, out)


def abstention(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"question", "passages", "label"} a line.')],
    index: IndexOption = None,
    out: OutOption = _OUT,
) -> None:
    """Tell questions that their passages answer from others: AUROC, risk and coverage."""
    from assistant.settings import RetrieveSettings
    from evals.public.abstention import evaluate_abstention

    with plain_errors(), _encoder(index) as encoder, _progress("Questions") as advance:
        measured = evaluate_abstention(file, encoder, settings=RetrieveSettings(), advance=advance)
    _finish(measured, out)


def followup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"history", "question", "rewrite"} a line.')],
    out: OutOption = _OUT,
) -> None:
    """Compare the terms taken over from the history with a person's: precision, recall and F1."""
    from assistant.carry import read_model
    from evals.public.followup import evaluate_followup

    with plain_errors():
        measured = evaluate_followup(file, read_model())
    _finish(measured, out)


def fit(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of rewritten turns.")],
    out: Annotated[Path | None, typer.Option("--out", help="File to write [default: the one that is used].")] = None,
    threshold: Annotated[float, typer.Option("--threshold", min=0.01, max=0.99, help="Least chance of a term.")] = 0.22,
) -> None:
    """Fit what a follow-up takes over, and print how well it did on conversations that it had not seen."""
    from assistant.carry import WEIGHTS
    from evals.public.followup import fit_followup, write_model

    with plain_errors():
        model, report = fit_followup(files, threshold=threshold)
        write_model(model, out or WEIGHTS, report=report)
    for name, found in report.items():
        print(f"{name}: {found}")


def register(commands: typer.Typer) -> None:
    """Add the tasks to the commands of ``curbside eval``."""
    commands.command(name="retrieval")(retrieval)
    commands.command(name="selection")(selection)
    commands.command(name="abstention")(abstention)
    commands.command(name="followup")(followup)
    commands.command(name="fit-followup")(fit)


@contextmanager
def _encoder(index: Path | None) -> Iterator[Encoder]:
    """Give the encoder of the published index."""
    from assistant.settings import from_environment
    from ingest.build import close, open_build

    build = open_build(from_environment(index=index).ingest)
    try:
        yield build.encoder
    finally:
        close(build)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar with the time left on the error stream."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task(name, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _finish(measured: Measured, out: Path) -> None:
    from evals.public.tables import show, write

    show(measured)
    print(f"written: {write(measured, out)}")
