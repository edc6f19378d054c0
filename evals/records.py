"""The nouns of an evaluation: Case, Run, Score, GateResult, Report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

#: The outcome that is right; ``open`` says nothing but that the care path would be a false alarm.
Expectation = Literal["answered", "not_covered", "declined", "care", "open"]
#: Why a case has no value; none of them is ever counted as 0 or 1.
LeftOut = Literal["no evidence", "no claim", "nothing to find", "abstained", "errored", "unscored"]
#: A value of a case from 0 to 1, or why it has none.
Value = float | LeftOut

ABSTENTIONS = ("not_covered", "declined")


@dataclass(frozen=True, slots=True)
class Relevant:
    """A section that answers a case's question."""

    document: str
    """Document id."""
    heading: str
    """Innermost heading of the section."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Whom a question is asked for, and of what."""

    stage: str = ""
    """Career stage, or empty."""
    setting: str = ""
    """Place of work, or empty."""
    topic: str = ""
    """Tag of the documents to answer from, or empty."""
    libraries: tuple[str, ...] = ()
    """Libraries to answer from; empty for all."""


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
    points: tuple[str, ...] = ()
    """What a complete answer holds; ``score/completeness.py`` says how one is read."""
    standalone: str = ""
    """A person's version of the last turn that needs no conversation, or empty."""
    forbidden: tuple[str, ...] = ()
    """Texts that no answer may show, such as a planted instruction."""
    facets: Facets = Facets()
    """Whom it is asked for."""
    reason: str = ""
    """Why it should not be answered, or empty."""
    source: str = ""
    """Where the case comes from, or empty."""

    @property
    def cluster(self) -> str:
        """Return what cases share that are not independent: the document that answers, or else the case alone."""
        return self.relevant[0].document if self.relevant else f"case {self.id}"


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that the search found."""

    document: str
    """Document id."""
    heading: str
    """Innermost heading of its section."""
    passage: str = ""
    """Passage id."""
    score: float = 0.0
    """How strongly it bears on the query, higher is better."""
    dense: float = 0.0
    """Cosine of query and passage."""
    lexical: float = 0.0
    """Share of the attainable BM25 score."""

    @property
    def section(self) -> Relevant:
        """Return the section that it belongs to."""
        return Relevant(self.document, self.heading)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a subject says to a case, before it is written down."""

    record: Mapping[str, Any] | None
    """The answer, in the form of ``docs/record.md`` as far as the system gives it."""
    retrieved: tuple[Found, ...] | None = None
    """Passages found, best first; None where the system does not tell."""
    passages: Mapping[str, str] | None = None
    """Texts that the index holds, by passage id; None where nobody can look."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds of each step, and ``total``."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a system gave for a case."""

    case: str
    """Id of the case."""
    record: Mapping[str, Any] | None
    """The answer, in the form of ``docs/record.md`` as far as the system gives it; None where there was an error."""
    retrieved: tuple[Found, ...] | None = None
    """Passages found, best first; None where the system does not tell."""
    error: str = ""
    """What went wrong, or empty."""
    passages: Mapping[str, str] | None = None
    """Texts that the index holds for the passages cited and the first ones found; None where nobody can look."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds of each step, and ``total``; no part of the digest."""

    @property
    def answer(self) -> Mapping[str, Any]:
        """Return the record, which is empty where there was an error."""
        return self.record or {}

    @property
    def outcome(self) -> str:
        """Return the outcome of the answer, or ``errored``."""
        return str(self.answer.get("outcome", "errored"))


@dataclass(frozen=True, slots=True)
class Header:
    """What made a run."""

    suite: str
    """Name of the case set."""
    subject: str = "unknown"
    """What was asked."""
    settings: str = ""
    """Fingerprint of the settings and the index."""
    index: str = ""
    """Identity of the index: the hash of corpus, model and settings of the build."""
    cases: str = ""
    """Hash of the cases."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Versions of what answers depend on."""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure over the cases that it applies to."""

    name: str
    """Name of the measure."""
    value: float | None
    """The mean of ``cases``, 0 to 1; None where nothing could be scored."""
    low: float | None
    """Lower end of the 95 % interval."""
    high: float | None
    """Upper end of the 95 % interval."""
    cases: Mapping[str, float] = field(default_factory=dict)
    """Value of each scored case; a case that the measure says nothing of is not in it."""
    unscored: int = 0
    """Cases that it applies to and that could not be scored; never counted as 0 or 1."""
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    """Cases without a value, with the reason."""
    better: Literal["higher", "lower"] = "higher"
    """Which way is better."""
    is_mean: bool = True
    """Whether ``value`` is the mean of ``cases``, so that two runs can be compared case by case."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measure of a run against the baseline, over the cases that both have scored."""

    name: str
    """Name of the measure."""
    before: float | None
    """Mean of the baseline; None where the two have no case in common."""
    after: float | None
    """Mean of the run."""
    low: float | None
    """Lower end of the 95 % interval of the difference; None for McNemar's test, which has none."""
    high: float | None
    """Upper end."""
    p: float | None
    """Two-sided p of McNemar's exact test; None for the bootstrap."""
    cases: int
    """Cases compared."""
    worse: tuple[str, ...] = ()
    """Cases that lost."""
    gained: tuple[str, ...] = ()
    """Cases that gained."""
    gone: tuple[str, ...] = ()
    """Cases that the baseline has scored and the run has not."""
    verdict: Literal["better", "worse", "no difference shown", "not compared"] = "not compared"
    """What the test shows, at 95 %."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """A gate and whether it was passed."""

    name: str
    """Name of the score, or of the case that must pass."""
    floor: float
    """Least value that passes, or the most where ``kind`` is ``ceiling``."""
    value: float | None
    """Value found."""
    passed: bool
    """Whether it passes."""
    kind: Literal["floor", "ceiling", "case", "regression"] = "floor"
    """What it asks for."""
    detail: str = ""
    """What was found, in words, or empty."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says."""

    code: int
    """Exit code: 0 pass, 1 a gate was missed, 2 could not be evaluated."""
    line: str
    """The same in one line, with the reason."""
    results: Sequence[GateResult] = ()
    """Every gate with its result."""


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, over the cases that have a time."""

    p50: float
    """Median, milliseconds."""
    p95: float
    """95th percentile, milliseconds."""
    cases: int
    """Cases with a time."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an evaluation found: whoever shows it needs nothing else."""

    header: Header
    """What was run."""
    scores: Sequence[Score]
    """The measures."""
    verdict: Verdict
    """The gates, and what follows."""
    cases: Sequence[Case]
    """What was asked."""
    runs: Sequence[Run]
    """What was answered, a run for each case."""
    comparisons: Sequence[Comparison] = ()
    """Every measure against the baseline."""
    baseline: str = ""
    """What the baseline is: when, why and from which run; empty where there is none."""
    latency: Latency | None = None
    """Times; never part of the digest."""
    digest: str = ""
    """Hash of the run without its times: the same inputs give the same."""
    must_pass: frozenset[str] = frozenset()
    """Ids of the cases that have to have their expected outcome."""
