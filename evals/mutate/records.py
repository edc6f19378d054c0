"""The nouns of a mutation: a good answer, a kind of corruption, and what was caught."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from evals.perturb import Pool
from evals.records import Case, Run

#: ``exact`` kinds change marks, spans or outcomes, ``semantic`` ones what is said, ``harmless`` ones nothing to mind.
Sort = Literal["exact", "semantic", "harmless"]


@dataclass(frozen=True, slots=True)
class Good:
    """A good answer with what corruptions draw on."""

    case: Case
    """What was asked."""
    run: Run
    """What was answered, rightly."""
    donor: Run
    """The answer to another question, from other documents."""
    pool: Pool
    """Sentences of answers from other documents."""
    rng: Random
    """Seeded by the case and the kind: the same run is corrupted the same way."""
    telling: tuple[int, ...] = ()
    """Places, among the claims, of those that hold an expected point."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to corrupt an answer."""

    name: str
    """What is done."""
    sort: Sort
    """How it has to be caught."""
    outcomes: tuple[str, ...]
    """Outcomes of the answers that it can be done to."""
    corrupt: Callable[[Good], Run | None]
    """Return the corrupted answer, or None where an answer gives no occasion."""


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of the answers that were corrupted in one way."""

    kind: Kind
    """The way."""
    corrupted: int
    """Answers that were corrupted."""
    caught: int
    """Those of which a score got worse, or that counted as an error."""
    by: Mapping[str, int] = field(default_factory=dict)
    """How many of them each score got worse for."""
    missed: Sequence[str] = ()
    """Cases whose corruption no score noticed."""
    gate_from: int | None = None
    """Fewest corrupted answers with which the gate does not pass; None where it passes with all of them."""

    @property
    def share(self) -> float | None:
        """Return the share that was caught, 0 to 1; None where nothing could be corrupted."""
        return self.caught / self.corrupted if self.corrupted else None

    @property
    def is_as_it_should(self) -> bool:
        """Return whether enough was caught: all of the exact, .95 of the semantic, nothing of the harmless."""
        if self.share is None:
            return False
        if self.kind.sort == "harmless":
            return self.caught == 0 and self.gate_from is None
        return self.share >= LEAST[self.kind.sort] and self.gate_from is not None


#: Share of a kind's corrupted answers that has to be caught.
LEAST: Mapping[Sort, float] = {"exact": 1.0, "semantic": 0.95}
