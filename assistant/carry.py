"""Question + turns -> the terms of the conversation that a person would write into the question.

Each word that the conversation had and the question has not is weighed by a logistic regression over what can be seen
of it: how long ago and where it was said, whether the turns before leaned on it, and how much the question leans on
history at all. A question that stands alone takes over nothing. ``curbside eval fit-followup`` fits the weights on
turns that people rewrote (the task is that of Voskarides et al. 2020, doi:10.1145/3397271.3401130, with a model that
needs no encoder).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import SettingError
from assistant.records import Turn
from ingest.words import LIGHT_WORDS, content_words, stemmed_words, words

#: The fit that is shipped.
WEIGHTS = Path(__file__).parent / "carry.json"

#: Turns that are looked at, and what is left of a term's weight in the topic with each turn that does not name it.
_MOST_TURNS, _FADING = 20, 0.6
#: A term is taken over down to this share of the likeliest one's probability.
_SHARE = 0.4
#: Terms of at least this probability are in the topic of the turns that follow; below a tenth a weight is dropped.
_IN_TOPIC, _FORGOTTEN = 0.12, 0.1

_PERSONAL = re.compile(r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers)\b", re.I)
_POINTING = re.compile(r"\b(?:that|those|this|these|such|same|there|one|ones)\b", re.I)
_OTHER = re.compile(r"\b(?:first|second|third|last|other|others|another|else|more|same|instead)\b", re.I)
_OPENING = re.compile(
    r"(?:and|but|or|so|also|ok|okay|what about|how about|what if|why|any|tell me more|more|go on|which|no)\b", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i’m|my|me|we|our|us)\b", re.I)
_ABOUT = re.compile(r"(?:what|how) about\b|what if\b|and\b", re.I)
#: "What is burnout?" has one content word and stands alone all the same.
_NAMES_ITS_SUBJECT = re.compile(
    r"what(?:'s|’s| is| are| does) (?:an? |the )?"
    r"(?!it\b|they\b|that\b|those\b|this\b|these\b|he\b|she\b|next\b)[\w-]+(?: mean)?\s*\??$",
    re.I,
)
_DEFINITE, _INDEFINITE = re.compile(r"\bthe\b", re.I), re.compile(r"\ban? \w", re.I)
_NAME = re.compile(r"(?<=[^.?!\s] )[A-Z][\w-]+")
_LIGHT = frozenset(stem for word in LIGHT_WORDS for stem in words(word))

Topic = Mapping[str, float]
"""Stems of what the conversation is about, each with a weight from 0 to 1."""
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted logistic regression."""

    weights: Mapping[str, float]
    """Weight of each feature."""
    intercept: float
    """Constant term."""

    def probability(self, features: Features) -> float:
        """Return the probability, 0 to 1, of what was fitted; features without a weight say nothing."""
        logit = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-logit))


@dataclass(frozen=True, slots=True)
class CarryModel:
    """Whether a question needs its conversation, and which of its terms."""

    need: Regression
    """From what is seen of a question to the probability that it takes over anything."""
    term: Regression
    """From what is seen of question and term to the probability that the term is one of them, where any is."""
    threshold: float
    """Terms are taken over whose probability, both together, is at least this."""


