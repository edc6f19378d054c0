"""The reader's stage and setting, chosen or stated in the question -> what that is worth to a document.

A document that speaks to another stage is not wrong, so it loses a little and is not left out; a topic or a library
that was chosen filters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from ingest.records import Facets

STAGES = ("student", "resident", "fellow", "early-career", "mid-career", "late-career", "mentor", "leader")
SETTINGS = ("academic", "private-practice", "employed")

#: Words by which people say what they are: "as a PGY-2", "I'm an intern", "my residents".
_STATED = (
    ("student", r"med(?:ical)? students?|ms[1-4]|m[1-4] (?:student|year)"),
    ("resident", r"residents?|residency|interns?|internship|pgy-?\d|chief resident"),
    ("fellow", r"fellows?|fellowship"),
    ("early-career", r"new attending|first (?:attending )?job|junior faculty|assistant professor|early[- ]career"),
    ("late-career", r"retir(?:e|ing|ement)|late[- ]career"),
    ("leader", r"(?:as|i'm|i am|im) (?:a |the |an )?(?:chair|chief|program director|medical director|dean)"),
)
_PATTERNS = tuple((stage, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for stage, words in _STATED)
#: What was chosen counts so often as what a question only mentions.
_CHOSEN = 3.0
#: Documents for these readers serve no other, unless the question says that it comes from one of them.
_OWN_READERS = frozenset({"leader", "mentor", "late-career"})


@dataclass(frozen=True, slots=True)
class Preference:
    """Whom an answer is for."""

    stage: str = ""
    """Career stage, one of ``STAGES``, or empty."""
    setting: str = ""
    """Work setting, one of ``SETTINGS``, or empty."""
    topic: str = ""
    """Tag that a document must have, or empty."""

    def check(self) -> None:
        """Raise QuestionError, with a sentence for the asker, for a stage or a setting that there is not."""
        for name, value, known in (("stage", self.stage, STAGES), ("setting", self.setting, SETTINGS)):
            if value and value not in known:
                raise QuestionError(f"There is no {name} {value!r}; choose among {', '.join(known)}.")


#: No stage, no setting, no topic.
ANYBODY = Preference()


def stages_in(question: str) -> frozenset[str]:
    """Return the stages that a question names."""
    return frozenset(stage for stage, pattern in _PATTERNS if pattern.search(question))


def worth(facets: Facets, preference: Preference, *, stated: frozenset[str]) -> float:
    """Return how often a document gains or loses the facet weight: 0 where its facets say nothing."""
    gained = 0.0
    if preference.stage and facets.stage:
        gained += _CHOSEN if preference.stage in facets.stage else -_CHOSEN
    elif stated and facets.stage:
        gained += 0.0 if stated & set(facets.stage) else -1.0
    elif not stated and facets.stage and set(facets.stage) <= _OWN_READERS | {"mid-career"}:
        gained -= 0.5
    if preference.setting and facets.setting and "any" not in facets.setting:
        gained += _CHOSEN if preference.setting in facets.setting else -_CHOSEN
    return gained
