from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.generate.hold import Given, hold, plain
from assistant.generate.reply import Said, Unit
from assistant.records import Hit, Judgement, Verdict
from tests.fakes import make_hit

APPLES = make_hit("Apples are red.", "See www.apples.org for more.")
PEARS = make_hit("Pears are green.")


class Scripted:
    """Judges by a table; what is not in it is not borne out."""

    def __init__(self, *found: tuple[str, str, Verdict]) -> None:
        self._found = {(claim, sentence): verdict for claim, sentence, verdict in found}

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        for place, sentence in enumerate(evidence):
            if verdict := self._found.get((claim, sentence)) or self._found.get((claim, "/".join(evidence))):
                return Judgement(verdict, 1.0, place)
        return Judgement("unsupported", 0.0, -1)


def _given(*found: tuple[str, str, Verdict], names: dict[str, str] | None = None, asked: str = "") -> Given:
    evidence: dict[str, Hit] = {"P1": APPLES, "P2": PEARS}
    return Given(evidence, names or {}, asked, Scripted(*found))


def _unit(*said: Said) -> Unit:
    return Unit(said, "item" if len(said) > 1 else "sentence", 3)


def test_a_claim_knows_the_sentence_that_decided_and_how_it_is_laid_out() -> None:
    held = hold(_unit(Said("Red.", ("P1",))), _given(("Red.", "Apples are red.", "supported")))
    assert held.claim is not None
    assert (held.claim.text, held.claim.role, held.claim.section, held.claim.verdict) == (
        "Red.",
        "sentence",
        3,
        "supported",
    )
    assert (held.claim.hit, held.claim.sentence) == (APPLES, APPLES.passage.sentences[0])


def test_what_one_of_its_passages_contradicts_is_not_shown() -> None:
    given = _given(("Red.", "Apples are red.", "supported"), ("Red.", "Pears are green.", "contradicted"))
    held = hold(_unit(Said("Red.", ("P1", "P2"))), given)
    assert (held.claim, held.removed) == (None, 1)


def test_what_its_passages_bear_out_only_together_is_shown_with_the_sentence_that_decided() -> None:
    together = "Apples are red./See www.apples.org for more./Pears are green."
    held = hold(_unit(Said("Both.", ("P1", "P2"))), _given(("Both.", together, "supported")))
    assert held.claim is not None
    assert (held.claim.sentence, held.claim.further) == (APPLES.passage.sentences[0], ())


def test_of_a_list_item_only_the_sentences_that_are_borne_out_are_left() -> None:
    said = (Said("Red.", ("P1",)), Said("Blue.", ("P1",)), Said("Green.", ("P2", "P7")))
    given = _given(("Red.", "Apples are red.", "supported"), ("Green.", "Pears are green.", "supported"))
    held = hold(_unit(*said), given)
    assert held.claim is not None
    assert (held.claim.text, len(held.claim.further)) == ("Red. Green.", 1)
    assert (held.removed, held.unknown_keys) == (1, 1)


@pytest.mark.parametrize(("keys", "unknown"), [((), 0), (("P3", "P9"), 2)])
def test_a_sentence_without_a_passage_that_was_given_is_not_shown(keys: tuple[str, ...], unknown: int) -> None:
    held = hold(_unit(Said("Red.", keys)), _given(("Red.", "Apples are red.", "supported")))
    assert (held.claim, held.removed, held.unknown_keys) == (None, 1, unknown)


def test_an_address_stays_where_its_passage_holds_it() -> None:
    text = "See www.apples.org for more."
    assert hold(_unit(Said(text, ("P1",))), _given((text, text, "supported"))).claim is not None
    assert hold(_unit(Said(text, ("P2",))), _given((text, "Pears are green.", "supported"))).claim is None


@pytest.mark.parametrize(("asked", "shown"), [("", False), ("I typed [PERSON_4].", True)])
def test_a_placeholder_that_stands_for_nothing_is_not_shown_unless_the_asker_typed_it(asked: str, shown: bool) -> None:
    text = "[PERSON_4] is red."
    held = hold(_unit(Said(text, ("P1",))), _given((text, "Apples are red.", "supported"), asked=asked))
    assert (held.claim is not None) is shown


def test_a_name_is_given_back_before_the_sentence_is_judged() -> None:
    given = _given(("Ana is red.", "Apples are red.", "supported"), names={"[PERSON_1]": "Ana"})
    held = hold(_unit(Said("[PERSON_1] is red.", ("P1",))), given)
    assert held.claim is not None
    assert held.claim.text == "Ana is red."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**Bold** and *slanted* and `code`", "Bold and slanted and code"),
        ("[a label](https://a.example) ![b](c)", "a label b"),
        ("<b>Bold</b><script>x", "Bold x"),
        ("before <!-- hidden --> after", "before after"),
        ("less < more, snake_case, [PERSON_1]", "less < more, snake_case, [PERSON_1]"),
        ("a\x1b[31m\u202eb", "a [31m b"),
    ],
)
def test_markup_and_what_cannot_be_printed_is_taken_off(text: str, shown: str) -> None:
    assert plain(text) == shown
