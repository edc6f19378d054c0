from __future__ import annotations

from dataclasses import replace

from assistant.compare import Side, sides_of
from assistant.records import Evidence, Hit, Selection
from assistant.weigh import Sides, Weighed, compared, sections_that_weigh, weighed
from tests.fakes import make_hit

BUYING = make_hit("Buy later.", "Buying takes work.", scores=(0.5,) * 2)


def _first(sides: Sides | None, hits: list[Hit]) -> Hit | None:
    return next(iter(sections_that_weigh(sides, hits)), None)


def sides(question: str = "rent or buy") -> tuple[Side, Side]:
    found = sides_of(question, weight=lambda _: 1.0)
    assert found is not None
    return found


def headed(hit: Hit, heading: str, *, asked: tuple[str, ...] = ()) -> Hit:
    return replace(hit, passage=replace(hit.passage, heading_path=(heading,), asked=asked))


def columns(*hits: Hit, question: str = "rent or buy") -> list[Selection]:
    return compared(sides(question), hits, scores=lambda hit: hit.sentences)


def weigh(*hits: Hit) -> Weighed:
    return weighed(Evidence(hits, (), 0.6, wide=hits), sides(), scores=lambda hit: hit.sentences)


def test_a_sentence_that_speaks_of_both_or_of_neither_is_on_no_side() -> None:
    hit = make_hit(
        "Rent first.", "Renting is easy.", "Rent or buy slowly.", "Save money.", "Buy later.", "Buying takes work.",
        scores=(0.5,) * 6,
    )  # fmt: skip
    chosen = columns(hit)
    assert [(one.column, one.text, one.section) for one in chosen] == [
        ("rent", "Renting is easy.", 1),  # what it is comes first
        ("rent", "Rent first.", 1),
        ("buy", "Buy later.", 2),
        ("buy", "Buying takes work.", 2),
    ]


def test_what_a_thing_is_stands_before_what_is_said_of_it() -> None:
    hit = make_hit(
        "Trust a mentor.", "A mentor is a guide.", "Ask a sponsor.", "A sponsor is a door.", scores=(0.6, 0.5, 0.6, 0.5)
    )
    chosen = columns(hit, question="mentor versus sponsor")
    assert [one.text for one in chosen if one.column == "mentor"] == ["A mentor is a guide.", "Trust a mentor."]


def test_a_side_with_a_single_sentence_makes_no_comparison() -> None:
    assert columns(make_hit("Rent first.", "Renting is easy.", "Buy later.", scores=(0.5,) * 3)) == []


def test_a_side_that_fits_the_question_much_less_makes_no_comparison() -> None:
    assert columns(make_hit("Rent first.", "Renting is easy.", scores=(0.45,) * 2), BUYING)
    assert columns(make_hit("Rent first.", "Renting is easy.", scores=(0.3,) * 2, score=0.5), BUYING) == []


def test_lists_examples_open_questions_and_far_sentences_are_left_out() -> None:
    two = ("Rent first.", "Renting is easy.")
    listed = make_hit("Do this:", *two, roles="lii", scores=(0.5,) * 3)
    example = make_hit(*two, scores=(0.5,) * 2, kind="example")
    torn = make_hit(*two, scores=(0.5,) * 2, kind="where-advice-differs")
    far = make_hit(*two, scores=(0.1, 0.1))
    lower = make_hit(*two, scores=(0.5,) * 2, score=0.4)
    for hit in (listed, example, torn, far, lower):
        assert columns(BUYING, hit) == []


def test_half_of_a_disagreement_stands_in_no_column() -> None:
    hit = make_hit("Other mentors rent.", "But renting is easy.", "Rent first.", scores=(0.5,) * 3)
    assert columns(hit, BUYING) == []


def test_a_passage_about_mentors_stands_in_no_column_of_other_things() -> None:
    hit = headed(make_hit("Rent first.", "Renting is easy.", scores=(0.5,) * 2), "Mentoring at home")
    assert columns(hit, BUYING) == []


