from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.excerpt import leaning_on, led_by, length
from assistant.records import Hit
from ingest.records import Sentence
from tests.fakes import make_hit


def _paragraph(*sentences: str) -> Hit:
    """Return a hit whose sentences stand in one paragraph."""
    hit = make_hit(*sentences)
    joined = tuple(replace(sentence, paragraph=0) for sentence in hit.passage.sentences)
    return replace(hit, passage=replace(hit.passage, sentences=joined))


def _quotes(hit: Hit, chosen: list[Sentence]) -> list[str]:
    return [hit.passage.quote(sentence) for sentence in chosen]


@pytest.mark.parametrize(
    "second",
    [
        "Other mentors advise a later start.",
        "They rarely do.",
        '"Please show me the dates," the resident can add.',
        "and I would like to know it.”",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_brings_it_along(second: str) -> None:
    hit = _paragraph("Some mentors advise an early start.", second, "Ask twice.")
    kept = leaning_on(hit, [hit.passage.sentences[1]])
    assert _quotes(hit, kept) == ["Some mentors advise an early start.", second]


def test_a_sentence_that_stands_alone_stays_alone() -> None:
    hit = _paragraph("Some mentors advise an early start.", "Ask twice.")
    assert _quotes(hit, leaning_on(hit, [hit.passage.sentences[1]])) == ["Ask twice."]


def test_nothing_is_taken_from_another_paragraph() -> None:
    hit = make_hit("Some mentors wait.", "Other mentors do not.")
    assert _quotes(hit, leaning_on(hit, [hit.passage.sentences[1]])) == ["Other mentors do not."]


def test_a_chain_is_followed_for_two_sentences() -> None:
    hit = _paragraph("Apple.", "They fall.", "They rot.", "They smell.")
    assert _quotes(hit, leaning_on(hit, [hit.passage.sentences[3]])) == ["They fall.", "They rot.", "They smell."]


def test_the_length_counts_words() -> None:
    hit = make_hit("Apple tree.", "Pear.")
    assert length(hit, hit.passage.sentences) == 3


@pytest.mark.parametrize(
    ("second", "third", "scores", "opens"),
    [
        ("Pear.", "Plum.", (0.3, 0.6, 0.4), "Pear."),  # it answers far better
        ("Pear.", "Plum.", (0.5, 0.6, 0.4), "Apple tree."),  # it answers a little better
        ("It bears fruit.", "Plum.", (0.3, 0.6, 0.4), "Apple tree."),  # it leans on the first
        ("Pear.", "It is sweet.", (0.3, 0.6, 0.4), "Apple tree."),  # another leans on it
    ],
)
def test_what_answers_far_better_opens_where_it_stands_alone(
    second: str, third: str, scores: tuple[float, ...], opens: str
) -> None:
    hit = _paragraph("Apple tree.", second, third)
    sentences = hit.passage.sentences
    led = led_by(hit, sentences, scores=dict(zip(sentences, scores, strict=True)))
    assert hit.passage.quote(led[0]) == opens
    assert sorted(led, key=lambda sentence: sentence.start) == list(sentences)


def test_a_list_is_led_by_its_lead_in() -> None:
    hit = make_hit("Ask:", "Apple?", "Pear?", roles="lii")
    sentences = hit.passage.sentences
    assert led_by(hit, sentences, scores=dict(zip(sentences, (0.1, 0.2, 0.9), strict=True))) == list(sentences)
