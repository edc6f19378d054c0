"""Retrieval on a BEIR folder: the assistant's own search, or one of its arms, over other people's documents.

A document is treated as a passage: its title is its heading, its sentences are read within it. ``dense`` and
``lexical`` are the plain arms as published results have them, which proves the harness: the encoder's vector of title
and text, and BM25 without stems.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.carry import read_model
from assistant.contextualise import contextualise
from assistant.fuse import Pointers, fuse
from assistant.settings import RetrieveSettings
from evals.errors import EvalError
from evals.public.rows import Asked, Beir, read_beir
from evals.public.tables import Measured
from evals.score.ranking import ndcg, recall, reciprocal_rank
from evals.statistics import mean_score
from ingest.embed import Encoder, Spans, Vectors
from ingest.lexical import LexicalIndex
from ingest.passages.cache import EmbeddingCache
from ingest.sentences import sentence_spans
from ingest.typography import matching

Retriever = Literal["system", "dense", "lexical"]
AskedAs = Literal["last-turn", "system", "rewrite"]

#: Documents that are encoded at once, and ranked for a query.
_WINDOW, _KEPT = 128, 100


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of a data set's documents."""

    own: Vectors
    """One for each document, shape (documents, d)."""
    sentences: Vectors
    """Those of all sentences, shape (sentences, d)."""
    starts: Sequence[int]
    """Place of each document's first sentence; every document has at least one."""
    titles: Vectors | None
    """Those of the titles, shape (documents, d), or None where there is no title."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What documents are embedded and ranked with."""

    encoder: Encoder
    """The encoder of an index."""
    settings: RetrieveSettings
    """How the arms are weighed."""
    cache: EmbeddingCache
    """Vectors of documents that were embedded before."""
    advance: Callable[[int, int], None]
    """Told how many documents of how many are embedded."""


def evaluate_retrieval(folder: Path, tools: Tools, *, retriever: Retriever, asked_as: AskedAs) -> Measured:
    """Return nDCG@10, recall at 5 and 10 and the mean reciprocal rank at 10, over the judged queries.

    ``asked_as`` says what is searched for where a query has a history: its own words, what the assistant makes of
    them, or a person's version. Raises EvalError where the folder has another form, or a query has no rewrite.
    """
    data = read_beir(folder)
    texts = [_query(query, asked_as) for query in data.queries]
    scores = _ranker(data, tools, retriever)
    values: dict[str, dict[str, float]] = {"nDCG@10": {}, "R@5": {}, "R@10": {}, "MRR@10": {}}
    ids = np.array(data.ids, dtype=object)
    for query, text in zip(data.queries, texts, strict=True):
        ranked = ids[np.argsort(-scores(text), kind="stable")[:_KEPT]].tolist()
        relevant = data.relevant[query.id]
        values["nDCG@10"][query.id] = ndcg(ranked, relevant, at=10)
        values["R@5"][query.id] = recall(ranked, relevant, at=5)
        values["R@10"][query.id] = recall(ranked, relevant, at=10)
        values["MRR@10"][query.id] = reciprocal_rank(ranked, relevant, at=10)
    facts = {
        "retriever": retriever,
        "asked as": asked_as,
        "documents": len(data.ids),
        "queries with a history": sum(1 for query in data.queries if query.turns),
    }
    return Measured("retrieval", str(folder), [mean_score(name, cases) for name, cases in values.items()], facts)


def _query(query: Asked, asked_as: AskedAs) -> str:
    if asked_as == "rewrite" and query.turns:
        if not query.rewrite:
            raise EvalError(f"query {query.id} has a history and no metadata.rewrite; use --as system or last-turn")
        return query.rewrite
    if asked_as == "system":
        return contextualise(query.text, query.turns, model=read_model()).text
    return query.text


def _ranker(data: Beir, tools: Tools, retriever: Retriever) -> Callable[[str], Vectors]:
    """Return what gives every document a score for a query, higher is better."""
    whole = [f"{title} {text}".strip() for title, text in zip(data.titles, data.texts, strict=True)]
    if retriever == "lexical":
        return _plain_bm25(whole)
    encoder = tools.encoder
    found = _embed(data, [matching(text) for text in whole], tools)
    if retriever == "dense":
        return lambda query: found.own @ encoder.encode([matching(query)])[0]
    lexical = LexicalIndex.of(whole)

    def fused(query: str) -> Vectors:
        vector = encoder.encode([matching(query)])[0]
        ceiling = lexical.ceiling(query) or 1.0
        titles = None
        if found.titles is not None:
            titles = Pointers((found.titles @ vector)[:, None], np.zeros(len(found.titles), dtype=np.bool_))
        return fuse(
            tools.settings,
            dense=found.own @ vector,
            sentence=np.maximum.reduceat(found.sentences @ vector, found.starts),
            pointers=titles,
            lexical=lexical.scores(query) / ceiling,
        )

    return fused


def _plain_bm25(texts: Sequence[str]) -> Callable[[str], Vectors]:
    """Return BM25 with the tokens and parameters that the bm25s library has by default: no stems, English stop
    words."""
    import bm25s

    index = bm25s.BM25(method="lucene")
    index.index(bm25s.tokenize(list(texts), stopwords="en", show_progress=False), show_progress=False)

    def scores(query: str) -> Vectors:
        (tokens,) = bm25s.tokenize([query], stopwords="en", return_ids=False, show_progress=False)
        known = [token for token in tokens if token in index.vocab_dict]
        found: Vectors = index.get_scores(known) if known else np.zeros(len(texts), dtype=np.float32)
        return found

    return scores


def _embed(data: Beir, texts: Sequence[str], tools: Tools) -> Embedded:
    own: list[Vectors] = []
    starts = [0]
    for start in range(0, len(texts), _WINDOW):
        part = texts[start : start + _WINDOW]
        own += _embed_window(part, [sentence_spans(text) or [(0, len(text))] for text in part], tools)
        tools.advance(len(own), len(texts))
    for vectors in own[:-1]:
        starts.append(starts[-1] + len(vectors) - 1)
    titles = tools.encoder.encode([matching(title) for title in data.titles]) if any(data.titles) else None
    return Embedded(
        np.stack([vectors[0] for vectors in own]), np.concatenate([vectors[1:] for vectors in own]), starts, titles
    )


def _embed_window(texts: Sequence[str], spans: Sequence[Spans], tools: Tools) -> list[Vectors]:
    keys = [[text, *(f"{start}-{end} of {text}" for start, end in own)] for text, own in zip(texts, spans, strict=True)]
    known = tools.cache.get([key for own in keys for key in own])
    missing = [place for place, own in enumerate(keys) if not all(key in known for key in own)]
    made = tools.encoder.encode_parts([texts[place] for place in missing], [spans[place] for place in missing])
    fresh = {
        key: vector
        for place, own in zip(missing, made, strict=True)
        for key, vector in zip(keys[place], own, strict=True)
    }
    tools.cache.put(fresh)
    known |= fresh
    return [np.stack([known[key] for key in own]) for own in keys]
