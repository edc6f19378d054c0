from __future__ import annotations

import pytest

from evals.perturb import ALTERATIONS, HARMLESS, Pool, altered, harmless, nouns_of

OTHERS = ["The visa office in Boston closes early on most days.", "Bring the letter to the clinic before it opens."]
POOL = Pool(OTHERS, nouns_of(OTHERS))
SENTENCE = "In June the group pays the physician 30 days after all cases, and it must not owe Houston more."


def made(sentence: str) -> dict[str, str]:
    return {pair.kind: pair.claim for pair in altered(sentence, POOL)}


def test_one_sentence_is_altered_in_many_ways_and_each_changes_it() -> None:
    found = made(SENTENCE)
    assert set(found) >= {
        "number", "unit", "date", "name", "negation removed", "amount", "certainty", "roles", "opposite", "condition",
        "put on", "elsewhere",
    }  # fmt: skip
    assert SENTENCE not in found.values()
    assert len(set(found.values())) == len(found)


def test_there_are_ten_kinds_and_more() -> None:
    assert len(ALTERATIONS) >= 10
    assert len(HARMLESS) >= 5


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("negation removed", "must owe"),
        ("amount", "some cases"),
        ("certainty", "it may not"),
        ("roles", "physician pays the"),
    ],
)
def test_an_alteration_does_what_it_says(kind: str, word: str) -> None:
    assert word in made(SENTENCE)[kind]


def test_the_same_sentence_is_altered_alike_each_time() -> None:
    assert made(SENTENCE) == made(SENTENCE)


def test_a_harmless_change_keeps_every_number_and_not() -> None:
    found = {pair.kind: pair.claim for pair in harmless("Don't sign it (or the draft) within three weeks.", POOL)}
    assert found["long form"] == "Do not sign it (or the draft) within three weeks."
    assert found["digits"] == "Don't sign it (or the draft) within 3 weeks."
    assert found["shorter"] == "Don't sign it within three weeks."
    assert found["verbatim"].startswith("Don't sign")
