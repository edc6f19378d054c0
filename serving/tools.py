"""The assistant as an MCP server: the tools ``ask`` and ``read_passage``.

For programs with a chat model of their own that want quotations to work from: over standard input and output
(``curbside mcp``), or over HTTP beside the interface. The extra ``mcp`` brings the package.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from assistant.chain import Ask
from assistant.errors import QuestionError
from assistant.records import Answer, Turn
from ingest.build import OpenBuild
from serving.desk import Desk
from serving.errors import ExtraMissingError, ProblemError
from serving.markdown import as_markdown
from serving.reading import find_passage, passage_record

if TYPE_CHECKING:
    from mcp.server import MCPServer

PATH = "/mcp"
_INSTRUCTIONS = (
    "Answers career and mentorship questions of physicians in training from a curated corpus. Every sentence of an "
    "answer is a quotation with a number; repeat the numbers and the list of sources. Where an answer says that "
    "something is not covered, say so and do not fill it in."
)


class ToolDoor:
    """The tools over streamable HTTP, as an ASGI application; each request stands alone, and nothing is kept."""

    def __init__(self, server: MCPServer) -> None:
        self._server = server
        # one for each event loop that serves: the package's own belongs to the loop that it was started in
        self._open: dict[asyncio.AbstractEventLoop, Starlette] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; outside of ``opened`` it is a 503 problem."""
        if scope["method"] != "POST":
            # a GET would wait for messages that never come; clients take 405 for that
            raise ProblemError(405, "Method Not Allowed", "Use POST here. See /docs.", headers={"Allow": "POST"})
        app = self._open.get(asyncio.get_running_loop())
        if app is None:
            raise ProblemError(503, "Not ready", "The tools are not served yet.", headers={"Retry-After": "10"})
        await app(scope, receive, send)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Serve while the body runs."""
        from mcp.server.transport_security import TransportSecuritySettings

        # the names that a proxy is reached by are not known here; accounts guard this as they guard the interface
        security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        app: Starlette = self._server.streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, json_response=True, transport_security=security
        )
        loop = asyncio.get_running_loop()
        async with app.router.lifespan_context(app):
            self._open[loop] = app
            try:
                yield
            finally:
                del self._open[loop]

    def route(self) -> BaseRoute:
        """Return where it is served."""
        return Route(PATH, self)


def tool_server(desk: Desk, build: Callable[[], OpenBuild]) -> MCPServer:
    """Return a server over a desk. Raises ExtraMissingError where the package is not installed."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise ExtraMissingError("the package mcp is not installed; run pip install 'curbside[mcp]'") from error
    server = MCPServer("curbside", instructions=_INSTRUCTIONS, log_level="WARNING")

    @server.tool(structured_output=False)
    async def ask(question: str, history: list[str] | None = None) -> str:
        """Answer a career question from the corpus; history holds the earlier questions, oldest first."""
        turns = tuple(Turn(earlier) for earlier in history or ())
        try:
            return _with_ids(await desk.answer(Ask(question, turns)))
        except (QuestionError, ProblemError) as error:
            raise ToolError(str(error)) from error

    @server.tool(structured_output=False)
    def read_passage(id: str) -> str:
        """Return the passage with this id, with its title, headings and review date."""
        current = build()
        try:
            found = passage_record(current, find_passage(current, id))
        except ProblemError as problem:
            raise ToolError(problem.detail) from problem
        return _shown(found)

    return server


def _with_ids(answer: Answer) -> str:
    ids = dict.fromkeys(citation.passage_id for citation in answer.citations)
    told = f"\n\nPassages, for read_passage: {', '.join(ids)}" if ids else ""
    return as_markdown(answer) + told


def _shown(found: dict[str, Any]) -> str:
    path = " › ".join((found["title"], *found["heading_path"]))
    return f"{path} ({found['library']}; reviewed {found['reviewed'] or 'never'})\n\n{found['text']}"
