"""What is counted, logged and kept of a question, and what is not."""

from __future__ import annotations

import io
import json
import logging
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.chain import Assistant
from assistant.settings import ServeSettings
from ingest.errors import IndexMissingError
from serving.api import serve
from serving.errors import ProblemError
from serving.feedback import FeedbackStore
from serving.logs import PrintedErrors, describe_error, set_up_logging

UNIQUE = "zanzibarque"
#: Not in the corpus, and of the field.
NOT_COVERED = "which hospitals in Boston have the best cardiology fellowship match list"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is written to the log, which is as it was afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    yield stream
    root.handlers, root.level = before, level
    logging.getLogger("curbside").setLevel(logging.NOTSET)


def client_of(assistant: Assistant, folder: Path, *, keep_gaps: bool = False) -> TestClient:
    app = FastAPI()
    serve(assistant, ServeSettings(feedback=folder / "feedback.sqlite", keep_gaps=keep_gaps)).attach(app)
    return TestClient(app, raise_server_exceptions=False)


def metric(client: TestClient, line: str) -> float:
    found = [row for row in client.get("/metrics").text.splitlines() if row.startswith(line + " ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


def test_questions_are_counted_by_what_came_of_them(assistant: Assistant, tmp_path: Path) -> None:
    client = client_of(assistant, tmp_path)
    for question in ("what is tail coverage", "how do I find a mentor", "", NOT_COVERED):
        client.post("/v1/ask", json={"question": question})
    client.post("/v1/ask/stream", json={"question": "what is tail coverage"})
    assert metric(client, 'curbside_questions_total{outcome="answered"}') == 3
    assert metric(client, 'curbside_questions_total{outcome="not_covered"}') == 1
    assert metric(client, 'curbside_questions_total{outcome="unreadable"}') == 1
    assert metric(client, 'curbside_step_seconds_count{step="retrieve"}') == 4
    assert metric(client, "curbside_in_flight") == 0
    assert metric(client, f'curbside_build_info{{build="{assistant.build.manifest.build}"}}') == 1


def test_feedback_is_counted(assistant: Assistant, tmp_path: Path) -> None:
    client = client_of(assistant, tmp_path)
    client.post("/v1/feedback", json={"rating": "up", "question": "why", "outcome": "answered"})
    assert metric(client, 'curbside_feedback_total{rating="up"}') == 1


class CarelessReranker:
    """Fails with the question in its message, as a careless library would."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        raise RuntimeError(question)


@pytest.mark.parametrize("form", ["json", "plain"])
def test_no_word_of_a_question_or_an_answer_is_logged(
    assistant: Assistant, tmp_path: Path, log: io.StringIO, form: str
) -> None:
    set_up_logging(form, stream=log)
    client = client_of(assistant, tmp_path, keep_gaps=True)
    question = f"what is tail coverage {UNIQUE}"
    answer = client.post("/v1/ask", json={"question": "what is tail coverage"}).json()
    client.post("/v1/ask", json={"question": question, "turns": [UNIQUE]})
    client.post("/v1/ask/stream", json={"question": question})
    client.post(f"/v1/ask?{UNIQUE}", json={"question": question, UNIQUE: 1})
    client.get(f"/v1/passages/{UNIQUE}")
    client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": question}]})
    client.post("/v1/feedback", json={"rating": "down", "question": question, "outcome": "answered", "note": UNIQUE})
    written = log.getvalue()
    assert "outcome" in written
    assert UNIQUE not in written
    assert answer["citations"][0]["quote"][:30] not in written


def test_a_line_has_id_outcome_times_and_build(assistant: Assistant, tmp_path: Path, log: io.StringIO) -> None:
    set_up_logging("json", stream=log)
    client = client_of(assistant, tmp_path)
    told = client.post("/v1/ask", json={"question": "what is tail coverage"}, headers={"X-Request-ID": "abc-1"})
    assert told.headers["x-request-id"] == "abc-1"
    question, request = (json.loads(line) for line in log.getvalue().splitlines())
    assert (question["event"], question["outcome"], question["request"]) == ("question", "answered", "abc-1")
    assert question["build"] == assistant.build.manifest.build
    assert question["steps_ms"]["total"] > 0
    assert (request["path"], request["status"], request["request"]) == ("/v1/ask", 200, "abc-1")


def test_an_id_that_could_be_more_than_an_id_is_replaced(assistant: Assistant, tmp_path: Path) -> None:
    told = client_of(assistant, tmp_path).get("/livez", headers={"X-Request-ID": "a b"})
    assert len(told.headers["x-request-id"]) == 16


def test_a_fault_is_counted_and_logged_without_its_message(
    assistant: Assistant, tmp_path: Path, log: io.StringIO
) -> None:
    set_up_logging("json", stream=log)
    fields = {name: getattr(assistant, name) for name in type(assistant).model_fields}
    client = client_of(Assistant(**{**fields, "reranker": CarelessReranker()}), tmp_path)
    told = client.post("/v1/ask", json={"question": f"what is tail coverage {UNIQUE}"})
    assert metric(client, 'curbside_errors_total{kind="RuntimeError"}') == 1
    assert "test_journal.py" in log.getvalue()
    assert (told.status_code, told.headers["content-type"]) == (500, "application/problem+json")
    assert UNIQUE not in told.text + log.getvalue()


def test_an_error_of_ours_keeps_its_message() -> None:
    assert "index/: gone" in describe_error(IndexMissingError("index/: gone"))
    assert "zanzibar" not in describe_error(RuntimeError("zanzibar"))


def test_a_traceback_that_a_library_prints_is_logged_without_its_message(log: io.StringIO) -> None:
    set_up_logging("json", stream=log)
    printed = PrintedErrors()
    try:
        raise ValueError(f"the inputs were:\n  {UNIQUE}\n{UNIQUE}")
    except ValueError:
        traceback.print_exc(file=printed)
    print(UNIQUE, file=printed)
    (line,) = log.getvalue().splitlines()
    assert json.loads(line)["error"].startswith("ValueError at test_journal.py:")
    assert UNIQUE not in line


def test_nothing_is_kept_before_somebody_presses_a_button(assistant: Assistant, tmp_path: Path) -> None:
    client = client_of(assistant, tmp_path)
    for question in ("what is tail coverage", NOT_COVERED):
        client.post("/v1/ask", json={"question": question})
    assert list(tmp_path.iterdir()) == []


def test_an_operator_may_choose_to_keep_what_is_not_covered(assistant: Assistant, tmp_path: Path) -> None:
    client = client_of(assistant, tmp_path, keep_gaps=True)
    for question in ("what is tail coverage", NOT_COVERED):
        client.post("/v1/ask", json={"question": question})
    store = FeedbackStore(tmp_path / "feedback.sqlite")
    assert [gap.question for gap in store.gaps()] == [NOT_COVERED]
    assert store.all() == []


def test_feedback_is_kept_with_what_it_is_about(assistant: Assistant, tmp_path: Path) -> None:
    client = client_of(assistant, tmp_path)
    form = {"rating": "down", "reason": "incomplete", "question": "why", "outcome": "answered", "claims": ["One."]}
    assert client.post("/v1/feedback", json={**form, "passages": ["a"], "settings": "s"}).status_code == 201
    (kept,) = FeedbackStore(tmp_path / "feedback.sqlite").all()
    assert (kept.rating, kept.reason, kept.question, kept.passages) == ("down", "incomplete", "why", ("a",))
    assert kept.build == assistant.build.manifest.build
    assert "One." not in repr(kept)


@pytest.mark.parametrize("change", [{"rating": "maybe"}, {"reason": "because"}, {"note": "x" * 501}, {"name": "Ada"}])
def test_feedback_of_another_form_is_refused(client: TestClient, change: dict[str, str]) -> None:
    form = {"rating": "up", "question": "why", "outcome": "answered", **change}
    assert client.post("/v1/feedback", json=form).status_code == 422


def test_the_page_and_the_route_keep_the_same(assistant: Assistant, tmp_path: Path) -> None:
    served = serve(assistant, ServeSettings(feedback=tmp_path / "feedback.sqlite"))
    fields = {"rating": "up", "reason": "", "note": "", "question": "why", "outcome": "answered", "settings": "s"}
    served.feedback.take_fields({**fields, "claims": ["One."], "passages": ["a"]})
    assert [entry.passages for entry in FeedbackStore(tmp_path / "feedback.sqlite").all()] == [("a",)]


def test_what_the_page_sends_in_another_form_is_a_problem_without_its_words(
    assistant: Assistant, tmp_path: Path
) -> None:
    served = serve(assistant, ServeSettings(feedback=tmp_path / "feedback.sqlite"))
    with pytest.raises(ProblemError) as told:
        served.feedback.take_fields({"rating": UNIQUE})
    assert (told.value.status, UNIQUE in told.value.detail, told.value.__cause__) == (422, False, None)
