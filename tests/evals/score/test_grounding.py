from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from assistant.cite import not_covered_part
from assistant.records import Hit
from evals.marks import as_record
from evals.records import Case, Run
from evals.score.grounding import citation_precision, grounding
from tests.fakes import make_answer, make_hit

FIRST = make_hit("Meet a mentor once a month.", "Bring an agenda.", "Send notes afterwards.", roles="sli")
NEIGHBOUR = make_hit("Thank a mentor in writing.", "Bring no gifts.")
CASES = [Case(name, ("?",), "answered") for name in "ab"]
STORE = {hit.passage.id: hit.passage.text for hit in (FIRST, NEIGHBOUR)}


def _record(*hits: Hit) -> dict[str, Any]:
    return deepcopy(make_answer(*hits).as_record())


def _grounding(record: dict[str, Any] | None) -> float | None:
    return grounding(CASES, [Run("a", record, passages=STORE)]).value


def _precision(record: dict[str, Any] | None) -> float | None:
    return citation_precision(CASES, [Run("a", record, passages=STORE)]).value


def test_an_answer_of_whole_quotations_is_grounded_and_precise() -> None:
    record = _record(FIRST, NEIGHBOUR)
    assert _grounding(record) == 1.0
    assert _precision(record) == 1.0


def test_a_citation_that_is_cut_mid_word_fails_both() -> None:
    record = _record(FIRST)
    citation = record["citations"][0]
    citation.update(end=citation["end"] - 3, quote=citation["quote"][:-3])
    assert _grounding(record) == pytest.approx(2 / 3)
    assert _precision(record) == pytest.approx(2 / 3)


def test_a_quotation_that_is_cut_mid_word_everywhere_fails_both_as_well() -> None:
    record = _record(FIRST)
    citation = record["citations"][0]
    whole, cut = citation["quote"], citation["quote"][:-3]
    citation.update(end=citation["end"] - 3, quote=cut)
    record["claims"][0]["text"] = cut
    record["text"] = record["text"].replace(whole, cut)
    assert _grounding(record) == pytest.approx(2 / 3)
    assert _precision(record) == pytest.approx(2 / 3)


def test_a_citation_moved_to_a_neighbour_passage_fails_both() -> None:
    record = _record(FIRST)
    record["citations"][0]["passage_id"] = NEIGHBOUR.passage.id
    assert _grounding(record) == pytest.approx(2 / 3)
    assert _precision(record) == pytest.approx(2 / 3)


def test_a_citation_of_a_passage_that_is_not_in_the_index_fails_both() -> None:
    record = _record(FIRST)
    for citation in record["citations"]:
        citation["passage_id"] = "gone"
    assert _grounding(record) == 0.0
    assert _precision(record) == 0.0


def test_a_sentence_of_another_document_under_this_citation_fails_both() -> None:
    record = _record(FIRST)
    record["text"] = record["text"].replace("Bring an agenda.", "Bring no gifts.")
    record["claims"][1]["text"] = "Bring no gifts."
    assert _grounding(record) == pytest.approx(2 / 3)
    assert _precision(record) == pytest.approx(2 / 3)


def test_a_quote_that_the_index_does_not_hold_fails_even_where_text_and_citation_agree() -> None:
    record = _record(FIRST)
    record["citations"][0]["quote"] = record["claims"][0]["text"] = "Meet a mentor every day."
    record["text"] = record["text"].replace("Meet a mentor once a month.", "Meet a mentor every day.")
    assert _grounding(record) == pytest.approx(2 / 3)
    assert _precision(record) == pytest.approx(2 / 3)


def test_a_changed_word_in_the_text_is_ungrounded_though_claims_and_citations_are_right() -> None:
    record = _record(FIRST)
    record["text"] = record["text"].replace("once a month", "twice a month")
    assert _grounding(record) == pytest.approx(2 / 3)


@pytest.mark.parametrize("place", ["before", "between", "after"])
def test_a_sentence_in_the_text_without_a_citation_is_ungrounded(place: str) -> None:
    record = _record(NEIGHBOUR)
    first, second = record["text"].split(" Bring")
    extra = "Mentors like wine."
    record["text"] = {
        "before": f"{extra} {first} Bring{second}",
        "between": f"{first} {extra} Bring{second}",
        "after": f"{first} Bring{second} {extra}",
    }[place]
    # before and between it runs into a quotation and spoils it; after, it is a third statement
    assert _grounding(record) == pytest.approx(2 / 3 if place == "after" else 1 / 2)


