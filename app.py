"""The Gradio front end in a FastAPI app: ``build_app(assistant)`` and ``main()``. Layout and events are in ``page``."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

# before gradio is imported, which reads it: no look-up of any host at start
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.chain import Assistant
from assistant.errors import SettingError
from assistant.settings import ROOT, AssistantSettings, ServeSettings, from_environment, serve_from_environment
from ingest.build import POINTER, published
from ingest.errors import BusyError, DocumentError
from ingest.pipeline import build_index, is_current
from page.blocks import build_blocks, head, style, theme


def build_app(assistant: Assistant) -> FastAPI:
    """Return the web application over an assistant: the page at ``/`` and a health check at ``/healthz``."""
    app = FastAPI(title="Curbside", docs_url=None, redoc_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ready", "build": assistant.build.manifest.build}

    blocks = build_blocks(assistant).queue(default_concurrency_limit=4, max_size=32)
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
    )
    return app


def run(index: Path | None = None) -> None:
    """Build the index if it is missing or stale, then serve the page until it is stopped."""
    settings = from_environment(index=index)
    serving = serve_from_environment()
    _check_port(serving)
    bring_up_to_date(settings)
    print("Loading …", flush=True)
    app = build_app(Assistant.open(settings))
    print(f"Curbside is at http://{serving.host}:{serving.port} (Ctrl-C stops it)", flush=True)
    uvicorn.run(app, host=serving.host, port=serving.port, log_level="warning")


def main() -> None:
    """Serve the page, as ``curbside serve`` does."""
    import cli

    cli.app(["serve", *sys.argv[1:]])


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
            raise SettingError(
                f"CURBSIDE_HOST={serving.host} CURBSIDE_PORT={serving.port}: cannot listen there ({error.strerror}); "
                f"stop what uses the port, or set another"
            ) from error


if __name__ == "__main__":
    main()
