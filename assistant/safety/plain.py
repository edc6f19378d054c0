"""A question as it was typed -> the plain form that the rules of the care path read. Before every rule.

Plain means lower case, one space between words, no apostrophes, one spelling for what is written in many ways: "I can't",
"i cant", "I can not" and "i cannot" are all ``i cant``. Full stops, commas, question and exclamation marks stay, so that
a rule can keep within a clause.
"""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_NOISE = re.compile(r"[^\w\s.,!?/:%]|_")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[a-z]{6,}")
_ENDS = re.compile(r"(?<=[.?!])\s+")

#: Written one way, read another; in this order.
_SPELLINGS = [
    (re.compile(rf"\b(?:{pattern})\b"), plain)
    for pattern, plain in (
        (r"w/ ?o", "without"),
        (r"(?:can ?not|can no|cnt|cant even|cant really|cant just)", "cant"),
        (r"(?:do not|dnt|dont really|dont even|dont think i)", "dont"),
        (r"(?:did not|didnt even)", "didnt"),
        (r"does not", "doesnt"),
        (r"will not", "wont"),
        (r"is not", "isnt"),
        (r"are not", "arent"),
        (r"was not", "wasnt"),
        (r"were not", "werent"),
        (r"would not", "wouldnt"),
        (r"i am|iam", "im"),
        (r"i have", "ive"),
        (r"i would|i had", "id"),
        (r"(?:he|she) is(?= \w+ing\b)", "hes"),
        (r"shes", "hes"),
        (r"my self|meself", "myself"),
        (r"(him|her|them) ?sel(?:f|ves)", r"\1self"),
        (r"wan+a|want too|wnt to|wana", "want to"),
        (r"gon+a|gunna", "going to"),
        (r"got+a", "got to"),
        (r"tryna", "trying to"),
        (r"(th\w+k|go|do|runn|gett|feel|try|liv|wish|hop|say|tell|fall|com|hav)in", r"\1ing"),
        (r"(any|some|every|no) ?1", r"\1body"),
        (r"no ?one|no body", "nobody"),
        (r"every ?one|every body", "everybody"),
        (r"any ?more|ne ?more", "anymore"),
        (r"good bye|bye bye", "goodbye"),
        (r"co (?=(?:resident|intern|fellow|worker|author)s?\b)", "co"),
        (r"over (?=dos(?:e|ed|ing)\b)|od(?=ed\b)", "over"),
        (r"o ?d d|odd on|overed", "overdosed"),
        (r"sucid\w*|suicidle|suisid\w*|suiside|suicde|suacid\w*|sui ?cidal|suicial|suicdal", "suicidal"),
        (r"sewer ?slid\w*|su1c1de|suic1de|kermit sewer\w*|toaster bath", "suicide"),
        (r"(?:un ?alive|un ?living|unaliv(?:e|ing|ed)|delete|offing?|yeet) (?:my|our)sel(?:f|ves)", "kill myself"),
        (r"unaliv(?:e|ing) (himself|herself|themself)", r"kill \1"),
        (r"kms|kil myself|k!ll myself|kill me self|kill my ?slf", "kill myself"),
        (r"abt", "about"),
        (r"nite|nights? n", "night"),
        (r"w", "with"),
        (r"n", "and"),
        (r"wld", "would"),
        (r"hrs", "hours"),
        (r"til", "until"),
        (r"percs?", "percocet"),
        (r"etoh", "alcohol"),
        (r"diff", "different"),
        (r"pts", "patients"),
        (r"anonymus\w*", "anonymous"),
        (r"an?aphlaxis|anaphalaxis", "anaphylaxis"),
        (r"rm", "room"),
        (r"rn", "right now"),
        (r"pls|plz", "please"),
        (r"tmrw|tmr|tomorow|tommorow|tommorrow", "tomorrow"),
        (r"2nite|tonite", "tonight"),
        (r"bc|cuz|becuase", "because"),
        (r"pts?s", "patients"),
        (r"pt", "patient"),
        (r"unconcious|unconcious|unconsious", "unconscious"),
        (r"stoped", "stopped"),
        (r"breathin|breating|breatheing", "breathing"),
        (r"dieing", "dying"),
        (r"harras\w*|haras(?:ed|ing|ment)", "harassed"),
        (r"your|ur", "your"),
    )
]
#: Long words that a slip of the keyboard must not hide.
_GRAVE = (
    "suicidal", "suicide", "overdose", "overdosed", "harassed", "harassment", "harassing", "discrimination", "retaliation",
    "retaliated", "retaliating", "assaulted", "unresponsive", "breathing", "drinking", "diverting", "unsupervised", "impaired",
    "alcoholic", "threatened", "strangled", "supervision", "seizing",
)  # fmt: skip
_LEAST_ALIKE = 0.88


