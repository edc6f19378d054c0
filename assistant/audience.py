"""Whom a passage speaks to, and who asks: advice to the other side of a matter is true and of no use.

"How to give feedback to learners" is near to "how do I get feedback", and a tail at retirement is near to a tail. Whom
a passage is written for is read off its headings and the stages of its document; who asks, off the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.records import Document, Passage


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers who need other advice than most."""

    headings: re.Pattern[str]
    """What the headings above a passage for them say."""
    asked: re.Pattern[str]
    """What they say when they ask, or what is said when one asks about them."""
    sentences: re.Pattern[str] | None = None
    """What a sentence for them says within a passage for everybody."""


_RETIRING = r"(?<!moves or )retir(?:e|es|ed|ing|ees?|ement(?! (?:accounts?|savings?|match|products?|plans?)))"
#: A learner, as a teacher speaks of one.
_LEARNER = r"(?:student|resident|fellow|intern|junior)s?"
#: Who gives: feedback, letters, mentoring. The other side asks for them.
_GIVER = (
    r"mentees?|learners?|trainees?|as (?:an?|their|his|her) (?:mentor|supervisor|teacher)|ready to mentor",
    rf"(?:giv|mentor|teach|supervis|coach)\w* (?:\w+ )?(?:feedback|my|an?|the|others|women|some\w+|{_LEARNER})",
    rf"my (?:\w+ )?{_LEARNER}|struggling {_LEARNER}|(?:an?|this|that|another) {_LEARNER} (?:who|asks|in my)",
    r"(?:become|becoming|be|being) (?:an? )?(?:good |better )?mentors?|asked me (?:to write|for an? (?:\w+ )?letter)",
    rf"(?:tell|help|support|fail|advise) (?:an?|this|the) (?:\w+ )?{_LEARNER}",
    r"for (?:the|a) mentors?|(?:the|a) mentors? (?:gains?|gets?)",
)
_WRITER = (
    r"(?:writ(?:e|es|ing)|declin(?:e|ing) to write|say no to) (?:an? |the |my |strong |good |honest )*"
    r"(?:recommendation )?letters? (?:of recommendation )?(?:for (?:an?|my|him|her|them|this|the|somebody|someone))",
    r"asked me (?:to write|for an? (?:\w+ )?letter)",
)
#: How people in training speak.
_TRAINEE = (
    r"(?:my|one|the|our|from an?) attending(?! (?:job|salary|pay|contract|offer|position|level))|rotations?|my program",
    r"program director|in training|pgy-?\d|residency|as an? (?:\w+ )?(?:resident|fellow|intern|student)",
)
_REFUSED = (
    r"(?:they|he|she|it|mentors?|chair|employer|boss|director|program|pd|attending|chief|someone|somebody|who|group|"
    r"hospital|recruiter|dean) (?:\w+ )?(?:says?|said|refuse[sd]?|declined?|turn(?:s|ed)|den(?:y|ies|ied)|ignore[sd]?|"
    r"answers?|repl\w+|respond\w*)",
    r"refus\w+|reject\w*|turn\w* (?:me )?down|denied|no (?:reply|answer|response)|unanswered|ghost\w*",
    r"(?:not?|never|n[’']?t) (?:reply|replied|answer\w*|respond\w*)|silent|was told no",
)
_ABROAD = r"visas?|imgs?|immigra\w*|foreign\w*|international|sponsorship|country"
AUDIENCES = {
    "retiring": Audience(
        _pattern(_RETIRING, r"late[- ](?:in a )?career|emeritus|slow(?:ing)? down"),
        _pattern(
            _RETIRING,
            r"late[- ](?:in (?:my|a) )?career|emeritus|slow(?:ing)? down|wind(?:ing)? down|step(?:ping)? down",
            r"buy-?outs?|end of my career|[67]0",
        ),
        _pattern(r"at retirement|retiring (?:partner|physician)s?"),
    ),
    "leader": Audience(
        _pattern(
            r"(?:for|to) leaders|as a leader|as (?:a )?chief|leader of your peers|leaders? (?:can|should)",
            r"directors can do|an equal|leading (?:\w+ )?peers|new faculty[’']s",
        ),
        _pattern(
            r"lead|leads|leaders?|leadership|leading|chiefs?|(?<!my )(?<!the )(?<!a )chairs?|(?<!program )directors?",
            r"dean|recruit\w*|hir(?:e|ing)|promoted over",
            r"my (?:\w+ ){0,3}(?:faculty|division|department|staff|team|residents|employees?)",
        ),
    ),
    "giver": Audience(
        _pattern(
            r"(?:to|of|questioning) learners|learners for|teaching evaluations|as a supervisor|supervisor should",
            r"directors can do|mentors can|mentor (?:should (?:say after|teach)|has to give|may write|can add|teaches)",
            r"mentors a learner|to a mentee|hard feedback|struggling mentee|becoming a mentor|new mentors|first mentee",
            r"ask the mentee|advising a mentee|leader should do|training mentors|women and men by the same",
            r"mentors before a promotion|how (?:busy )?mentors|mentor time|protecting new faculty",
        ),
        _pattern(*_GIVER, *_WRITER),
        _pattern(r"who supervise|as a (?:supervisor|mentor|chief)"),
    ),
    "supporter": Audience(
        _pattern(r"supporting (?:a|an) [\w ]+ after a bad outcome"),
        _pattern(
            *_GIVER,
            r"(?:my|an?|our|another) (?:\w+ )?(?:colleague|partner|peer|friend|co-?worker|nurse|co-?resident)",
            r"support(?:ing)? (?:an?|my|somebody|someone|him|her|them)",
        ),
    ),
    "carer": Audience(
        _pattern(r"(?:for|of|from) (?:an? |your )?(?:\w+ )*parents?|sick parent"),
        _pattern(r"parents?|mother|father|mom|mum|dad|elder\w*|aging|ageing|in-laws?|caregiv\w*"),
    ),
    "writer": Audience(
        _pattern(r"to write a (?:\w+ )?letter|writing (?:an? )?(?:\w+ )?letters?(?: of recommendation)?(?! for you)"),
        _pattern(*_WRITER),
    ),
    "refused": Audience(
        _pattern(r"(?:says|said) no|does not reply|is refused|turned down|refuses changes"), _pattern(*_REFUSED)
    ),
    "abroad": Audience(
        _pattern(r"J-1|H-1B|visas?|IMGs?|international medical graduates?|O-1|Conrad(?: \d+)?"),
        _pattern(_ABROAD, r"j-?1s?|h-?1-?bs?|abroad|green card|citizens?\w*|waivers?|conrad|o-?1|ecfmg"),
        _pattern(r"J-1|H-1B|ECFMG"),
    ),
    # whoever asks about an H-1B alone is not among them
    "exchange": Audience(
        _pattern(r"J-1|Conrad(?: \d+)?"),
        re.compile(rf"^(?!.*\bh-?1-?b).*\b(?:{_ABROAD})\b|\b(?:j-?1s?|waivers?|conrad|ecfmg)\b", re.I | re.S),
        re.compile(r"^(?!.*H-1B).*\b(?:J-1|ECFMG)\b"),
    ),
}
#: Audiences that nearly every asker belongs to, and what an asker says who does not.
_OTHERS = {
    "faculty": (_pattern(r"annual review|about faculty reviews|first years of practice"), _pattern(*_TRAINEE)),
    "receiver": (
        _pattern(
            r"strong mentee|mentor[’']s project|ask(?:ing)? for (?:feedback|a (?:\w+ )?letter)|taking feedback",
            r"receiv(?:e|ing) (?:feedback|criticism)|whom to ask for a letter|strong letter|send a letter writer",
            r"(?:an?|your) fellowship application|fellowship applications? and",
        ),
        _pattern(*_GIVER, *_WRITER),
    ),
}
_TRAINEE_SPEAKS = _pattern(*_TRAINEE)
#: Audiences that a question belongs to where nothing says otherwise.
EVERYBODY = frozenset({*_OTHERS, "trainee"})
_GETTING = _pattern(r"(?:get|getting|ask|asking|receive|want|need) (?:\w+ ){0,3}(?:feedback|letters?)")
#: Faculty and physicians in practice, who are past advice for residents.
_FACULTY = _pattern(
    r"(?:assistant|associate|full) professor|(?:as|junior|on the|am|i[’']m) faculty|faculty job|my chair|tenure",
    r"(?:i[’']?m|i am|now that i[’']?m|as a|as a new|new) (?:an )?attending|my (?:division|mentees?|partners|group)",
    r"as an attending|as an? (?:\w+ )?surgeon|years? (?:as|on|into) (?:the )?(?:faculty|practice)|R01",
    r"K(?:08|23|99) award",
)
_TRAINING = frozenset({"student", "resident", "fellow"})
_OWN_READERS = frozenset({"leader", "mentor", "late-career"})
_NAMES = {"leader": "leader", "mentor": "giver", "late-career": "retiring"}


