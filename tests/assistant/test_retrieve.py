from __future__ import annotations

import asyncio

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

from assistant.retrieve import HybridRetriever, best_rows
from assistant.settings import RetrieveSettings
from ingest.build import OpenBuild, open_build
from ingest.records import embedded_sentences, embedded_text
from ingest.settings import IngestSettings

QUERY = "how often should I meet a mentor"


@pytest.fixture(scope="module")
def build(tiny_settings: IngestSettings) -> OpenBuild:
    """The tiny index, opened."""
    return open_build(tiny_settings)


def test_hits_come_best_first_and_each_passage_once(build: OpenBuild) -> None:
    hits = HybridRetriever(build=build).search(QUERY).hits
    assert sorted(hit.passage.id for hit in hits) == sorted(build.passages.ids)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_by_meaning_alone_a_score_is_the_cosine_of_query_and_passage(build: OpenBuild) -> None:
    settings = RetrieveSettings(closest_weight=0, pointer_weight=0, lexical_weight=0)
    hits = HybridRetriever(build=build, settings=settings).search(QUERY).hits
    cosines = build.passages.vectors() @ build.encoder.encode([QUERY])[0]
    expected = dict(zip(build.passages.ids, cosines.tolist(), strict=True))
    assert {hit.passage.id: hit.score for hit in hits} == pytest.approx(expected, abs=1e-5)


def test_the_score_is_the_weighted_mean_of_passage_closest_text_pointers_and_words(build: OpenBuild) -> None:
    settings = RetrieveSettings(closest_weight=0.25, pointer_weight=0.4, pointers=2, lexical_weight=3)
    vector = build.encoder.encode([QUERY])[0]
    for hit in HybridRetriever(build=build, settings=settings).search(QUERY).hits:
        stored = build.passages.passages([hit.passage.id])[0]
        closest = max(float(np.dot(row, vector)) for row in [*stored.pointer_vectors, *stored.sentence_vectors])
        pointers = sorted((float(np.dot(row, vector)) for row in stored.pointer_vectors), reverse=True)[:2]
        weight = 0.4 if stored.passage.asked else 0  # a heading alone is not averaged
        meaning = (1 - weight) * (0.75 * hit.dense + 0.25 * closest) + weight * sum(pointers) / len(pointers)
        assert hit.score == pytest.approx((meaning + 3 * hit.lexical) / 4, abs=1e-5)
        assert hit.pointer == pytest.approx(pointers[0], abs=1e-5)


def test_each_sentence_has_a_score_of_its_own(build: OpenBuild) -> None:
    vector = build.encoder.encode([QUERY])[0]
    for hit in HybridRetriever(build=build).search(QUERY).hits:
        text, spans = (
            embedded_text(hit.document.title, hit.passage),
            embedded_sentences(hit.document.title, hit.passage),
        )
        (within,) = build.encoder.encode_parts([text], [spans])
        assert hit.sentences == pytest.approx((within[1:] @ vector).tolist(), abs=1e-4)


def test_a_share_of_the_words_lies_between_none_and_all(build: OpenBuild) -> None:
    lexical = [hit.lexical for hit in HybridRetriever(build=build).search(QUERY).hits]
    assert 0 <= min(lexical) < max(lexical) <= 1


def test_the_words_find_what_the_meaning_of_a_random_model_does_not(build: OpenBuild) -> None:
    by_words = HybridRetriever(build=build, settings=RetrieveSettings(lexical_weight=100))
    assert by_words.search("Who values the practice").hits[0].passage.kind == "questions-to-ask"
    assert by_words.search("an agenda two days before").hits[0].passage.kind == "steps"


@pytest.mark.parametrize("query", ["what about it", "zymurgy", "???", ""])
def test_a_query_without_a_known_word_is_searched_by_meaning_only(build: OpenBuild, query: str) -> None:
    hits = HybridRetriever(build=build).search(query).hits
    assert {hit.lexical for hit in hits} == {0.0}
    assert all(np.isfinite(hit.score) for hit in hits)


