"""Query -> candidate Hits. After ``contextualise``, before ``rank``.

Two arms find candidates: vectors of passages with their headings, and words. Both kinds of evidence, and the cosine
of the closest heading or sentence, then go into one score on one scale; ``fuse`` says how.

``HybridRetriever`` is a LangChain ``BaseRetriever``, so any LangChain program can use it as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.fuse import Pointers, fuse
from assistant.prefer import ANYBODY, Preference, stages_in, worth
from assistant.records import Hit
from assistant.settings import RetrieveSettings
from ingest.build import OpenBuild
from ingest.embed import Vectors
from ingest.passages import EmbeddedPassage
from ingest.typography import matching


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for a query."""

    hits: tuple[Hit, ...]
    """Candidates, best first."""
    vector: Vectors
    """Vector of the query, shape (d,)."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """Candidates with what speaks for each."""

    entries: Sequence[EmbeddedPassage]
    """The passages."""
    cosines: Sequence[Vectors]
    """Cosines of the query and each vector of each passage, shape (vectors,)."""
    shares: Vectors
    """Shares of the attainable BM25 score, shape (n,)."""
    scores: Vectors
    """Both together, shape (n,)."""


class HybridRetriever(BaseRetriever):
    """Finds passages by meaning and by words in a published build."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    build: OpenBuild
    """The build that is searched."""
    settings: RetrieveSettings = RetrieveSettings()
    """How the arms are weighed."""
    k: int = 5
    """Documents returned to a LangChain program."""

    def search(self, query: str, *, only: Collection[str] = (), preference: Preference = ANYBODY) -> Search:
        """Return the candidates that are kept, best first; equal scores in the order of their ids.

        ``only`` names the libraries that are searched, all of them where it is empty. ``preference`` says whom the
        answer is for; a topic in it leaves out the documents without it.
        """
        vector = self.build.encoder.encode([matching(query)])[0]
        lexical = self._lexical(query)
        ids = self.build.passages.ids
        if only:
            lexical = lexical * self.build.passages.within(only)
        words = [ids[row] for row in best_rows(lexical, self.settings.candidates)]
        count = min(self.settings.candidates, len(ids))
        near = [hit.id for hit in self.build.vectors.nearest(vector, count, libraries=only)]
        candidates = list(dict.fromkeys([*near, *words]))
        foreign = self.settings.foreign_weight * self.build.lexical.foreign_share(query)
        passages, topic = self.build.passages, preference.topic
        if topic:
            candidates = [id_ for id_ in candidates if topic in passages.facets(id_).topics]
        if not candidates:
            return Search((), vector)
        compared = self._compared(candidates, vector, lexical)
        stated = stages_in(query)
        worths = [worth(passages.facets(id_), preference, stated=stated) for id_ in candidates]
        scores = compared.scores - foreign + self.settings.facet_weight * np.array(worths)
        best = sorted(range(len(candidates)), key=lambda place: (-scores[place], candidates[place]))
        hits = (self._hit(compared, place, float(scores[place])) for place in best[: self.settings.kept])
        return Search(tuple(hits), vector)

    def _compared(self, candidates: Sequence[str], vector: Vectors, lexical: Vectors) -> _Compared:
        store = self.build.passages
        entries = store.passages(candidates)
        cosines = [entry.vectors @ vector for entry in entries]
        pointers = [own[1 : 1 + entry.pointers] for own, entry in zip(cosines, entries, strict=True)]
        sentences = [own[1 + entry.pointers :] for own, entry in zip(cosines, entries, strict=True)]
        shares = lexical[[store.row(id_) for id_ in candidates]]
        # beside its heading, what points to a passage are known questions
        known = np.array([entry.pointers > 1 for entry in entries])
        scores = fuse(
            self.settings,
            dense=np.array([own[0] for own in cosines]),
            sentence=np.array([own.max() for own in sentences]),
            pointers=Pointers(_even(pointers, self.settings.pointers), known),
            lexical=shares,
        )
        return _Compared(entries, cosines, shares, scores)

    def _hit(self, compared: _Compared, place: int, score: float) -> Hit:
        entry, cosines = compared.entries[place], compared.cosines[place]
        return Hit(
            passage=entry.passage,
            document=self.build.passages.document(entry.passage.document_key),
            dense=float(cosines[0]),
            lexical=float(compared.shares[place]),
            sentences=tuple(cosines[1 + entry.pointers :].tolist()),
            score=score,
            pointer=float(cosines[1 : 1 + entry.pointers].max()),
        )

    def _lexical(self, query: str) -> Vectors:
        ceiling = self.build.lexical.ceiling(query)
        scores = self.build.lexical.scores(query)
        return scores / ceiling if ceiling > 0 else scores

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[LangChainDocument]:
        return [_as_document(hit) for hit in self.search(query).hits[: self.k]]


def _even(rows: Sequence[Vectors], averaged: int) -> Vectors:
    """Return rows of different lengths as one array, filled up so that neither the largest value of a row nor the mean
    of its ``averaged`` largest changes."""
    even = np.full((len(rows), max(averaged, *map(len, rows))), -1.0, dtype=np.float32)
    for place, row in enumerate(rows):
        even[place, : len(row)] = row
        if len(row) < averaged:
            even[place, len(row) : averaged] = row[0] if len(row) == 1 else row.mean()
    return even


def best_rows(scores: Vectors, count: int) -> list[int]:
    """Return up to ``count`` rows with the highest scores above 0, best first, equal scores in the order of rows."""
    rows = np.flatnonzero(scores > 0)
    found = scores[rows]
    if len(rows) > count > 0:
        # to order all of 100,000 scores takes ten times as long as to find the last that counts
        near = found >= np.partition(found, len(rows) - count)[len(rows) - count]
        rows, found = rows[near], found[near]
    best: list[int] = rows[np.argsort(-found, kind="stable")[:count]].tolist()
    return best


def _as_document(hit: Hit) -> LangChainDocument:
    metadata: dict[str, str | int | float | Sequence[str]] = {
        "document": hit.document.id,
        "title": hit.document.title,
        "heading_path": list(hit.passage.heading_path),
        "kind": hit.passage.kind,
        "library": hit.document.library,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": hit.score,
    }
    return LangChainDocument(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata)
