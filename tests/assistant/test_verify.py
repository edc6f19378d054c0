from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Draft, Hit, Selection, Verdict
from assistant.verify import verdict, verify
from ingest.records import Sentence
from tests.fakes import make_hit

HIT = make_hit("Meet a mentor once a month.", "Bring an agenda.", "Send notes afterwards.", roles="sli")
OTHER = make_hit("Meet a sponsor once a year.", "Bring a résumé.")
STORE = {hit.passage.id: hit.passage for hit in (HIT, OTHER)}
FIRST, SECOND, THIRD = HIT.passage.sentences


def _verdict(hit: Hit, sentence: Sentence) -> Verdict:
    return verdict(Selection(hit, sentence, 0), STORE.__getitem__)


def test_every_whole_sentence_lead_in_and_item_of_the_stored_passage_is_supported() -> None:
    assert [_verdict(HIT, sentence) for sentence in HIT.passage.sentences] == ["supported"] * 3


def test_a_changed_word_in_the_passage_is_unsupported() -> None:
    altered = replace(HIT.passage, text=HIT.passage.text.replace("once a month", "once a night"))
    assert len(altered.text) == len(HIT.passage.text)
    assert _verdict(replace(HIT, passage=altered), FIRST) == "unsupported"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (FIRST.start, FIRST.end - 3),  # cut mid-word
        (FIRST.start + 1, FIRST.end),
        (FIRST.start, FIRST.end + 1),  # with the line break
        (FIRST.start, SECOND.end),  # two sentences
        (FIRST.start + 5, SECOND.end - 2),
        (FIRST.start, FIRST.start),  # nothing
        (FIRST.end, SECOND.start),  # white space
        (0, 10_000),
        (-len("Send notes afterwards."), THIRD.end),
    ],
)
def test_a_span_that_is_not_a_sentence_of_the_passage_is_unsupported(start: int, end: int) -> None:
    assert _verdict(HIT, replace(FIRST, start=start, end=end)) == "unsupported"


def test_a_passage_that_is_not_in_the_index_is_unsupported() -> None:
    assert _verdict(replace(HIT, passage=replace(HIT.passage, id="0" * 16)), FIRST) == "unsupported"


def test_a_sentence_said_to_stand_in_another_passage_is_unsupported() -> None:
    moved = replace(HIT, passage=replace(HIT.passage, id=OTHER.passage.id))
    assert [_verdict(moved, sentence) for sentence in HIT.passage.sentences] == ["unsupported"] * 3


def test_a_span_is_checked_against_the_stored_sentences_and_not_those_of_the_hit() -> None:
    cut = replace(FIRST, end=FIRST.end - 7)
    hit = replace(HIT, passage=replace(HIT.passage, sentences=(cut,)))
    assert _verdict(hit, cut) == "unsupported"


def test_a_sentence_under_a_heading_that_is_not_its_own_is_unsupported() -> None:
    moved = replace(HIT, passage=replace(HIT.passage, heading_path=("Another heading",)))
    assert _verdict(moved, FIRST) == "unsupported"


def test_a_sentence_of_a_document_that_is_not_its_own_is_unsupported() -> None:
    moved = replace(HIT, document=replace(HIT.document, id="another/document", title="Another"))
    assert _verdict(moved, FIRST) == "unsupported"


def test_a_sentence_with_references_that_are_not_its_own_is_unsupported() -> None:
    assert _verdict(HIT, replace(FIRST, references=("a-famous-trial",))) == "unsupported"


def test_each_selection_becomes_one_claim_in_order() -> None:
    wrong = replace(SECOND, end=SECOND.end - 2)
    draft = Draft((Selection(HIT, THIRD, 0), Selection(HIT, wrong, 1), Selection(OTHER, OTHER.passage.sentences[1], 2)))
    claims = verify(draft, STORE.__getitem__)
    assert [claim.text for claim in claims] == ["Send notes afterwards.", "Bring an agend", "Bring a résumé."]
    assert [claim.verdict for claim in claims] == ["supported", "unsupported", "supported"]
    assert [(claim.role, claim.section) for claim in claims] == [("item", 0), ("lead-in", 1), ("sentence", 2)]
    assert [claim.hit for claim in claims] == [HIT, HIT, OTHER]


def test_an_empty_draft_makes_no_claim() -> None:
    assert verify(Draft(()), STORE.__getitem__) == ()


@settings(deadline=None)
@given(st.integers(-5, 80), st.integers(-5, 80))
def test_of_all_spans_only_those_of_sentences_are_supported(start: int, end: int) -> None:
    is_sentence = (start, end) in {(0, 27), (28, 44), (45, 67)}  # lengths 27, 16 and 22, a line break after each
    assert (_verdict(HIT, replace(FIRST, start=start, end=end)) == "supported") == is_sentence
