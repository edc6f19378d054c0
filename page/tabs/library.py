"""The Library tab: what is indexed, by library and topic, with what a reader should know before trusting it.

The list and each document are asked for when they are looked at, so that a page that only answers carries neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

import gradio as gr

from assistant.chain import Assistant
from ingest.build import OpenBuild
from ingest.records import Document
from page.tabs.reader import document_html, is_stale, missing_html
from page.text import attribute, text

#: Evidence of a document that names none.
_NO_EVIDENCE = "not stated"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the list."""

    document: Document
    """The document."""
    passages: int
    """Its passages in the index."""

    @property
    def library(self) -> str:
        """Return the name of its library."""
        return self.document.library

    @property
    def topic(self) -> str:
        """Return the folder that it lies in, as a heading; a document in none has no topic."""
        folder, slash, _ = self.document.id.partition("/")
        return folder.replace("-", " ").replace("_", " ").capitalize() if slash else "Without a folder"


def build(assistant: Assistant) -> None:
    """Put the tab's content into the Gradio block that is open."""

    def listing(_: object) -> str:
        return index_html(listed(assistant.build), today=date.today())

    def read(asked: object) -> str:
        # whoever calls this is not always the page
        wanted = asked if isinstance(asked, Mapping) else {}
        return read_html(assistant.build, wanted, today=date.today())

    gr.HTML(
        _FRAME,
        elem_id="cb-library",
        apply_default_css=False,
        js_on_load="window.curbsideTabs.library(element, server)",
        server_functions=[listing, read],
    )


def listed(build: OpenBuild) -> list[Listed]:
    """Return the documents of a build, by library, topic and title."""
    passages = {(file.library, file.document): file.passages for file in build.passages.files() if file.passages}
    found = [Listed(document, passages.get(document.key, 0)) for document in build.passages.documents()]
    return sorted(found, key=lambda entry: (entry.library, entry.topic, entry.document.title.casefold()))


def read_html(build: OpenBuild, asked: Mapping[str, Any], *, today: date) -> str:
    """Return a document as HTML; ``asked`` has its id as ``document``, and may have ``library`` and ``passage``."""
    id_, library, passage_id = (str(asked.get(name) or "") for name in ("document", "library", "passage"))
    libraries = [library] if library else [entry.name for entry in build.manifest.libraries]
    for name in libraries:
        try:
            document = build.passages.document((name, id_))
        except KeyError:
            continue
        return document_html(document, today=today, span=_span(build, document, passage_id))
    return missing_html(id_)


def index_html(entries: Sequence[Listed], *, today: date) -> str:
    """Return the list of documents with its counts and its filter; ``entries`` are in the order of ``listed``."""
    if not entries:
        return (
            '<h2>Library</h2><p class="cb-empty">Nothing is indexed yet: run <code>curbside ingest FOLDER</code>.</p>'
        )
    several = len({entry.library for entry in entries}) > 1
    sections = []
    for library, of_library in groupby(entries, key=lambda entry: entry.library):
        topics = "".join(
            _topic(topic, list(run), today) for topic, run in groupby(of_library, key=lambda entry: entry.topic)
        )
        heading = f"<h3>{text(library)}</h3>" if several else ""
        sections.append(f'<section class="cb-shelf">{heading}{topics}</section>')
    return f"<h2>Library</h2>{_counts(entries, today)}{_filter(entries)}{''.join(sections)}"


def _counts(entries: Sequence[Listed], today: date) -> str:
    stale = sum(is_stale(entry.document, today) for entry in entries)
    evidence = Counter(entry.document.evidence or _NO_EVIDENCE for entry in entries)
    facts = "".join(
        f"<div><dt>{text(name)}</dt><dd>{count:,}</dd></div>"
        for name, count in (
            ("documents", len(entries)),
            ("passages", sum(entry.passages for entry in entries)),
            ("due for review", stale),
        )
    )
    kinds = " · ".join(f"{text(kind)} {count}" for kind, count in evidence.most_common())
    return f'<dl class="cb-counts">{facts}</dl><p class="cb-soft">Rest on: {kinds}</p>'


def _filter(entries: Sequence[Listed]) -> str:
    kinds = sorted({entry.document.evidence or _NO_EVIDENCE for entry in entries})
    options = "".join(f"<option>{text(kind)}</option>" for kind in kinds)
    return (
        '<form class="cb-filter" role="search" aria-label="Documents">'
        '<label>Filter<input type="search" name="words" placeholder="Words of the title, summary or tags" '
        'autocomplete="off"></label>'
        f'<label>Evidence<select name="evidence"><option value="">any</option>{options}</select></label>'
        '<label>Review<select name="review"><option value="">any</option><option value="current">in date</option>'
        '<option value="stale">due for review</option><option value="none">no date</option></select></label>'
        f'</form><p class="cb-soft" role="status">{len(entries)} documents</p>'
    )


def _topic(topic: str, entries: Sequence[Listed], today: date) -> str:
    rows = "".join(_row(entry, today) for entry in entries)
    count = f"{len(entries)} document{'s' if len(entries) > 1 else ''}"
    return (
        f'<details class="cb-topic"><summary><span>{text(topic)}</span> '
        f'<span class="cb-soft cb-topic-count" data-count="{len(entries)}">{count}</span></summary>'
        f"<ul>{rows}</ul></details>"
    )


def _row(entry: Listed, today: date) -> str:
    document = entry.document
    stale = is_stale(document, today)
    review = "stale" if stale else "current" if document.reviewed else "none"
    facets = document.facets
    words = " ".join(
        (document.title, document.summary, document.id, *facets.topics, *facets.stage, *facets.setting, *facets.domains)
    )
    facts = (
        f"Reviewed {document.reviewed}" if document.reviewed else "No review date",
        document.evidence or "",
        f"Applies in: {document.jurisdiction}" if document.jurisdiction else "",
        f"{entry.passages} passage{'' if entry.passages == 1 else 's'}",
    )
    mark = f'<span class="cb-stale">Stale since {document.review_by}</span> ' if stale else ""
    return (
        f'<li data-words="{attribute(words.casefold())}" data-review="{review}" '
        f'data-evidence="{attribute(document.evidence or _NO_EVIDENCE)}">'
        f'<a href="{address(document)}">{text(document.title)}</a>'
        f"<p>{text(document.summary)}</p>"
        f'<p class="cb-soft">{mark}{text(" · ".join(fact for fact in facts if fact))}</p></li>'
    )


def address(document: Document) -> str:
    """Return the part of an address that opens a document, ready for an attribute."""
    return f"#document={quote(document.id)}&amp;library={quote(document.library)}"


def _span(build: OpenBuild, document: Document, passage_id: str) -> tuple[int, int] | None:
    """Return where a passage stands in its document's text, or None where it does not belong to it."""
    if not passage_id:
        return None
    try:
        passage = build.passages.passages([passage_id])[0].passage
    except KeyError:
        return None
    return (passage.start, passage.end) if passage.document_key == document.key else None


_FRAME = (
    '<div class="cb-tab"><div class="cb-index"><p class="cb-empty" role="status">The list is being fetched …</p></div>'
    '<article class="cb-reader" tabindex="-1" hidden></article></div>'
)
