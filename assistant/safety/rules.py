"""What a rule of the care path is: a pattern over the plain form of a question, and what takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.safety.plain import Plain


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying something."""

    name: str
    """What is said, for lists of misses."""
    says: re.Pattern[str]
    """Found where it is said."""
    also: re.Pattern[str] | None = None
    """Must be found as well, anywhere in the question."""
    unless: re.Pattern[str] | None = None
    """Where this is found in the same sentence, the rule is silent."""


def rule(name: str, *says: str, also: str = "", unless: str = "") -> Rule:
    """Return a rule whose patterns are alternatives and stand at word boundaries."""
    return Rule(name, _whole("|".join(says)), _whole(also) if also else None, _whole(unless) if unless else None)


def found(question: Plain, rules: Sequence[Rule]) -> str:
    """Return the name of the first rule that a question meets, or an empty text.

    Each sentence is read on its own, and then all of them together: what takes a rule back in one sentence says
    nothing of the next, and some things are said in two.
    """
    texts = dict.fromkeys((*question.sentences, question.literal))
    for entry in rules:
        if entry.also and not entry.also.search(question.literal):
            continue
        if any(_meets(text, entry) for text in texts):
            return entry.name
    return ""


def _meets(text: str, entry: Rule) -> bool:
    return bool(entry.says.search(text)) and not (entry.unless and entry.unless.search(text))


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
