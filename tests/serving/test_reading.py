from __future__ import annotations

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assistant.chain import Assistant

DOCUMENT = "practice/partnership-track-and-buy-in"


def test_a_cited_passage_can_be_read(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "what is tail coverage"}).json()
    for citation in answer["citations"]:
        passage = client.get(f"/v1/passages/{citation['passage_id']}").json()
        assert passage["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert passage["title"] == citation["title"]


def test_a_passage_lies_where_it_says_in_its_document(client: TestClient) -> None:
    document = client.get(f"/v1/documents/{DOCUMENT}").json()
    assert document["passages"]
    for place in document["passages"]:
        passage = client.get(f"/v1/passages/{place['id']}").json()
        assert document["text"][place["start"] : place["end"]] == passage["text"]


def test_the_sections_hold_all_of_a_document(client: TestClient, assistant: Assistant) -> None:
    document = client.get(f"/v1/documents/{DOCUMENT}").json()
    lines = []
    for section in document["sections"]:
        lines += [section["heading"]] if section["heading"] else []
        lines += [block["prefix"] + block["text"] for block in section["blocks"]]
    assert "\n".join(lines) == document["text"] == assistant.build.passages.document(("Curbside", DOCUMENT)).text


def test_a_block_lies_where_it_says(client: TestClient) -> None:
    document = client.get(f"/v1/documents/{DOCUMENT}").json()
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    assert blocks
    assert all(document["text"].startswith(block["prefix"] + block["text"], block["start"]) for block in blocks)


def test_the_library_lists_every_document(client: TestClient, assistant: Assistant) -> None:
    told = client.get("/v1/library").json()
    assert told["build"] == assistant.build.manifest.build
    assert len(told["documents"]) == sum(library["documents"] for library in told["libraries"])
    assert DOCUMENT in {document["id"] for document in told["documents"]}


@pytest.mark.parametrize("path", ["passages/0000000000000000", "documents/no/such", f"documents/{DOCUMENT}?library=X"])
def test_what_is_not_there_is_a_problem(client: TestClient, path: str) -> None:
    told = client.get(f"/v1/{path}")
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")


def test_an_id_may_be_written_with_escaped_slashes(client: TestClient) -> None:
    assert client.get(f"/v1/documents/{quote(DOCUMENT, safe='')}").json()["id"] == DOCUMENT
