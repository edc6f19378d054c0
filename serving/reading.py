"""``GET /passages/{id}``, ``/documents/{id}`` and ``/library``: what the citations point into, whole."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse

from assistant.chain import Assistant
from ingest.build import OpenBuild
from ingest.records import Document, Passage
from serving.errors import ProblemError
from serving.forms import DocumentRecord, LibraryRecord, PassageRecord
from serving.problems import problems

PassageId = Annotated[str, Path(max_length=100, description="Id of a passage, from a citation.")]
DocumentId = Annotated[str, Path(max_length=500, description="Id of a document; it may hold slashes.")]
LibraryName = Annotated[str, Query(max_length=200, description="Its library, where several have this id.")]


def reading_routes(assistant: Assistant) -> APIRouter:
    """Return the routes."""
    router = APIRouter(tags=["sources"])

    @router.get("/passages/{id}", response_model=PassageRecord, responses=problems(401, 404, 422))
    def passage(id: PassageId) -> JSONResponse:
        """Return a passage with its sentences."""
        build = assistant.build
        return JSONResponse(passage_record(build, find_passage(build, id)))

    @router.get("/documents/{id:path}", response_model=DocumentRecord, responses=problems(401, 404, 422))
    def document(id: DocumentId, library: LibraryName = "") -> JSONResponse:
        """Return a whole document: its sections in reading order, and where its passages lie in its text."""
        build = assistant.build
        return JSONResponse(document_record(build, _find_document(build, id, library=library)))

    @router.get("/library", response_model=LibraryRecord, responses=problems(401))
    def library() -> JSONResponse:
        """Return what is indexed."""
        return JSONResponse(library_record(assistant.build, today=date.today()))

    return router


def find_passage(build: OpenBuild, id_: str) -> Passage:
    """Return a passage. Raises a 404 problem for an id that is not there."""
    try:
        return build.passages.passages([id_])[0].passage
    except KeyError as error:
        raise ProblemError(
            404, "No such passage", "No passage has this id; the index may have changed. Ask the question again."
        ) from error


def passage_record(build: OpenBuild, passage: Passage) -> dict[str, Any]:
    """Return a passage as plain data."""
    document = build.passages.document(passage.document_key)
    return {
        "id": passage.id,
        "document": passage.document,
        "library": passage.library,
        "title": document.title,
        "heading_path": list(passage.heading_path),
        "kind": passage.kind,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "sentences": [{"start": s.start, "end": s.end, "role": s.role} for s in passage.sentences],
        "reviewed": document.reviewed.isoformat() if document.reviewed else "",
    }


def document_record(build: OpenBuild, document: Document) -> dict[str, Any]:
    """Return a document as plain data: ``text[start:end]`` is a passage, and the sections hold all of the text."""
    sections: list[dict[str, Any]] = []
    start = 0
    for block in document.blocks:
        text = block.prefix + block.text
        if block.kind == "heading" or not sections:
            heading = block.text if block.kind == "heading" else ""
            sections.append({"heading": heading, "level": block.level if heading else 0, "start": start, "blocks": []})
        if block.kind != "heading":
            entry = {"kind": block.kind, "prefix": block.prefix, "text": block.text, "level": block.level}
            sections[-1]["blocks"].append({**entry, "start": start, "page": block.page or None})
        start += len(text) + 1
    ids = [
        id_
        for id_, library in zip(build.passages.ids, build.passages.libraries, strict=True)
        if library == document.library
    ]
    return {
        **_entry(document, today=date.today()),
        "evidence": document.evidence,
        "jurisdiction": document.jurisdiction,
        "text": document.text,
        "sections": sections,
        "passages": [
            {"id": passage.id, "start": passage.start, "end": passage.end}
            for passage in (entry.passage for entry in build.passages.passages(ids))
            if passage.document == document.id
        ],
        "references": [
            {"id": r.id, "title": r.title, "publisher": r.publisher, "year": r.year, "url": r.url}
            for r in document.references
        ],
    }


def library_record(build: OpenBuild, *, today: date) -> dict[str, Any]:
    """Return what is indexed as plain data."""
    manifest = build.manifest
    return {
        "build": manifest.build,
        "libraries": [
            {"name": library.name, "documents": library.documents, "passages": library.passages}
            for library in manifest.libraries
        ],
        "documents": [_entry(document, today=today) for document in build.passages.documents()],
    }


def _entry(document: Document, *, today: date) -> dict[str, Any]:
    return {
        "id": document.id,
        "library": document.library,
        "title": document.title,
        "summary": document.summary,
        "source": document.source,
        "reviewed": document.reviewed.isoformat() if document.reviewed else "",
        "review_by": document.review_by.isoformat() if document.review_by else "",
        "stale": document.review_by is not None and document.review_by < today,
        "stage": list(document.facets.stage),
        "setting": list(document.facets.setting),
        "topics": list(document.facets.topics),
    }


def _find_document(build: OpenBuild, id_: str, *, library: str) -> Document:
    """Return a document. Raises a 404 problem for an id that is not there, or that several libraries have."""
    names = [library] if library else [entry.name for entry in build.manifest.libraries]
    found: list[Document] = []
    for name in names:
        try:
            found.append(build.passages.document((name, id_)))
        except KeyError:
            continue
    if len(found) == 1:
        return found[0]
    if found:
        told = ", ".join(document.library for document in found)
        raise ProblemError(404, "Which library?", f"Several libraries have this document; add ?library= one of {told}.")
    raise ProblemError(404, "No such document", "No document has this id. GET /v1/library lists them.")
