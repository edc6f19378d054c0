"""A Document -> HTML to be read from end to end, with its facts, headings and sources. Every text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from ingest.records import Block, Document
from page.sources import reference
from page.text import text

#: A document's own headings stand below its title.
_FIRST_LEVEL, _LAST_LEVEL = 3, 6
_BACK = '<p class="cb-back"><a href="#library">← All documents</a></p>'
#: What a section is, with other words by which a heading may say it.
_KINDS = {
    "summary": ("In short", "in brief", "short answer"),
    "questions-to-ask": ("Questions to ask", "questions"),
    "steps": ("Steps",),
    "warning-signs": ("Warning signs", "signs"),
    "example": ("Example",),
    "evidence": ("Evidence", "studies", "research"),
    "where-advice-differs": ("Where advice differs",),
}


def is_stale(document: Document, today: date) -> bool:
    """Return whether the day by which a document was to be reviewed has passed."""
    return document.review_by is not None and document.review_by < today


def document_html(document: Document, *, today: date, span: tuple[int, int] | None = None) -> str:
    """Return the whole document; the blocks within ``span``, characters of its text, are marked."""
    return (
        f"{_BACK}<header><h2>{text(document.title)}</h2>"
        f"<p>{text(document.summary)}</p>{_facts(document, today)}</header>"
        f"{''.join(_blocks(document, span))}{_references(document)}{_BACK}"
    )


def missing_html(id_: str) -> str:
    """Return what stands in place of a document that the index does not have."""
    told = f"There is no document “{text(id_)}” in this index; choose one from the list."
    return f'{_BACK}<p class="cb-empty">{told}</p>'


def _facts(document: Document, today: date) -> str:
    facets = document.facets
    review = f"{document.reviewed}" if document.reviewed else "no date"
    if document.review_by:
        review += f", due again by {document.review_by}"
    facts = (
        ("Reviewed", review),
        ("Rests on", document.evidence),
        ("Applies in", document.jurisdiction),
        ("For", ", ".join(facets.stage)),
        ("Setting", ", ".join(facets.setting)),
        ("Library", document.library),
        ("File", document.source),
        ("Also in", ", ".join(document.also)),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in facts if value)
    stale = '<p class="cb-stale">Stale: its review is overdue.</p>' if is_stale(document, today) else ""
    return f'{stale}<dl class="cb-facts">{rows}</dl>'


def _blocks(document: Document, span: tuple[int, int] | None) -> Iterator[str]:
    numbers = {reference.id: number for number, reference in enumerate(document.references, start=1)}
    marked, start = [], 0
    for block in document.blocks:
        end = start + len(block.prefix + block.text)
        # a passage is a slice of the document's text, which has every block on a line of its own
        marked.append((block, span is not None and start < span[1] and end > span[0]))
        start = end + 1
    for kind, run in groupby(marked, key=lambda entry: entry[0].kind):
        if kind == "item":
            yield _items(list(run), numbers)
        else:
            yield from (_block(block, numbers, here) for block, here in run)


def _block(block: Block, numbers: dict[str, int], here: bool) -> str:
    mark = ' class="cb-here"' if here else ""
    if block.kind != "heading":
        return f"<p{mark}>{_marked(block, numbers)}</p>"
    level = min(max(_FIRST_LEVEL, _FIRST_LEVEL + block.level - 2), _LAST_LEVEL)
    kind = _KINDS.get(block.section_kind or "", ())
    # a heading that says it needs no label
    said = any(words.casefold() in block.text.casefold() for words in kind)
    label = f' <span class="cb-kind">{kind[0]}</span>' if kind and not said else ""
    return f"<h{level}>{_marked(block, numbers)}{label}</h{level}>"


def _items(run: list[tuple[Block, bool]], numbers: dict[str, int]) -> str:
    """Return a list; an item keeps the bullet or number that its document gives it."""
    lines = []
    for block, here in run:
        shown = text(block.prefix.strip() or "•").replace("-", "•")
        mark = ' class="cb-here"' if here else ""
        indent = f' style="--depth:{block.level - 1}"' if block.level > 1 else ""
        lines.append(
            f'<li{mark}{indent}><span class="cb-bullet">{shown}</span><span>{_marked(block, numbers)}</span></li>'
        )
    return f'<ul class="cb-items">{"".join(lines)}</ul>'


def _marked(block: Block, numbers: dict[str, int]) -> str:
    parts, before = [], 0
    for mark in block.marks:
        parts.append(text(block.text[before : mark.offset]))
        before = mark.offset
        if mark.reference in numbers:
            number = numbers[mark.reference]
            parts.append(f'<sup><button type="button" class="cb-ref" data-ref="{number}">[{number}]</button></sup>')
    parts.append(text(block.text[before:]))
    return "".join(parts)


def _references(document: Document) -> str:
    if not document.references:
        return ""
    items = "".join(f'<li tabindex="-1">{reference(entry)}</li>' for entry in document.references)
    return f'<h3>Sources</h3><ol class="cb-sources-list">{items}</ol>'
