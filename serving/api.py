"""An assistant and settings -> what is served beside the page: interface, health, metrics, schema, and the guards.

served = serve(assistant, settings)
served.attach(app)            # routes and guards; the page is mounted after it, on served.assistant
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.chain import Assistant
from assistant.settings import ServeSettings
from serving.accounts import Accounts
from serving.asking import ask_routes
from serving.body import BodyLimit
from serving.completions import completion_routes
from serving.desk import Desk
from serving.feedback import FeedbackStore
from serving.gate import Gate
from serving.guard import Guard
from serving.health import HealthCheck
from serving.journal import Journal
from serving.logs import RequestLog
from serving.metrics import CONTENT_TYPE, Metrics
from serving.problems import handle_errors
from serving.rating import FeedbackDesk, rating_routes
from serving.reading import reading_routes
from serving.schema import PAGE_HEADERS, complete_schema, schema_page
from serving.watch import WatchedAssistant

PREFIX = "/v1"


@dataclass(frozen=True, slots=True)
class Served:
    """An assistant with what watches it."""

    assistant: WatchedAssistant
    """The assistant; whoever asks it is counted."""
    feedback: FeedbackDesk
    """Who takes feedback."""
    metrics: Metrics
    """What is counted."""
    settings: ServeSettings
    """How it is served."""

    def attach(self, app: FastAPI) -> None:
        """Give an application the interface, health, metrics and schema, and put the guards before all of it.

        Raises AccountsError where the file of accounts cannot be used.
        """
        interface = self._interface()
        self._add_signs(app, interface)
        app.mount(PREFIX, interface)
        handle_errors(app)
        # the last one added is the first that a request meets
        app.add_middleware(BodyLimit, most=self.settings.body_bytes)
        if self.settings.accounts is not None:
            app.add_middleware(Guard, accounts=Accounts.read(self.settings.accounts))
        app.add_middleware(RequestLog)

    def _interface(self) -> FastAPI:
        app = FastAPI(
            title="Curbside",
            version="1",
            description="Answers career questions of physicians in training with quotations from a curated corpus.",
            docs_url=None,
            redoc_url=None,
            # a request that misses by a slash gets a problem that says so, not another address
            redirect_slashes=False,
        )
        gate = Gate(at_once=self.settings.concurrency, waiting=self.settings.queue, refused=self.metrics.refused)
        desk = Desk(self.assistant, gate)
        app.include_router(ask_routes(desk))
        app.include_router(reading_routes(self.assistant))
        app.include_router(rating_routes(self.feedback))
        app.include_router(completion_routes(desk))
        handle_errors(app)
        complete_schema(app)
        return app

    def _add_signs(self, app: FastAPI, interface: FastAPI) -> None:
        health = HealthCheck(self.assistant)

        @app.get("/healthz")
        async def healthz() -> JSONResponse:
            seen = await health.look()
            return JSONResponse(seen.as_record(), 200 if seen.ready else 503)

        @app.get("/livez")
        async def livez() -> dict[str, str]:
            return {"status": "alive"}

        @app.get("/metrics")
        def metrics() -> Response:
            return Response(self.metrics.text(build=self._build()), media_type=CONTENT_TYPE)

        @app.get("/docs")
        def docs() -> HTMLResponse:
            return HTMLResponse(schema_page(interface.openapi(), prefix=PREFIX), headers=PAGE_HEADERS)

    def _build(self) -> str:
        return self.assistant.build.manifest.build


def serve(assistant: Assistant, settings: ServeSettings) -> Served:
    """Return an assistant that is watched, with what it is served with."""
    metrics, store = Metrics(), FeedbackStore(settings.feedback)
    journal = Journal(metrics, gaps=store if settings.keep_gaps else None, assistant=assistant)
    desk = FeedbackDesk(store, lambda: assistant.build.manifest.build, metrics.rated)
    return Served(WatchedAssistant.of(assistant, journal), desk, metrics, settings)
