from __future__ import annotations

import pytest

from assistant.safety import notice_for
from assistant.safety.texts import CARE_SOURCES, LIKELY_CRISIS_TEXT


@pytest.mark.parametrize(
    "question",
    [
        "lap chole, bile duct injury, i can't sleep and feel i shouldn't be operating anymore",
        "I made a mistake and a patient died. I can't stop thinking about it.",
        "the kid coded on my shift and I keep seeing his mother",
        "my complication haunts me, should I switch specialties",
        "I don't deserve to be a surgeon after this",
        "I'm not fit to be a doctor",
    ],
)
def test_whom_a_patient_s_harm_does_not_let_go_is_told_who_listens(question: str) -> None:
    notice = notice_for(question)
    assert notice is not None
    assert (notice.text, notice.sources, notice.then_answer) == (LIKELY_CRISIS_TEXT, CARE_SOURCES, True)


@pytest.mark.parametrize(
    "question",
    [
        "how do you know an older partner shouldn't be operating any more",
        "I can't sleep on night float",
        "a patient died, how do I prepare for the M&M conference",
        "who can see what I write after an adverse event",
        "my mistake in the application, can I correct it",
    ],
)
def test_ordinary_questions_about_harm_and_sleep_have_no_notice(question: str) -> None:
    assert notice_for(question) is None
