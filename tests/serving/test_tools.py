"""The MCP server, asked by the package's own client over standard input and output, and over HTTP."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import AssistantSettings

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
ROOT = Path(__file__).parent.parent.parent


async def _talk(server: object) -> dict[str, Any]:
    async with mcp.Client(server) as client:
        tools = await client.list_tools()
        answer = await client.call_tool("ask", {"question": "what is tail coverage"})
        (text,) = [part.text for part in answer.content]
        id_ = re.findall(r"\b[0-9a-f]{16}\b", text)[0]
        return {
            "tools": {tool.name for tool in tools.tools},
            "answer": text,
            "passage": (await client.call_tool("read_passage", {"id": id_})).content[0].text,
            "follow-up": (
                await client.call_tool("ask", {"question": "who pays for it?", "history": ["what is tail coverage"]})
            ),
            "no question": await client.call_tool("ask", {"question": ""}),
            "no passage": await client.call_tool("read_passage", {"id": "0" * 16}),
        }


@pytest.fixture(scope="module", params=["stdio", "http"])
def said(request: pytest.FixtureRequest, shipped_settings: AssistantSettings, address: str) -> dict[str, Any]:
    args = ["-m", "cli", "mcp", "--index", str(shipped_settings.ingest.index)]
    stdio = mcp.StdioServerParameters(command=sys.executable, args=args, cwd=str(ROOT))
    server = stdio if request.param == "stdio" else f"{address}/mcp"
    return asyncio.run(asyncio.wait_for(_talk(server), 120))


def test_there_are_two_tools(said: dict[str, Any]) -> None:
    assert said["tools"] == {"ask", "read_passage"}


def test_an_answer_comes_with_marks_sources_and_ids(said: dict[str, Any]) -> None:
    text, _, sources = said["answer"].partition("**Sources**")
    assert "[1]" in text
    assert "- [1] " in sources
    assert "read_passage" in sources


def test_a_passage_holds_what_was_quoted(said: dict[str, Any]) -> None:
    assert said["answer"].partition(" [1]")[0] in said["passage"]


def test_a_follow_up_is_understood_from_the_history(said: dict[str, Any]) -> None:
    assert not said["follow-up"].is_error
    assert "tail" in said["follow-up"].content[0].text.casefold()


def test_what_cannot_be_done_is_an_error_with_a_sentence(said: dict[str, Any]) -> None:
    assert (said["no question"].is_error, said["no passage"].is_error) == (True, True)
    assert "There is no question yet" in said["no question"].content[0].text
    assert "No passage has this id" in said["no passage"].content[0].text


def test_a_question_over_http_is_counted_with_the_others(address: str) -> None:
    def counted() -> float:
        rows = httpx.get(f"{address}/metrics", timeout=60).text.splitlines()
        return sum(float(row.rpartition(" ")[2]) for row in rows if row.startswith("curbside_questions_total{"))

    before = counted()
    call = {"name": "ask", "arguments": {"question": "what is tail coverage"}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    accept = {"Accept": "application/json, text/event-stream"}
    assert "[1]" in httpx.post(f"{address}/mcp", json=message, headers=accept, timeout=60).text
    assert counted() == before + 1


def test_there_is_nothing_to_wait_for_where_nothing_is_kept(address: str) -> None:
    assert httpx.get(f"{address}/mcp", timeout=60).status_code == 405


def test_without_the_package_the_command_names_the_extra(shipped_settings: AssistantSettings) -> None:
    script = "import sys; sys.modules['mcp'] = None; sys.modules['mcp.server'] = None; import cli; cli.app(['mcp'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert done.stderr == "curbside: the package mcp is not installed; run pip install 'curbside[mcp]'\n"
