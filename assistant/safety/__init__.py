"""Fixed answers that come before any search: a person in danger, an emergency, and questions that Curbside is not for.

``fixed_answer`` is the door: what it returns is the whole answer. ``notice_for`` gives what stands above the ordinary
answer where somebody asks about mistreatment, impairment or unsafe work: who to tell, and what stays confidential; and
the helplines where a patient's harm does not let somebody go.

Rules read the plain form of a question (``plain``), without the sayings in which a grave word means nothing grave, so
that "this rotation is killing me" stays an ordinary question. They lean towards an alarm: a helpline shown once too
often costs less than a person missed. ``curbside eval safety`` measures both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records import CareSource, Outcome
from assistant.safety import texts
from assistant.safety.clinical import CLINICAL
from assistant.safety.crisis import CRISIS
from assistant.safety.danger import AT_HOME, NEARBY
from assistant.safety.emergency import EMERGENCY
from assistant.safety.harm import HARM
from assistant.safety.plain import plain
from assistant.safety.report import IMPAIRMENT, MISTREATMENT, UNSAFE
from assistant.safety.rules import Rule, found
from assistant.safety.sideways import SIDEWAYS
from assistant.safety.texts import CARE_TEXT, CLINICAL_TEXT, EMERGENCY_TEXT

__all__ = ["CARE_TEXT", "CLINICAL_TEXT", "EMERGENCY_TEXT", "CareSource", "Fixed", "Path", "fixed_answer", "notice_for"]

Path = Literal["crisis", "emergency", "clinical", "report"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An answer, or the opening of one, that is always the same."""

    outcome: Outcome
    """``care`` or ``declined``."""
    text: str
    """What is shown."""
    path: Path
    """Why."""
    sources: tuple[CareSource, ...] = ()
    """Where the facts of the text come from."""
    then_answer: bool = False
    """Whether the ordinary answer follows below it."""
    rule: str = ""
    """The rule that decided, for looking into one."""


#: In the order in which they are asked; the first that says something decides.
_CARE = (
    (NEARBY, texts.NEARBY_TEXT, texts.CARE_SOURCES),
    (AT_HOME, texts.HOME_TEXT, texts.HOME_SOURCES),
    (CRISIS, texts.CARE_TEXT, texts.CARE_SOURCES),
    (SIDEWAYS, texts.SIDEWAYS_TEXT, texts.CARE_SOURCES),
)
_NOTICES: tuple[tuple[tuple[Rule, ...], str, tuple[CareSource, ...], Path], ...] = (
    (MISTREATMENT, texts.MISTREATMENT_TEXT, texts.MISTREATMENT_SOURCES, "report"),
    (IMPAIRMENT, texts.IMPAIRMENT_TEXT, texts.IMPAIRMENT_SOURCES, "report"),
    (HARM, texts.LIKELY_CRISIS_TEXT, texts.CARE_SOURCES, "crisis"),
    (UNSAFE, texts.UNSAFE_TEXT, texts.UNSAFE_SOURCES, "report"),
)


def fixed_answer(question: str) -> Fixed | None:
    """Return the fixed answer that a question calls for, or None where the search goes on."""
    asked = plain(question)
    for rules, text, sources in _CARE:
        if name := found(asked, rules):
            return Fixed("care", text, "crisis", sources, rule=name)
    if name := found(asked, EMERGENCY):
        return Fixed("care", EMERGENCY_TEXT, "emergency", rule=name)
    if CLINICAL.search(question):
        return Fixed("declined", CLINICAL_TEXT, "clinical")
    return None


def notice_for(question: str) -> Fixed | None:
    """Return what stands above the ordinary answer to a question, or None; ``fixed_answer`` comes first."""
    asked = plain(question)
    for rules, text, sources, path in _NOTICES:
        if name := found(asked, rules):
            return Fixed("care", text, path, sources, then_answer=True, rule=name)
    return None
