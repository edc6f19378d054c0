"""The schema, the page that shows it, and requests made up from it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

#: Requests made up for each operation; all of them together take some seconds.
EXAMPLES = 25


def test_the_page_names_every_route_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/docs")
    paths = client.get("/v1/openapi.json").json()["paths"]
    assert all(f"/v1{path}</code>" in page.text for path in paths)
    assert not re.search(r"<script|<link|<img|<iframe|src=|@import|url\(|https?://", page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_every_form_that_the_schema_names_is_in_it(client: TestClient) -> None:
    text = client.get("/v1/openapi.json").text
    named = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert "ProblemRecord" in named
    assert named <= set(client.get("/v1/openapi.json").json()["components"]["schemas"])


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_requests_made_up_from_the_schema_are_answered_as_it_says(api: FastAPI, mode: str) -> None:
    import hypothesis
    from schemathesis import GenerationMode

    operations = [found.ok() for found in schemathesis.openapi.from_asgi("/v1/openapi.json", api).get_all_operations()]
    assert {operation.path for operation in operations} >= {"/ask", "/ask/stream", "/feedback", "/library"}
    bounded = hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    for operation in operations:
        if mode == "negative" and not operation.body and not list(operation.iter_parameters()):
            continue  # nothing is sent that could have a wrong form
        cases = operation.as_strategy(GenerationMode(mode))
        bounded(hypothesis.given(cases)(_hold))()  # type: ignore[no-untyped-call]


def _hold(case: Any) -> None:
    """Send a request and hold status, type, headers and form of what comes back against the schema; no 5xx."""
    checks = schemathesis.checks
    # a request of the right form is refused where its question is no question
    case.call_and_validate(excluded_checks=[checks.positive_data_acceptance])
