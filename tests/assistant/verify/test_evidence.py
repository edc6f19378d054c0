"""What is read together or again says the same as what is read alone, and costs no second reading."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.chain import Assistant
from assistant.verify.claims import BuiltInVerifier
from assistant.verify.measures import Weigher
from ingest.embed import Spans, Vectors
from tests.fakes import HashEncoder

TAIL = ("Tail coverage insures claims that are made after a physician leaves.", "The premium is paid within 30 days.")
MENTOR = ("A mentor meets a resident every month.",)
CLAIMS = (
    "Tail coverage insures claims made after a doctor leaves.",
    "The premium is paid within 60 days.",
    "A mentor in Boston meets a resident every month.",
    "A mentor meets a resident every month, and the hospital repays all student loans of its staff.",
    "A resident meets a mentor every month.",
    "a mentor meets a resident every month",
)


class Counting(HashEncoder):
    """Counts the texts that were encoded with their parts."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Spans]) -> list[Vectors]:
        """Remember the texts."""
        self.read += texts
        return super().encode_parts(texts, parts)


@pytest.mark.parametrize("claim", CLAIMS)
def test_whether_a_claim_is_borne_out_is_what_its_judgement_says(assistant: Assistant, claim: str) -> None:
    verifier = BuiltInVerifier(assistant.build.encoder)
    verdicts = [verifier.judge_passages(claim, passages).verdict for passages in ([TAIL], [MENTOR], [TAIL, MENTOR])]
    found = [verifier.bears_out(claim, passages) for passages in ([TAIL], [MENTOR], [TAIL, MENTOR])]
    assert found == [verdict == "supported" for verdict in verdicts]


def test_what_was_read_ahead_is_judged_to_the_same_score(assistant: Assistant) -> None:
    alone, ahead = (BuiltInVerifier(assistant.build.encoder) for _ in range(2))
    ahead.read_ahead([(claim, [TAIL, MENTOR]) for claim in CLAIMS])
    for claim in CLAIMS:
        one, other = (verifier.judge_passages(claim, [TAIL, MENTOR]) for verifier in (alone, ahead))
        assert (one.verdict, one.decided) == (other.verdict, other.decided)
        assert one.score == pytest.approx(other.score, abs=1e-6)


def test_a_claim_and_a_passage_are_encoded_once_however_often_they_are_asked_for() -> None:
    encoder = Counting()
    weigher = Weigher(encoder)
    weigher.read_ahead([(CLAIMS[0], [TAIL, MENTOR])])
    for passages in ([TAIL], [MENTOR], [TAIL, MENTOR]):
        weigher.weigh_passages(CLAIMS[0], passages)
    assert sorted(encoder.read) == sorted([CLAIMS[0], " ".join(TAIL), MENTOR[0]])


def test_a_number_a_name_or_a_clause_that_nobody_has_is_refused_without_reading() -> None:
    encoder = Counting()
    verifier = BuiltInVerifier(encoder)
    assert [verifier.bears_out(claim, [TAIL, MENTOR]) for claim in CLAIMS[1:4]] == [False, False, False]
    assert encoder.read == []


def test_the_oldest_is_let_go_where_more_are_asked_for_than_are_kept() -> None:
    encoder = Counting()
    weigher = Weigher(encoder)
    for number in range(70):
        weigher.weigh(f"A mentor says {number} words.", MENTOR)
    encoder.read.clear()
    weigher.weigh("A mentor says 69 words.", MENTOR)
    weigher.weigh("A mentor says 0 words.", MENTOR)
    assert encoder.read == ["A mentor says 0 words."]


@pytest.mark.parametrize("passages", [[], [()], [("?!",)]])
def test_without_a_word_of_evidence_nothing_is_found(passages: list[Sequence[str]]) -> None:
    assert Weigher(HashEncoder()).weigh_passages("A mentor.", passages).nearest == -1
