"""Question + turns -> a stand-alone Query, with no model. After ``safety``, before ``retrieve``.

Most follow-ups stand alone, and adding all that was said before does them harm. ``carry`` weighs each word of the
conversation; here an ordinal is resolved against the items of the last answer, and what kind of answer is asked for is
read off the words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.carry import CarryModel, carried_terms, need_of
from assistant.compare import names_two, weighs
from assistant.records import Intent, Query, Turn
from ingest.words import content_words

#: What an answer is asked to be, by the words of the question; the first that matches holds.
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        "questions",
        re.compile(
            r"\bwhat\b.{0,30}\bask\b(?! (?:for|to)\b)|\b(?:what|which)\b.{0,30}\bquestions?\b|\bquestions? (?:to|for|about|i should)\b|\bthings to ask\b",
            re.I,
        ),
    ),
    (
        "warnings",
        re.compile(
            r"\b(?:red flags?|warnings?|warning signs?|sign (?:of|that)|signs (?:of|that|my|a|an|the|i|it|your)\b|how (?:do|can|would) (?:i|you) (?:tell|know|spot) (?:if|whether|when|that|a)|watch out|beware|pitfalls?|(?:common|typical|avoid|biggest|what|which) mistakes?|mistakes? (?:to|that|people|residents|i should)|catch|wrong with|avoid)\b",
            re.I,
        ),
    ),
    (
        "evidence",
        re.compile(
            r"\b(?:evidence|stud(?:y|ies)|research shows?|data (?:on|about|show)|(?:any|what|is there|hard) data|proven|statistics?|percent|how (?:many|common|often)|on average|surveys?)\b",
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
    (
        "definition",
        re.compile(r"\bwhat(?:'s|’s| is| are| does)\b(?!.*\bcosts?\b)|\bdefine|\bmeaning|\bexplain\b", re.I),
    ),
)

#: "Do I tell them or not?", "leave or stay": a choice without two names.
_OR_NOT = re.compile(r"\bor (?:stay|not|should)\b", re.I)

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
_POINTS_BACK = re.compile(
    r"\b(?:its?|they|them|their|he|she|him|ones?)\b|\b(?:that|those|this|these)\b(?= (?:is|are|was|were|do|does|have|has|"
    r"mean|means|work|works|cost|costs|affect|change|take|last|happens?|first|by|with|to|on|in|for|at)\b|\W*$)",
    re.IGNORECASE,
)
#: "Is it possible", "how long does it take to": an "it" that stands for nothing.
_EXPLETIVE = re.compile(
    r"\b(?:is|was|would) it (?:be )?(?:\w+ )?(?:possible|better|best|worth|normal|legal|common|smart|wise|true|safe|too)\b"
    r"|\bit (?:takes?|costs?) (?:\w+ )?to\b|\bone (?:year|day|time|week|month|of|or)\b",
    re.IGNORECASE,
)
#: A pronoun behind enough words of its own sentence: it stands for one of those.
_OWN = re.compile(
    r"\b(?:(?P<gerund>without)|when|while|because|so that|until|as) (?P<pronoun>it|they|them|he|she)\b(?(gerund)(?= \w+ing\b))",
    re.IGNORECASE,
)
_WORDS_BEFORE = 2
#: "Explain the third point" points back; "the first step in finding a mentor" does not.
_WORDS_BESIDE_AN_ORDINAL = 2
_MOST_CARRIED = 8


def contextualise(question: str, turns: Sequence[Turn], *, model: CarryModel, carried: Sequence[str] = ()) -> Query:
    """Return the query for a question: its own words, and those of the conversation that it needs.

    ``carried`` are words that it is known to lean on; where there are any, the conversation is not looked at.
    """
    if carried:
        return Query(" ".join([question, *carried]), intent_of(question), tuple(carried), 1.0)
    if not turns:
        return own_words(question)
    intent = intent_of(question)
    asked = without_own_pronouns(question)
    item = content_words(_pointed_at(question, turns[-1]))
    known = {word.casefold() for word in content_words(question)}
    taken: list[str] = []
    for word in [*item, *carried_terms(asked, turns, model=model)]:
        if word.casefold() not in known and len(taken) < max(_MOST_CARRIED, len(item) + 3):
            known.add(word.casefold())
            taken.append(word)
    if taken and intent == "general":
        intent = intent_of(turns[-1].question)
    need = 1.0 if item else need_of(asked, turns, model=model)
    return Query(" ".join([question, *taken]), intent, tuple(taken), need if taken else 0.0)


def points_back(question: str) -> bool:
    """Return whether a pronoun of a question stands for something outside of it."""
    return bool(_POINTS_BACK.search(_EXPLETIVE.sub(" ", without_own_pronouns(question))))


def without_own_pronouns(question: str) -> str:
    """Return a question without the pronouns that stand for something in it: "help without it hitting my license"."""
    found = _OWN.search(question)
    if found is None or (found["gerund"] is None and len(content_words(question[: found.start()])) < _WORDS_BEFORE):
        return question
    return f"{question[: found.start('pronoun')]}{question[found.end('pronoun') :].lstrip()}"


def own_words(question: str) -> Query:
    """Return the query for a question that stands alone."""
    return Query(question, intent_of(question))


def intent_of(question: str) -> Intent:
    """Return what kind of answer a question asks for."""
    if weighs(question):
        return "choice"
    found: Intent = next((intent for intent, words in _INTENTS if words.search(question)), "general")
    return "choice" if found == "general" and (names_two(question) or _OR_NOT.search(question)) else found


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