@dataclass(frozen=True, slots=True)
class Plain:
    """A question in the form that rules read."""

    text: str
    """Lower case, apostrophes gone, one spelling for each phrase."""

    literal: str
    """The text without the sayings in which a grave word means nothing grave."""
    sentences: tuple[str, ...]
    """The sentences of ``literal``."""


@lru_cache(maxsize=256)
def plain(question: str) -> Plain:
    """Return the plain form of a question."""
    text = unicodedata.normalize("NFKC", question).casefold()
    text = _APOSTROPHES.sub("", text)
    text = _NOISE.sub(" ", text.replace("-", " ").replace("…", "."))
    text = _STRETCHED.sub(r"\1\1", _SPACES.sub(" ", text)).strip()
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    text = _WORD.sub(_mended, text)
    literal = _SPACES.sub(" ", SAYINGS.sub(" ", text)).strip()
    return Plain(text, literal, tuple(part for part in map(str.strip, _ENDS.split(literal)) if part))


def _mended(word: re.Match[str]) -> str:
    if word[0] in _KNOWN:
        return word[0]
    close = get_close_matches(word[0], [w for w in _GRAVE if w[0] == word[0][0]], n=1, cutoff=_LEAST_ALIKE)
    return close[0] if close else word[0]


#: Words of their own that lie near a grave one.
_KNOWN = frozenset(_GRAVE) | frozenset(
    ("supervisor", "supervising", "supervisions", "suicides", "bleaching", "breaching")
)

