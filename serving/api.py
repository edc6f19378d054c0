"""An assistant and settings -> what is served beside the page: interface, health, metrics, schema, and the guards.

served = serve(assistant, settings)
app = FastAPI(lifespan=served.lifespan)
served.attach(app)            # routes and guards; the page is mounted after it, on served.assistant
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.chain import Assistant
from assistant.settings import ServeSettings
from serving.accounts import Accounts
from serving.asking import ask_routes
from serving.body import BodyLimit
from serving.completions import completion_routes
from serving.desk import Desk
from serving.errors import ExtraMissingError
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
from serving.tools import ToolDoor, tool_server
from serving.watch import WatchedAssistant

PREFIX = "/v1"
#: Threads beside those that answer: the health check and what the runtime does for itself must not wait for a model.
_SPARE_THREADS = 4


@dataclass(frozen=True, slots=True)
class Served:
    """An assistant with what watches it."""

    assistant: WatchedAssistant
    """The assistant; whoever asks it is counted, and takes a place."""
    desk: Desk
    """Who takes questions from routes and tools."""
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
        app.state.tools = self._tool_door()
        if app.state.tools is not None:
            app.router.routes.append(app.state.tools.route())
        handle_errors(app)
        # the last one added is the first that a request meets
        app.add_middleware(BodyLimit, most=self.settings.body_bytes)
        if self.settings.accounts is not None:
            app.add_middleware(Guard, accounts=Accounts.read(self.settings.accounts))
        app.add_middleware(RequestLog)

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        """Hold what an attached application needs while it serves: threads for all places, and the tools."""
        most = self.settings.concurrency + _SPARE_THREADS
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(most, thread_name_prefix="curbside"))
        async with AsyncExitStack() as stack:
            if app.state.tools is not None:
                await stack.enter_async_context(app.state.tools.opened())
            yield

    def _tool_door(self) -> ToolDoor | None:
        try:
            return ToolDoor(tool_server(self.desk, lambda: self.assistant.build))
        except ExtraMissingError:
            return None

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
        app.include_router(ask_routes(self.desk))
        app.include_router(reading_routes(self.assistant))
        app.include_router(rating_routes(self.feedback))
        app.include_router(completion_routes(self.desk))
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
        def docs(request: Request) -> HTMLResponse:
            # behind a proxy, what stands before the path there
            prefix = request.scope.get("root_path", "") + PREFIX
            return HTMLResponse(schema_page(interface.openapi(), prefix=prefix), headers=PAGE_HEADERS)

    def _build(self) -> str:
        return self.assistant.build.manifest.build


def serve(assistant: Assistant, settings: ServeSettings) -> Served:
    """Return an assistant that is watched, with what it is served with."""
    metrics, store = Metrics(), FeedbackStore(settings.feedback)
    journal = Journal(metrics, gaps=store if settings.keep_gaps else None, assistant=assistant)
    feedback = FeedbackDesk(store, lambda: assistant.build.manifest.build, metrics.rated)
    gate = Gate(at_once=settings.concurrency, waiting=settings.queue, refused=metrics.refused)
    watched = WatchedAssistant.of(assistant, journal, gate=gate)
    desk = Desk(watched, gate)
    return Served(watched, desk, feedback, metrics, settings)
