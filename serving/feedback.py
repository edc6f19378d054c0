"""What people think of answers <-> SQLite: kept when somebody presses a button, and never before.

    FeedbackStore(path).add(Feedback("down", "not_covered", "what is a K award", reason="should-answer"))

Several processes may write at once (WAL). A row has the day, not the hour; the answer itself is not kept, only a
fingerprint of its claims. The file is made with the first row, and only its owner may read it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.records import Answer, Outcome
from ingest.records import digest
from serving.errors import FeedbackError

Rating = Literal["up", "down"]
Reason = Literal["", "wrong-source", "off-target", "incomplete", "out-of-date", "unsafe", "should-answer", "other"]
RATINGS: tuple[Rating, ...] = get_args(Rating)
REASONS: tuple[Reason, ...] = get_args(Reason)
MOST_NOTE, MOST_QUESTION = 500, 2_000

_SECONDS_TO_WAIT = 10.0
_FORM = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS feedback (
    day TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, question TEXT NOT NULL,
    outcome TEXT NOT NULL, answer TEXT NOT NULL, passages TEXT NOT NULL, build TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS gaps (day TEXT NOT NULL, question TEXT NOT NULL, build TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one person thinks of one answer."""

    rating: Rating
    """Whether it helped."""
    outcome: Outcome
    """Outcome of the answer."""
    question: str
    """The question, as it was asked."""
    reason: Reason = ""
    """Why it did not help."""
    note: str = ""
    """In the person's own words, up to ``MOST_NOTE`` characters."""
    answer: str = ""
    """Fingerprint of the answer: see ``answer_fingerprint``."""
    passages: tuple[str, ...] = ()
    """Ids of the passages that it cites."""
    build: str = ""
    """The build that it was answered from."""
    day: str = ""
    """``YYYY-MM-DD``; empty is today."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the corpus does not answer."""

    question: str
    """As it was asked."""
    day: str
    """``YYYY-MM-DD``."""
    build: str
    """The build that does not answer it."""


def answer_fingerprint(claims: Sequence[str], *, settings: str) -> str:
    """Return 16 hex digits of an answer's claims and the settings that made it: equal answers have equal ones."""
    return digest(settings, *claims)[:16]


def feedback_on(answer: Answer, rating: Rating, *, reason: Reason = "", note: str = "", build: str = "") -> Feedback:
    """Return feedback on an answer."""
    return Feedback(
        rating,
        answer.outcome,
        answer.question,
        reason,
        note,
        answer_fingerprint([claim.text for claim in answer.claims], settings=answer.settings),
        tuple(dict.fromkeys(citation.passage_id for citation in answer.citations)),
        build,
    )


class FeedbackStore:
    """A file of feedback; safe to share between threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, feedback: Feedback) -> None:
        """Keep feedback. Raises FeedbackError where it is not of the fixed choices, too long, or cannot be written."""
        if feedback.rating not in RATINGS or feedback.reason not in REASONS:
            raise FeedbackError(
                f"feedback {feedback.rating!r} for {feedback.reason!r}: choose {', '.join(RATINGS)} and one of "
                f"{', '.join(filter(None, REASONS))}"
            )
        if len(feedback.note) > MOST_NOTE or len(feedback.question) > MOST_QUESTION:
            raise FeedbackError(f"the note has {len(feedback.note)} characters; write {MOST_NOTE} at most")
        row = (
            feedback.day or _today(),
            feedback.rating,
            feedback.reason,
            feedback.note,
            feedback.question,
            feedback.outcome,
            feedback.answer,
            json.dumps(feedback.passages),
            feedback.build,
        )
        with self._writing() as database:
            database.execute(f"INSERT INTO feedback VALUES ({','.join('?' * len(row))})", row)

    def add_gap(self, question: str, build: str) -> None:
        """Keep a question that was not covered; for operators who chose to."""
        with self._writing() as database:
            database.execute("INSERT INTO gaps VALUES (?, ?, ?)", (_today(), question, build))

    def all(self) -> list[Feedback]:
        """Return all feedback, oldest first; none where there is no file."""
        return [_feedback(row) for row in self._rows("SELECT * FROM feedback ORDER BY rowid")]

    def gaps(self) -> list[Gap]:
        """Return the questions that were not covered: those that somebody sent feedback on, and those that were kept.

        Oldest first within each; a question that is in both is there twice.
        """
        told = [Gap(entry.question, entry.day, entry.build) for entry in self.all() if entry.outcome == "not_covered"]
        return told + [Gap(*row) for row in self._rows("SELECT question, day, build FROM gaps ORDER BY rowid")]

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        if not self._path.is_file():
            return []
        with self._open() as database:
            return database.execute(query).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._open() as database, database:
            # no two writers at once: the second waits, and does not fail half-way
            database.execute("BEGIN IMMEDIATE")
            yield database

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection of its own: one cannot be taken across a fork, and opening costs a fraction of a
        millisecond."""
        try:
            with closing(sqlite3.connect(self._path, timeout=_SECONDS_TO_WAIT, isolation_level=None)) as database:
                self._prepare(database)
                yield database
        except sqlite3.Error as error:
            raise FeedbackError(
                f"{self._path}: the feedback cannot be read or written ({error}); mend it or set CURBSIDE_FEEDBACK"
            ) from error

    def _prepare(self, database: sqlite3.Connection) -> None:
        (form,) = database.execute("PRAGMA user_version").fetchone()
        if form == _FORM:
            return
        if form:
            raise FeedbackError(f"{self._path}: has form {form}, not {_FORM}; set CURBSIDE_FEEDBACK to another file")
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version={_FORM}; COMMIT;")


def _feedback(row: tuple[str, ...]) -> Feedback:
    day, rating, reason, note, question, outcome, answer, passages, build = row
    return Feedback(
        cast(Rating, rating),
        cast(Outcome, outcome),
        question,
        cast(Reason, reason),
        note,
        answer,
        tuple(json.loads(passages)),
        build,
        day,
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
