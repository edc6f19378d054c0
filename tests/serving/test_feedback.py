from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from evals.cases import read_cases
from serving.drafts import draft_cases, group_gaps, write_export
from serving.errors import FeedbackError
from serving.feedback import Feedback, FeedbackStore, Gap, answer_fingerprint, feedback_on
from tests.fakes import make_answer, make_hit

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "made" / "feedback.sqlite")


def test_what_is_added_comes_back(store: FeedbackStore) -> None:
    entry = Feedback("down", "answered", "why?", "off-target", "note", "0a", ("p1", "p2"), "build", "2026-11-01")
    store.add(entry)
    assert store.all() == [entry]


def test_a_row_has_the_day_and_not_the_hour(store: FeedbackStore) -> None:
    store.add(Feedback("up", "answered", "why?"))
    assert len(store.all()[0].day) == len("2026-11-01")


def test_nobody_else_may_read_the_file(store: FeedbackStore, tmp_path: Path) -> None:
    store.add(Feedback("up", "answered", "why?"))
    files = list((tmp_path / "made").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_store_that_was_never_written_is_empty(store: FeedbackStore, tmp_path: Path) -> None:
    assert (store.all(), store.gaps()) == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_feedback_on_an_answer_knows_it_by_a_fingerprint() -> None:
    answer = make_answer(make_hit("One.", "Two."))
    entry = feedback_on(answer, "down", reason="incomplete")
    assert entry.answer == answer_fingerprint(["One.", "Two."], settings=answer.settings)
    assert entry.answer != answer_fingerprint(["One."], settings=answer.settings)
    assert entry.passages == (answer.citations[0].passage_id,)


@pytest.mark.parametrize(
    "entry",
    [Feedback("up", "answered", "q", note="x" * 501), Feedback("so-so", "answered", "q")],  # type: ignore[arg-type]
)
def test_what_is_too_long_or_no_choice_is_refused(store: FeedbackStore, entry: Feedback) -> None:
    with pytest.raises(FeedbackError):
        store.add(entry)


def test_a_file_that_is_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("not a database, but long enough to be taken for one " * 40)
    with pytest.raises(FeedbackError, match="notes: the feedback cannot be read"):
        FeedbackStore(tmp_path / "notes").all()


def test_a_file_of_a_later_form_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "later") as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    with pytest.raises(FeedbackError, match="form 99"):
        FeedbackStore(tmp_path / "later").add(Feedback("up", "answered", "why?"))


WRITER = """
import sys
from pathlib import Path
from serving.feedback import Feedback, FeedbackStore
for number in range(25):
    FeedbackStore(Path(sys.argv[1])).add(Feedback("up", "answered", f"{sys.argv[2]}-{number}"))
"""


def test_processes_that_write_at_once_lose_nothing(store: FeedbackStore, tmp_path: Path) -> None:
    path = str(tmp_path / "made" / "feedback.sqlite")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, path, name], cwd=ROOT) for name in "abcd"]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0, 0]
    assert {entry.question for entry in store.all()} == {f"{name}-{number}" for name in "abcd" for number in range(25)}


def place(id_: str) -> tuple[str, str] | None:
    return ("practice/buy-in", "What a buy-in is") if id_ == "p1" else None


def test_drafts_are_cases_that_the_evaluation_reads(tmp_path: Path) -> None:
    entries = [
        Feedback("up", "answered", "what is a buy-in", passages=("p1", "p1")),
        Feedback("down", "answered", "what is a buy-in", "incomplete", passages=("p1",)),
        Feedback("down", "answered", "what was a buy-in once", "wrong-source", passages=("gone",)),
        Feedback("down", "not_covered", "what is a K award", "should-answer"),
    ]
    write_export(tmp_path, draft_cases(entries, place), gaps=[])
    cases = read_cases(tmp_path / "cases.jsonl")
    assert [case.expect for case in cases] == ["answered", "answered", "not_covered", "not_covered"]
    assert cases[0].relevant[0].document == "practice/buy-in"
    assert cases[1].tags == ("draft", "rated-down", "incomplete")
    assert "sources-gone" in cases[2].tags


def test_the_same_question_gives_one_draft() -> None:
    entries = [Feedback("up", "not_covered", question) for question in ("What is a K award?", "what's a K award")]
    assert len(draft_cases(entries, place)) == 1


def test_gaps_that_ask_for_the_same_are_counted_together() -> None:
    questions = ["What is a K award?", "what's a K award", "How much do hospitalists earn in Ohio?", "k awards"]
    gaps = [Gap(question, f"2026-11-0{day}", "b") for day, question in enumerate(questions, start=1)]
    groups = group_gaps(gaps)
    assert [(group.count, group.last) for group in groups] == [(3, "2026-11-04"), (1, "2026-11-03")]


def test_gaps_are_what_was_sent_and_what_was_kept(store: FeedbackStore) -> None:
    store.add(Feedback("down", "not_covered", "sent"))
    store.add(Feedback("down", "answered", "answered"))
    store.add_gap("kept", "build")
    assert [gap.question for gap in store.gaps()] == ["sent", "kept"]


def test_the_command_writes_drafts_and_the_list_of_gaps(store: FeedbackStore, tmp_path: Path) -> None:
    store.add(Feedback("down", "not_covered", "what is a K award", "should-answer"))
    done = subprocess.run(
        [sys.executable, "-m", "cli", "feedback", "export", "--out", str(tmp_path / "out")],
        env={"PATH": "/usr/bin:/bin", "CURBSIDE_FEEDBACK": str(tmp_path / "made" / "feedback.sqlite")},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    assert "what is a K award" in done.stdout
    (gap,) = (json.loads(line) for line in (tmp_path / "out" / "gaps.jsonl").read_text("utf-8").splitlines())
    assert gap["count"] == 1
    assert read_cases(tmp_path / "out" / "cases.jsonl")[0].turns == ("what is a K award",)
