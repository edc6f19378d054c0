from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.audience import asking, elsewhere, meant_for, said_to_others
from ingest.records import Document, Facets, Passage
from tests.fakes import make_hit


def _under(heading: str, *stages: str) -> tuple[Document, Passage]:
    hit = make_hit("Apple tree.")
    document = replace(hit.document, facets=Facets(stage=stages))
    return document, replace(hit.passage, heading_path=(heading,))


@pytest.mark.parametrize(
    ("heading", "other", "own"),
    [
        ("Tail coverage at retirement", "who pays for tail coverage", "who pays my tail if I retire"),
        ("How to give feedback to learners", "how do I get feedback", "how do I give a resident feedback"),
        ("How to ask for feedback that you can use", "how do I give my resident feedback", "how do I get feedback"),
        ("What to do when a possible mentor says no", "how do I say no", "what if a mentor says no"),
        ("How to ask for a strong letter", "how do I write a letter for a mentee", "how do I get a letter"),
        ("Whom to ask for a letter", "a student asked me for a letter", "whom do I ask for a letter"),
        ("Writing a letter for a trainee", "whom do I ask for a letter", "a student asked me for a letter"),
        ("Moonlighting on a visa", "can I moonlight in fellowship", "can I moonlight on a J-1"),
        ("J-1 rules for residents", "what is the H-1B limit", "which visa should I choose"),
        ("Leave rules that cover care of a parent", "when do I take parental leave", "my father is dying"),
        ("What mentors and program directors can do", "I feel like a fraud", "as a chief, how do I mentor my team"),
        ("Rules and studies about faculty reviews", "my attending gave me a bad grade", "how do I read a bad review"),
    ],
)
def test_advice_to_the_other_side_of_a_matter_is_for_somebody_else(heading: str, other: str, own: str) -> None:
    document, passage = _under(heading)
    assert elsewhere(document, passage, asked_by=asking(other))
    assert not elsewhere(document, passage, asked_by=asking(own))


@pytest.mark.parametrize("heading", ["What tail coverage costs", "Retirement savings in brief", "When a mentor moves"])
def test_a_passage_for_everybody_is_for_nobody_else(heading: str) -> None:
    document, passage = _under(heading, "resident", "fellow", "early-career")
    assert meant_for(document, passage) == frozenset()
    assert not elsewhere(document, passage, asked_by=frozenset())


@pytest.mark.parametrize(
    ("stages", "other", "own"),
    [
        (("leader", "mid-career"), "what do I do in my first 90 days", "how do I keep new faculty in my division"),
        (("late-career",), "how do I change jobs", "how do I change jobs before I retire"),
        (("student", "resident"), "as an assistant professor, how do I publish", "how do I publish"),
    ],
)
def test_the_stages_of_a_document_say_whom_it_is_for(stages: tuple[str, ...], other: str, own: str) -> None:
    document, passage = _under("What to do", *stages)
    assert elsewhere(document, passage, asked_by=asking(other))
    assert not elsewhere(document, passage, asked_by=asking(own))


def test_a_document_on_mid_career_is_for_whoever_is_there() -> None:
    document, passage = _under("What to do", "mid-career", "leader")
    changed = replace(document, title="A mid-career change")
    assert not elsewhere(changed, passage, asked_by=asking("is it crazy to quit surgery"))


def test_a_sentence_may_speak_to_others_within_a_passage_for_everybody() -> None:
    asked_by = asking("can I moonlight in fellowship")
    assert said_to_others("ECFMG bars J-1 physicians from moonlighting.", asked_by=asked_by)
    assert not said_to_others("Ask the program director.", asked_by=asked_by)
    assert not said_to_others("An H-1B or J-1 holder asks counsel.", asked_by=asking("what is an H-1B"))
