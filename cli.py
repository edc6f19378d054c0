"""``curbside ingest | library | doctor | ask | chat | serve | feedback | mcp | eval``: flags in, records printed.

Nothing heavy is imported before a command needs it, so that ``curbside --help`` answers at once. Exit codes: 0 done,
1 a gate was missed or a file refused, 2 it could not be done (the message says what to do).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import evaluating, ingesting, measuring, mutating, serving, trusting
from commands.answers import as_text
from commands.plain import FitCasesOption, FitOutOption, IndexOption, open_assistant, plain_errors, shipped_library

if TYPE_CHECKING:
    from assistant.chain import Assistant

app = typer.Typer(
    name="curbside",
    help="Answers physicians' career questions from a curated corpus, with a citation for every sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # as "rich", the default, it takes "[default: …]" for markup and leaves it out
    rich_markup_mode="markdown",
)

corpus_commands = typer.Typer(name="corpus", help="Check the corpus and see what it covers.", no_args_is_help=True)
app.add_typer(corpus_commands)

eval_commands = typer.Typer(name="eval", help="Run the cases, and fit what is fitted on them.")
app.add_typer(eval_commands)

evaluating.register(eval_commands)
measuring.register(eval_commands)
trusting.register(eval_commands)
mutating.register(eval_commands)

OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", help="Answer from this library alone; may be repeated.")
]

StageOption = Annotated[str, typer.Option("--stage", help="Prefer guidance for this career stage, such as fellow.")]
SettingOption = Annotated[str, typer.Option("--setting", help="Prefer guidance for this setting, such as academic.")]
TopicOption = Annotated[str, typer.Option("--topic", help="Answer from documents with this tag alone.")]

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", help="Chat model, as openai:NAME, anthropic:NAME or ollama:NAME [default: CURBSIDE_MODEL]."
    ),
]

app.command(name="ingest")(ingesting.ingest)
app.command(name="doctor")(ingesting.doctor)
app.add_typer(ingesting.library_commands)
app.command(name="verify")(trusting.verify)
serving.register(app)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole record as JSON.")] = False,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help='File of {"id", "turns": ["…", "…"]} a line; one record a line is printed.'),
    ] = None,
    only: OnlyOption = None,
    stage: StageOption = "",
    setting: SettingOption = "",
    topic: TopicOption = "",
    model: ModelOption = None,
) -> None:
    """Answer one question, or every question of a file, from the index."""
    from assistant.chain import Ask
    from assistant.errors import AssistantError, QuestionError
    from assistant.prefer import Preference

    with plain_errors():
        if (question is None) == (jsonl is None):
            raise typer.BadParameter("give a question, or --jsonl FILE, and not both")
        assistant = open_assistant(index, model=model)
        if jsonl is not None:
            _ask_file(assistant, jsonl, tuple(only or ()))
            return
        try:
            preference = Preference(stage, setting, topic)
            answer = assistant.invoke(Ask(question or "", only=tuple(only or ()), preference=preference))
        except QuestionError as error:
            raise AssistantError(str(error)) from error
        print(json.dumps(answer.as_record(), ensure_ascii=False, indent=2) if as_json else as_text(answer))


@app.command()
def chat(index: IndexOption = None, only: OnlyOption = None, model: ModelOption = None) -> None:
    """Ask questions one after the other; follow-ups may lean on the questions before. An empty line ends it."""
    from assistant.chain import Ask
    from assistant.errors import QuestionError
    from assistant.records import Turn

    with plain_errors():
        assistant = open_assistant(index, model=model)
        turns: tuple[Turn, ...] = ()
        while line := _read_line():
            try:
                answer = assistant.invoke(Ask(line, turns, tuple(only or ())))
            except QuestionError as error:
                print(f"{error}\n")
                continue
            if answer.query != answer.question:
                print(f"Understood as: {answer.query}")
            print(as_text(answer) + "\n")
            turns = (*turns, answer.as_turn())


@eval_commands.command(name="calibrate")
def calibrate(
    cases: FitCasesOption = None,
    out: FitOutOption = None,
    index: IndexOption = None,
) -> None:
    """Fit what tells answered from unanswered questions, and print how well it did on questions it had not seen."""
    from assistant.cover import CALIBRATION
    from evals.calibrate import calibrate_and_write

    with plain_errors():
        report = calibrate_and_write(
            open_assistant(index), case_sets=cases, library=shipped_library().name, out=out or CALIBRATION
        )
    print(json.dumps(report, indent=1))


@corpus_commands.command(name="check")
def check_corpus(
    folder: Annotated[Path | None, typer.Argument(help="Folder [default: the shipped corpus].")] = None,
) -> None:
    """Hold every document against the editorial policy; exit with 1 where one breaks it."""
    from datetime import date

    from ingest.editorial.check import check_corpus, line_of

    with plain_errors():
        root = folder or shipped_library().folder
        checked = check_corpus(root, today=date.today())
    for finding in checked.findings:
        where = f"{root / finding.document}.md:{line_of(root, finding)}"
        excerpt = f" | {finding.excerpt[:80]}" if finding.excerpt else ""
        print(f"{where}: {finding.severity}: {finding.rule}: {finding.message}{excerpt}")
    warnings = len(checked.findings) - checked.errors
    print(
        f"{checked.documents} documents, {checked.errors} errors, {warnings} warnings; median grade {checked.grade:.1f}"
    )
    if checked.errors:
        raise typer.Exit(1)


@corpus_commands.command(name="coverage")
def show_coverage(
    folder: Annotated[Path | None, typer.Argument(help="Folder [default: the shipped corpus].")] = None,
) -> None:
    """Print how many documents speak to each theme, stage and setting, and where none does."""
    from datetime import date

    from ingest.editorial.check import check_corpus
    from ingest.editorial.corpus import as_table

    with plain_errors():
        checked = check_corpus(folder or shipped_library().folder, today=date.today())
    print(as_table(checked.coverage))
    gaps = checked.coverage.gaps()
    print(f"\n{len(gaps)} gaps" + "".join(f"\n- {' · '.join(gap)}" for gap in gaps))


def main() -> None:
    """Run the command line."""
    app()


def _ask_file(assistant: Assistant, path: Path, only: tuple[str, ...]) -> None:
    from assistant.chain import Ask
    from assistant.errors import QuestionError
    from assistant.records import Turn

    for number, case in _read_cases(path):
        turns: tuple[Turn, ...] = ()
        record: dict[str, object] = {}
        for question in case["turns"]:
            try:
                answer = assistant.invoke(Ask(question, turns, only))
            except QuestionError as error:
                record = {"id": case.get("id", number), "error": str(error)}
                continue
            turns = (*turns, answer.as_turn())
            record = {"id": case.get("id", number), **answer.as_record()}
        print(json.dumps(record, ensure_ascii=False), flush=True)


def _read_cases(path: Path) -> Iterator[tuple[int, dict[str, list[str]]]]:
    from assistant.errors import AssistantError

    try:
        # not splitlines: JSON allows a line separator inside a text
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise AssistantError(f"{path}: cannot be read ({error.strerror}); give a file of JSON lines") from error
    except UnicodeDecodeError as error:
        raise AssistantError(f"{path}: byte {error.start} is not UTF-8; give a file of JSON lines") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:
            raise AssistantError(f"{path}:{number}: not JSON ({error}); mend the line") from error
        turns = case.get("turns") if isinstance(case, dict) else None
        if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
            raise AssistantError(f'{path}:{number}: has no "turns": ["…"]; see docs/record.md for the form')
        yield number, case


def _read_line() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""


if __name__ == "__main__":
    main()
