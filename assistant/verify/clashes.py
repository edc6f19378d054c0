"""Claim + sentence -> where the two say different things in the same words. After ``reading``, before ``measures``.

Meaning vectors hardly move when a number, a "not" or a "must" changes, so these are compared letter by letter: a claim
may leave out what its sentence says, and may put it in other words, but may not say another number, unit, date, name or
amount of certainty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify.reading import Reading
from assistant.verify.vocabulary import vocabulary

#: Two texts are alike from this share of the stems of the longer one.
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Clashes:
    """How many things of each kind a claim says otherwise than its evidence."""

    number: int = 0
    """Numbers that the evidence does not have."""
    unit: int = 0
    """Numbers that the evidence has with another unit."""
    date: int = 0
    """Months, weekdays or seasons that it does not have."""
    name: int = 0
    """Names that it does not have."""
    negation: int = 0
    """Words denied in one and not in the other."""
    amount: int = 0
    """Classes of how much that it does not have, where it has another."""
    modal: int = 0
    """Classes of certainty that it does not have, where it has another."""
    opposite: int = 0
    """Words whose opposite it has, and not they themselves."""
    order: int = 0
    """Whether the same words stand in another order."""
    condition: int = 0
    """Words such as "if" and "until" put in the place of others of their kind."""

    @property
    def any(self) -> bool:
        """Return whether anything clashes."""
        return any(getattr(self, kind) for kind in self.__slots__)


def compare(claim: Reading, near: Reading, *, whole: Reading) -> Clashes:
    """Return how a claim clashes with its nearest sentence; for numbers, dates and names, with all of its evidence."""
    values = {value for value, _ in whole.numbers}
    units = {value: {unit for found, unit in whole.numbers if found == value} for value in values}
    missing = [value for value, _ in claim.numbers if value not in values]
    other = [
        unit for value, unit in claim.numbers
        if unit and value in values and unit not in units[value] and any(units[value])
    ]  # fmt: skip
    shared = set(claim.stems) & set(near.stems)
    denied = {stem for stem in claim.denied ^ near.denied if stem in shared}
    return Clashes(
        number=len(missing),
        unit=len(other),
        date=len(claim.dates - whole.dates),
        name=sum(1 for name in claim.names if name not in whole.tokens and name not in whole.names),
        negation=len(denied) or int(claim.negations != near.negations and _alike(claim, near)),
        amount=_changed(claim.amounts, near.amounts),
        modal=_changed(claim.modals, near.modals),
        opposite=_reversed(claim.tokens, near.tokens),
        order=int(_reordered(claim.stems, near.stems)),
        condition=_turned(claim.tokens, near.tokens),
    )


def _changed(claim: Sequence[str], near: Sequence[str]) -> int:
    """Return how many classes a claim has in the place of others of its sentence that do not say more."""
    own, others = Counter(claim), Counter(near)
    lost = others - own
    weaker = vocabulary().weaker
    return sum(1 for one in own - others if any((one, other) not in weaker for other in lost))


def _reversed(claim: Sequence[str], near: Sequence[str]) -> int:
    own, others = Counter(claim), Counter(near)
    more, fewer = own - others, others - own
    opposites = vocabulary().opposites
    return sum(1 for word in more if any(other in fewer for other in opposites.get(word, ())))


def _turned(claim: Sequence[str], near: Sequence[str]) -> int:
    own, others = Counter(claim), Counter(near)
    conditions = vocabulary().conditions
    return int(bool(conditions & set(own - others) and conditions & set(others - own)))


def _alike(claim: Reading, near: Reading) -> bool:
    """Return whether two texts share nearly all words that carry meaning."""
    one, other = set(claim.stems), set(near.stems)
    return len(one & other) >= _ALIKE * max(len(one), len(other), 1)


def _reordered(claim: Sequence[str], near: Sequence[str]) -> bool:
    return sorted(claim) == sorted(near) and list(claim) != list(near)
