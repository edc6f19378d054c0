from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from assistant.records import RECORD_VERSION, Answer, Turn
from ingest.records import Reference
from tests.fakes import make_answer, make_hit

STUDY = Reference("study", "A study", "A journal", 2020, "https://example.org/study")


def _record(answer: Answer) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(json.dumps(answer.as_record()))
    return record


def test_a_record_has_these_keys_and_no_others() -> None:
    record = _record(replace(make_answer(make_hit("Meet once a month.")), related=(make_hit("Another."),)))
    assert record["version"] == RECORD_VERSION == 1
    assert set(record) == {
        "version", "question", "query", "outcome", "text", "claims", "citations", "removed", "related", "score",
        "uncovered", "confidence", "timings_ms", "settings", "model", "notice", "unknown_keys", "sent", "care",
        "care_sources",
    }  # fmt: skip
    assert set(record["claims"][0]) == {"text", "citations", "verdict", "column", "more"}
    assert set(record["related"][0]) == {"document", "title", "heading_path", "passage_id", "score"}


def test_a_citation_has_these_keys_and_no_others() -> None:
    hit = make_hit("Meet once a month.")
    answer = make_answer(hit)
    cited = replace(answer, citations=(replace(answer.citations[0], references=(STUDY,)),))
    citation = _record(cited)["citations"][0]
    assert set(citation) == {
        "number", "document", "title", "heading_path", "passage_id", "passage", "start", "end", "quote", "reviewed",
        "library", "source", "page", "also", "references", "evidence", "jurisdiction", "review_by", "stale",
    }  # fmt: skip
    assert citation["references"] == [
        {"title": "A study", "publisher": "A journal", "year": 2020, "url": "https://example.org/study"}
    ]


def test_start_and_end_slice_the_passage_and_give_the_quote() -> None:
    record = _record(make_answer(make_hit("Meet once a month.", "Bring a résumé – “updated”."), make_hit("🙂 Say so.")))
    quotes = [citation["passage"][citation["start"] : citation["end"]] for citation in record["citations"]]
    assert quotes == [citation["quote"] for citation in record["citations"]]
    assert quotes == ["Meet once a month.", "Bring a résumé – “updated”.", "🙂 Say so."]


def test_every_claim_of_a_record_points_to_a_citation_of_the_same_record() -> None:
    record = _record(make_answer(make_hit("Apple.", "Pear."), make_hit("Plum.")))
    by_number = {citation["number"]: citation["quote"] for citation in record["citations"]}
    assert [(claim["text"], claim["verdict"]) for claim in record["claims"]] == [
        (by_number[claim["citations"][0]], "supported") for claim in record["claims"]
    ]


def test_an_answer_without_claims_has_the_same_keys() -> None:
    empty = Answer("a", "a", "not_covered", "Not here.")
    assert set(empty.as_record()) == set(make_answer(make_hit("Apple.")).as_record())


def test_scores_have_four_decimals_and_times_three() -> None:
    answer = Answer(
        "a", "a", "not_covered", "", related=(make_hit("Apple.", score=1 / 3),), score=2 / 3,
        timings_ms={"rank": 1.23456},
    )  # fmt: skip
    record = _record(answer)
    assert (record["score"], record["related"][0]["score"]) == (0.6667, 0.3333)
    assert record["timings_ms"] == {"rank": 1.235}


def test_as_a_turn_an_answer_with_a_list_keeps_its_items_so_that_the_second_one_can_be_asked_for() -> None:
    answer = make_answer(make_hit("A buy-in buys a share.", "Ask:", "Who sets the price?", "Who pays?", roles="slii"))
    assert answer.as_turn() == Turn("a question", ("Who sets the price?", "Who pays?"))


def test_as_a_turn_an_answer_without_a_list_keeps_its_sentences() -> None:
    assert make_answer(make_hit("Apple.", "Pear.")).as_turn() == Turn("a question", ("Apple.", "Pear."))
    assert Answer("why?", "why?", "declined", "No.").as_turn() == Turn("why?")


def test_of_two_answers_added_the_later_one_stays() -> None:
    first, whole = Answer("a", "a", "answered", "One."), Answer("a", "a", "answered", "One. Two.")
    assert first + whole is whole