def read_model(path: Path = WEIGHTS) -> CarryModel:
    """Return a fit. Raises SettingError where the file is not one."""
    try:
        entry = json.loads(path.read_text("utf-8"))
        return CarryModel(_regression(entry["need"]), _regression(entry["term"]), float(entry["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            f"{path}: not a fit of follow-ups ({error}); make one with curbside eval fit-followup"
        ) from error


def _regression(entry: Mapping[str, Any]) -> Regression:
    weights = {str(name): float(weight) for name, weight in entry["weights"].items()}
    return Regression(weights, float(entry["intercept"]))


def carried_terms(question: str, turns: Sequence[Turn], *, model: CarryModel) -> list[str]:
    """Return the words that a question takes over, as they were written, in the order in which they were said."""
    recent = list(turns[-_MOST_TURNS:])
    topic: Topic = {}
    for place, turn in enumerate(recent):
        need = need_of(turn.question, recent[:place], model=model)
        taken = _weighed(turn.question, recent[:place], topic, model)
        topic = next_topic(turn.question, taken, before=topic, need=need)
    weighed = _weighed(question, recent, topic, model)
    least = max(model.threshold, _SHARE * max(weighed.values(), default=0.0))
    chosen = {stem for stem, chance in weighed.items() if chance >= least}
    return _as_written(chosen, recent)


def need_of(question: str, turns: Sequence[Turn], *, model: CarryModel) -> float:
    """Return how likely it is, 0 to 1, that a question cannot be understood without the turns before it."""
    if not turns or _NAMES_ITS_SUBJECT.match(question.strip()):
        return 0.0
    if not words(question):
        return 1.0  # "what else then?" says nothing by itself
    return model.need.probability(question_features(question, turns))


def next_topic(question: str, taken: Mapping[str, float], *, before: Topic, need: float) -> Topic:
    """Return the topic behind a question.

    ``taken`` gives the probability, 0 to 1, with which it takes over each stem, ``need`` that with which it takes over
    anything: a question that stands alone begins a new topic.
    """
    fading = _FADING * need
    topic = {stem: weight * fading for stem, weight in before.items() if weight * fading > _FORGOTTEN}
    topic.update({stem: min(1.0, 2 * chance) for stem, chance in taken.items() if chance > _IN_TOPIC})
    topic.update(dict.fromkeys(words(question), 1.0))
    return topic


def features_of(question: str, turns: Sequence[Turn], *, topic: Topic) -> dict[str, Features]:
    """Return what is seen of each stem that the turns have and the question has not."""
    if not turns:
        return {}
    asked = [words(turn.question) for turn in turns]
    answers = [words(" ".join(turn.claims)) for turn in turns]
    own = set(words(question))
    names = {stem for turn in turns for found in _NAME.finditer(turn.question) for stem in words(found[0])}
    whole = _of_question(question, own, asked)
    stems = dict.fromkeys(stem for part in [*asked, answers[-1]] for stem in part if stem not in own)
    return {
        stem: {
            **whole,
            **_of_term(stem, asked, answers, own),
            "topic": topic.get(stem, 0.0),
            "in_topic": float(stem in topic),
            "name": float(stem in names),
        }
        for stem in stems
    }


def question_features(question: str, turns: Sequence[Turn]) -> Features:
    """Return what is seen of a question behind some turns."""
    return _of_question(question, set(words(question)), [words(turn.question) for turn in turns])


def _of_question(question: str, own: set[str], asked: Sequence[Sequence[str]]) -> Features:
    content = content_words(question)
    pronoun = _PERSONAL.search(question) or _POINTING.search(question)
    ahead = question[: pronoun.start()].casefold() if pronoun else ""
    named = sum(1 for word in content if word.casefold() in ahead)
    known = {stem for part in asked for stem in part}
    start = question.strip()
    seen = {
        "content": min(len(content), 6) / 6,
        "length": min(len(question.split()), 20) / 20,
        "one_word": len(content) <= 1,
        "two_words": len(content) == 2,
        "personal": bool(_PERSONAL.search(question)),
        "pointing": bool(_POINTING.search(question)),
        "pronoun_first": pronoun is not None and named == 0,
        "pronoun_second": pronoun is not None and named == 1,
        "other": bool(_OTHER.search(question)),
        "opening": bool(_OPENING.match(start)),
        "about": bool(_ABOUT.match(start)),
        "definite": bool(_DEFINITE.search(question)),
        "indefinite": bool(_INDEFINITE.search(question)),
        "known": len(own & known) / max(1, len(own)),
        "known_last": len(own & set(asked[-1] if asked else ())) / max(1, len(own)),
        "first_person": bool(_FIRST_PERSON.search(question)),
        "no_mark": not start.endswith("?"),
        "names": bool(_NAME.search(question)),
    }
    return {name: float(value) for name, value in seen.items()}


def _of_term(stem: str, asked: Sequence[Sequence[str]], answers: Sequence[Sequence[str]], own: set[str]) -> Features:
    places = [place for place, part in enumerate(asked) if stem in part]
    count = len(asked)
    seen: Features = {
        "light": float(stem in _LIGHT),
        "in_answer": float(stem in answers[-1]),
        "often_in_answer": min(answers[-1].count(stem), 5) / 5,
        "in_answers": min(sum(stem in part for part in answers), 4) / 4,
        "letters": min(len(stem), 10) / 10,
        "age": 1.0,
    }
    if not places:
        return seen
    latest = asked[places[-1]]
    return {
        **seen,
        "asked": 1.0,
        "in_last": float(places[-1] == count - 1),
        "in_last_but_one": float(count - 2 in places),
        "in_first": float(places[0] == 0),
        "age": min(count - 1 - places[-1], 6) / 6,
        "times": min(len(places), 4) / 4,
        "beside_own": sum(1 for place in places if own & set(asked[place])) / len(places),
        "late_in_turn": latest.index(stem) / max(1, len(latest) - 1),
        "share_of_turn": 1 / len(latest),
    }


def _weighed(question: str, turns: Sequence[Turn], topic: Topic, model: CarryModel) -> dict[str, float]:
    found = {stem: seen for stem, seen in features_of(question, turns, topic=topic).items() if not seen["light"]}
    need = need_of(question, turns, model=model)
    return {stem: need * model.term.probability(seen) for stem, seen in found.items()}


def _as_written(stems: set[str], turns: Sequence[Turn]) -> list[str]:
    """Return one word for each stem: as the latest question has it, or else the last answer."""
    spelt: dict[str, str] = {}
    texts = [" ".join(turns[-1].claims), *(turn.question for turn in turns)] if turns else []
    for text in texts:
        for word, own in stemmed_words(text):
            for stem in own:
                if stem in stems:
                    spelt.pop(stem, None)
                    spelt[stem] = word
    return list(dict.fromkeys(spelt.values()))
