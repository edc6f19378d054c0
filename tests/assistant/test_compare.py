from __future__ import annotations

import pytest

from assistant.compare import names_two, sides_of, speaks_of, stems_of, weighs


def even(_: str) -> float:
    return 1.0


def rare(stem: str) -> float:
    return {"practic": 1.0, "base": 3.0, "compens": 4.0, "rvu": 4.5}.get(stem, 5.0 if len(stem) > 9 else 3.5)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("should I take an academic job or private practice?", ("academic job", "private practice")),
        ("difference between a mentor and a sponsor", ("mentor", "sponsor")),
        ("W-2 vs 1099", ("W-2", "1099")),
        ("is renting better than buying for a resident", ("renting", "buying")),
        ("compare locums with employment after residency", ("locums", "employment")),
        ("mentor vs sponsor - which do I need at this stage", ("mentor", "sponsor")),
        ("should I take the private group with a track or the hospital job", ("private group", "hospital job")),
        ("should I do an MBA or a leadership course like AAMC's before a role", ("MBA", "leadership course")),
        ("claims made vs occurrence insurance whats the difference", ("claims made", "occurrence insurance")),
        ("clinical research or quality improvement project - which is easier?", (
            "clinical research", "quality improvement project")),
        ("should I report him to the program director or to the ombuds office?", ("program director", "ombuds office")),
        ("in-person or virtual interviews", ("in-person", "virtual interviews")),
    ],
)  # fmt: skip
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
        "can I moonlight or do expert witness work while employed by a university",
        "what should I know about salary or bonus clauses",
        "may a resident teach or publish",
        "should I take leave before I start the new job or after a few months",
    ],
)
def test_a_question_that_weighs_nothing_has_no_sides(question: str) -> None:
    assert sides_of(question, weight=even) is None


@pytest.mark.parametrize(
    "question",
    [
        "should I ask for a raise or a bonus",
        "is it better to leave or wait",
        "sign-on bonus vs loan repayment, which one should I ask for",
        "what are the pros and cons of an MBA",
        "salary or bonus, which is safer",
    ],
)
def test_a_question_that_says_that_it_weighs_does(question: str) -> None:
    assert weighs(question)


def test_two_names_alone_are_weighed_and_a_question_about_either_is_not() -> None:
    assert names_two("rent or buy a house")
    assert not names_two("can I rent or buy a house")
    assert not weighs("can I rent or buy a house")


def test_a_side_is_told_by_all_its_words_or_the_rarest() -> None:
    sides = sides_of("salary guarantee vs private practice", weight=rare)
    assert sides is not None
    assert speaks_of(sides[1], stems_of("A private group."))
    assert not speaks_of(sides[1], stems_of("A practice."))


def test_of_many_words_another_must_stand_beside_the_rarest() -> None:
    sides = sides_of("salary guarantee vs RVU based compensation", weight=rare)
    assert sides is not None
    assert not speaks_of(sides[1], stems_of("Pay is based on collections."))
    assert not speaks_of(sides[1], stems_of("Count your wRVUs."))
    assert speaks_of(sides[1], stems_of("Compensation follows wRVUs."))


def test_hyphens_make_no_difference() -> None:
    assert {"parttim", "part", "time"} <= stems_of("part-time") == stems_of("part time")
    assert "rvu" in stems_of("wRVUs")


def test_a_compound_that_the_corpus_knows_tells_a_side_whole() -> None:
    known = {"parttim", "fulltim", "part", "full", "time"}
    sides = sides_of("part time vs full time", weight=lambda stem: 1.0 if stem in known else 9.0)
    assert sides is not None
    assert [side.stems for side in sides] == [{"parttim"}, {"fulltim"}]
    assert not speaks_of(sides[0], stems_of("A part of the day."))


def test_what_both_sides_share_tells_neither() -> None:
    sides = sides_of("peer mentor or senior mentor", weight=even)
    assert sides is not None
    assert [side.stems for side in sides] == [{"peer"}, {"senior"}]
