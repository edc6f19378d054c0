"""Question -> whether it is somebody of another trade who asks. Read by ``measure``.

An encoder places "what should an architect ask before buying into a studio?" beside the section on buying into a
practice, and rightly so: the words and the situation are the same. Only the trade tells them apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "trades.toml"

#: What makes a trade that physicians name too the asker's own.
_OWN = (
    r"(?:\bas an?|\b(?:i'?m|i am|i was|we are|we're) (?:an?|the)?|\bmy (?:life|job|work|career) as an?"
    r"|\bjunior|\bsenior|\btrainee|\bfreelance)"
)
_TAKE = r"(?: [\w-]+){0,2}? "


def other_trade(question: str) -> float:
    """Return 1 where the question names another trade or says that it is the asker's, 0.5 where it also names
    medicine, else 0."""
    text = " ".join(question.casefold().replace("’", "'").split())
    patterns = _patterns()
    if not (patterns["alone"].search(text) or patterns["partners"].search(text)):
        return 0.0
    return 0.5 if patterns["medicine"].search(text) else 1.0


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    named = tomllib.loads(_FILE.read_text("utf-8"))
    partners = _any_of(named["partners"])
    own = (
        rf"{_OWN}{_TAKE}?{partners}|{partners} here\b|{partners}'s? (?:firm|career|job|salary|pay)\b"
        rf"|\bfor an? {partners}\b(?! to\b)"
    )
    return {
        "alone": re.compile(_any_of(named["alone"])),
        "partners": re.compile(own),
        "medicine": re.compile(_any_of(named["medicine"])),
    }


def _any_of(names: Sequence[str]) -> str:
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return rf"\b(?:{alternatives})(?:e?s)?\b"
