"""The composition root, ``build_app(assistant, settings)``: the Gradio page in a FastAPI app, beside the interface."""

from __future__ import annotations

import errno
import os
import socket
import sys
from contextlib import redirect_stderr
from pathlib import Path

# before gradio is imported, which reads it: no look-up of any host at start
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.chain import Assistant
from assistant.errors import SettingError
from assistant.settings import ROOT, AssistantSettings, ServeSettings, from_environment
from ingest.build import POINTER, published
from ingest.errors import BusyError, DocumentError
from ingest.pipeline import build_index, is_current
from page.blocks import build_blocks, head, style, theme
from serving.api import serve
from serving.logs import PrintedErrors, log_event, set_up_logging

_LOOPBACK = ("127.", "::1", "localhost")
#: Seconds that open streams are given when the server is stopped.
_GRACE = 5
#: Sessions of which the page's library keeps a copy of the page's layout (it would keep 10,000, each some 10 kB, and
#: counts each question as one). The page keeps nothing there, so that one that is forgotten is missed by nobody.
_SESSIONS = 128


def build_app(assistant: Assistant, settings: ServeSettings | None = None) -> FastAPI:
    """Return the web application over an assistant: the page at ``/``, the interface at ``/v1``, ``/healthz``,
    ``/metrics`` and ``/docs``.

    Raises AccountsError where the settings name a file of accounts that cannot be used.
    """
    settings = settings or ServeSettings()
    served = serve(assistant, settings)
    app = FastAPI(title="Curbside", docs_url=None, redoc_url=None, openapi_url=None, lifespan=served.lifespan)
    served.attach(app)
    # the page's queue is bounded as the interface's is; those whose turn it is there wait for a place with all others
    blocks = build_blocks(served.assistant, feedback=served.feedback.take_fields).queue(
        default_concurrency_limit=settings.concurrency, max_size=max(1, settings.queue)
    )
    blocks.state_session_capacity = _SESSIONS
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        css=style(),
        head=head(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        root_path=settings.root_path or None,
    )
    return app


def run(serving: ServeSettings, index: Path | None = None) -> None:
    """Build the index if it is missing or stale, then serve until it is stopped."""
    settings = from_environment(index=index)
    set_up_logging(serving.log_format)
    _check_port(serving)
    if warning := exposure(serving):
        print(f"curbside: {warning}", file=sys.stderr, flush=True)
    bring_up_to_date(settings)
    print("Loading …", flush=True)
    app = build_app(Assistant.open(settings), serving)
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    print(f"Curbside is at http://{host}:{serving.port}{serving.root_path} (Ctrl-C stops it)", flush=True)
    log_event("serving", host=serving.host, port=serving.port)
    # the page's library prints tracebacks, whose messages hold what was sent
    with redirect_stderr(PrintedErrors()):
        uvicorn.run(
            app,
            host=serving.host,
            port=serving.port,
            root_path=serving.root_path,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=_GRACE,
        )


def main() -> None:
    """Serve the page, as ``curbside serve`` does."""
    import cli

    cli.app(["serve", *sys.argv[1:]])


def exposure(serving: ServeSettings) -> str:
    """Return a warning where other machines can reach what asks nobody who they are, or an empty text."""
    if serving.accounts is not None or serving.host.startswith(_LOOPBACK):
        return ""
    return (
        f"WARNING: everybody who reaches {serving.host}:{serving.port} may ask, without a name or a password; "
        "set CURBSIDE_AUTH=FILE (curbside serve hash-password NAME makes a line of it), or serve on 127.0.0.1"
    )


def bring_up_to_date(settings: AssistantSettings) -> None:
    """Build the shipped corpus's index where it is missing or stale; an index of other documents is served as it is.

    An index that was named, by flag or variable, is somebody's own: it is built only where there is none, and where it
    cannot be opened, opening it says why.
    """
    from commands.plain import progress_bars, shipped_library

    index, library = settings.ingest.index, shipped_library()
    named = index != ROOT / "index"
    current = published(index)
    if (named and (index / POINTER).is_file()) or (current and library.name not in current.collections()):
        return
    try:
        if is_current([library], settings.ingest):
            return
        with progress_bars() as progress:
            build_index([library], settings.ingest, progress=progress)
    except (BusyError, DocumentError) as error:
        if current is None:
            raise
        print(f"curbside: {error}\ncurbside: serving the index that was built before", file=sys.stderr)


def _check_port(serving: ServeSettings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in serving.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((serving.host, serving.port))
        except OSError as error:
            strange = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
            advice = (
                "set an address of this machine, 127.0.0.1 for itself alone or 0.0.0.0 for all"
                if strange
                else "stop what uses the port, or set another"
            )
            raise SettingError(
                f"CURBSIDE_HOST={serving.host} CURBSIDE_PORT={serving.port} (or --host, --port): cannot "
                f"listen there ({error.strerror}); {advice}"
            ) from error


if __name__ == "__main__":
    main()