def test_two_statements_with_their_numbers_swapped_are_ungrounded() -> None:
    record = _record(NEIGHBOUR)
    record["text"] = record["text"].replace("[1]", "[x]").replace("[2]", "[1]").replace("[x]", "[2]")
    assert _grounding(record) == 0.0


def test_a_number_without_a_citation_is_ungrounded() -> None:
    record = _record(NEIGHBOUR)
    record["text"] = record["text"].replace("[2]", "[7]")
    assert _grounding(record) == 0.5


def test_a_citation_that_no_claim_uses_counts_against_precision() -> None:
    record = _record(NEIGHBOUR)
    record["citations"].append({**record["citations"][0], "number": 3})
    assert _precision(record) == pytest.approx(2 / 3)


def test_a_claim_attached_to_the_citation_of_another_sentence_is_imprecise() -> None:
    record = _record(NEIGHBOUR)
    record["claims"][1]["citations"] = [1]
    assert _precision(record) == 0.5


def test_a_panel_that_shows_another_passage_than_the_index_holds_is_imprecise() -> None:
    record = _record(NEIGHBOUR)
    record["citations"][0]["passage"] = record["citations"][0]["passage"].replace("no gifts", "gifts")
    assert _precision(record) == 0.5


def test_an_answer_without_any_text_has_no_claim_and_no_value() -> None:
    record = {**_record(FIRST), "text": "", "claims": [], "citations": []}
    assert _grounding(record) is None
    assert _precision(record) is None


@pytest.mark.parametrize("outcome", ["not_covered", "declined", "care"])
def test_where_nothing_was_answered_there_is_nothing_to_ground(outcome: str) -> None:
    record = {**_record(FIRST), "outcome": outcome}
    assert _grounding(record) is None
    assert _precision(record) is None


def test_a_run_that_ended_in_an_error_is_neither_good_nor_bad() -> None:
    runs = [Run("a", _record(FIRST), passages=STORE), Run("b", None, error="crash")]
    assert grounding(CASES, runs).cases == citation_precision(CASES, runs).cases == {"a": 1.0}
    assert grounding(CASES, runs).left_out == {"b": "errored"}


def test_the_verdicts_written_in_a_record_are_not_trusted() -> None:
    record = _record(FIRST)
    record["citations"][0]["start"] += 1
    assert record["claims"][0]["verdict"] == "supported"
    assert _grounding(record) == pytest.approx(2 / 3)


def test_the_score_of_several_answers_is_the_mean_of_theirs() -> None:
    broken = _record(NEIGHBOUR)
    broken["citations"][0]["passage_id"] = "gone"
    runs = [Run("a", _record(FIRST), passages=STORE), Run("b", broken, passages=STORE)]
    assert grounding(CASES, runs).value == 0.75
    assert grounding(CASES, runs).cases == {"a": 1.0, "b": 0.5}


def test_the_fixed_sentence_of_an_uncovered_part_is_no_statement_and_any_other_text_is() -> None:
    record = _record(FIRST)
    record["uncovered"] = ["who pays?"]
    record["text"] += f"\n\n{not_covered_part('who pays?')}"
    assert _grounding(record) == 1.0
    record["text"] += " The employer pays."
    assert _grounding(record) == pytest.approx(3 / 4)


def test_an_answer_without_a_citation_has_no_precise_one() -> None:
    assert _precision({**_record(FIRST), "citations": []}) == 0.0


def test_i_do_not_know_is_an_abstention_and_not_a_faithful_answer() -> None:
    run = Run("a", as_record("?", "I don't know the answer to that."), passages=STORE)
    assert grounding(CASES[:1], [run]).left_out == {"a": "abstained"}


@pytest.mark.parametrize("missing", ["span", "passages"])
def test_what_nobody_can_look_up_is_unscored(missing: str) -> None:
    record = _record(FIRST)
    if missing == "span":
        del record["citations"][0]["start"]
    run = Run("a", record, passages=STORE if missing == "span" else None)
    assert grounding(CASES[:1], [run]).left_out == citation_precision(CASES[:1], [run]).left_out == {"a": "unscored"}
