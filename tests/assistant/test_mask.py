"""Nothing that names a person leaves the machine, and everything that was masked comes back."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.mask import Masked, mask, unmask

ROOT = Path(__file__).parents[2]
#: A bit under what is measured: 164 of 164 and 250 of 250 on the tuning half, 170 of 172 and 262 of 263 on the other.
HIDDEN_FLOOR, KEPT_FLOOR = 0.98, 0.98

_PIECES = st.sampled_from(
    [
        "Dr. Okafor",
        "okafor",
        "Jane Okafor",
        "my mentor sarah",
        "[PERSON_1]",
        "[person_2]",
        "[PERSON_",
        "1]",
        "[",
        "]",
        "UCSF",
        "Mercy General Hospital",
        "jane@uni.edu",
        "(555) 203-4411",
        "NPI 1457382960",
        ". ",
        "\n",
        " ",
        "’s",
        "HELP",
        "é",
        "ß",
        "İ",
    ]
)


@cache
def field_words() -> frozenset[str]:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "corpus").rglob("*.md")))
    return frozenset(re.findall(r"\b[a-z][a-z'-]+\b", text))


def masked(*texts: str) -> Masked:
    return mask(texts, ordinary=lambda word: word in field_words())


def holds(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


@pytest.mark.parametrize("part", ["dev", "test"])
def test_names_stay_and_terms_of_the_field_pass_at_the_measured_rates(part: str) -> None:
    lines = (ROOT / "evals" / "case_sets" / "masking.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["part"] == part]
    hidden, kept = [], []
    for row in rows:
        text = masked(row["text"]).texts[0]
        hidden += [not holds(text, words) for words in row["hidden"]]
        kept += [words in text for words in row["kept"]]
    assert len(rows) >= 150
    assert sum(hidden) / len(hidden) >= HIDDEN_FLOOR
    assert sum(kept) / len(kept) >= KEPT_FLOOR


def test_few_questions_of_the_field_are_touched() -> None:
    lines = (ROOT / "evals" / "case_sets" / "coverage.jsonl").read_text("utf-8").splitlines()
    asked = [row["turns"][-1] for row in map(json.loads, lines) if row["expect"] == "answered"]
    touched = [question for question in asked if masked(question).originals]
    assert len(touched) / len(asked) <= 0.02


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(_PIECES | st.text(max_size=12), max_size=8).map("".join), max_size=4))
def test_unmasking_gives_every_text_back(texts: list[str]) -> None:
    result = mask(texts, ordinary={"my", "mentor", "help"}.__contains__)
    assert [unmask(text, result.originals) for text in result.texts] == texts


def test_a_name_has_one_placeholder_with_and_without_title_across_texts() -> None:
    result = masked("can i ask Dr. Okafor for a letter", "Okafor said no", "okafor's reason?")
    assert result.texts[:2] == ("can i ask Dr. [PERSON_1] for a letter", "[PERSON_1] said no")
    assert result.texts[2] == "[PERSON_1b]'s reason?"


def test_a_full_name_and_its_surname_share_a_number() -> None:
    result = masked("Robert Ellison is my chair", "ask Ellison, not Novak")
    assert result.texts == ("[PERSON_1] is my chair", "ask [PERSON_1b], not [PERSON_2]")


def test_a_name_that_only_a_title_gives_away_is_masked_in_the_other_turns() -> None:
    assert masked("dr quxley said no", "what would quxley want").texts[1] == "what would [PERSON_1] want"


def test_a_placeholder_that_the_user_wrote_is_nobody() -> None:
    result = masked("what is [PERSON_1], and why did Dr. Okafor write it")
    assert result.texts == ("what is [PERSON_1], and why did Dr. [PERSON_2] write it",)
    assert unmask("[PERSON_1] [PERSON_2]", result.originals) == "[PERSON_1] Okafor"


def test_each_kind_has_its_own_word() -> None:
    text = "Dr. Okafor, Riverbend Hospital, jane@uni.edu, (555) 203-4411, NPI 1457382960, 12 Juniper Street, x.com/jane"
    kinds = {name.strip("[]").rpartition("_")[0] for name in masked(text).originals}
    assert kinds == {"PERSON", "HOSPITAL", "EMAIL", "PHONE", "LICENCE", "ADDRESS", "URL"}


def test_a_public_body_and_its_site_pass() -> None:
    text = (
        "Does the American Board of Internal Medicine (abim.org) or the ACGME limit duty hours in California? Call 988."
    )
    assert masked(text).texts == (text,)


def test_shouting_hides_no_name_and_masks_no_word() -> None:
    assert masked("DR. VASQUEZ FIRED ME, WHAT NOW").texts == ("DR. [PERSON_1] FIRED ME, WHAT NOW",)
