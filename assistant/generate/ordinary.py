"""A build's passages -> the words that it writes in lower case, which are therefore no names."""

from __future__ import annotations

import re

from ingest.passages import PassageStore
from ingest.words import LIGHT_WORDS, STOP_WORDS

_LOWER_CASE = re.compile(r"(?<![\w’'-])[^\W\d_A-Z][\w’'-]*")
_AT_A_TIME = 500


def lower_case_words(store: PassageStore) -> frozenset[str]:
    """Return every word that stands in lower case anywhere in the passages, and the function words of English."""
    words: set[str] = {*STOP_WORDS, *LIGHT_WORDS}
    for start in range(0, len(store.ids), _AT_A_TIME):
        for entry in store.passages(store.ids[start : start + _AT_A_TIME]):
            words.update(word for word in _LOWER_CASE.findall(entry.passage.text) if word.islower())
    return frozenset(words)
