"""``curbside eval [run | score | gate | accept | schema]``: cases are asked, scored and held against the gates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.plain import IndexOption, open_assistant, plain_errors, progress_bars

if TYPE_CHECKING:
    from evals.pipeline import Judges, Opened, Wanted
    from evals.records import Header, Report, Run

_OUT = Path("reports")
#: What scores a run again, and how the two differ.
_AGAIN = {
    "score": "Score a run again without asking, without gates where none are named. Exit code 2: nothing is scored.",
    "gate": "Score a run again without asking, and hold it against the gates. Exit codes as of `curbside eval`.",
}

CasesOption = Annotated[Path | None, typer.Option("--cases", help="A file of cases instead of a suite's.")]
SuiteOption = Annotated[
    str,
    typer.Option(
        "--suite", help="A shipped suite: core, coverage, followup, abstention, safety, injection, perturbation."
    ),
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for run.jsonl and report.html, .json, .md and .xml.")]
SubjectOption = Annotated[
    str,
    typer.Option("--subject", help="http://… or module:function that is asked [default: the assistant of the index]."),
]
SubjectModelOption = Annotated[str, typer.Option("--subject-model", help="Model named to a chat-completions server.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=32, help="Threads that ask.")]
JudgeOption = Annotated[
    str, typer.Option("--judge", metavar="PROVIDER:MODEL", help="Chat model that gives a verdict on each answer.")
]
GatesOption = Annotated[Path | None, typer.Option("--gates", help="A file of gates of one's own.")]
BaselineOption = Annotated[Path | None, typer.Option("--baseline", help="A file of baselines of one's own.")]
VerifyOption = Annotated[
    bool, typer.Option("--verify", help="Ask the built-in verifier about statements that are no quotation.")
]
RunOption = Annotated[Path, typer.Argument(metavar="RUN.jsonl", help="A run that was written down before.")]


def evaluate(
    context: typer.Context,
    index: IndexOption = None,
    cases: CasesOption = None,
    suite: SuiteOption = "core",
    out: OutOption = _OUT,
    subject: SubjectOption = "",
    subject_model: SubjectModelOption = "",
    workers: WorkersOption = 1,
    judge: JudgeOption = "",
    verify: VerifyOption = False,
    gates: GatesOption = None,
    baseline: BaselineOption = None,
) -> None:
    """Ask the cases, print the scores with their intervals and say whether the gates are passed.

    Exit code 0 passed, 1 a gate was missed, 2 could not be evaluated.
    """
    if context.invoked_subcommand is not None:
        return
    from evals.pipeline import RUN, Wanted, report_on
    from evals.report import print_report, write_report

    with plain_errors():
        wanted = Wanted(suite, cases, workers, gates, baseline)
        judges = _judges(judge, verify, index)
        header, runs = _ask(_opened(index, subject, subject_model), wanted, out / RUN)
        report = report_on(header, runs, wanted=wanted, judges=judges)
        print_report(report)
        write_report(report, out)
    raise typer.Exit(report.verdict.code)


def run(
    index: IndexOption = None,
    cases: CasesOption = None,
    suite: SuiteOption = "core",
    out: OutOption = _OUT,
    subject: SubjectOption = "",
    subject_model: SubjectModelOption = "",
    workers: WorkersOption = 1,
) -> None:
    """Ask the cases and write run.jsonl; nothing is scored. Exit code 2 where a case ended in an error."""
    from evals.pipeline import RUN, Wanted
    from evals.recording import digest_of

    with plain_errors():
        header, runs = _ask(_opened(index, subject, subject_model), Wanted(suite, cases, workers), out / RUN)
    errors = [entry for entry in runs if entry.record is None]
    for entry in errors:
        print(f"{entry.case}: {entry.error}")
    print(f"written: {out / RUN}; {len(runs)} cases, {len(errors)} errors, digest {digest_of(header, runs)}")
    if errors:
        raise typer.Exit(2)


def _again(*, gated: bool) -> Callable[..., None]:
    """Return a command that scores a run again; ``gated`` holds it against gates whether or not a file is named."""

    def command(
        path: RunOption,
        cases: CasesOption = None,
        out: OutOption = _OUT,
        judge: JudgeOption = "",
        verify: VerifyOption = False,
        index: IndexOption = None,
        gates: GatesOption = None,
        baseline: BaselineOption = None,
    ) -> None:
        from evals.pipeline import Wanted, report_on_file
        from evals.report import print_report, write_report

        with plain_errors():
            wanted = Wanted(cases=cases, gates=gates, baseline=baseline)
            judges = _judges(judge, verify, index)
            report = report_on_file(path, wanted=wanted, judges=judges, gated=gated or gates is not None)
            print_report(report)
            write_report(report, out)
        raise typer.Exit(report.verdict.code)

    return command


def accept(
    why: Annotated[str, typer.Option("--why", help="Why the new scores are right.")],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[RUN.jsonl | FOLDER]...", help="Runs, or folders of them [default: reports/run.jsonl]."
        ),
    ] = None,
    cases: CasesOption = None,
    baseline: BaselineOption = None,
) -> None:
    """Make runs the baselines of their suites, that later runs are held against: all of those named, or none.

    A folder stands for every run.jsonl in it: after `make evals`, `curbside eval accept reports --why "…"` renews all.
    """
    from evals.baseline import accept as renew
    from evals.errors import EvalError
    from evals.pipeline import BASELINE, Wanted

    with plain_errors():
        wanted = Wanted(cases=cases)
        if baseline is None and not wanted.is_shipped:
            raise EvalError(f"{cases} is no shipped suite; name a file for its baseline with --baseline")
        reports = [_good(path, wanted) for path in _runs(paths or [_OUT / "run.jsonl"])]
        renew(baseline or BASELINE, reports, why=why)
    for report in reports:
        print(f"the baseline of {report.header.suite} is now run {report.digest}")
    print(f"written: {baseline or BASELINE}")


def schema() -> None:
    """Print the JSON Schema of a case."""
    from evals.cases import SCHEMA

    print(SCHEMA.read_text("utf-8"), end="")


def register(commands: typer.Typer) -> None:
    """Make these the commands of ``curbside eval``, and the first what it does without one."""
    commands.callback(invoke_without_command=True)(evaluate)
    for command in (run, accept, schema):
        commands.command(name=command.__name__)(command)
    for name, told in _AGAIN.items():
        commands.command(name=name, help=told)(_again(gated=name == "gate"))


def _runs(paths: Sequence[Path]) -> list[Path]:
    """Return the runs that files and folders hold. Raises EvalError for a folder without one."""
    from evals.errors import EvalError
    from evals.pipeline import RUN

    found = []
    for path in paths:
        of_it = sorted(path.rglob(RUN)) if path.is_dir() else [path]
        if not of_it:
            raise EvalError(f"{path}: holds no {RUN}; make evals writes those of every suite")
        found += of_it
    return found


def _good(path: Path, wanted: Wanted) -> Report:
    """Return the scores of a run that a baseline can be made of; whatever baseline there is, is not read.

    Raises EvalError where a case has no answer.
    """
    from dataclasses import replace

    from evals.errors import EvalError
    from evals.gate import Gates, judge
    from evals.recording import digest_of, read_run
    from evals.records import Report
    from evals.score.every import every_score

    header, runs = read_run(path)
    of_it = replace(wanted, suite=header.suite)
    cases = of_it.read()
    scores = every_score(cases, runs)
    verdict = judge(Gates(), scores, cases=cases, runs=runs)
    if verdict.code or len(runs) != len(cases):
        told = verdict.line if verdict.code else f"it has {len(runs)} cases and {of_it.name} {len(cases)}"
        raise EvalError(f"{path}: {told}; a baseline is made of a whole run without errors")
    return Report(replace(header, suite=of_it.name), scores, verdict, cases, runs, digest=digest_of(header, runs))


def _opened(index: Path | None, subject: str, model: str) -> Opened:
    from evals.pipeline import open_local, open_other

    return open_other(subject, model=model) if subject else open_local(open_assistant(index))


def _ask(opened: Opened, wanted: Wanted, path: Path) -> tuple[Header, list[Run]]:
    from evals.pipeline import run as ask

    with _progress(len(wanted.read())) as advance:
        return ask(opened, wanted, path=path, advance=advance)


def _judges(judge: str = "", verify: bool = False, index: Path | None = None) -> Judges:
    from evals.pipeline import Judges, open_judge

    verifier = None
    if verify:
        from assistant.settings import from_environment
        from assistant.verify.claims import BuiltInVerifier
        from ingest.build import open_build

        verifier = BuiltInVerifier(open_build(from_environment(index=index).ingest).encoder)
    return Judges(verifier, open_judge(judge) if judge else None)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar with the time left on the error stream."""
    with progress_bars() as bars:
        bars.stage("Cases", total)
        yield bars.advance
