"""Question + turns -> a stand-alone Query, with no model. After ``safety``, before ``retrieve``.

Most follow-ups stand alone, and adding all that was said before does them harm. History is used only where the turn
shows that it leans on it: a pronoun without a noun, an ordinal, an opening such as "what about", or too few words
to search for. Then the content words of the question before are carried over, and a pointed-at item of the last answer with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.records import Intent, Query, Turn

ContentWords = Callable[[str], Sequence[str]]

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

_OPENING = re.compile(
    r"^(?:and|but|or|so|also|ok(?:ay)?|what about|how about|what if|and if|why(?: not)?\b|how come|then|any|tell me more|more|go on|such as|like what|for example)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|that|those|this|these|he|him|his|she|her|hers|one|ones|there|the same)\b", re.I
)
_OWN_NOUN = re.compile(
    r"\b(?:this|that|these|those|their|his|her|its|the same) (?:year|month|week|time|job|offer|stage|point|question)\b",
    re.I,
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
#: "What is burnout?" has one content word and stands alone all the same.
_NAMES_ITS_SUBJECT = re.compile(
    r"^what(?:'s|’s| is| are| does) (?:an? |the )?(?!it\b|they\b|that\b|those\b|this\b|these\b|he\b|she\b|next\b)[\w-]+(?: mean)?\s*\??$",
    re.I,
)
_FEW_WORDS = 1
#: "Explain the third point" points back; "the first step in finding a mentor" does not.
_WORDS_BESIDE_AN_ORDINAL = 2
_MOST_CARRIED = 8


def contextualise(question: str, turns: Sequence[Turn], *, content_words: ContentWords) -> Query:
    """Return the query for a question.

    ``content_words`` gives the words of a text that are worth searching for, as they were written.
    """
    own = list(content_words(question))
    if not turns or not leans_on_history(question, own):
        return Query(question, intent_of(question))
    pointed = _pointed_at(question, turns[-1])
    topic = _topic(turns, content_words)
    known = {word.casefold() for word in own}
    carried: list[str] = []
    item = content_words(pointed)
    for word in [*item, *topic]:
        if word.casefold() not in known and len(carried) < max(_MOST_CARRIED, len(item) + 3):
            known.add(word.casefold())
            carried.append(word)
    intent = intent_of(question)
    if intent == "general":
        intent = intent_of(turns[-1].question)
    return Query(" ".join([question, *carried]), intent, tuple(carried))


def leans_on_history(question: str, own: Sequence[str]) -> bool:
    """Return whether a turn cannot be understood without the ones before it."""
    if _NAMES_ITS_SUBJECT.match(question.strip()):
        return False
    if len(own) <= _FEW_WORDS or (_ORDINAL.search(question) and len(own) <= _WORDS_BESIDE_AN_ORDINAL):
        return True
    if _OPENING.match(question.strip()):
        return len(own) <= 4
    pronoun = _PRONOUN.search(_OWN_NOUN.sub("", question))
    # a pronoun after several content words mostly points back to one of them, not to an earlier turn
    return pronoun is not None and len(_content_before(question, pronoun.start(), own)) < 2


def _content_before(question: str, position: int, own: Sequence[str]) -> list[str]:
    """Return the content words that stand before a position of the question."""
    before = question[:position].casefold()
    return [word for word in own if word.casefold() in before]


def intent_of(question: str) -> Intent:
    """Return what kind of answer a question asks for."""
    return next((intent for intent, words in _INTENTS if words.search(question)), "general")


def _topic(turns: Sequence[Turn], content_words: ContentWords) -> list[str]:
    """Return the content words of the last question, and of the one before where that leaned on it too."""
    topic: list[str] = []
    for turn in reversed(turns):
        words = list(content_words(turn.question))
        topic.extend(word for word in words if word not in topic)
        if not leans_on_history(turn.question, words):
            break
    return topic


def _pointed_at(question: str, last: Turn) -> str:
    """Return the item of the last answer that an ordinal names, or an empty text."""
    found = _ORDINAL.search(question)
    if found is None:
        return ""
    place = _ORDINALS[found["word"].casefold()]
    try:
        return last.claims[place]
    except IndexError:
        return ""
