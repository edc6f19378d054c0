from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.typography import matching

INVISIBLE = "\xad\u200b\u200c\u200d\u2060\ufeff"


@pytest.mark.parametrize(
    ("shown", "matched"),
    [
        ("co\xadop\u200berate\ufeff", "cooperate"),
        ("the ﬁrst oﬃce", "the first office"),
        ("non‑compete, buy‐in, 2024‒2025", "non-compete, buy-in, 2024-2025"),
        ("“Don’t,” she said, ‘ever’", "\"Don't,\" she said, 'ever'"),
        ("a\u00a0mentor\u202fof\u2003yours", "a mentor of yours"),
        ("5′ 3″", "5' 3\""),
        ("ＰＡＹ", "PAY"),
        ("cafe\u0301", "café"),
    ],
)
def test_every_spelling_of_a_text_is_brought_to_one(shown: str, matched: str) -> None:
    assert matching(shown) == matched


@pytest.mark.parametrize(
    "text", ["Line one\nline two", "Straße", "pay – or not — ever", "漢字 🙂", "401(k) / H-1B", ""]
)
def test_case_words_dashes_and_lines_stay(text: str) -> None:
    assert matching(text) == text


@given(st.text())
def test_what_was_brought_to_one_spelling_stays_as_it_is(text: str) -> None:
    assert matching(matching(text)) == matching(text)


@given(st.text(alphabet="ab c'-\n"), st.data())
def test_marks_without_a_width_change_nothing_wherever_they_stand(text: str, data: st.DataObject) -> None:
    place, mark = data.draw(st.integers(0, len(text))), data.draw(st.sampled_from(INVISIBLE))
    assert matching(text[:place] + mark + text[place:]) == text
