"""Claims -> the Answer: numbered citations, the text, and how many claims were taken out. The last step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Answer, Citation, Claim, Evidence, Query

NOT_COVERED = (
    "The corpus does not answer this question. For a question about a contract or a state's law, ask a health-law "
    "attorney; about your training program, the graduate medical education (GME) office or the ombuds office; about "
    "your own plans, a mentor who has done what you are asking about."
)
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
        text=layout(shown),
        claims=shown,
        citations=tuple(_citation(claim) for claim in shown),
        removed=sum(1 for claim in claims if claim.verdict != "supported"),
        related=evidence.related,
        score=evidence.score,
        confidence=evidence.confidence,
    )


def _without_bare_lead_ins(claims: Sequence[Claim]) -> list[Claim]:
    """Drop a lead-in of which no item is left."""
    sections_with_items = {claim.section for claim in claims if claim.role == "item"}
    return [claim for claim in claims if claim.role != "lead-in" or claim.section in sections_with_items]


def layout(claims: Sequence[Claim]) -> str:
    """Return claims as plain text: sentences run on, list items on lines of their own, a blank line between parts."""
    lines: list[str] = []
    before: Claim | None = None
    for claim in claims:
        shown = f"{claim.text} {''.join(f'[{number}]' for number in claim.citations)}"
        if claim.role == "item":
            lines.append(f"- {shown}")
        elif before is not None and before.section == claim.section and before.role == "sentence":
            lines[-1] += f" {shown}"
        else:
            lines += ["", shown] if lines else [shown]
        if before is not None and before.section != claim.section and claim.role == "item":
            lines.insert(-1, "")
        before = claim
    return "\n".join(lines)


def _not_covered(question: str, query: Query, evidence: Evidence, *, removed: int) -> Answer:
    return Answer(
        question=question,
        query=query.text,
        outcome="not_covered",
        text=NOT_COVERED,
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
        references=tuple(reference for reference in document.references if reference.id in named),
    )
