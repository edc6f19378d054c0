"""The nouns of an evaluation: Case, Run, Score, Report. Every score is from 0 to 1, higher is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Expectation = Literal["answered", "not_covered", "declined", "care"]


@dataclass(frozen=True, slots=True)
class Relevant:
    """A section that answers a case's question."""

    document: str
    """Document id."""
    heading: str
    """Innermost heading of the section."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what a good answer would be."""

    id: str
    """Name, unique in its set."""
    turns: tuple[str, ...]
    """The conversation; the last turn is the question."""
    expect: Expectation
    """The outcome that is right."""
    relevant: tuple[Relevant, ...] = ()
    """Sections of which any one answers the question."""
    tags: tuple[str, ...] = ()
    """What it is about."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a system gave for a case."""

    case: str
    """Id of the case."""
    record: Mapping[str, Any] | None
    """The answer, as ``Answer.as_record`` gives it; None where there was an error."""
    retrieved: tuple[Relevant, ...] = ()
    """Sections found, best first, each passage once."""
    error: str = ""
    """What went wrong, or empty."""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure over the cases that it applies to."""

    name: str
    """Name of the measure."""
    value: float | None
    """The mean, 0 to 1, higher is better; None where nothing could be scored."""
    low: float | None
    """Lower end of the 95 % interval."""
    high: float | None
    """Upper end of the 95 % interval."""
    cases: Mapping[str, float] = field(default_factory=dict)
    """Value of each scored case; a case that the measure says nothing of is not in it."""
    unscored: int = 0
    """Cases that it applies to and that could not be scored; never counted as 0 or 1."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """A floor and whether it was reached."""

    name: str
    """Name of the score, or of the case that must pass."""
    floor: float
    """Least value that passes."""
    value: float | None
    """Value found."""
    passed: bool
    """Whether it passes."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an evaluation found."""

    suite: str
    """Name of the case set."""
    settings: str
    """Fingerprint of the settings and the index."""
    scores: Sequence[Score]
    """The measures."""
    gates: Sequence[GateResult]
    """The floors."""
    cases: Sequence[Case]
    """What was asked."""
    runs: Sequence[Run]
    """What was answered."""
    exit_code: int
    """0 pass, 1 a gate was missed, 2 could not be evaluated."""
