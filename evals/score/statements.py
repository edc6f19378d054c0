"""What an answer states, and whether a citation gives a statement to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.cite import not_covered_part
from evals.marks import Statement, plain, statements
from evals.records import LeftOut, Run

_SPAN = ("passage_id", "start", "end", "quote")


def said(record: Mapping[str, Any]) -> list[Statement]:
    """Return the statements of an answer, in order.

    The fixed sentence that a part of the question is not covered says nothing of a source and is left out.
    """
    text = str(record["text"])
    for part in record.get("uncovered", ()):
        text = text.replace(not_covered_part(part), "", 1)
    return statements(text)


def claimless(run: Run) -> LeftOut | None:
    """Return why an answer has nothing to be held against a source, or None where it has.

    "I don't know" and the care path are no answer: they are neither faithful nor unfaithful.
    """
    if run.outcome != "answered":
        return "no claim" if run.outcome == "care" else "abstained"
    return None if said(run.answer) else "no claim"


def can_be_looked_up(run: Run) -> bool:
    """Return whether the spans of an answer's citations are told and the passages can be read."""
    return run.passages is not None and all(
        all(field in citation for field in _SPAN) for citation in run.answer.get("citations", ())
    )


def cited(statement: Statement, record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the citations behind a statement; a number that no citation has, or several have, gives none."""
    behind = [citation for citation in record["citations"] if citation["number"] in statement.numbers]
    return [citation for citation in behind if is_the_only_one(citation, record)]


def is_the_only_one(citation: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Return whether no other citation has the same number: a reader could not tell which of them is meant."""
    return [other["number"] for other in record["citations"]].count(citation["number"]) == 1


def to_the_letter(text: str, citation: Mapping[str, Any], *, passages: Mapping[str, str]) -> bool:
    """Return whether a text is the quoted span, and the span stands in the passage of the index.

    The record is not believed: not its quote, not its copy of the passage, not a verdict in it.
    """
    stored = passages.get(citation["passage_id"])
    start, end = citation["start"], citation["end"]
    if not text or stored is None or stored != citation.get("passage", stored) or _cuts_a_word(stored, start, end):
        return False
    return stored[start:end] == citation["quote"] and plain(citation["quote"]) == plain(text)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Return whether a span begins or ends inside a word."""
    return any(0 < cut < len(text) and text[cut - 1].isalnum() and text[cut].isalnum() for cut in (start, end))
