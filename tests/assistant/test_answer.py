from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Wanted
from assistant.answer import answer as compose
from assistant.compare import sides_of
from assistant.records import Draft, Evidence, Hit, Intent
from assistant.settings import AnswerSettings
from ingest.records import Facets
from tests.fakes import make_hit


def elsewhere(hit: Hit, *, title: str = "Another title", heading: str = "A heading", stage: str = "") -> Hit:
    """Return a hit as one of another document."""
    facets = Facets(stage=(stage,) if stage else ())
    document = replace(hit.document, id="another/document", title=title, facets=facets)
    return replace(hit, document=document, passage=replace(hit.passage, heading_path=(heading,)))


ASK = "Ask these questions before signing:"
PRICE, VALUER, LEAVER = "How is the price set?", "Who values the practice?", "What does a leaver receive?"


def answer(evidence: Evidence, *, intent: Intent, settings: AnswerSettings) -> Draft:
    """Compose with every word of the same weight."""
    return compose(evidence, Wanted("fruit", intent), settings=settings, weight=lambda _: 1.0)


def _texts(*hits: Hit, intent: Intent = "general", settings: AnswerSettings | None = None) -> list[str]:
    draft = answer(Evidence(hits, (), 0.6), intent=intent, settings=settings or AnswerSettings())
    return [selection.text for selection in draft.selections]


def test_without_evidence_nothing_is_written() -> None:
    assert answer(Evidence((), (), 0.1), intent="general", settings=AnswerSettings()) == Draft(())


def test_a_long_passage_gives_the_three_sentences_nearest_to_the_question_in_their_own_order() -> None:
    words = {fruit: f"{fruit} {f'{fruit}ish ' * 50}end." for fruit in ("Apple", "Pear", "Plum", "Fig")}
    hit = make_hit(*words.values(), scores=(0.4, 0.1, 0.9, 0.5))
    assert [text.split()[0] for text in _texts(hit)] == ["Apple", "Plum", "Fig"]


def test_a_short_passage_is_quoted_whole() -> None:
    hit = make_hit("Apple.", "Pear.", "Plum.", "Fig.", scores=(0.4, 0.1, 0.9, 0.5))
    assert _texts(hit) == ["Apple.", "Pear.", "Plum.", "Fig."]


def test_a_list_is_given_whole_with_the_sentence_that_introduces_it() -> None:
    hit = make_hit(ASK, PRICE, VALUER, LEAVER, roles="liii", scores=(0.1, 0.9, 0.1, 0.1))
    assert _texts(hit) == [ASK, PRICE, VALUER, LEAVER]


def test_a_sentence_before_the_list_opens_the_answer_and_one_after_it_closes() -> None:
    before = make_hit("A buy-in buys a share.", ASK, PRICE, VALUER, roles="slii")
    after = make_hit(ASK, PRICE, VALUER, "Get all replies in writing.", roles="liis")
    assert _texts(before) == ["A buy-in buys a share.", ASK, PRICE, VALUER]
    assert _texts(after) == [ASK, PRICE, VALUER, "Get all replies in writing."]


def test_beside_a_list_more_than_two_sentences_give_way_to_the_nearest() -> None:
    prose = ("Apple tree.", "Pear orchard.", "Plum garden.")
    hit = make_hit(*prose, ASK, PRICE, VALUER, roles="ssslii", scores=(0.2, 0.4, 0.1, 0.1, 0.1, 0.1))
    assert _texts(hit) == ["Pear orchard.", ASK, PRICE, VALUER]


def test_of_an_open_question_both_sides_are_given_or_none() -> None:
    sides = make_hit("Some ask early.", "Others ask late.", scores=(0.6, 0.1), kind="where-advice-differs")
    evidence = Evidence((make_hit("Apple tree."), sides), (), 0.6)
    texts = [s.text for s in answer(evidence, intent="general", settings=AnswerSettings()).selections]
    assert texts == ["Apple tree.", "Some ask early.", "Others ask late."]
    cramped = answer(evidence, intent="general", settings=AnswerSettings(words=5)).selections
    assert [s.text for s in cramped] == ["Apple tree."]


def test_of_two_lists_the_one_nearer_to_the_question_is_given() -> None:
    hit = make_hit("One:", "Apple.", "Pear.", "Two:", "Plum.", "Fig.", roles="liilii", scores=(0, 0, 0.3, 0, 0.4, 0))
    assert _texts(hit) == ["Two:", "Plum.", "Fig."]


