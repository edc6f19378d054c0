"""Question -> whether it is somebody of another trade who asks. Read by ``measure`` and by the chain.

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

#: What makes a trade the asker's own: "as a", "I'm a senior", "should a new". Two words may stand between.
_AS = (
    r"(?:\bas an?|\b(?:i'?m|i am|i was|we are|we're)(?: an?| the)?|\bmy (?:life|job|work|career) as an?)"
    r"(?: [\w-]+){0,2}? "
)
_SUBJECT = (
    r"\b(?:(?:should|do|does|can|could|must|may|will|would|is|are)(?: an?| the)?|(?:be|become|becoming|being) an?"
    r"|for an?|to be)(?: (?:new|young|junior|senior|first[- ]year))? "
)


def other_trade(question: str) -> float:
    """Return 1 where another trade is the asker's, 0.5 where one is named that physicians hardly name, else 0.

    Where medicine is named too it is half of that.
    """
    text = " ".join(question.casefold().replace("’", "'").split())
    patterns = _patterns()
    if patterns["own"].search(text):
        found = 1.0
    elif patterns["named"].search(text):
        found = 0.5
    else:
        return 0.0
    return found / 2 if patterns["medicine"].search(text) else found


@lru_cache(maxsize=1)
def trade_words() -> frozenset[str]:
    """Return the words of all names of trades, in lower case."""
    return frozenset(word for names in _lists().values() for name in names for word in name.split())


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = _lists()
    alone, partners = _any_of(lists["alone"]), _any_of(lists["partners"])
    trade = rf"(?:{alone}|{partners})"
    own = (
        rf"^{alone}\b|{_AS}{trade}|(?:\bjunior |\bsenior |\btrainee |\bfreelance ){trade}|{_SUBJECT}{alone}"
        rf"|{trade} here\b"
        rf"|{trade}(?:'s)? (?:firm|career|jobs?|salary|pay|contract|trainee|apprentice)\b(?! for| reviews?)"
        rf"|^{partners} (?:mentor|burnout|tenure|(?:partner(?:ship)? )?track|partner track)\b|{_any_of(lists['firms'])}"
    )
    return {
        "own": re.compile(own),
        "named": re.compile(alone),
        "medicine": re.compile(_any_of(lists["medicine"])),
    }


def _any_of(names: Sequence[str]) -> str:
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return rf"\b(?:{alternatives})(?:e?s)?\b"
