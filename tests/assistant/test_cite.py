from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.cite import NOT_COVERED, cite, layout
from assistant.records import Answer, Claim, Evidence, Query
from ingest.records import Reference
from tests.fakes import make_claims, make_hit

LISTED = make_hit(
    "A buy-in buys a share.", "It costs money.", "Ask:", "Who sets the price?", "Who pays?", "Get it in writing.",
    roles="ssliis",
)  # fmt: skip
PROSE = make_hit("Meet once a month.", "Bring an agenda.")


def _cite(*claims: Claim, evidence: Evidence | None = None) -> Answer:
    found = evidence or Evidence((LISTED, PROSE), (), 0.7)
    return cite("why?", query=Query("why? buy-in", "general"), evidence=found, claims=claims)


def test_claims_are_numbered_from_one_and_each_has_its_citation() -> None:
    answer = _cite(*make_claims(LISTED), *make_claims(PROSE, section=1))
    assert [claim.citations for claim in answer.claims] == [(number,) for number in range(1, 9)]
    assert [citation.number for citation in answer.citations] == list(range(1, 9))
    assert [citation.quote for citation in answer.citations] == [claim.text for claim in answer.claims]


def test_the_text_is_laid_out_in_sentences_lists_and_parts() -> None:
    assert _cite(*make_claims(LISTED), *make_claims(PROSE, section=1)).text == (
        "A buy-in buys a share. [1] It costs money. [2] Ask: [3]\n"
        "- Who sets the price? [4]\n"
        "- Who pays? [5]\n"
        "\n"
        "Get it in writing. [6]\n"
        "\n"
        "Meet once a month. [7] Bring an agenda. [8]"
    )


def test_a_part_that_begins_with_an_item_stands_apart_from_the_one_before() -> None:
    items = make_hit("First.", "Second.", roles="ii")
    text = _cite(*make_claims(items), *make_claims(make_hit("Third.", roles="i"), section=1)).text
    assert text == "- First. [1]\n- Second. [2]\n\n- Third. [3]"


def test_no_claims_are_laid_out_as_an_empty_text() -> None:
    assert layout(()) == ""


def test_what_is_not_supported_is_taken_out_and_counted() -> None:
    good, bad = make_claims(PROSE)[0], make_claims(LISTED, verdict="unsupported")[0]
    answer = _cite(bad, good, replace(bad, verdict="contradicted"))
    assert (answer.outcome, answer.removed) == ("answered", 2)
    assert answer.text == "Meet once a month. [1]"
    assert len(answer.claims) == len(answer.citations) == 1


def test_where_nothing_is_supported_the_question_is_not_covered() -> None:
    evidence = Evidence((LISTED,), (PROSE,), 0.7)
    answer = _cite(*make_claims(LISTED, verdict="unsupported"), evidence=evidence)
    assert answer.outcome == "not_covered"
    assert answer.text.startswith(NOT_COVERED)
    assert (answer.claims, answer.citations, answer.removed) == ((), (), 6)
    assert (answer.related, answer.score) == ((PROSE,), 0.7)


def test_a_lead_in_alone_is_no_answer() -> None:
    answer = _cite(*make_claims(make_hit("Ask these questions:", roles="l")))
    assert (answer.outcome, answer.claims, answer.citations) == ("not_covered", (), ())


def test_without_any_claim_the_question_is_not_covered() -> None:
    assert _cite().outcome == "not_covered"


def test_the_reader_is_told_who_could_answer_instead() -> None:
    assert "Who could answer: " in _cite().text


def test_an_answer_says_what_was_asked_what_was_searched_for_and_how_well_it_fits() -> None:
    answer = _cite(*make_claims(PROSE))
    assert (answer.question, answer.query, answer.score) == ("why?", "why? buy-in", 0.7)


def test_a_citation_says_where_the_sentence_stands() -> None:
    document = replace(PROSE.document, reviewed=date(2026, 11, 2))
    citation = _cite(*make_claims(replace(PROSE, document=document))).citations[1]
    assert (citation.document, citation.title, citation.library) == ("a/document", "A title", "Test")
    assert (citation.heading_path, citation.reviewed) == (("A heading",), "2026-11-02")
    assert (citation.passage_id, citation.passage) == (PROSE.passage.id, PROSE.passage.text)
    assert (citation.start, citation.end) == (19, 35)


def test_a_document_that_was_never_reviewed_has_no_day() -> None:
    assert _cite(*make_claims(PROSE)).citations[0].reviewed == ""


def test_a_citation_names_the_works_of_its_own_sentence_only() -> None:
    study, guide = Reference("study", "A study", "A journal", 2020), Reference("guide", "A guide", "A body")
    document = replace(PROSE.document, references=(study, guide))
    first, second = make_claims(replace(PROSE, document=document))
    marked = replace(first, sentence=replace(first.sentence, references=("guide", "unknown")))
    assert [citation.references for citation in _cite(marked, second).citations] == [(guide,), ()]


def test_the_sides_of_a_comparison_stand_apart_and_are_named_on_request() -> None:
    claims = [
        replace(claim, column=column, citations=(number,))
        for number, (claim, column) in enumerate(zip(make_claims(PROSE), ("rent", "buy"), strict=True), start=1)
    ]
    quote = claims[0].text
    assert layout(claims) == f"- {quote} [1]\n\n- {claims[1].text} [2]"
    assert layout(claims, headings=True) == f"Rent:\n- {quote} [1]\n\nBuy:\n- {claims[1].text} [2]"
