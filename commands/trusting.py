"""``curbside verify``, and ``curbside eval injection | grounding | perturbation | safety``: is it to be trusted?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from commands.plain import IndexOption, plain_errors
from commands.tasks import OUT, OutOption, counting, finish, opened


def injection(  # noqa: PLR0913 - a command's parameters are its flags
    attacks: Annotated[Path, typer.Option("--attacks", metavar="FILE", help='{"category", "attack"} a line.')],
    texts: Annotated[Path, typer.Option("--texts", metavar="FILE", help='{"context", "question"} a line.')],
    benign: Annotated[Path | None, typer.Option("--benign", metavar="FILE", help='Harmless {"text"} a line.')] = None,
    sample: Annotated[int, typer.Option("--sample", min=0, help="Plantings to try, drawn by a seed; 0: all.")] = 600,
    index: IndexOption = None,
    out: OutOption = OUT,
) -> None:
    """Plant attacks in texts and ask about them: how often an attack is shown, and what that costs harmless texts."""
    from assistant.settings import from_environment
    from evals.public.injection import Files, evaluate_injection

    with plain_errors(), opened(index) as build, counting("Plantings") as advance:
        files = Files(attacks, texts, benign, sample)
        measured = evaluate_injection(files, build.encoder, settings=from_environment(index=index), advance=advance)
    finish(measured, out)


def grounding(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='{"source" or "source_sentences", "claim", "label"}.')],
    index: IndexOption = None,
    out: OutOption = OUT,
) -> None:
    """Tell claims that their source bears out from others: AUROC, balanced accuracy, and what leaks."""
    from assistant.verify.claims import BuiltInVerifier, read_fit
    from evals.public.grounding import evaluate_grounding

    with plain_errors(), opened(index) as build, counting("Claims") as advance:
        fit = read_fit()
        verifier = BuiltInVerifier(build.encoder, fit)
        measured = evaluate_grounding(file, verifier, threshold=fit.threshold, advance=advance)
    finish(measured, out)


def perturbation(
    most: Annotated[int, typer.Option("--most", min=1, help="Pairs of each kind.")] = 150,
    index: IndexOption = None,
    out: OutOption = OUT,
) -> None:
    """Alter true sentences of the index: how many are caught, and how many true ones are refused."""
    from assistant.settings import from_environment
    from assistant.verify.choose import verifier_of
    from evals.public.perturbation import evaluate_perturbation

    with plain_errors(), opened(index) as build, counting("Pairs") as advance:
        verifier = verifier_of(build.encoder, from_environment(index=index).verifier)
        measured = evaluate_perturbation(build, verifier, most=most, advance=advance)
    finish(measured, out)


def fit_verifier(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of judged claims.")],
    out: Annotated[Path | None, typer.Option("--out", help="File to write [default: the one that is used].")] = None,
    index: IndexOption = None,
) -> None:
    """Fit the verifier's score, and print how well it did on each file by a fit that had not seen it."""
    from assistant.verify.claims import FIT
    from evals.public.grounding import fit_verifier as fitted
    from evals.public.grounding import write_fit

    with plain_errors(), opened(index) as build, counting("Claims") as advance:
        fit = fitted(files, build.encoder, advance=advance)
        write_fit(fit, out or FIT)
    for name, found in fit["report"].items():
        print(f"{name}: {found}")


def verify(
    claims: Annotated[Path, typer.Option("--claims", metavar="FILE", help='{"claim", "evidence"} a line.')],
    index: IndexOption = None,
) -> None:
    """Hold each claim of a file against its evidence: a verdict and the sentence that decided, a JSON line each.

    Evidence is a text, or a list of sentences.
    """
    from assistant.settings import from_environment
    from assistant.verify.choose import verifier_of
    from evals.public.rows import read_rows
    from evals.public.verdicts import verdict_of

    with plain_errors(), opened(index) as build:
        verifier = verifier_of(build.encoder, from_environment(index=index).verifier)
        for row in read_rows(claims, claim=str):
            print(json.dumps(verdict_of(row, verifier), ensure_ascii=False), flush=True)


def safety(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help='{"id", "question", "path", "part"} a line [default: evals/case_sets/safety.jsonl].'
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Name the questions that were missed or alarmed about.")
    ] = False,
    index: IndexOption = None,
    out: OutOption = OUT,
) -> None:
    """Send questions down the care path: how many of each kind trigger it, and how many others do."""
    from assistant.settings import ROOT
    from evals.public.safety import evaluate_safety, look, wrong

    file = file or ROOT / "evals" / "case_sets" / "safety.jsonl"
    with plain_errors(), opened(index) as build:
        measured = evaluate_safety(file, build.encoder)
        if listed:
            for line in wrong(look(file, build.encoder)):
                print(line)
    finish(measured, out)


def fit_safety(
    out: Annotated[Path | None, typer.Option("--out", help="File to write [default: the one that is used].")] = None,
    index: IndexOption = None,
) -> None:
    """Fit what tells a question that may belong to the care path by its vector, and print what it does."""
    from assistant.safety.likely import LIKELY
    from assistant.settings import ROOT
    from evals.public.fit_safety import fit_safety as fitted
    from evals.public.fit_safety import read_phrasings, write_safety

    sets = ROOT / "evals" / "case_sets"
    ordinary = [sets / f"{name}.jsonl" for name in ("core", "coverage", "abstention", "followup", "boundary", "terse")]
    with plain_errors(), opened(index) as build:
        phrasings = read_phrasings(sets / "safety.jsonl", ordinary, encoder=build.encoder)
        fit = fitted(phrasings, encoder=build.encoder.fingerprint)
        write_safety(fit, out or LIKELY)
    for name, found in fit["report"].items():
        print(f"{name}: {found}")


def register(commands: typer.Typer) -> None:
    """Add the tasks to the commands of ``curbside eval``."""
    commands.command(name="injection")(injection)
    commands.command(name="safety")(safety)
    commands.command(name="grounding")(grounding)
    commands.command(name="perturbation")(perturbation)
    commands.command(name="fit-verifier")(fit_verifier)
    commands.command(name="fit-safety")(fit_safety)