def test_a_word_that_no_passage_holds_lowers_the_share_of_the_others(build: OpenBuild) -> None:
    retriever = HybridRetriever(build=build)
    known = max(hit.lexical for hit in retriever.search("agenda").hits)
    assert 0 < max(hit.lexical for hit in retriever.search("agenda zymurgy").hits) < known


def test_both_arms_give_as_many_candidates_as_they_are_asked_for(build: OpenBuild) -> None:
    query = "agenda"
    nearest = build.vectors.nearest(build.encoder.encode([query])[0], 1)[0].id
    by_words = next(id_ for id_, score in zip(build.passages.ids, build.lexical.scores(query), strict=True) if score)
    hits = HybridRetriever(build=build, settings=RetrieveSettings(candidates=1)).search(query).hits
    assert {hit.passage.id for hit in hits} == {nearest, by_words}


def test_a_hit_brings_its_document(build: OpenBuild) -> None:
    for hit in HybridRetriever(build=build).search(QUERY).hits:
        assert hit.document.id == hit.passage.document
        assert hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_a_langchain_program_gets_documents_with_their_provenance(build: OpenBuild) -> None:
    retriever = HybridRetriever(build=build, k=3)
    documents = retriever.invoke(QUERY)
    for document, hit in zip(documents, retriever.search(QUERY).hits[:3], strict=True):
        assert isinstance(document, Document)
        assert (document.id, document.page_content) == (hit.passage.id, hit.passage.text)
        assert document.metadata == {
            "document": hit.document.id,
            "title": hit.document.title,
            "heading_path": list(hit.passage.heading_path),
            "kind": hit.passage.kind,
            "library": "Test",
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": hit.score,
        }


def test_the_number_of_documents_can_be_set(build: OpenBuild) -> None:
    assert [len(HybridRetriever(build=build, k=k).invoke(QUERY)) for k in (1, 2, 50)] == [1, 2, len(build.passages.ids)]


def test_batch_and_async_find_what_invoke_finds(build: OpenBuild) -> None:
    retriever = HybridRetriever(build=build, k=2)
    expected = [retriever.invoke(QUERY), retriever.invoke("buy-in price")]
    assert retriever.batch([QUERY, "buy-in price"]) == expected
    assert asyncio.run(retriever.abatch([QUERY, "buy-in price"])) == expected
    assert asyncio.run(retriever.ainvoke(QUERY)) == expected[0]


def test_it_is_a_step_of_any_langchain_chain(build: OpenBuild) -> None:
    def titles(found: list[Document]) -> set[str]:
        return {document.metadata["title"] for document in found}

    chain = HybridRetriever(build=build, k=4) | RunnableLambda(titles)
    assert chain.invoke(QUERY) == {"Buy-in terms", "Meetings with a mentor"}


def test_the_best_rows_are_those_of_a_whole_sort_with_ties_in_the_order_of_rows() -> None:
    rng = np.random.default_rng(5)
    for size, count in [(1, 50), (40, 50), (50, 50), (3_000, 50), (3_000, 1)]:
        scores = (rng.integers(0, 9, size) / 8).astype(np.float32)
        whole = [row for row in np.argsort(-scores, kind="stable")[:count].tolist() if scores[row] > 0]
        assert best_rows(scores, count) == whole


def test_no_row_is_best_where_nothing_scores() -> None:
    assert best_rows(np.zeros(9, dtype=np.float32), 5) == []


def test_no_more_go_on_than_are_kept_and_those_are_the_best(build: OpenBuild) -> None:
    every = HybridRetriever(build=build).search(QUERY).hits
    few = HybridRetriever(build=build, settings=RetrieveSettings(kept=2)).search(QUERY).hits
    assert len(every) > 2
    assert few == every[:2]
