"""An answer as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.records import Answer, Citation


def as_text(answer: Answer) -> str:
    """Return an answer for a terminal: the text, then its sources with the quoted spans."""
    from assistant.cite import layout, removed_sentences

    text = answer.text
    if any(claim.column for claim in answer.claims):
        text = text.replace(layout(answer.claims), layout(answer.claims, headings=True))
    above = [answer.care, answer.notice]
    lines = [line for part in above if part for line in (part, "")] + [text]
    if answer.removed:
        lines += ["", removed_sentences(answer.removed)]
    if answer.care_sources:
        lines += ["", "Where the numbers and rules come from"]
        lines += [f"  {_reference(source.publisher, None, source.title, source.url)}" for source in answer.care_sources]
    kept = {number for claim in answer.claims if claim.more for number in claim.citations}
    if answer.citations:
        lines += ["", "Sources"]
    shown = ""
    for citation in answer.citations:
        if citation.number in kept:
            continue
        path = _place(citation)
        if path != shown:
            lines.append(f"  {path}")
        shown = path
        lines.append(f"    [{citation.number}] “{citation.quote}”")
        lines += [f"        {_reference(r.publisher, r.year, r.title, r.url)}" for r in citation.references]
    if answer.related and (answer.outcome == "not_covered" or answer.uncovered):
        lines += ["", "Related, not an answer"]
        lines += [f"  {' › '.join((hit.document.title, *hit.passage.heading_path))}" for hit in answer.related]
    return "\n".join(lines)


def _place(citation: Citation) -> str:
    """Return where a quote stands: title, headings, library, page, review date, and who else says the same."""
    facts = [citation.library, f"page {citation.page}" if citation.page else "", _reviewed(citation)]
    facts += [citation.evidence, citation.jurisdiction]
    if citation.also:
        facts.append(f"also in {', '.join(citation.also)}")
    path = " › ".join((citation.title, *citation.heading_path))
    return f"{path} ({'; '.join(fact for fact in facts if fact)})"


def _reviewed(citation: Citation) -> str:
    if citation.stale:
        return f"STALE, reviewed {citation.reviewed}, due again by {citation.review_by}"
    return f"reviewed {citation.reviewed}" if citation.reviewed else "no review date"


def _reference(publisher: str, year: int | None, title: str, url: str) -> str:
    return ", ".join(part for part in (publisher, str(year or ""), f"“{title}”", url) if part)
