from __future__ import annotations

import pytest

from assistant.compare import compared, sides_of
from tests.fakes import make_hit


def even(_: str) -> float:
    return 1.0


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("should I take an academic job or private practice?", ("academic job", "private practice")),
        ("difference between a mentor and a sponsor", ("mentor", "sponsor")),
        ("W-2 vs 1099", ("W-2", "1099")),
        ("is renting better than buying for a resident", ("renting", "buying")),
        ("compare locums with employment after residency", ("locums", "employment")),
    ],
)
def test_the_two_sides_are_named_as_the_question_has_them(question: str, names: tuple[str, str]) -> None:
    sides = sides_of(question, weight=even)
    assert sides is not None
    assert tuple(side.name for side in sides) == names


@pytest.mark.parametrize(
    "question",
    [
        "how do I find a mentor",
        "should I accept it or not",
        "can I go now or stay",
        "private practice or private practice",
    ],
)
def test_a_question_that_weighs_nothing_has_no_sides(question: str) -> None:
    assert sides_of(question, weight=even) is None


def test_a_sentence_that_speaks_of_both_or_of_neither_is_on_no_side() -> None:
    sides = sides_of("rent or buy", weight=even)
    assert sides is not None
    hit = make_hit(
        "Rent first.", "Renting is easy.", "Rent or buy slowly.", "Save money.", "Buy later.", "Buying takes work.",
        scores=(0.5,) * 6,
    )  # fmt: skip
    chosen = compared(sides, [hit], scores=lambda found: found.sentences)
    assert [(one.column, one.text) for one in chosen] == [
        ("rent", "Rent first."),
        ("rent", "Renting is easy."),
        ("buy", "Buy later."),
        ("buy", "Buying takes work."),
    ]
    assert [one.section for one in chosen] == [1, 1, 2, 2]


def test_a_side_with_a_single_sentence_makes_no_comparison() -> None:
    sides = sides_of("rent or buy", weight=even)
    assert sides is not None
    hit = make_hit("Rent first.", "Renting is easy.", "Buy later.", scores=(0.5,) * 3)
    assert compared(sides, [hit], scores=lambda found: found.sentences) == []


def test_items_of_lists_examples_and_far_sentences_are_left_out() -> None:
    sides = sides_of("rent or buy", weight=even)
    assert sides is not None
    listed = make_hit("Do this:", "Rent first.", "Renting is easy.", roles="lii", scores=(0.5,) * 3)
    example = make_hit("Rent first.", "Renting is easy.", scores=(0.5,) * 2, kind="example")
    far = make_hit("Rent first.", "Renting is easy.", scores=(0.1, 0.1))
    buying = make_hit("Buy later.", "Buying takes work.", scores=(0.5,) * 2)
    for hit in (listed, example, far):
        assert compared(sides, [hit, buying], scores=lambda found: found.sentences) == []
