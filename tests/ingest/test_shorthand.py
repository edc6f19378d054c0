from __future__ import annotations

import pytest

from ingest.shorthand import written_out


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("pts w/o appts, 14mo", "patients without appointments, 14 months"),
        ("ms4 lor from attg", "medical student letter of recommendation from attending"),
        ("same slot as f/u", "same slot as follow-up"),
        ("RVU target for peds", "wRVU target for pediatrics"),
        ("IM or EM?", "internal medicine or emergency medicine?"),
        ("days in AR: 62", "days in accounts receivable: 62"),
        ("2yrs w/ u", "2 years with you"),
    ],
)
def test_short_forms_are_written_out(text: str, meant: str) -> None:
    assert written_out(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "im drowning, tell em i'm done",  # neither is a specialty
        "IM SO TIRED OF THIS",  # all of it is in capitals
        "a company in the U.S., e.g. https://comp.example/w/rec",
        "records, profit, mode, up, hours, obvious",  # parts of words
        "A/B, r/o, ob/gyn, $50/rvu",
        "",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert written_out(text) == text


def test_what_is_written_out_holds_no_short_form() -> None:
    text = "pts w/o appts at the hosp, 2yrs w/ ur asst prof, f/u mtg"
    assert written_out(written_out(text)) == written_out(text)
