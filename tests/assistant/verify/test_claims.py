from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.errors import SettingError
from assistant.records import Verifier
from assistant.verify.claims import BuiltInVerifier, read_fit

EVIDENCE = [
    "Tail coverage insures claims that are made after a physician leaves.",
    "The premium is about two times the yearly premium, and the employer must pay it within 30 days.",
    "A mentor meets a resident every month.",
]


@pytest.fixture(scope="module")
def verifier(assistant: Assistant) -> BuiltInVerifier:
    return BuiltInVerifier(assistant.build.encoder)


def test_it_is_a_verifier(verifier: BuiltInVerifier) -> None:
    assert isinstance(verifier, Verifier)


@pytest.mark.parametrize(
    ("claim", "decided"),
    [
        ("Tail coverage insures claims that are made after a physician leaves.", 0),
        ("tail coverage insures claims made after a doctor leaves", 0),
        ("The employer must pay the premium within 30 days.", 1),
    ],
)
def test_what_a_sentence_says_in_its_words_or_near_them_is_supported(
    verifier: BuiltInVerifier, claim: str, decided: int
) -> None:
    found = verifier.judge(claim, EVIDENCE)
    assert (found.verdict, found.decided) == ("supported", decided)


@pytest.mark.parametrize(
    "claim",
    [
        "The employer must pay the premium within 60 days.",
        "The employer must pay the premium within 30 weeks.",
        "The employer must not pay the premium within 30 days.",
        "The employer may pay the premium within 30 days.",
        "The premium is about four times the yearly premium.",
        "A resident meets a mentor every month.",
        "Tail coverage insures claims that are made before a physician leaves.",
    ],
)
def test_what_turns_a_sentence_is_contradicted(verifier: BuiltInVerifier, claim: str) -> None:
    assert verifier.judge(claim, EVIDENCE).verdict == "contradicted"


@pytest.mark.parametrize(
    "claim",
    [
        "The visa office closes on Fridays.",
        "A mentor meets a lawyer every month.",
        "A mentor meets a resident every month, and the hospital repays all student loans of its staff.",
    ],
)
def test_what_the_evidence_does_not_say_is_unsupported(verifier: BuiltInVerifier, claim: str) -> None:
    assert verifier.judge(claim, EVIDENCE).verdict == "unsupported"


@pytest.mark.parametrize(("claim", "evidence"), [("A claim.", []), ("", EVIDENCE), ("?!", EVIDENCE)])
def test_without_a_claim_or_evidence_nothing_is_supported(
    verifier: BuiltInVerifier, claim: str, evidence: list[str]
) -> None:
    found = verifier.judge(claim, evidence)
    assert (found.verdict, found.score, found.decided) == ("unsupported", 0.0, -1)


def test_a_source_of_a_thousand_words_is_read_to_its_end(verifier: BuiltInVerifier) -> None:
    long = ["A fellow reads a paper about clinics and writes down what it leaves open."] * 80
    found = verifier.judge("The employer must pay the premium within 30 days.", [*long, EVIDENCE[1]])
    assert (found.verdict, found.decided) == ("supported", 80)


def test_a_file_that_is_no_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fit.json"
    path.write_text(json.dumps({"weights": {"whole": 1}, "intercept": 0, "threshold": 0.5}), "utf-8")
    with pytest.raises(SettingError, match=r"fit\.json: not a verifier's fit .*fit-verifier"):
        read_fit(path)
