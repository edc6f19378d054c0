"""Claims -> the Answer: numbered citations, the text, and how many claims were taken out. The last step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.records import Answer, Citation, Claim, Evidence, Query
from assistant.refer import who_could_answer

NOT_COVERED = "The corpus does not answer this question."
OFF_TOPIC = (
    "This question is outside what Curbside covers. Curbside answers career and mentorship questions of physicians in "
    "training and in their first years of practice: mentors, contracts, offers, partnership, academic careers, and "
    "staying well."
)


def cite(question: str, *, query: Query, evidence: Evidence, claims: Sequence[Claim]) -> Answer:
    """Return the answer of the supported claims, each with its citation; a covered question always has at least one."""
    supported = _without_bare_lead_ins([claim for claim in claims if claim.verdict == "supported"])
    shown = tuple(replace(claim, citations=(number,)) for number, claim in enumerate(supported, start=1))
    if not any(claim.role != "lead-in" for claim in shown):
        return _not_covered(
            question, query, evidence, removed=sum(1 for claim in claims if claim.verdict != "supported")
        )
    return Answer(
        question=question,
        query=query.text,
        outcome="answered",
        text=layout([claim for claim in shown if not claim.more]),
        claims=shown,
        citations=tuple(_citation(claim) for claim in shown),
        removed=sum(1 for claim in claims if claim.verdict != "supported"),
        related=evidence.related,
        score=evidence.score,
        confidence=evidence.confidence,
    )


def not_covered_part(question: str) -> str:
    """Return the statement that a part of a question is not covered, with who could answer it."""
    return f"Not covered: “{question}” The corpus does not answer this part. {who_could_answer(question)}"


def _without_bare_lead_ins(claims: Sequence[Claim]) -> list[Claim]:
    """Drop a lead-in of which no item is left."""
    sections_with_items = {claim.section for claim in claims if claim.role == "item"}
    return [claim for claim in claims if claim.role != "lead-in" or claim.section in sections_with_items]


def layout(claims: Sequence[Claim], *, headings: bool = False) -> str:
    """Return claims as plain text: sentences run on, list items on lines of their own, a blank line between parts.

    ``headings`` adds the names of the sides of a comparison, which no source bears out: they are the asker's words.
    """
    lines: list[str] = []
    before: Claim | None = None
    for claim in claims:
        shown = f"{claim.text} {''.join(f'[{number}]' for number in claim.citations)}"
        if claim.column and (before is None or before.column != claim.column):
            name = f"{claim.column[:1].upper()}{claim.column[1:]}:"
            lines += ([""] if lines else []) + ([name] if headings else [])
        if claim.role == "item" or claim.column:
            lines.append(f"- {shown}")
        elif before is not None and before.section == claim.section and before.role == "sentence":
            lines[-1] += f" {shown}"
        else:
            lines += ["", shown] if lines else [shown]
        if before is not None and before.section != claim.section and claim.role == "item" and not claim.column:
            lines.insert(-1, "")
        before = claim
    return "\n".join(lines)


def _not_covered(question: str, query: Query, evidence: Evidence, *, removed: int) -> Answer:
    return Answer(
        question=question,
        query=query.text,
        outcome="not_covered",
        text=f"{NOT_COVERED} {who_could_answer(question)}",
        removed=removed,
        related=evidence.related,
        score=evidence.score,
        confidence=evidence.confidence,
    )


def _citation(claim: Claim) -> Citation:
    document, passage = claim.hit.document, claim.hit.passage
    named = set(claim.sentence.references)
    return Citation(
        number=claim.citations[0],
        document=document.id,
        title=document.title,
        heading_path=passage.heading_path,
        passage_id=passage.id,
        passage=passage.text,
        start=claim.sentence.start,
        end=claim.sentence.end,
        reviewed=document.reviewed.isoformat() if document.reviewed else "",
        library=document.library,
        source=document.source,
        page=claim.sentence.page,
        also=document.also,
        evidence=document.evidence,
        jurisdiction=document.jurisdiction,
        review_by=document.review_by.isoformat() if document.review_by else "",
        stale=document.review_by is not None and document.review_by < date.today(),
        references=tuple(reference for reference in document.references if reference.id in named),
    )
