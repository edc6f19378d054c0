"""Rules for a physician whom a patient's harm does not let go: sleepless, weeping, no longer sure of the right to practise.

What they find puts the helplines above the ordinary answer, which may well be the one on what to do after such an event.
"""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.safety.rules import rule

_PERSON = r"(?:patients?|pt|pts|kid|baby|child|infant|mother|man|woman|guy|lady)"
_HARM = (
    rf"{_PERSON} (?:\w+ ){{0,4}}(?:died|dies|dead|passed away|coded|arrested|didnt make it|got hurt|was harmed)|(?:died|death|dying|coded|bled out) (?:\w+ ){{0,5}}(?:because of me|on my (?:table|watch|shift)|in my (?:hands|care|or))"
    rf"|(?:killed|harmed|hurt|lost|injured) (?:a|my|the|that|this) (?:\w+ ){{0,2}}{_PERSON}|(?:my|an?|the) (?:big |bad |terrible |fatal )?(?:mistake|error|complication|missed diagnosis|bad outcome|adverse event)|(?:bile duct|bowel|vessel|ureter|nerve) injury|bad (?:airway|outcome)"
)

HARM = (
    rule(
        "no longer sure of the right to practise",
        r"\b(?:i|im) (?:\w+ ){0,2}?(?:shouldnt|dont deserve to|not fit to|have no (?:right|business)(?: to)?) (?:even |really )?(?:be )?(?:operating|operate|practicing|practice medicine|a (?:doctor|surgeon|physician)|trusted with patients|near patients|touching patients)",
    ),
    rule(
        "not let go by a patient's harm",
        r"(?:cant|havent|couldnt|barely|hardly|dont) (?:even |really |been able to )?(?:sleep|slept|sleeping|eat|eaten|stop (?:thinking|crying|replaying|seeing|shaking|blaming)|get (?:it|him|her|that|them) out of my (?:head|mind)|forgive myself|look at|go back)"
        r"|(?:keep|kept) (?:replaying|seeing (?:his|her|their|the|that)|crying|blaming myself|thinking (?:about|of) (?:it|him|her))|(?:i )?(?:cry|cried|crying) (?:every|all|in|on|at)|blame myself|its (?:all )?my fault|haunts? me",
        also=_HARM,
        unless=r"calls me|on call|newborn|night float",
    ),
)