def test_a_list_gives_no_more_items_than_the_settings_allow() -> None:
    hit = make_hit(ASK, "Apple.", "Pear.", "Plum.", "Fig.", roles="liiii")
    assert _texts(hit, settings=AnswerSettings(items=2)) == [ASK, "Apple.", "Pear."]


def test_a_list_without_its_lead_in_gives_no_more_items_either() -> None:
    hit = make_hit("Apple.", "Pear.", "Plum.", "Fig.", roles="iiii")
    assert _texts(hit, settings=AnswerSettings(items=2)) == ["Apple.", "Pear."]


def test_a_passage_that_is_a_single_item_can_be_quoted() -> None:
    assert _texts(make_hit("A mentor advises; a sponsor acts.", roles="i")) == ["A mentor advises; a sponsor acts."]


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        ("questions", "questions-to-ask"),
        ("steps", "steps"),
        ("warnings", "warning-signs"),
        ("choice", "where-advice-differs"),
        ("evidence", "evidence"),
        ("example", "example"),
        ("definition", "summary"),
    ],
)
def test_the_kind_of_section_that_was_asked_for_comes_first(intent: Intent, kind: str) -> None:
    nearer, fitting = make_hit("Apple tree.", score=0.62), make_hit("Pear orchard.", score=0.6, kind=kind)
    assert _texts(nearer, fitting, intent=intent)[0] == "Pear orchard."


def test_a_section_of_the_right_kind_does_not_pass_one_that_is_much_nearer() -> None:
    nearer, fitting = make_hit("Apple tree.", score=0.8), make_hit("Pear.", score=0.5, kind="questions-to-ask")
    assert _texts(nearer, fitting, intent="questions")[0] == "Apple tree."


def test_what_was_said_already_is_not_said_again() -> None:
    first = make_hit("Meet a mentor once a month.")
    again = make_hit("Meet your mentor once each month.", "Bring an agenda every time.")
    assert _texts(first, again) == ["Meet a mentor once a month.", "Bring an agenda every time."]


def test_a_lead_in_whose_items_were_all_said_is_left_out() -> None:
    first = make_hit(ASK, PRICE, VALUER, LEAVER, roles="liii")
    again = make_hit("Before you pay, ask this:", PRICE, VALUER, LEAVER, roles="liii")
    assert _texts(first, again) == [ASK, PRICE, VALUER, LEAVER]


def test_another_passage_adds_only_sentences_that_come_near_the_question() -> None:
    first = make_hit("Apple tree.", scores=(0.5,))
    other = elsewhere(make_hit("Pear orchard.", "Plum garden.", scores=(0.41, 0.39)))  # 0.8 of 0.5 is 0.4
    assert _texts(first, other) == ["Apple tree.", "Pear orchard."]


def test_a_sentence_of_the_same_document_need_not_come_so_near() -> None:
    first = make_hit("Apple tree.", scores=(0.5,))
    other = make_hit("Pear orchard.", "Plum garden.", scores=(0.36, 0.34))  # 0.7 of 0.5 is 0.35
    assert _texts(first, other) == ["Apple tree.", "Pear orchard."]


def test_a_list_of_another_document_supports_only_where_its_passage_comes_near() -> None:
    first = make_hit("Apple tree.", score=0.6)
    near = make_hit("Do:", "Dig.", "Sow.", roles="lii", score=0.52)  # 0.85 of 0.6 is 0.51
    assert len(_texts(first, elsewhere(near))) == 4
    assert _texts(first, elsewhere(replace(near, score=0.5))) == ["Apple tree."]


def test_advice_to_somebody_else_neither_opens_nor_supports() -> None:
    retiring = elsewhere(make_hit("Retire late.", score=0.65), heading="Fruit at retirement")
    trees = make_hit("Apple tree.", score=0.6)
    leading = elsewhere(make_hit("Lead gently.", score=0.6), stage="leader")
    assert _texts(retiring, trees, leading) == ["Apple tree."]


def test_advice_to_the_very_asker_opens_before_advice_to_all() -> None:
    anybody = make_hit("Fruit needs water.", score=0.62)
    visa = elsewhere(make_hit("Fruit needs papers.", score=0.6), heading="Fruit on a visa")
    for question, opening in (("fruit on my J-1", "Fruit needs papers."), ("how is fruit", "Fruit needs water.")):
        draft = compose(
            Evidence((anybody, visa), (), 0.6),
            Wanted(question, "general"),
            settings=AnswerSettings(),
            weight=lambda _: 1.0,
        )
        assert draft.selections[0].text == opening


