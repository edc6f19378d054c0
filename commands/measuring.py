"""Tasks on other people's data: ``curbside eval retrieval | selection | abstention | followup``, and the fits of a
follow-up: ``fit-followup | fit-leaning``.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.plain import FitCasesOption, FitOutOption, IndexOption, open_assistant, plain_errors
from commands.tasks import OUT, OutOption, counting, finish, opened


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
    out: OutOption = OUT,
) -> None:
    """Rank the documents of a BEIR folder: nDCG@10, recall and reciprocal rank."""
    from assistant.settings import RetrieveSettings
    from evals.public.retrieval import Tools, evaluate_retrieval
    from ingest.passages.cache import EmbeddingCache

    with plain_errors(), opened(index) as build, counting("Documents") as advance:
        out.mkdir(parents=True, exist_ok=True)
        cache = EmbeddingCache(out / "embeddings.sqlite", build.encoder.fingerprint, dimension=build.encoder.dimension)
        try:
            tools = Tools(build.encoder, RetrieveSettings(), cache, advance)
            measured = evaluate_retrieval(folder, tools, retriever=retriever.value, asked_as=asked_as.value)
        finally:
            cache.close()
    finish(measured, out)


def selection(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"question", "sentences", "gold"} a line.')],
    index: IndexOption = None,
    out: OutOption = OUT,
) -> None:
    """Rank the sentences beside each question: MAP, MRR and P@1."""
    from evals.public.selection import evaluate_selection

    with plain_errors(), opened(index) as build, counting("Questions") as advance:
        measured = evaluate_selection(file, build.encoder, advance=advance)
    finish(measured, out)


def abstention(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"question", "passages", "label"} a line.')],
    index: IndexOption = None,
    out: OutOption = OUT,
) -> None:
    """Tell questions that their passages answer from others: AUROC, risk and coverage."""
    from assistant.settings import RetrieveSettings
    from evals.public.abstention import evaluate_abstention

    with plain_errors(), opened(index) as build, counting("Questions") as advance:
        measured = evaluate_abstention(file, build.encoder, settings=RetrieveSettings(), advance=advance)
    finish(measured, out)


def followup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"history", "question", "rewrite"} a line.')],
    out: OutOption = OUT,
) -> None:
    """Compare the terms taken over from the history with a person's: precision, recall and F1."""
    from assistant.carry import read_model
    from evals.public.followup import evaluate_followup

    with plain_errors():
        measured = evaluate_followup(file, read_model())
    finish(measured, out)


def fit(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of rewritten turns.")],
    out: FitOutOption = None,
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


def fit_lean(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of rewritten turns.")],
    cases: FitCasesOption = None,
    out: FitOutOption = None,
    index: IndexOption = None,
) -> None:
    """Fit whether a follow-up leans on its conversation, and print what that did on conversations not seen."""
    from assistant.lean import LEANING
    from evals.calibrate import CASE_SETS
    from evals.leaning import fit_leaning, write_leaning

    with plain_errors():
        assistant = open_assistant(index)
        bar = assistant.settings.follow_up.leaning
        model, report = fit_leaning(assistant, files, singles=cases or CASE_SETS, bar=bar)
        write_leaning(model, out or LEANING, report=report)
    for name, found in report.items():
        print(f"{name}: {found}")


def register(commands: typer.Typer) -> None:
    """Add the tasks to the commands of ``curbside eval``."""
    commands.command(name="retrieval")(retrieval)
    commands.command(name="selection")(selection)
    commands.command(name="abstention")(abstention)
    commands.command(name="followup")(followup)
    commands.command(name="fit-followup")(fit)
    commands.command(name="fit-leaning")(fit_lean)
