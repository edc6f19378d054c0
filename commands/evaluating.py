"""``curbside eval [run | score | gate | accept | schema]``: cases are asked, scored and held against the gates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.plain import IndexOption, open_assistant, plain_errors, progress_bars

if TYPE_CHECKING:
    from evals.pipeline import Judges, Opened, Wanted
    from evals.records import Header, Run

_OUT = Path("reports")
#: A verdict is one word.
_VERDICT_TOKENS = 20

CasesOption = Annotated[Path | None, typer.Option("--cases", help="A file of cases instead of a suite's.")]
SuiteOption = Annotated[str, typer.Option("--suite", help="core, coverage, followup, abstention, safety or injection.")]
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


def score(
    path: RunOption,
    cases: CasesOption = None,
    out: OutOption = _OUT,
    judge: JudgeOption = "",
    verify: VerifyOption = False,
    index: IndexOption = None,
    baseline: BaselineOption = None,
) -> None:
    """Score a run again without asking, and leave the gates aside. Exit code 2 where nothing can be scored."""
    from evals.pipeline import Wanted

    _report(path, Wanted(cases=cases, baseline=baseline), out=out, asked=(judge, verify, index), gated=False)


def gate(
    path: RunOption,
    cases: CasesOption = None,
    out: OutOption = _OUT,
    judge: JudgeOption = "",
    verify: VerifyOption = False,
    index: IndexOption = None,
    gates: GatesOption = None,
    baseline: BaselineOption = None,
) -> None:
    """Score a run again and hold it against the gates. Exit codes as of `curbside eval`."""
    from evals.pipeline import Wanted

    _report(
        path, Wanted(cases=cases, gates=gates, baseline=baseline), out=out, asked=(judge, verify, index), gated=True
    )


def accept(
    why: Annotated[str, typer.Option("--why", help="Why the new scores are right.")],
    path: RunOption = _OUT / "run.jsonl",
    cases: CasesOption = None,
    baseline: BaselineOption = None,
) -> None:
    """Make a run the baseline of its suite, that later runs are held against."""
    from evals.baseline import accept as renew
    from evals.errors import EvalError
    from evals.pipeline import BASELINE, Wanted, report_on_file

    with plain_errors():
        wanted = Wanted(cases=cases, baseline=baseline)
        report = report_on_file(path, wanted=wanted, judges=_judges(), gated=False)
        if report.verdict.code:
            raise EvalError(f"{path}: {report.verdict.line}; a baseline is made of a run without errors")
        if baseline is None and not wanted.is_shipped:
            raise EvalError(f"{cases} is no shipped suite; name a file for its baseline with --baseline")
        renew(baseline or BASELINE, report.scores, header=report.header, digest=report.digest, why=why)
    print(f"written: {baseline or BASELINE}; the baseline of {report.header.suite} is now run {report.digest}")


def schema() -> None:
    """Print the JSON Schema of a case."""
    from evals.cases import SCHEMA

    print(SCHEMA.read_text("utf-8"), end="")


def register(commands: typer.Typer) -> None:
    """Make these the commands of ``curbside eval``, and the first what it does without one."""
    commands.callback(invoke_without_command=True)(evaluate)
    for command in (run, score, gate, accept, schema):
        commands.command(name=command.__name__)(command)


def _report(path: Path, wanted: Wanted, *, out: Path, asked: tuple[str, bool, Path | None], gated: bool) -> None:
    from evals.pipeline import report_on_file
    from evals.report import print_report, write_report

    with plain_errors():
        report = report_on_file(path, wanted=wanted, judges=_judges(*asked), gated=gated)
        print_report(report)
        write_report(report, out)
    raise typer.Exit(report.verdict.code)


def _opened(index: Path | None, subject: str, model: str) -> Opened:
    from evals.pipeline import open_local, open_other

    return open_other(subject, model=model) if subject else open_local(open_assistant(index))


def _ask(opened: Opened, wanted: Wanted, path: Path) -> tuple[Header, list[Run]]:
    from evals.pipeline import run as ask

    with _progress(len(wanted.read())) as advance:
        return ask(opened, wanted, path=path, advance=advance)


def _judges(judge: str = "", verify: bool = False, index: Path | None = None) -> Judges:
    from evals.pipeline import Judges, guarded

    verifier, ask = None, None
    if verify:
        from assistant.settings import from_environment
        from assistant.verify.claims import BuiltInVerifier
        from ingest.build import open_build

        verifier = BuiltInVerifier(open_build(from_environment(index=index).ingest).encoder)
    if judge:
        from assistant.generate.model import open_model
        from assistant.settings import PROVIDERS, ModelSettings
        from evals.errors import EvalError

        if judge.partition(":")[0] not in PROVIDERS or not judge.partition(":")[2]:
            raise EvalError(f"--judge {judge}: write PROVIDER:NAME with one of {', '.join(PROVIDERS)}")
        model = open_model(ModelSettings(name=judge, tokens=_VERDICT_TOKENS))
        ask = guarded(lambda prompt: str(model.invoke(prompt).text))
    return Judges(verifier, ask)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar with the time left on the error stream."""
    with progress_bars() as bars:
        bars.stage("Cases", total)
        yield bars.advance
