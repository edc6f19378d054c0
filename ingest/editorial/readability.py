"""How hard a text is to read."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z’']+")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(sentences: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade: US school years, higher is harder; 0 for no words.

    0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid et al. 1975, Research Branch Report 8-75).
    Syllables are counted as runs of vowels, less a silent final e, so a grade is good to about one year.
    """
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words or not sentences:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Return the estimated number of syllables of a word, at least 1."""
    plain = word.casefold().strip("’'")
    count = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee", "ye")) and count > 1
    return max(1, count - silent)
