"""Is what is shown to be found, to the letter, where the citation says?

Both scores read nothing but the record that a user gets and the passages of the index; they trust no verdict in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.cite import not_covered_part
from evals.records import Run, Score
from evals.statistics import mean_score

#: Passage id -> text in the index; None where there is no such passage.
PassageText = Callable[[str], str | None]

_MARKS = re.compile(r"(?:\[\d+\])+")
_SPACE = re.compile(r"\s+")


def grounding(runs: Sequence[Run], passage_text: PassageText) -> Score:
    """Return the mean, over answered cases, of the share of shown statements that are a span of their cited passage.

    A statement is a piece of ``text`` between citation marks, so text that no claim stands for counts as ungrounded;
    the fixed sentence that a part of the question is not covered says nothing of a source and is left out.
    0 to 1, higher is better. Answers without claims (not covered, declined, care) have nothing to ground and are
    left out.
    """
    values = {}
    for run in runs:
        record = run.record
        if record is None or record["outcome"] != "answered":
            continue
        statements = _statements(_without_the_uncovered(record))
        grounded = sum(1 for text, numbers in statements if _is_grounded(text, numbers, record, passage_text))
        values[run.case] = grounded / len(statements) if statements else 0.0
    return mean_score("grounding", values)


def citation_precision(runs: Sequence[Run], passage_text: PassageText) -> Score:
    """Return the mean, over answered cases, of the share of citations that bear out the claim that they are attached
    to.

    A citation bears out a claim when the claim is its quoted span and that span stands in the passage of the index; one
    that no claim uses counts against the answer. ALCE (Gao et al. 2023, arXiv:2305.14627) asks a model whether a
    citation supports its sentence; here a sentence is a quotation, and the question has an exact answer. 0 to 1,
    higher is better.
    """
    values = {}
    for run in runs:
        record = run.record
        if record is None or record["outcome"] != "answered":
            continue
        citations = record["citations"]
        claims = [(claim["text"], number) for claim in record["claims"] for number in claim["citations"]]
        precise = sum(
            1
            for citation in citations
            if any(number == citation["number"] and _bears_out(text, citation, passage_text) for text, number in claims)
        )
        values[run.case] = precise / len(citations) if citations else 0.0
    return mean_score("citation precision", values)


def _without_the_uncovered(record: Mapping[str, Any]) -> str:
    text = str(record["text"])
    for part in record.get("uncovered", ()):
        text = text.replace(not_covered_part(part), "", 1)
    return text


def _statements(text: str) -> list[tuple[str, list[int]]]:
    """Return the pieces of an answer's text, each with the numbers of the marks behind it."""
    pieces: list[tuple[str, list[int]]] = []
    position = 0
    for found in _MARKS.finditer(text):
        shown = _plain(text[position : found.start()])
        pieces.append((shown, [int(number) for number in re.findall(r"\d+", found[0])]))
        position = found.end()
    rest = _plain(text[position:])
    return [*pieces, (rest, [])] if rest else pieces


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip().removeprefix("- ").strip()


def _is_grounded(text: str, numbers: Sequence[int], record: Mapping[str, Any], passage_text: PassageText) -> bool:
    cited = [citation for citation in record["citations"] if citation["number"] in numbers]
    return any(_bears_out(text, citation, passage_text) for citation in cited)


def _bears_out(text: str, citation: Mapping[str, Any], passage_text: PassageText) -> bool:
    stored = passage_text(citation["passage_id"])
    start, end = citation["start"], citation["end"]
    if not text or stored is None or stored != citation["passage"] or _cuts_a_word(stored, start, end):
        return False
    return stored[start:end] == citation["quote"] and _plain(citation["quote"]) == _plain(text)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Return whether a span begins or ends inside a word."""
    return any(0 < cut < len(text) and text[cut - 1].isalnum() and text[cut].isalnum() for cut in (start, end))
