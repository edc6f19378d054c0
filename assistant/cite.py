"""Claims -> the Answer: numbered citations, the text, and how many claims were taken out. The last step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.records import Answer, Citation, Claim, Evidence, Query, Support
from assistant.refer import who_could_answer

NOT_COVERED = "The corpus does not answer this question."
OFF_TOPIC = (
    "This question is outside what Curbside covers. Curbside answers career and mentorship questions of physicians in "
    "training and in their first years of practice: mentors, contracts, offers, partnership, academic careers, and "
    "staying well."
)


@dataclass(frozen=True, slots=True)
class Cited:
    """Claims that know the numbers of their citations."""

    claims: tuple[Claim, ...]
    """The claims, in order."""
    citations: tuple[Citation, ...]
    """Their citations, by number."""


def numbered(claims: Sequence[Claim]) -> Cited:
    """Return claims with their citations: one number for each span, in the order in which they are first cited."""
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    shown = []
    for claim in claims:
        own = []
        for support in (Support(claim.hit, claim.sentence), *claim.further):
            span = (support.hit.passage.id, support.sentence.start, support.sentence.end)
            if span not in numbers:
                numbers[span] = len(numbers) + 1
                citations.append(_citation(support, numbers[span]))
            own.append(numbers[span])
        shown.append(replace(claim, citations=tuple(dict.fromkeys(own))))
    return Cited(tuple(shown), tuple(citations))


def cite(question: str, *, query: Query, evidence: Evidence, claims: Sequence[Claim]) -> Answer:
    """Return the answer of the supported claims, each with its citation; a covered question always has at least one."""
    supported = _without_bare_lead_ins([claim for claim in claims if claim.verdict == "supported"])
    cited = numbered(supported)
    if not any(claim.role != "lead-in" for claim in cited.claims):
        return _not_covered(
            question, query, evidence, removed=sum(1 for claim in claims if claim.verdict != "supported")
        )
    return Answer(
        question=question,
        query=query.text,
        outcome="answered",
        text=layout([claim for claim in cited.claims if not claim.more]),
        claims=cited.claims,
        citations=cited.citations,
        removed=sum(1 for claim in claims if claim.verdict != "supported"),
        related=evidence.related,
        score=evidence.score,
        confidence=evidence.confidence,
    )


def growing(whole: Answer) -> Iterator[Answer]:
    """Yield a quoted answer claim by claim; the last one is whole."""
    for count in range(1, len(whole.claims)):
        claims = whole.claims[:count]
        yield replace(
            whole,
            claims=claims,
            citations=whole.citations[:count],
            text=layout([claim for claim in claims if not claim.more]),
            uncovered=(),
        )
    yield whole


def off_topic(question: str, *, query: Query, evidence: Evidence) -> Answer:
    """Return the answer to a question outside the field."""
    score, confidence = evidence.score, evidence.confidence
    return Answer(question, query.text, "declined", OFF_TOPIC, score=score, confidence=confidence)


def rewritten(quoted: Answer, claims: Sequence[Claim], *, done: bool) -> Answer:
    """Return a quoted answer with a chat model's sentences instead of its own, and what it lacks once it is done."""
    cited = numbered(claims)
    missing = quoted.uncovered if done else ()
    text = "\n\n".join([layout(cited.claims), *map(not_covered_part, missing)])
    return replace(quoted, text=text, claims=cited.claims, citations=cited.citations, uncovered=missing)


def not_covered_part(question: str) -> str:
    """Return the statement that a part of a question is not covered, with who could answer it."""
    return f"Not covered: “{question}” The corpus does not answer this part. {who_could_answer(question)}"


def removed_sentences(count: int) -> str:
    """Return what the reader is told of sentences that were taken out."""
    if count == 1:
        return "1 sentence removed: not supported by its source."
    return f"{count} sentences removed: not supported by their sources."


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


def _citation(support: Support, number: int) -> Citation:
    document, passage = support.hit.document, support.hit.passage
    named = set(support.sentence.references)
    return Citation(
        number=number,
        document=document.id,
        title=document.title,
        heading_path=passage.heading_path,
        passage_id=passage.id,
        passage=passage.text,
        start=support.sentence.start,
        end=support.sentence.end,
        reviewed=document.reviewed.isoformat() if document.reviewed else "",
        library=document.library,
        source=document.source,
        page=support.sentence.page,
        also=document.also,
        evidence=document.evidence,
        jurisdiction=document.jurisdiction,
        review_by=document.review_by.isoformat() if document.review_by else "",
        stale=document.review_by is not None and document.review_by < date.today(),
        references=tuple(reference for reference in document.references if reference.id in named),
    )
