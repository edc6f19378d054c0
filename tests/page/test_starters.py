from __future__ import annotations

import pytest

from assistant.chain import Ask, Assistant
from assistant.prefer import STAGES, Preference
from page.starters import STARTERS


@pytest.mark.parametrize("stage", STARTERS)
def test_every_question_to_begin_with_is_answered(assistant: Assistant, stage: str) -> None:
    answers = [assistant.invoke(Ask(text, preference=Preference(stage=stage))) for text in STARTERS[stage]]
    assert [answer.outcome for answer in answers] == ["answered"] * 4
    assert set(STARTERS) <= {"", *STAGES}
