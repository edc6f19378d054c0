"""``curbside eval mutate [RUN.jsonl]``: corruptions of a good run, and how many of them are noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.plain import IndexOption, plain_errors, progress_bars

if TYPE_CHECKING:
    from assistant.records import Verifier
    from evals.mutate.records import Caught

RunOption = Annotated[Path, typer.Argument(metavar="RUN.jsonl", help="A good run, as curbside eval run writes it.")]
ShareOption = Annotated[
    float, typer.Option("--share", min=0.01, max=1.0, help="Share of the good answers that each kind corrupts.")
]
CasesOption = Annotated[Path | None, typer.Option("--cases", help="The cases of the run, where they are one's own.")]
GatesOption = Annotated[Path | None, typer.Option("--gates", help="A file of gates of one's own.")]
VerifyOption = Annotated[
    bool, typer.Option("--verify", help="Ask the built-in verifier too; this takes minutes on a whole suite.")
]


def mutate(
    path: RunOption = Path("reports/run.jsonl"),
    share: ShareOption = 1.0,
    cases: CasesOption = None,
    gates: GatesOption = None,
    verify: VerifyOption = False,
    index: IndexOption = None,
) -> None:
    """Corrupt the good answers of a run in known ways, and say how many the scores and the gate notice.

    Exit code 0 where all of the exact kinds are caught, at least 95 % of the semantic ones and none of the harmless
    ones, and the gate fails for each that is caught; 1 where not; 2 where the run is no good one to begin with.
    """
    from evals.mutate.kinds import KINDS
    from evals.mutate.measure import mutate as measure
    from evals.mutate.measure import scored
    from evals.pipeline import Wanted, gates_of
    from evals.recording import read_run

    with plain_errors():
        header, runs = read_run(path)
        wanted = replace(Wanted(cases=cases, gates=gates), suite=header.suite)
        verifier = _verifier(index) if verify else None
        good = scored(wanted.read(), runs, gates=gates_of(wanted), verifier=verifier)
        with progress_bars() as bars:
            bars.stage("Kinds", len(KINDS))
            found = measure(good, share=share, advance=bars.advance)
    _print(found)
    raise typer.Exit(0 if all(entry.is_as_it_should for entry in found if entry.corrupted) else 1)


def register(commands: typer.Typer) -> None:
    """Add the command to those of ``curbside eval``."""
    commands.command(name="mutate")(mutate)


def _verifier(index: Path | None) -> Verifier:
    from assistant.settings import from_environment
    from assistant.verify.claims import BuiltInVerifier
    from ingest.build import open_build

    return BuiltInVerifier(open_build(from_environment(index=index).ingest).encoder)


def _print(found: Sequence[Caught]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="corrupted answers that are caught", title_justify="left")
    for heading in ("kind", "", "caught", "gate fails from", "by", ""):
        table.add_column(heading, justify="right" if heading in ("caught", "gate fails from") else "left")
    for entry in found:
        gate = "passes" if entry.gate_from is None else f"{entry.gate_from} of {entry.corrupted}"
        by = ", ".join(f"{name} {count}" for name, count in list(entry.by.items())[:3])
        word = "no occasion" if not entry.corrupted else "ok" if entry.is_as_it_should else "NOT ENOUGH"
        if entry.kind.sort == "harmless" and word == "NOT ENOUGH":
            word = "TOO MUCH"
        table.add_row(entry.kind.name, entry.kind.sort, f"{entry.caught} of {entry.corrupted}", gate, by, word)
    console = Console(soft_wrap=True)
    console.print(table)
    for entry in found:
        if entry.kind.sort != "harmless" and entry.missed:
            line = f"  {entry.kind.name}, not caught: {', '.join(entry.missed[:5])}"
            console.print(line, highlight=False, markup=False)
