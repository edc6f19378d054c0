"""Does it decline what it should decline, and nothing else?

An abstention is an outcome of ``not_covered`` or ``declined``. Cases that call for the care path are left out, and so
are open ones: ``care`` speaks of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.records import ABSTENTIONS, Case, LeftOut, Run, Score, Value
from evals.score.each import of_each, only, paired
from evals.score.selective import mean_risk
from evals.statistics import bootstrap_of


def abstention_precision(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the share of abstentions that were right: how far "not covered" can be believed.

    0 to 1, higher is better. Without any abstention there is no value.
    """

    def right(case: Case, run: Run) -> Value | None:
        return float(case.expect in ABSTENTIONS) if run.outcome in ABSTENTIONS else None

    return of_each("abstention precision", right, cases=only(cases, "answered", *ABSTENTIONS), runs=runs)


def abstention_recall(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the share of questions without an answer in the corpus that were declined. 0 to 1, higher is better."""

    def did(_: Case, run: Run) -> Value:
        return float(run.outcome in ABSTENTIONS)

    return of_each("abstention recall", did, cases=only(cases, *ABSTENTIONS), runs=runs)


def expected_outcome(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the share of cases with the outcome that is right, to the letter; open cases have none.

    0 to 1, higher is better. "Not covered" where "declined" is right counts as wrong.
    """

    def as_expected(case: Case, run: Run) -> Value:
        return float(run.outcome == case.expect)

    wanted = [case for case in cases if case.expect != "open"]
    return of_each("expected outcome", as_expected, cases=wanted, runs=runs)


def area_under_risk_coverage(cases: Sequence[Case], runs: Sequence[Run]) -> Score:
    """Return the area under risk and coverage of the answers' ``confidence``, 0 to 1, lower is better.

    Coverage is the share of questions that a bar lets through, risk the share of them that the corpus does not answer
    (El-Yaniv and Wiener 2010, JMLR 11:1605). Without questions of both kinds there is no value; a record without a
    confidence is unscored.
    """
    name = "area under risk-coverage"
    known: dict[str, tuple[float, float]] = {}
    left_out: dict[str, LeftOut] = {}
    for case, run in paired(only(cases, "answered", *ABSTENTIONS), runs):
        confidence = run.answer.get("confidence")
        if confidence is None:
            left_out[case.id] = "errored" if run.record is None else "unscored"
        else:
            known[case.id] = (float(confidence), float(case.expect == "answered"))
    labels = np.array([label for _, label in known.values()])
    values = np.array([value for value, _ in known.values()])
    if len(set(labels.tolist())) < 2:
        return Score(name, None, None, None, {}, len(left_out), left_out, "lower", is_mean=False)

    def area(rows: NDArray[Any]) -> float:
        return mean_risk(values[rows], labels[rows])

    low, high = bootstrap_of(area, len(values))
    confidences = {case: value for case, (value, _) in known.items()}
    value = mean_risk(values, labels)
    return Score(name, value, low, high, confidences, len(left_out), left_out, "lower", is_mean=False)
