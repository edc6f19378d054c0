from __future__ import annotations

import pytest

from tests.test_cli import curbside


@pytest.mark.parametrize(
    ("command", "name", "told"),
    [
        (("ask", "What is a buy-in?"), "openai:some", "OPENAI_API_KEY is not set"),
        (("chat",), "acme:some", "unknown provider 'acme'"),
    ],
)
def test_a_model_that_cannot_be_used_is_told_in_one_line(command: tuple[str, ...], name: str, told: str) -> None:
    ran = curbside(*command, "--model", name)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"curbside: CURBSIDE_MODEL={name}: {told}")
    assert ran.stderr.count("\n") == 1
