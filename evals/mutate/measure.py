"""A good run + the gates of its suite -> what is caught of each kind of corruption, by a score and by the gate.

The good run is the baseline. An answer is caught where a score of its case is worse than the good answer's, or where it
counts as an error; that a score no longer knows, is no catch. The gate is asked with ever fewer corrupted answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import fmean

from assistant.records import Verifier
from evals.against import compare
from evals.errors import EvalError
from evals.gate import Gates, judge
from evals.mutate.kinds import KINDS
from evals.mutate.records import Caught, Good, Kind
from evals.perturb import Pool, nouns_of
from evals.records import Case, Run, Score
from evals.score.completeness import holds
from evals.score.every import every_score
from ingest.records import digest

_NOTHING = 1e-9
#: Answers whose sentences alterations are drawn from.
_POOL = 10
#: The score that says whether an answer is good to the letter.
_GROUNDING = "grounding"


@dataclass(frozen=True, slots=True)
class Scored:
    """A good run with its scores."""

    cases: Sequence[Case]
    """What was asked."""
    runs: Sequence[Run]
    """What was answered."""
    scores: Sequence[Score]
    """Its scores."""
    gates: Gates
    """What it has to reach."""
    verifier: Verifier | None = None
    """What tells whether evidence bears a statement out."""

    def code(self, changed: Mapping[str, Run], scores: Sequence[Score]) -> int:
        """Return the gate's exit code for the run with some answers changed."""
        runs = [changed.get(run.case, run) for run in self.runs]
        comparisons = compare(scores, {s.name: s.cases for s in self.scores if s.is_mean}, cases=self.cases)
        return judge(self.gates, scores, cases=self.cases, runs=runs, comparisons=comparisons).code


def scored(cases: Sequence[Case], runs: Sequence[Run], *, gates: Gates, verifier: Verifier | None = None) -> Scored:
    """Return a good run with its scores. Raises EvalError where it does not pass its own gates: it is not good."""
    good = Scored(cases, runs, every_score(cases, runs, verifier=verifier), gates, verifier)
    if good.code({}, good.scores):
        raise EvalError("the run does not pass its gates; corrupt a good one, for a bad one fails anyway")
    return good


def mutate(good: Scored, *, share: float = 1.0, advance: Callable[[int], None] = lambda _: None) -> list[Caught]:
    """Return what is caught of each kind, with a share of the good answers corrupted; ``advance`` is told of each."""
    answers = _good_answers(good)
    found = []
    for kind in KINDS:
        found.append(_caught(kind, good, _corrupted(kind, answers, share=share)))
        advance(1)
    return found


def _caught(kind: Kind, good: Scored, changed: Mapping[str, Run]) -> Caught:
    cases = [case for case in good.cases if case.id in changed]
    after = every_score(cases, list(changed.values()), verifier=good.verifier) if cases else []
    before = {score.name: score for score in good.scores}
    by: Counter[str] = Counter()
    noticed = {name for name, run in changed.items() if run.record is None}
    for score in after:
        worse = _worse(score, before.get(score.name))
        by[score.name] += len(worse)
        noticed |= worse
    missed = tuple(name for name in changed if name not in noticed)
    gate_from = _gate_from(good, changed, after)
    return Caught(kind, len(changed), len(noticed), {n: c for n, c in by.most_common() if c}, missed, gate_from)


def _worse(after: Score, before: Score | None) -> set[str]:
    """Return the cases whose value is worse than before; one that has no value any more is not known to be."""
    if before is None or not after.is_mean:
        return set()
    sign = 1 if after.better == "higher" else -1
    return {
        name
        for name, value in after.cases.items()
        if name in before.cases and sign * (value - before.cases[name]) < -_NOTHING
    }


def _gate_from(good: Scored, changed: Mapping[str, Run], after: Sequence[Score]) -> int | None:
    """Return the fewest changed answers, taken in order, with which the gate does not pass."""
    names = list(changed)

    def passes(count: int) -> bool:
        some = {name: changed[name] for name in names[:count]}
        return good.code(some, merged(good.scores, after, changed=set(some))) == 0

    if not names or passes(len(names)):
        return None
    low, high = 0, len(names)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if passes(middle) else (low, middle)
    return high


def merged(before: Sequence[Score], after: Sequence[Score], *, changed: set[str]) -> list[Score]:
    """Return the scores of a run of which some answers were changed, without intervals, which no gate asks for.

    A case's value depends on its answer alone, so the others keep theirs. Scores that are no mean stay as they were.
    """
    anew = {score.name: score for score in after}
    return [_merged(score, anew.get(score.name), changed) if score.is_mean else score for score in before]


def _merged(before: Score, after: Score | None, changed: set[str]) -> Score:
    cases = {name: value for name, value in before.cases.items() if name not in changed}
    left_out = {name: reason for name, reason in before.left_out.items() if name not in changed}
    if after is not None:
        # a changed answer that a score says nothing of is in neither
        cases |= {name: value for name, value in after.cases.items() if name in changed}
        left_out |= {name: reason for name, reason in after.left_out.items() if name in changed}
    value = fmean(cases.values()) if cases else None
    return replace(before, value=value, low=None, high=None, cases=cases, left_out=left_out)


def _corrupted(kind: Kind, answers: Sequence[Good], *, share: float) -> dict[str, Run]:
    found = {}
    for good in answers:
        rng = Random(digest(kind.name, good.case.id))
        if good.run.outcome not in kind.outcomes or rng.random() >= share:
            continue
        one = Good(good.case, good.run, good.donor, good.pool, rng, good.telling)
        if (run := kind.corrupt(one)) is not None:
            found[good.case.id] = run
    return found


def _good_answers(good: Scored) -> list[Good]:
    """Return the answers with the outcome that is right, and, where they state something, grounded to the letter."""
    by_case = {run.case: run for run in good.runs}
    grounded = next((score.cases for score in good.scores if score.name == _GROUNDING), {})
    told = [run for run in good.runs if run.outcome == "answered" and grounded.get(run.case) == 1.0]
    found = []
    for case in good.cases:
        run = by_case.get(case.id)
        if run is None or run.outcome != case.expect or (run.outcome == "answered" and run not in told):
            continue
        others = [other for other in told if other.case != case.id and not _documents(other) & _documents(run)]
        rng = Random(digest(case.id))
        rng.shuffle(others)
        donor = next((other for other in others if not _telling(case, other)), None)
        if donor is not None:
            sentences = [claim["text"] for other in others[:_POOL] for claim in other.answer["claims"]]
            pool = Pool(sentences, nouns_of(sentences))
            found.append(Good(case, run, donor, pool, rng, _telling(case, run)))
    # those that must pass come last: a gate on single cases is not what tells how much it takes
    return sorted(found, key=lambda one: one.case.id in good.gates.must_pass)


def _documents(run: Run) -> set[str]:
    return {citation["document"] for citation in run.answer["citations"]}


def _telling(case: Case, run: Run) -> tuple[int, ...]:
    claims = run.answer.get("claims", ())
    return tuple(
        place for place, claim in enumerate(claims) if any(holds([claim["text"]], point) for point in case.points)
    )
