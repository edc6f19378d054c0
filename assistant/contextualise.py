"""Question + turns -> a stand-alone Query, with no model. After ``safety``, before ``retrieve``.

Most follow-ups stand alone, and adding all that was said before does them harm. ``carry`` weighs each word of the
conversation; here an ordinal is resolved against the items of the last answer, and what kind of answer is asked for is
read off the words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.carry import CarryModel, carried_terms, need_of
from assistant.records import Intent, Query, Turn
from ingest.words import content_words

#: What an answer is asked to be, by the words of the question; the first that matches holds.
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "questions",
        re.compile(
            r"\b(?:what|which)\b.{0,30}\b(?:ask|questions?)\b|\bquestions? (?:to|for|about|i should)\b|\bthings to ask\b",
            re.I,
        ),
    ),
    (
        "warnings",
        re.compile(
            r"\b(?:red flags?|warnings?|warning signs?|sign (?:of|that)|signs (?:of|that|my|a|an|the|i|it|your)\b|how (?:do|can|would) (?:i|you) (?:tell|know|spot) (?:if|whether|when|that|a)|watch out|beware|pitfalls?|mistakes?|catch|wrong with|avoid)\b",
            re.I,
        ),
    ),
    (
        "choice",
        re.compile(
            r"\b(?:versus|vs\.?|better (?:than|to|or)|which is better|compare|comparison|pros and cons|should i (?:do|take|choose|pick|go|become|accept)\b.*\bor\b|difference between)\b|\bor (?:stay|not|private|academic|should)\b",
            re.I,
        ),
    ),
    (
        "evidence",
        re.compile(
            r"\b(?:evidence|stud(?:y|ies)|research shows?|data|proven|statistics?|percent|how (?:many|common|often)|on average|surveys?)\b",
            re.I,
        ),
    ),
    (
        "example",
        re.compile(
            r"\b(?:examples?|samples?|templates?|wording|scripts?|what (?:do|can|should) i (?:say|write)|how (?:do|should|can) i (?:word|phrase))\b",
            re.I,
        ),
    ),
    (
        "steps",
        re.compile(
            r"\bhow (?:do|should|can|could|would|to|does)\b|\bsteps?\b|\bwhat (?:do|should|can) i do\b|\bwhat to do\b|\bprepare|\bchecklist\b|\bwhen (?:do|should)\b",
            re.I,
        ),
    ),
    ("definition", re.compile(r"\bwhat(?:'s|’s| is| are| does)\b|\bdefine|\bmeaning|\bexplain\b", re.I)),
)

_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4,
    "sixth": 5, "seventh": 6, "eighth": 7, "last": -1,
}  # fmt: skip
_ORDINAL = re.compile(
    r"\b(?:the )?(?P<word>"
    + "|".join(_ORDINALS)
    + r")(?: (?:one|point|item|question|step|sign|thing|part|bullet|option|suggestion|tip)\b|[?.!]*$)",
    re.I,
)
#: "Explain the third point" points back; "the first step in finding a mentor" does not.
_WORDS_BESIDE_AN_ORDINAL = 2
_MOST_CARRIED = 8


def contextualise(question: str, turns: Sequence[Turn], *, model: CarryModel) -> Query:
    """Return the query for a question: its own words, and those of the conversation that it needs."""
    if not turns:
        return own_words(question)
    intent = intent_of(question)
    item = content_words(_pointed_at(question, turns[-1]))
    known = {word.casefold() for word in content_words(question)}
    carried: list[str] = []
    for word in [*item, *carried_terms(question, turns, model=model)]:
        if word.casefold() not in known and len(carried) < max(_MOST_CARRIED, len(item) + 3):
            known.add(word.casefold())
            carried.append(word)
    if carried and intent == "general":
        intent = intent_of(turns[-1].question)
    need = 1.0 if item else need_of(question, turns, model=model)
    return Query(" ".join([question, *carried]), intent, tuple(carried), need if carried else 0.0)


def own_words(question: str) -> Query:
    """Return the query for a question that stands alone."""
    return Query(question, intent_of(question))


def intent_of(question: str) -> Intent:
    """Return what kind of answer a question asks for."""
    return next((intent for intent, words in _INTENTS if words.search(question)), "general")


def _pointed_at(question: str, last: Turn) -> str:
    """Return the item of the last answer that an ordinal names, or an empty text."""
    found = _ORDINAL.search(question)
    if found is None or len(content_words(question)) > _WORDS_BESIDE_AN_ORDINAL:
        return ""
    place = _ORDINALS[found["word"].casefold()]
    try:
        return last.claims[place]
    except IndexError:
        return ""
