"""``Ask``: a question with all that comes with it. Read by the chain, and by those who ask it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.parts import WHOLE, Part
from assistant.prefer import ANYBODY, Preference
from assistant.records import Turn


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with the conversation before it."""

    question: str
    """The asker's words."""
    turns: tuple[Turn, ...] = ()
    """Earlier turns, oldest first."""
    only: tuple[str, ...] = ()
    """Names of the libraries to answer from; all of them where it is empty."""
    preference: Preference = ANYBODY
    """Whom the answer is for."""
    part: Part = WHOLE
    """What it leans on, where it is a part of another question."""