def test_a_sentence_to_somebody_else_is_left_out_of_what_opens() -> None:
    assert _texts(make_hit("Fruit is sweet.", "ECFMG bars fruit on a J-1.", "Eat it.")) == [
        "Fruit is sweet.",
        "Eat it.",
    ]


def test_an_example_never_opens_while_there_is_anything_else() -> None:
    story, plain = make_hit("A fellow ate an apple.", kind="example", score=0.8), make_hit("Apple tree.", score=0.5)
    assert _texts(story, plain) == ["Apple tree."]
    assert _texts(story) == ["A fellow ate an apple."]
    assert _texts(story, plain, intent="example")[0] == "A fellow ate an apple."


def test_where_even_the_best_is_far_no_kind_of_section_lifts_a_passage() -> None:
    nearer, fitting = make_hit("Apple tree.", score=0.36), make_hit("Pear orchard.", score=0.35, kind="steps")
    assert _texts(nearer, fitting, intent="steps")[0] == "Apple tree."


def test_who_asks_how_is_not_answered_with_questions_to_ask() -> None:
    questions = make_hit(ASK, PRICE, VALUER, roles="lii", score=0.66, kind="questions-to-ask")
    assert _texts(questions, make_hit("Apple tree.", score=0.6), intent="steps")[0] == "Apple tree."


def test_a_thing_that_is_only_named_is_said_by_the_summary_of_its_document() -> None:
    debate = make_hit("Some like fruit.", "Other people do not.", score=0.72, kind="where-advice-differs")
    summary = make_hit("Fruit is what a tree bears.", score=0.55, kind="summary")
    evidence = Evidence((debate,), (), 0.72, wide=(debate, summary))
    draft = compose(evidence, Wanted("fruit", "general"), settings=AnswerSettings(), weight=lambda _: 1.0)
    assert draft.selections[0].text == "Fruit is what a tree bears."
    asked = compose(evidence, Wanted("why is it sweet", "general"), settings=AnswerSettings(), weight=lambda _: 1.0)
    assert asked.selections[0].text == "Some like fruit."


def test_a_summary_that_opens_brings_further_sections_of_its_document() -> None:
    summary = make_hit("Fruit is what a tree bears.", score=0.6, kind="summary")
    further = make_hit("Plum garden.", score=0.4)  # 0.65 of 0.6 is 0.39
    evidence = Evidence((summary,), (), 0.6, wide=(summary, replace(further, sentences=(0.5,))))
    texts = [s.text for s in answer(evidence, intent="general", settings=AnswerSettings()).selections]
    assert texts == ["Fruit is what a tree bears.", "Plum garden."]


def test_each_passage_makes_a_part_of_its_own() -> None:
    evidence = Evidence((make_hit("Apple tree."), make_hit("Pear orchard.", "Plum garden.")), (), 0.6)
    draft = answer(evidence, intent="general", settings=AnswerSettings())
    assert [selection.section for selection in draft.selections] == [0, 1, 1]


def test_once_the_answer_is_long_enough_no_passage_is_added() -> None:
    settings = AnswerSettings(words=4, more=4)
    assert _texts(make_hit("Apple trees bear fruit."), make_hit("Pear."), settings=settings) == [
        "Apple trees bear fruit."
    ]


def test_the_list_that_opens_an_answer_is_not_cut_to_meet_the_number_of_words() -> None:
    hit = make_hit(ASK, PRICE, VALUER, LEAVER, roles="liii")
    assert len(_texts(hit, settings=AnswerSettings(words=3))) == 4


def test_a_supporting_list_gives_the_items_nearest_to_the_question_that_there_is_room_for() -> None:
    first = make_hit("Apple tree.", scores=(0.5,))
    listed = make_hit("Do:", "Dig.", "Sow.", "Rake.", "Mow.", roles="liiii", scores=(0.1, 0.5, 0.2, 0.5, 0.4))
    assert _texts(first, listed, settings=AnswerSettings(words=6)) == ["Apple tree.", "Do:", "Dig.", "Rake.", "Mow."]