#: What "is killing me" without anybody being killed; people only where they are at it, and not where they will do it.
_THINGS = (
    r"(?:rotation|commute|schedule|call|job|work|boards?|exams?|residency|fellowship|intern year|service|workload|pager|feet|back|emr|inbox|year"
    r"|month|specialty|program|clinic|nights?|shifts?|loans|debt|waiting|studying|traffic|paperwork|charting|step ?\d?|suspense|curiosity|stress"
    r"|apps|applications|prior auths?|research|internship|medicine|surgery|notes|hours|heat|cold|food|deadline|thesis|application|eras|interviews?|it|this|that|they|these)"
)
_PEOPLE = r"(?:pd|attending|chief|mentor|boss|advisor|wife|mom|mum|dad|husband|senior|intern|he|she|hes|patients?|consultants?)"
_WILL = r"(?:is|are|was|will|would|might|may|s|going to|literally|really|just|\s)+"
SAYINGS = re.compile(
    r"\b(?:"
    # somebody or something else kills, and not the asker
    rf"{_THINGS} {_WILL}(?:killing|kill|be killing) (?:me|us|my \w+|you)"
    rf"|{_PEOPLE} (?:is |are |was |literally |really |just )*killing (?:me|us|my \w+)"
    r"|(?:thi|tha)s? (?:\w+ ){0,3}(?:killing|kills) me|kill(?:ed|s|ing)? (?:it\b|the idea|my (?:project|proposal|abstract|paper|application|chances|vibe"
    r"|mood|career|relationship|marriage|love|motivation|soul|back|feet)|time|two birds|for (?:a|an|that|this|the)\b)"
    r"|(?:pd|attending|chief|mentor|boss|wife|husband|mom|program director|chair) will kill me if i (?:switch|quit|miss|leave the program|don|do|ask|am)"
    r"|id kill for|kill fee|killer \w+|killing it|overkill|buzz ?kill|roadkill"
    r"|(?:could|couldve|would|wouldve|should|shouldve) (?:have |of )?killed myself for|kill(?:ing)? myself (?:studying|working|to (?:get|make|finish|please|publish|match)|over (?:notes|this paper))"
    r"|dying (?:to|for|over here|field|specialty|of (?:boredom|laughter|curiosity|embarrassment))|die(?:d|s)? (?:of|from) (?:boredom|embarrassment|laughter)"
    r"|going to die of (?:boredom|embarrassment)|die hard|live or die by|die (?:less|rich|debt free)|to die for|die on (?:this|that|a) hill|ill die on|do or die|die with me"
    r"|rather jump off a (?:cliff|bridge|building) than|death (?:by powerpoint|march)|rather die than(?! (?:live|go on|be alive|keep|wake))|so embarrassed i could die|embarrassed to death|(?:bored|scared|worked|tickled|worried|sick) to death|(?:the )?death of me"
    r"|over my dead body|drop dead|dead (?:end|set|tired|silence|week|serious|weight|line|on|last|lift\w*|time|wood|zone|heat|easy|wrong|space)|deadlines?|better off dead than red"
    r"|(?:political|career|professional|academic|social|financial|commercial) suicide|suicide (?:mission|squad|run|watch list)"
    r"|shoot (?:my|your|his|her) shot|shoot(?:ing)? (?:for|in the dark|the moon|me (?:a|an|some|your)|an? \w+ (?:to|over))|shoot(?:ing)? myself in the foot|troubleshoot\w*"
    r"|(?:they|he|she|hospital|practice) (?:put|puts|has|have|had|held) a gun to my head|gun to (?:my|your) head(?= (?:which|what|who|would|id|choose|pick))|with a gun to my head"
    r"|bit(?:e|ing) the bullet|dodg(?:e|ed|ing) (?:a|the) bullet|bullet points?|took a bullet for|silver bullet|pull(?:ed|ing)? the (?:trigger|plug) on|trigger warning|loaded questions?"
    r"|hang(?:ing)? (?:in there|out|on\b|up|around|with|over|onto)|hung (?:out|up)|hangs? out"
    r"|cut(?:ting|s)? (?:my|our|their|his|her|the) (?:hours|pay|salary|losses|teeth|time|fte|shifts|budget|ties|clinic|call|schedule|workload|commute)"
    r"|cut(?:ting)? myself (?:off|some|out|loose|down|back)|cut(?:ting)? (?:throat|corners|ties|back|down|edge|the cord|to the chase|off)"
    r"|(?:cut|nicked|hurt|burned|burnt|stabbed|poked) (?:myself|my (?:finger|hand|thumb)) (?:with|in|at|on|lifting|doing|shaving|while|during|playing|running|moving|from)(?! (?:purpose))"
    r"|burn(?:ing|ed|t)? (?:myself out|my bridges?|bridges|question|out)|burned? out|drown(?:ing)? in|sinking ship"
    r"|jump(?:ing|ed|s)? (?:ship|through|hoops|at (?:it|the|this)|to a|into a|between|on board|start\w*|the gun|off (?:the )?(?:academic|tenure)[^.?!,]*)"
    r"|(?:fell|falling|falls) off a cliff|career cliff|bridge (?:program|year|funding|loan)s?"
    r"|crash(?:ed)? (?:course|pad|and burn\w*)|train(?:ing)? to be|bleed(?:ing)? (?:edge|money|heart)|bled money|chok(?:e|ed|ing) (?:on|up|points?)"
    r"|overdos(?:e|ed|ing) (?:of|on) (?:coffee|caffeine|advice|work|research|information|meetings|zoom|chocolate)"
    r"|tak(?:e|ing) my life (?:back|in a|in new|to|into)|life insurance|end of my (?:life as|fellowship|contract|residency|training|year|tether|rope with|rope on|rope at)"
    r"|end(?:ing)? it (?:with|all with a bang)|end(?:ing|s)? (?:on a|up|of|a cover|the interview|my (?:relationship with|contract|lease|residency|fellowship|term|training|year|tenure|employment))"
    r"|soul crushing|career ending|pain (?:fellowship|medicine|clinic|management)|self (?:pay|employed|study)"
    r"|(?:id )?give an arm and a leg|nuclear option|wake up call"
    r")\b"
)
