"""A published build -> what is in it, document by document, and the edits that an operator asks for by id."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ingest.build import PASSAGES, published
from ingest.errors import DocumentError, IndexMissingError
from ingest.passages import PassageStore, read_files
from ingest.plan import Edits
from ingest.settings import IngestSettings


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the index, or one that was taken out of it."""

    id: str
    """Library and document id, with a slash between them."""
    library: str
    """Name of its library."""
    document: str
    """Id of the document within its library."""
    title: str
    """Its title."""
    source: str
    """Its file, and others that say the same."""
    passages: int
    """Number of its passages."""
    reviewed: str
    """Day of its last review, ``YYYY-MM-DD``, or empty."""
    stale: bool
    """Whether the day by which it was to be reviewed has passed."""
    removed: bool
    """Whether it was taken out and its file is still there."""

    def as_record(self) -> dict[str, object]:
        """Return the entry as plain data."""
        return asdict(self)


def listing(settings: IngestSettings, *, today: date) -> list[Entry]:
    """Return the documents of the published build, by library and id. Raises IndexMissingError where there is none."""
    manifest = published(settings.index)
    if manifest is None:
        raise IndexMissingError(f"{settings.index}: no index here yet; run curbside ingest (or make run) first")
    store = PassageStore(settings.index / manifest.build / PASSAGES, dimension=manifest.dimension)
    try:
        documents = {document.key: document for document in store.documents()}
        entries = []
        for record in store.files():
            if record.state not in ("kept", "removed"):
                continue
            document = documents.get((record.library, record.document))
            also = document.also if document else ()
            due = document.review_by if document else None
            entries.append(
                Entry(
                    id=f"{record.library}/{record.document}",
                    library=record.library,
                    document=record.document,
                    title=document.title if document else record.title,
                    source=", ".join((record.source, *also)),
                    passages=record.passages if document else 0,
                    reviewed=document.reviewed.isoformat() if document and document.reviewed else "",
                    stale=due is not None and due < today,
                    removed=record.state == "removed",
                )
            )
    finally:
        store.close()
    return sorted(entries, key=lambda entry: (entry.library, entry.document))


def edits_for(id_: str, settings: IngestSettings, *, restore: bool) -> tuple[Edits, list[tuple[str, Path]]]:
    """Return the edits that take out, or put back, what an id names, and the libraries (name, folder) to read again.

    Raises DocumentError, naming what there is, for an id that names nothing, or more than one document.
    """
    entries = listing(settings, today=date.max)
    if not restore and any(entry.library == id_ for entry in entries):
        return Edits(drop=frozenset({id_})), []
    named = [entry for entry in entries if entry.id == id_] or [entry for entry in entries if entry.document == id_]
    if len(named) != 1:
        found = "more than one document has" if named else "no document has"
        near = ", ".join(entry.id for entry in (named or entries)[:3])
        raise DocumentError(f"{id_}: {found} this id; curbside library lists them ({near}, …)")
    (entry,) = named
    key = frozenset({(entry.library, entry.document)})
    if not restore:
        return Edits(remove=key | _copies(entry, settings)), []
    manifest = published(settings.index)
    folders = {library.name: library.folder for library in manifest.libraries} if manifest else {}
    return Edits(restore=key), [(entry.library, Path(folders.get(entry.library, "")))]


def _copies(entry: Entry, settings: IngestSettings) -> set[tuple[str, str]]:
    """Return the documents that say the same as one: what is taken out is to be gone, under whatever name."""
    manifest = published(settings.index)
    records = read_files(settings.index / manifest.build / PASSAGES) if manifest else []
    own = {record.source for record in records if (record.library, record.document) == (entry.library, entry.document)}
    same = [record for record in records if record.state == "duplicate" and record.library == entry.library]
    return {(record.library, record.document) for record in same if record.reason in own}
