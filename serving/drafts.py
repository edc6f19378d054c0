"""Feedback -> case drafts for the evaluation, and the curator's list of gaps. For ``curbside feedback export``.

A draft is a case in the form of ``evals/case_sets`` that says what happened, not yet what should: whoever takes it over
changes ``expect`` and ``relevant`` where the person was right, and drops the tag ``draft``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.words import LIGHT_WORDS, words
from serving.feedback import Feedback, Gap

#: Two questions are one gap from this share of their stems on, of all that either has.
_ALIKE = 0.5
CASES, GAPS = "cases.jsonl", "gaps.jsonl"

#: Passage id -> the document and heading under which a case names it, or None where the index no longer has it.
Place = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Questions that are not covered and ask for the same."""

    questions: tuple[str, ...]
    """In their own words, the most frequent first, each once."""
    count: int
    """How often they were asked."""
    last: str
    """The last day, ``YYYY-MM-DD``."""

    def as_record(self) -> dict[str, Any]:
        """Return the group as plain data."""
        return {"count": self.count, "last": self.last, "questions": list(self.questions)}


def draft_cases(entries: Iterable[Feedback], place: Place) -> list[dict[str, Any]]:
    """Return a draft for each question, outcome and rating, in the order in which they came."""
    drafts: dict[tuple[str, str, str], dict[str, Any]] = {}
    for entry in entries:
        key = (" ".join(words(entry.question)) or entry.question, entry.outcome, entry.rating)
        if key not in drafts:
            drafts[key] = _draft(entry, place, number=len(drafts) + 1)
    return list(drafts.values())


def group_gaps(gaps: Sequence[Gap]) -> list[GapGroup]:
    """Return the gaps, near-duplicates together, the most frequent first.

    A question joins the first group with which it shares half of the stems that either has: of words that say what is
    wanted, not how it is asked.
    """
    groups: list[tuple[frozenset[str], list[Gap]]] = []
    for gap in gaps:
        stems = _stems(gap.question)
        for known, members in groups:
            if _alike(stems, known):
                members.append(gap)
                break
        else:
            groups.append((stems, [gap]))
    found = [_group(members) for _, members in groups]
    return sorted(found, key=lambda group: (-group.count, group.questions))


def write_export(out: Path, cases: Iterable[dict[str, Any]], *, gaps: Iterable[GapGroup]) -> list[Path]:
    """Write ``cases.jsonl`` and ``gaps.jsonl`` into a folder and return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    for name, records in ((CASES, cases), (GAPS, (group.as_record() for group in gaps))):
        lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
        (out / name).write_text("".join(lines), "utf-8")
    return [out / CASES, out / GAPS]


def _draft(entry: Feedback, place: Place, *, number: int) -> dict[str, Any]:
    found = [place(id_) for id_ in entry.passages]
    sections = [{"document": at[0], "heading": at[1]} for at in dict.fromkeys(found) if at is not None]
    answered = entry.outcome == "answered" and bool(sections)
    tags = ["draft", f"rated-{entry.rating}", *([entry.reason] if entry.reason else [])]
    if entry.outcome == "answered" and not answered:
        tags.append("sources-gone")
    return {
        "id": f"feedback-{number:04d}",
        "turns": [entry.question],
        # a case that expects an answer must name its sections, and these are gone
        "expect": "not_covered" if entry.outcome == "answered" and not answered else entry.outcome,
        "relevant": sections if answered else [],
        "tags": tags,
    }


def _stems(question: str) -> frozenset[str]:
    stems = frozenset(words(question))
    return stems - _light() or stems


@cache
def _light() -> frozenset[str]:
    return frozenset(stem for word in LIGHT_WORDS for stem in words(word))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)


def _group(members: Sequence[Gap]) -> GapGroup:
    counts: dict[str, int] = {}
    for gap in members:
        counts[gap.question] = counts.get(gap.question, 0) + 1
    ordered = sorted(counts, key=lambda question: (-counts[question], question))
    return GapGroup(tuple(ordered), len(members), max(gap.day for gap in members))