def test_two_things_to_be_done_make_no_columns() -> None:
    hit = make_hit("Keep private notes.", "Private talks help.", scores=(0.5,) * 2)
    question = "should I tell the department or keep it private"
    told = make_hit("Tell the department.", "A department helps.", scores=(0.5,) * 2)
    assert columns(hit, told, question=question) == []


def test_a_section_whose_heading_names_both_opens_whole() -> None:
    nearer = make_hit("Save money.", score=0.6)
    both = headed(make_hit("Rent first.", "Wait.", "Save.", "Look.", score=0.55), "Rent or buy first")
    found = weigh(nearer, both)
    assert found.first is both
    assert [one.text for one in found.opening] == ["Rent first.", "Wait.", "Save.", "Look."]


def test_a_known_question_that_weighs_both_marks_a_section_and_another_one_does_not() -> None:
    nearer = make_hit("Save money.", score=0.6)
    known = headed(make_hit("Wait a year.", score=0.58), "Homes", asked=("rent or buy?",))
    other = headed(make_hit("Wait a year.", score=0.58), "Homes", asked=("when can I rent what I buy?",))
    assert _first(sides(), [nearer, known]) is known
    assert _first(sides(), [nearer, other]) is None


def test_a_section_far_from_the_best_does_not_open() -> None:
    both = headed(make_hit("Rent first.", score=0.4), "Rent or buy first")
    assert _first(sides(), [make_hit("Save money.", score=0.6), both]) is None


def test_where_nothing_tells_the_sides_apart_an_open_question_among_the_nearest_opens() -> None:
    nearest = make_hit("Save money.", score=0.6)
    near = make_hit("Some stay.", "Others leave.", score=0.56, kind="where-advice-differs")
    far = replace(near, score=0.5)
    assert _first(None, [nearest, near]) is near
    assert _first(None, [nearest, far]) is None


def test_a_long_section_is_not_quoted_whole() -> None:
    long = headed(make_hit(*(f"Rent or buy number {number} of many." for number in range(40))), "Rent or buy")
    found = weigh(long)
    assert (found.first, found.opening) == (long, ())


def test_where_no_section_weighs_them_what_speaks_of_both_stands_above_the_columns() -> None:
    hit = make_hit(
        "Rent first.", "Renting is easy.", "Buy later.", "Buying takes work.", "Other people rent and buy.",
        "Renting and buying cost money.", scores=(0.5,) * 6, kind="steps",
    )  # fmt: skip
    found = weigh(hit)
    assert [one.text for one in found.opening] == ["Renting and buying cost money."]
    assert {one.column for one in found.columns} == {"rent", "buy"}


def test_a_section_that_sets_two_things_side_by_side_stands_in_the_columns() -> None:
    whole = headed(make_hit("Rent first.", "Renting is easy.", "Buy later."), "Rent or buy")
    found = weigh(whole, BUYING)
    assert found.opening == ()
    assert [(one.column, one.text) for one in found.columns] == [
        ("rent", "Rent first."),
        ("rent", "Renting is easy."),
        ("buy", "Buy later."),
        ("buy", "Buying takes work."),
    ]


def test_a_section_whose_sentences_lean_on_each_other_is_not_taken_apart() -> None:
    whole = headed(make_hit("Rent first.", "Other advisers buy at once.", "Save money."), "Rent or buy")
    assert weigh(whole).columns == ()
    assert len(weigh(whole).opening) == 3


def test_the_shorter_column_is_filled_up_from_other_passages() -> None:
    whole = headed(make_hit("Rent first.", "Renting is easy.", "Rented homes teach.", "Buy later."), "Rent or buy")
    others = make_hit("Save before buying.", "Wait before buying.", scores=(0.5,) * 2)
    renting = make_hit("Look before renting.", "Ask before renting.", scores=(0.5,) * 2)
    found = weigh(whole, others, renting)
    assert [one.column for one in found.columns].count("buy") == 3