def test_a_supporting_list_with_room_for_too_few_items_is_left_out() -> None:
    first = make_hit("Apple tree.", scores=(0.5,))
    listed = make_hit("Do:", "Dig.", "Sow.", "Rake.", "Mow.", roles="liiii", scores=(0.1, 0.5, 0.2, 0.5, 0.4))
    assert _texts(first, listed, settings=AnswerSettings(words=5)) == ["Apple tree."]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from("sli"), min_size=1, max_size=6), max_size=4), st.integers(0, 30))
def test_whatever_the_passages_look_like_only_their_sentences_are_given_and_each_once(
    passages: list[list[str]], words: int
) -> None:
    hits = tuple(
        make_hit(*(f"Word{p}x{n} end." for n in range(len(roles))), roles="".join(roles))
        for p, roles in enumerate(passages)
    )
    given_texts = _texts(*hits, settings=AnswerSettings(words=words))
    possible = [hit.passage.quote(sentence) for hit in hits for sentence in hit.passage.sentences]
    assert len(set(given_texts)) == len(given_texts)
    assert set(given_texts) <= set(possible)


def test_a_sentence_of_an_example_supports_only_where_an_example_was_asked_for() -> None:
    hits = (make_hit("Apple tree."), make_hit("Pear orchard.", kind="example", score=0.55))
    evidence = Evidence(hits, (), 0.6)
    settings = AnswerSettings()
    assert [s.text for s in answer(evidence, intent="general", settings=settings).selections] == ["Apple tree."]
    assert len(answer(evidence, intent="example", settings=settings).selections) == 2


def test_what_is_asked_for_a_duration_opens_with_the_passage_that_names_one() -> None:
    vague = make_hit("Mentoring meetings need an agenda.", scores=(0.7,), score=0.62)
    exact = make_hit("A mentoring meeting takes 30 minutes.", scores=(0.68,), score=0.6)
    evidence = Evidence((vague, exact), (), 0.62)
    for question, first in (("how long is a mentoring meeting", exact), ("what is a mentoring meeting", vague)):
        draft = compose(evidence, Wanted(question, "general"), settings=AnswerSettings(), weight=lambda _: 1.0)
        assert draft.selections[0].hit == first


def test_two_things_that_are_weighed_stand_in_two_columns_under_what_is_said_of_both() -> None:
    both = make_hit(
        "Renting and buying both cost money.", "Rent is simple.", "Renting is quick.", scores=(0.5, 0.6, 0.5)
    )
    other = make_hit("Buying builds equity.", "Buy after a year of saving.", scores=(0.6, 0.5))
    sides = sides_of("rent or buy", weight=lambda _: 1.0)
    evidence = Evidence((both, other), (), 0.6, wide=(both, other))
    draft = compose(evidence, Wanted("rent or buy", "choice", sides), settings=AnswerSettings(), weight=lambda _: 1.0)
    assert [(selection.column, selection.text) for selection in draft.selections] == [
        ("", "Renting and buying both cost money."),
        ("rent", "Rent is simple."),
        ("rent", "Renting is quick."),
        ("buy", "Buying builds equity."),
        ("buy", "Buy after a year of saving."),
    ]


def test_advice_to_somebody_else_is_not_weighed() -> None:
    leave = "Some advise early leave and others late leave."
    retiring = elsewhere(make_hit(leave, score=0.66, kind="where-advice-differs"), heading="Leave late in a career")
    plain = make_hit("Early leave or late leave depends on the contract.", score=0.65)
    sides = sides_of("should I take early leave or late leave", weight=lambda _: 1.0)
    evidence = Evidence((retiring, plain), (), 0.66, wide=(retiring, plain))
    wanted = Wanted("should I take early leave or late leave", "choice", sides)
    draft = compose(evidence, wanted, settings=AnswerSettings(), weight=lambda _: 1.0)
    assert [selection.text for selection in draft.selections] == [plain.passage.text]


def test_what_there_is_no_room_for_is_kept_for_a_reader_who_asks_for_more() -> None:
    first, second, third = (make_hit(f"{fruit} tree.", scores=(0.6,)) for fruit in ("Apple", "Pear", "Plum"))
    evidence = Evidence((first, second, third), (), 0.6)
    draft = answer(evidence, intent="general", settings=AnswerSettings(words=4, more=6))
    assert [(s.text, s.more) for s in draft.selections] == [
        ("Apple tree.", False),
        ("Pear tree.", False),
        ("Plum tree.", True),
    ]
    shorter = answer(evidence, intent="general", settings=AnswerSettings(words=4, more=4))
    assert [s.text for s in shorter.selections] == ["Apple tree.", "Pear tree."]
