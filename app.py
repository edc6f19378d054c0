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
from assistant.settings import AssistantSettings, ServeSettings, from_environment, serve_from_environment
from ingest.build import published
from ingest.errors import DocumentError
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
    _bring_up_to_date(settings, own_index=index is not None)
    print("Loading …", flush=True)
    app = build_app(Assistant.open(settings))
    print(f"Curbside is at http://{serving.host}:{serving.port} (Ctrl-C stops it)", flush=True)
    uvicorn.run(app, host=serving.host, port=serving.port, log_level="warning")


def main() -> None:
    """Serve the page, as ``curbside serve`` does."""
    import cli

    cli.app(["serve", *sys.argv[1:]])


def _bring_up_to_date(settings: AssistantSettings, *, own_index: bool) -> None:
    """Rebuild the shipped corpus's index where a file changed. An index that was named is served as it is."""
    import cli

    if own_index and published(settings.ingest.index):
        return
    library = cli.shipped_library()
    try:
        if is_current([library], settings.ingest):
            return
        with cli.progress_bars() as progress:
            build_index([library], settings.ingest, progress=progress)
    except DocumentError as error:
        if published(settings.ingest.index) is None:
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
