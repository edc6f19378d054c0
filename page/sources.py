"""Citation -> HTML: the mark behind a sentence, the panel that it opens, and the list below the answer.

An answer carries its own sources, hidden, so that a mark opens its passage without asking the server, and still does
in a conversation from yesterday.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.records import Citation
from ingest.records import Reference
from page.text import attribute, link, passage, text


def mark(citation: Citation, name: str) -> str:
    """Return the numbered button behind a sentence; ``name`` ties it to the sources of its answer."""
    return _button(f"{name}-{citation.number}", str(citation.number), citation.title)


def sources(citations: Sequence[Citation], name: str) -> str:
    """Return the list of places that an answer cites, with every citation's panel, hidden, and a list for paper."""
    if not citations:
        return ""
    places = by_place(citations)
    listed = "".join(
        f"<li>{_button(f'{name}-{run[0].number}', numbers(run), where)} {text(where)}</li>"
        for where, run in places.items()
    )
    hidden = "".join(f'<div hidden id="{name}-{c.number}">{panel(c)}</div>' for c in citations)
    printed = "".join(f"<li>{numbers(run)}: {_printed(run)}</li>" for run in places.values())
    return (
        f'<details class="cb-sources"><summary>{len(places)} source{"s" if len(places) > 1 else ""}</summary>'
        f'<ul>{listed}</ul></details>{hidden}<ul class="cb-printed">{printed}</ul>'
    )


def by_place(citations: Sequence[Citation]) -> dict[str, list[Citation]]:
    """Return citations by the place that they stand in, in the order in which the places are first cited."""
    places: dict[str, list[Citation]] = {}
    for citation in citations:
        places.setdefault(place(citation), []).append(citation)
    return places


def numbers(run: Sequence[Citation]) -> str:
    """Return the numbers of citations: "1–4", or "1, 3"."""
    first, last = run[0].number, run[-1].number
    if len(run) == last - first + 1 > 1:
        return f"{first}–{last}"
    return ", ".join(str(citation.number) for citation in run)


def place(citation: Citation) -> str:
    """Return where a citation stands: title and headings, on one line."""
    return " › ".join((citation.title, *citation.heading_path))


def panel(citation: Citation) -> str:
    """Return the source panel of a citation: where it stands, and the passage with the quoted span marked."""
    references = "".join(f"<li>{reference(entry)}</li>" for entry in citation.references)
    quoted = passage(citation.passage, start=citation.start, end=citation.end)
    whole = reader(citation.document, citation.library, passage_id=citation.passage_id)
    return (
        f'<h2 class="cb-source-title">{text(citation.title)}</h2>'
        f'<p class="cb-source-path">{text(" › ".join(citation.heading_path))}</p>'
        f'<blockquote class="cb-passage">{quoted}</blockquote>'
        + (
            f'<p class="cb-source-facts">The sentence rests on:</p><ul class="cb-references">{references}</ul>'
            if references
            else ""
        )
        + _facts_list(citation)
        + f'<p><a class="cb-whole" href="{whole}">Read the whole document</a></p>'
    )


def facts(citation: Citation) -> str:
    """Return what a reader should know of a source, on one line."""
    return " · ".join(f"{name}: {value}" if name else value for name, value in _facts(citation))


def reference(entry: Reference) -> str:
    """Return a published work, linked where it has an address."""
    about = ", ".join(part for part in (entry.publisher, str(entry.year or "")) if part)
    return link(entry.url, entry.title) + (f", {text(about)}" if about else "")


def reader(document: str, library: str, *, passage_id: str) -> str:
    """Return the address within the page at which the Library tab opens a document at a passage, for an attribute."""
    fields = {"document": document, "library": library, "passage": passage_id}
    return "#" + attribute(urlencode(fields, safe="/"))


def _facts_list(citation: Citation) -> str:
    rows = "".join(
        f"<div{' class=cb-stale' if citation.stale and name == 'Reviewed' else ''}>"
        f"<dt>{text(name)}</dt><dd>{text(value)}</dd></div>"
        for name, value in _facts(citation)
    )
    return f'<dl class="cb-source-facts">{rows}</dl>'


def _facts(citation: Citation) -> list[tuple[str, str]]:
    found = (
        ("Reviewed", _review(citation)),
        ("Rests on", citation.evidence),
        ("Applies in", citation.jurisdiction),
        ("Library", citation.library),
        ("File", citation.source or citation.document),
        ("Page", str(citation.page or "")),
        ("Also in", ", ".join(citation.also)),
    )
    return [(name, value) for name, value in found if value]


def _review(citation: Citation) -> str:
    if citation.stale:
        return f"{citation.reviewed or 'no date'} (stale: due again by {citation.review_by})"
    return citation.reviewed or "no date"


def _printed(run: Sequence[Citation]) -> str:
    """Return a place with all that is known of it, and the works that its sentences rest on."""
    works = dict.fromkeys(reference(entry) for citation in run for entry in citation.references)
    return f"{text(place(run[0]))}. {text(facts(run[0]))}." + "".join(f" {work}." for work in works)


def _button(source: str, shown: str, where: str) -> str:
    label = attribute(f"Source {shown}: {where}")
    return f'<button type="button" class="cb-cite" data-source="{source}" aria-label="{label}">{shown}</button>'
