"""Answer -> HTML for the conversation. Every text is escaped here; nothing that was typed or read becomes markup.

An answer carries its own sources, hidden, so that a click on a citation opens the passage without asking the server,
and still does in a conversation from yesterday.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.cite import not_covered_part
from assistant.records import Answer, Citation, Claim, Hit

#: Characters that Markdown gives a meaning to; as entities they are shown as typed.
_MARKDOWN = {character: f"&#{ord(character)};" for character in "\\`*_{}[]()#+-.!|~>:$@"}


_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BREAK = re.compile(r"\s*\n\s*")
_BULLET = re.compile(r"^- ", re.MULTILINE)


def question_html(text: str) -> str:
    """Return what somebody typed, to be shown as typed."""
    escaped = "".join(_MARKDOWN.get(character) or html.escape(character) for character in _LINE_END.sub("\n", text))
    # a line break of the HTML, because a blank line or an indent would be Markdown's
    lines = (line.strip() for line in escaped.split("\n"))
    return f'<span class="cb-question">{"<br> ".join(lines)}</span>'


def message_html(text: str) -> str:
    """Return a plain sentence from the page itself."""
    return f'<div class="cb-answer cb-note cb-done"><p>{_text(text)}</p></div>'


def answer_html(answer: Answer, name: str, *, done: bool = True) -> str:
    """Return an answer with its citations. ``name`` is unique in the page and ties the marks to their sources.

    ``done`` is False while the answer still grows.
    """
    body = _claims(answer.claims, name) if answer.claims else _plain(answer.text)
    parts = [
        f'<div class="cb-answer cb-{answer.outcome.replace("_", "-")}{" cb-done" if done else ""}">',
        _understood(answer),
        body,
        "".join(f'<p class="cb-note">{_text(not_covered_part(part))}</p>' for part in answer.uncovered),
        _removed(answer.removed),
        _sources(answer.citations, name),
        _related(answer.related) if answer.outcome == "not_covered" or answer.uncovered else "",
        "</div>",
    ]
    # Markdown ends an HTML block at a blank line, so there is none
    return "\n".join(part for part in parts if part)


def _claims(claims: Sequence[Claim], name: str) -> str:
    shown = "\n".join(
        _columns(list(run), name) if compared else _sections(run, name)
        for compared, run in groupby((c for c in claims if not c.more), key=lambda claim: bool(claim.column))
    )
    more = _sections((claim for claim in claims if claim.more), name)
    return f'{shown}\n<details class="cb-more"><summary>Show more</summary>{more}</details>' if more else shown


def _columns(claims: Sequence[Claim], name: str) -> str:
    """Return the sides of a comparison, beside each other where there is room."""
    sides = []
    for column, run in groupby(claims, key=lambda claim: claim.column):
        items = "".join(f"<li>{_claim(claim, name)}</li>" for claim in run)
        sides.append(f'<div class="cb-side"><h3>{_text(column[:1].upper() + column[1:])}</h3><ul>{items}</ul></div>')
    return f'<div class="cb-sides">{"".join(sides)}</div>'


def _sections(claims: Iterable[Claim], name: str) -> str:
    lines = []
    for _, section in groupby(claims, key=lambda claim: claim.section):
        for is_list, run in groupby(section, key=lambda claim: claim.role == "item"):
            marked = [_claim(claim, name) for claim in run]
            if is_list:
                lines.append("<ul>" + "".join(f"<li>{claim}</li>" for claim in marked) + "</ul>")
            else:
                lines.append(f"<p>{' '.join(marked)}</p>")
    return "\n".join(lines)


def _claim(claim: Claim, name: str) -> str:
    return f"{_text(claim.text)}&nbsp;{''.join(_mark(claim, number, name) for number in claim.citations)}"


def _mark(claim: Claim, number: int, name: str) -> str:
    label = _attribute(f"Source {number}: {claim.hit.document.title}")
    return (
        f'<button type="button" class="cb-cite" data-source="{name}-{number}" aria-label="{label}" title="{label}">'
        f"{number}</button>"
    )


def _sources(citations: Sequence[Citation], name: str) -> str:
    if not citations:
        return ""
    places: dict[tuple[str, str], list[int]] = {}
    for citation in citations:
        where = " › ".join((citation.title, *citation.heading_path))
        places.setdefault((citation.document, where), []).append(citation.number)
    listed = [_place(where, numbers, name) for (_, where), numbers in places.items()]
    hidden = "".join(f'<div hidden id="{name}-{c.number}">{_passage(c)}</div>' for c in citations)
    return (
        f'<details class="cb-sources"><summary>{len(listed)} source{"s" if len(listed) > 1 else ""}</summary>'
        f"<ul>{''.join(listed)}</ul></details>{hidden}"
    )


def _place(where: str, numbers: Sequence[int], name: str) -> str:
    shown = f"{numbers[0]}–{numbers[-1]}" if len(numbers) == numbers[-1] - numbers[0] + 1 > 1 else _listed(numbers)
    label = _attribute(f"Source {shown}: {where}")
    return (
        f'<li><button type="button" class="cb-cite cb-wide" data-source="{name}-{numbers[0]}" aria-label="{label}">'
        f"{shown}</button> {_text(where)}</li>"
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _passage(citation: Citation) -> str:
    """Return the source panel of a citation: where it stands, and the passage with the quoted span marked."""
    before, quote, after = (
        _lines(citation.passage[: citation.start]),
        _lines(citation.quote),
        _lines(citation.passage[citation.end :]),
    )
    references = "".join(f"<li>{_reference(r.title, r.publisher, r.year, r.url)}</li>" for r in citation.references)
    return (
        f'<h2 class="cb-source-title">{_text(citation.title)}</h2>'
        f'<p class="cb-source-path">{_text(" › ".join(citation.heading_path))}</p>'
        f'<blockquote class="cb-passage">{before}<mark>{quote}</mark>{after}</blockquote>'
        f'<p class="cb-source-facts">{_text(_facts(citation))}</p>'
        + (
            f'<p class="cb-source-facts">The sentence rests on:</p><ul class="cb-references">{references}</ul>'
            if references
            else ""
        )
    )


def _facts(citation: Citation) -> str:
    """Return what a reader should know of a source: review date, library, file with page, and who says the same."""
    return " · ".join(
        fact
        for fact in (
            _review(citation),
            f"Rests on: {citation.evidence}" if citation.evidence else "",
            f"Applies in: {citation.jurisdiction}" if citation.jurisdiction else "",
            citation.library,
            citation.source or citation.document,
            f"page {citation.page}" if citation.page else "",
            f"also in {', '.join(citation.also)}" if citation.also else "",
        )
        if fact
    )


def _review(citation: Citation) -> str:
    if citation.stale:
        return f"STALE: reviewed {citation.reviewed}, due again by {citation.review_by}"
    return f"Reviewed {citation.reviewed}" if citation.reviewed else "No review date"


def _reference(title: str, publisher: str, year: int | None, url: str) -> str:
    facts = _text(", ".join(part for part in (publisher, str(year or "")) if part))
    # only addresses of the web become links: a corpus is text, and text may say javascript:
    if url.startswith(("https://", "http://")):
        address = html.escape(url, quote=True)
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{_text(title)}</a>, {facts}'
    return f"{_text(title)}, {facts}"


def _understood(answer: Answer) -> str:
    if not answer.claims or answer.query == answer.question:
        return ""
    query = _attribute(answer.query)
    return (
        f'<p class="cb-understood">Understood as: {_text(answer.query)} '
        f'<button type="button" class="cb-edit" data-query="{query}">Edit</button></p>'
    )


def _removed(count: int) -> str:
    if not count:
        return ""
    return (
        f'<p class="cb-understood">{count} sentence{"s" if count > 1 else ""} removed: not supported by the source.</p>'
    )


def _related(hits: Sequence[Hit]) -> str:
    if not hits:
        return ""
    items = "".join(f"<li>{_text(' › '.join((hit.document.title, *hit.passage.heading_path)))}</li>" for hit in hits)
    return f'<p class="cb-understood">Related, not an answer:</p><ul class="cb-related">{items}</ul>'


def _plain(text: str) -> str:
    """Return a fixed text: paragraphs, and lists of its lines that begin with a dash."""
    parts = []
    for block in text.split("\n\n"):
        for is_item, lines in groupby(block.split("\n"), key=lambda line: line.startswith("- ")):
            shown = [_text(line.removeprefix("- ")) for line in lines]
            if is_item:
                parts.append("<ul>" + "".join(f"<li>{line}</li>" for line in shown) + "</ul>")
            else:
                parts.append(f"<p>{' '.join(shown)}</p>")
    return "\n".join(parts)


def _lines(text: str) -> str:
    """Return part of a passage: its line breaks kept, its dashes as bullets."""
    return "<br>".join(_text(line) for line in _BULLET.sub("• ", text).split("\n"))


def _attribute(text: str) -> str:
    return html.escape(_BREAK.sub(" ", text), quote=True)


def _text(text: str) -> str:
    return html.escape(_BREAK.sub(" ", text), quote=False)