def asking(question: str) -> frozenset[str]:
    """Return the audiences that a question comes from or is about."""
    found = {name for name, audience in AUDIENCES.items() if audience.asked.search(question)}
    for name, (_, others) in _OTHERS.items():
        if (name == "receiver" and _GETTING.search(question)) or not others.search(question):
            found.add(name)
    gives = "giver" in found or _FACULTY.search(question) is not None
    if _TRAINEE_SPEAKS.search(question) or not gives:
        found.add("trainee")
    return frozenset(found)


def meant_for(document: Document, passage: Passage) -> frozenset[str]:
    """Return the audiences that the heading of a passage's own section names; its document may speak to others too."""
    own = passage.heading_path[-1] if passage.heading_path else document.title
    return frozenset(name for name, audience in AUDIENCES.items() if audience.headings.search(own))


def needed(document: Document, passage: Passage) -> tuple[frozenset[str], ...]:
    """Return what its reader must be, for a passage that is not for everybody: one audience of each of these sets."""
    return _needed((document.title, *passage.heading_path), document.facets.stage)


def elsewhere(document: Document, passage: Passage, *, asked_by: frozenset[str]) -> bool:
    """Return whether a passage speaks to somebody other than the audiences that ask."""
    return any(not own & asked_by for own in needed(document, passage))


def said_to_others(sentence: str, *, asked_by: frozenset[str]) -> bool:
    """Return whether a single sentence does."""
    return any(
        name not in asked_by and audience.sentences is not None and audience.sentences.search(sentence)
        for name, audience in AUDIENCES.items()
    )


@lru_cache(maxsize=8192)
def _needed(headings: tuple[str, ...], stage: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(_audiences(headings, frozenset(stage)))


def _audiences(headings: tuple[str, ...], stages: frozenset[str]) -> Iterator[frozenset[str]]:
    title, text = headings[0], "\n".join(headings)
    for name, audience in AUDIENCES.items():
        if audience.headings.search(text):
            yield frozenset({name})
    for name, (own, _) in _OTHERS.items():
        if own.search(text):
            yield frozenset({name})
    if stages and stages - {"mid-career"} <= _OWN_READERS and "mid-career" not in title:
        yield frozenset(_NAMES[stage] for stage in stages - {"mid-career"})
    if stages and stages <= _TRAINING:
        yield frozenset({"trainee"})
