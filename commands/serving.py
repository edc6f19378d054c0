"""``curbside serve``, ``serve hash-password``, ``mcp`` and ``feedback export``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from commands.plain import FAILED, IndexOption, open_assistant, plain_errors

serve_commands = typer.Typer(name="serve", help="Serve the page and the interface; make passwords for it.")
feedback_commands = typer.Typer(name="feedback", help="What people thought of answers.", no_args_is_help=True)


def register(commands: typer.Typer) -> None:
    """Add the commands to ``curbside``."""
    commands.add_typer(serve_commands)
    commands.add_typer(feedback_commands)
    commands.command(name="mcp")(mcp)


@serve_commands.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    index: IndexOption = None,
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on [default: 127.0.0.1 or CURBSIDE_HOST].")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", help="Port to listen on [default: 7860 or CURBSIDE_PORT].")
    ] = None,
    root_path: Annotated[
        str | None, typer.Option("--root-path", help="Path under which a proxy serves it, such as /curbside.")
    ] = None,
    log_format: Annotated[
        str | None, typer.Option("--log-format", help="plain or json [default: plain or CURBSIDE_LOG].")
    ] = None,
) -> None:
    """Serve the page at / and the interface at /v1; builds the index first if it must.

    CURBSIDE_AUTH names a file of accounts; without it nobody is asked who they are.
    """
    if context.invoked_subcommand is not None:
        return
    given = {
        "CURBSIDE_HOST": host,
        "CURBSIDE_PORT": port,
        "CURBSIDE_ROOT_PATH": root_path,
        "CURBSIDE_LOG": log_format,
    }
    with _plain():
        from assistant.settings import serve_from_environment
        from serving.accounts import Accounts

        flags = {name: str(value) for name, value in given.items() if value is not None}
        settings = serve_from_environment(flags=flags)
        if settings.accounts is not None:
            Accounts.read(settings.accounts)
        # what is wrong so far is said at once: this import takes seconds
        from app import run

        run(settings, index)


@serve_commands.command(name="hash-password")
def hash_password(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the account.")],
) -> None:
    """Ask for a password twice, without showing it, and print the line of NAME for the file of accounts."""
    from getpass import getpass

    from serving.accounts import SHORTEST_PASSWORD, hash_password, is_name
    from serving.errors import AccountsError

    with _plain():
        if not is_name(name):
            raise AccountsError(f"{name!r}: a name has no colon, no space and no # in front; choose another")
        password = getpass("Password: ")
        if len(password) < SHORTEST_PASSWORD:
            raise AccountsError(f"the password has {len(password)} characters; use {SHORTEST_PASSWORD} or more")
        if getpass("Again: ") != password:
            raise AccountsError("the two passwords differ; try again")
        print(f"{name}:{hash_password(password)}")


def mcp(index: IndexOption = None) -> None:
    """Serve the tools ask and read_passage over standard input and output, for programs that speak MCP.

    The log goes to the error stream; gaps are kept where CURBSIDE_KEEP_GAPS says so.
    """
    with _plain():
        from assistant.settings import serve_from_environment
        from serving.api import serve as serve_assistant
        from serving.logs import set_up_logging
        from serving.tools import tool_server

        settings = serve_from_environment()
        served = serve_assistant(open_assistant(index), settings)
        server = tool_server(served.desk, lambda: served.assistant.build)
        set_up_logging(settings.log_format)
    server.run("stdio")


@feedback_commands.command(name="export")
def export(
    out: Annotated[Path, typer.Option("--out", help="Folder for cases.jsonl and gaps.jsonl.")] = Path("feedback"),
    index: IndexOption = None,
) -> None:
    """Write case drafts for the evaluation and the list of gaps, and print the gaps as a table."""
    with _plain():
        from assistant.settings import serve_from_environment
        from serving.drafts import draft_cases, group_gaps, write_export
        from serving.feedback import FeedbackStore

        store = FeedbackStore(serve_from_environment().feedback)
        entries, gaps = store.all(), group_gaps(store.gaps())
        cases = draft_cases(entries, _places(index)) if entries else []
        written = write_export(out, cases, gaps=gaps)
    for group in gaps:
        print(f"{group.count:>5}  {group.last}  {' | '.join(group.questions[:3])}")
    print(f"{len(cases)} drafts, {len(gaps)} gaps: {', '.join(str(path) for path in written)}")


def _places(index: Path | None) -> Callable[[str], tuple[str, str] | None]:
    """Return what finds the document and heading of a passage in the index."""
    store = open_assistant(index).build.passages

    def place(id_: str) -> tuple[str, str] | None:
        from ingest.records import heading_of

        try:
            passage = store.passages([id_])[0].passage
        except KeyError:
            return None
        return passage.document, heading_of(store.document(passage.document_key).title, passage)

    return place


@contextmanager
def _plain() -> Iterator[None]:
    """Turn errors that an operator can mend into one line and exit code 2, those of serving too."""
    from serving.errors import ServingError

    with plain_errors():
        try:
            yield
        except ServingError as error:
            print(f"curbside: {error}", file=sys.stderr)
            raise typer.Exit(FAILED) from error
