from __future__ import annotations

import pytest

from assistant.chain import Ask, Assistant
from assistant.errors import QuestionError
from assistant.prefer import ANYBODY, Preference, stages_in, worth
from ingest.records import Facets

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("question", "stages"),
    [
        ("as a PGY-2, how do I find a mentor", {"resident"}),
        ("what do fellows ask about an offer", {"fellow"}),
        ("should a med student do research before residency", {"student", "resident"}),
        ("I'm a chair and my faculty are tired", {"leader"}),
        ("how do I ask my chair for time", set()),
    ],
)
def test_a_question_names_its_stages(question: str, stages: set[str]) -> None:
    assert stages_in(question) == stages


@pytest.mark.parametrize(
    ("facets", "preference", "stated", "gained"),
    [
        (Facets(), Preference("fellow", "academic"), NOBODY, 0.0),
        (Facets(stage=("fellow",)), Preference(stage="fellow"), NOBODY, 3.0),
        (Facets(stage=("resident",)), Preference(stage="fellow"), NOBODY, -3.0),
        (Facets(stage=("resident",)), ANYBODY, frozenset({"fellow"}), -1.0),
        (Facets(stage=("resident",)), ANYBODY, frozenset({"resident"}), 0.0),
        (Facets(stage=("leader", "mentor")), ANYBODY, NOBODY, -0.5),
        (Facets(setting=("any",)), Preference(setting="academic"), NOBODY, 0.0),
        (Facets(setting=("academic",)), Preference(setting="academic"), NOBODY, 3.0),
        (Facets(setting=("employed",)), Preference(setting="academic"), NOBODY, -3.0),
    ],
)
def test_what_fits_gains_and_what_does_not_loses(
    facets: Facets, preference: Preference, stated: frozenset[str], gained: float
) -> None:
    assert worth(facets, preference, stated=stated) == gained


def test_a_topic_leaves_out_documents_without_it(assistant: Assistant) -> None:
    hits = assistant.trace(Ask("who pays for it", preference=Preference(topic="tail-coverage"))).hits
    assert hits
    assert all("tail-coverage" in hit.document.facets.topics for hit in hits)


@pytest.mark.parametrize("preference", [Preference(stage="wizard"), Preference(setting="moon")])
def test_a_stage_or_setting_that_there_is_not_is_refused_with_those_there_are(
    assistant: Assistant, preference: Preference
) -> None:
    with pytest.raises(QuestionError, match="choose among"):
        assistant.invoke(Ask("how do I find a mentor", preference=preference))
