"""The assistant as an MCP server over standard input and output: ``ask`` and ``read_passage``.

For programs with a chat model of their own that want quotations to work from. The extra ``mcp`` brings the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.chain import Ask, Assistant
from assistant.errors import QuestionError
from assistant.records import Answer, Turn
from serving.errors import ExtraMissingError, ProblemError
from serving.markdown import as_markdown
from serving.reading import find_passage, passage_record

if TYPE_CHECKING:
    from mcp.server import MCPServer

_INSTRUCTIONS = (
    "Answers career and mentorship questions of physicians in training from a curated corpus. Every sentence of an "
    "answer is a quotation with a number; repeat the numbers and the list of sources. Where an answer says that "
    "something is not covered, say so and do not fill it in."
)


def tool_server(assistant: Assistant) -> MCPServer:
    """Return a server over an assistant. Raises ExtraMissingError where the package is not installed."""
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
    except ImportError as error:
        raise ExtraMissingError("the package mcp is not installed; run pip install 'curbside[mcp]'") from error
    server = MCPServer("curbside", instructions=_INSTRUCTIONS, log_level="WARNING")

    @server.tool(structured_output=False)
    def ask(question: str, history: list[str] | None = None) -> str:
        """Answer a career question from the corpus; history holds the earlier questions, oldest first."""
        turns = tuple(Turn(earlier) for earlier in history or ())
        try:
            return _with_ids(assistant.invoke(Ask(question, turns)))
        except QuestionError as error:
            raise ToolError(str(error)) from error

    @server.tool(structured_output=False)
    def read_passage(id: str) -> str:
        """Return the passage with this id, with its title, headings and review date."""
        try:
            found = passage_record(assistant.build, find_passage(assistant.build, id))
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
