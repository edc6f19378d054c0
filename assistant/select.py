"""Question + sentences -> how well each answers. Used by ``answer``, and by the evaluation on other people's data.

A sentence answers when it is near the question, has its rarer words, and holds the kind of thing that was asked for: a
number for "how many", a time for "how long", a name for "who". Weights are those of 785 questions of SelQA (dev): mean
average precision .849 by the cosine alone, .890 with the words, .898 with the kind and the length.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence

import numpy as np

from ingest.embed import Vectors
from ingest.words import words, words_of

#: What words, the kind of thing asked for, and length add to a cosine.
_WORDS, _KIND, _LENGTH = 0.5, 0.1, 0.02
_K1, _B = 1.2, 0.75
#: Two texts that share this much of the shorter one's stems say the same.
_SAME = 0.7

_UNITS = r"(?:years?|months?|weeks?|days?|hours?|minutes?|decades?)"
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|thousand|million|billion|half|"
    r"quarter|twice)\b",
    re.I,
)
_DURATION = re.compile(rf"\b(?:\d+|an?|one|two|three|four|five|six|several|few|some)[\w -]{{0,12}}\b{_UNITS}\b", re.I)
_DAY = re.compile(
    r"\b(?:1[5-9]\d\d|20\d\d)\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|spring|summer|autumn|fall|winter|century)\b"
    rf"|\b{_UNITS} (?:before|after|ahead|in advance)\b"
)
_NAME = re.compile(r"(?<=[^.?!\s] )[A-Z][a-z]+")
#: Where a question word asks: at the start of a clause, or behind a word that asks. "It's not who I am" asks for none.
_ASKING = (
    r"(?:^|[,.;:?!(–—-]\s*|\b(?:and|or|but|so|know|asks?|tell|say|decide|(?:find|figure) out|see|to|from|with|for|of"
    r"|about)\s+)"
)
_AUXILIARY = r"(?:do|does|did|is|are|was|were|will|would|should|shall|can|could|may|must|have|has|to)"
#: What was asked for, by the words of the question, and what a sentence with such a thing looks like.
_ASKED_FOR = (
    (re.compile(r"\bhow long\b|\bhow soon\b|\bhow far (?:ahead|in advance)\b", re.I), _DURATION),
    (
        re.compile(
            r"\bhow (?:many|much|old|tall|far|often|large|big|high|fast)\b"
            r"|\bwhat (?:percent|percentage|number|share|age|population)\b"
            r"|\bwhat (?:do|does|will|would) [\w ]{1,30} cost\b",
            re.I,
        ),
        _NUMBER,
    ),
    (
        re.compile(
            rf"{_ASKING}when {_AUXILIARY}\b|\b(?:what|which) (?:year|date|month|day|century)\b",
            re.I,
        ),
        _DAY,
    ),
    (
        re.compile(
            rf"{_ASKING}(?:whom?|whose|where)\b|\b(?:who|where)\W*$|\bwhat (?:is the )?name\b"
            r"|\b(?:which|what) (?:city|country|state|person|company|team|place)\b",
            re.I,
        ),
        _NAME,
    ),
)


def say_the_same(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether two texts, given as their different stems, share most of the shorter one's."""
    return len(set(one) & set(other)) >= _SAME * max(1, min(len(one), len(other)))


#: A phrase of no more words that neither asks nor tells names a thing.
_BARE = 4
_SENTENCE = re.compile(
    r"\b(?:i|i[’']m|im|me|my|we|our|you|your|it|they|what\w*|how|who|when|where|why|which|is|are|am|was|do|does|did|can|could|should|will"
    r"|would|may|must|have|has|get|find|make|need|want|explain|tell|help|vs|versus|or)\b",
    re.I,
)


def names_a_thing(question: str) -> bool:
    """Return whether a question is a bare phrase, such as "tail coverage": it wants to know what that is."""
    return 0 < len(question.split()) <= _BARE and not _SENTENCE.search(question)


def kind_asked_for(question: str) -> re.Pattern[str] | None:
    """Return what a sentence with the kind of thing that a question asks for looks like, or None where it asks for
    none: a duration for "how long", a number for "how many"."""
    return next((looks for words_of_it, looks in _ASKED_FOR if words_of_it.search(question)), None)


def amount_asked_for(question: str) -> re.Pattern[str] | None:
    """Return the same where a question asks for a number or a time: "who should write it?" asks for no name."""
    looks = kind_asked_for(question)
    return None if looks is _NAME else looks


def answering(
    question: str, sentences: Sequence[str], *, cosines: Sequence[float], weight: Callable[[str], float]
) -> Vectors:
    """Return how well each sentence answers, shape (n,), higher is better.

    ``cosines`` are those of the question and each sentence, ``weight`` gives the inverse document frequency of a stem.
    """
    asked = list(dict.fromkeys(words(question)))
    stems = [words_of(sentence) for sentence in sentences]
    mean = max(1.0, sum(map(len, stems)) / max(1, len(stems)))
    kind = kind_asked_for(question)
    weights = {stem: weight(stem) for stem in asked}
    most = sum(weights.values()) or 1.0
    scores = np.zeros(len(sentences), dtype=np.float32)
    for place, (sentence, own, cosine) in enumerate(zip(sentences, stems, cosines, strict=True)):
        damping = _K1 * (1 - _B + _B * len(own) / mean)
        shared = sum(own.count(stem) / (own.count(stem) + damping) * weights[stem] for stem in asked)
        fits = kind is not None and kind.search(sentence) is not None
        length = math.log(max(1, len(sentence.split())))
        scores[place] = cosine + _WORDS * shared / most + _KIND * fits + _LENGTH * length
    return scores
