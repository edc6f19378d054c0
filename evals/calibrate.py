"""Labelled questions -> ``assistant/calibration.json``: the fit that tells answered from unanswered questions.

Two logistic regressions, one on the other. The first finds a direction in the encoder's space: what kind of thing is
asked for, whatever the corpus holds. The second weighs that and the measures of ``assistant.measure``; it is fitted on
values of the first that come from folds which did not see the question, so that it does not trust them too much. What
is reported comes from questions that neither had seen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.chain import Ask, Assistant
from assistant.measure import Measures, measure
from evals.cases import read_cases
from evals.errors import EvalError
from evals.records import Case

Numbers = NDArray[np.float64]

#: Case sets whose questions are fitted on.
CASE_SETS = [
    Path(__file__).parent / "case_sets" / f"{name}.jsonl"
    for name in ("core", "coverage", "abstention", "boundary", "terse")
]

_SEED = 20261126
_FOLDS, _INNER_FOLDS = 10, 5
#: Inverse strengths of the ridge penalty of the two regressions. For the first, 0.1 gave an area under the curve of
#: .945, 0.3 of .952 and 1 of .958 on the half of ``abstention.jsonl`` that the fit had not seen.
_DIRECTION_C, _MEASURES_C = 1.0, 0.3
#: Shares of answered questions that may be refused, for which the report says how many of the others are declined.
_REFUSED = (0.02, 0.03, 0.04, 0.05, 0.08)
_NAMES = [*(field.name for field in fields(Measures)), "kind"]
_FEWEST = 50


@dataclass(frozen=True, slots=True)
class Labelled:
    """Questions as the regressions see them."""

    measures: Numbers
    """Measures of ``assistant.measure``, shape (n, 7)."""
    vectors: Numbers
    """Vectors of the queries, shape (n, d)."""
    answered: NDArray[np.bool_]
    """Whether the corpus answers, shape (n,)."""
    off_topic: NDArray[np.bool_]
    """Whether the question is outside the field, shape (n,)."""


def calibrate_and_write(
    assistant: Assistant, *, case_sets: Sequence[Path] | None, library: str, out: Path
) -> dict[str, Any]:
    """Fit on the single questions of some case sets, write the fit, and return its report.

    Raises EvalError where there are too few questions of either kind.
    """
    labelled = label(assistant, [case for path in case_sets or CASE_SETS for case in read_cases(path)])
    entry = {"library": library, "encoder": assistant.build.encoder.fingerprint, **calibrate(labelled)}
    out.write_text(json.dumps(entry, indent=1) + "\n", "utf-8")
    return dict(entry["report"])


def calibrate(labelled: Labelled) -> dict[str, Any]:
    """Return the fit, as ``assistant.cover`` reads it, and under ``report`` how well it did on questions not seen."""
    counts = {"answered": int(labelled.answered.sum()), "not answered": int((~labelled.answered).sum())}
    if min(counts.values()) < _FEWEST:
        raise EvalError(f"{counts}: a calibration needs {_FEWEST} questions of each kind; add cases")
    report = {"cases": counts, **_report(labelled, _cross_validated(labelled))}
    direction, weights = _fit(labelled)
    coefficients, intercept = weights
    return {
        "report": report,
        "weights": {name: round(float(w), 5) for name, w in zip(_NAMES, coefficients, strict=True)},
        "intercept": round(float(intercept), 5),
        "offset": round(float(direction.intercept_[0]), 5),
        "direction": [round(float(w), 5) for w in direction.coef_[0]],
    }


def label(assistant: Assistant, cases: Sequence[Case]) -> Labelled:
    """Return the single questions among some cases, as the assistant's search sees them."""
    rows, vectors, kept = [], [], []
    for case in cases:
        if len(case.turns) > 1 or case.expect == "care":
            continue
        trace = assistant.single.invoke(Ask(case.turns[0]))
        # what a fixed answer meets before the search says nothing of the search
        if trace.vector is not None and trace.hits:
            found = measure(trace.query.text, trace.hits, weights=assistant.build.lexical)
            rows.append(list(asdict(found).values()))
            vectors.append(trace.vector)
            kept.append(case.expect)
    expected = np.array(kept, dtype=object)
    return Labelled(np.array(rows), np.array(vectors), expected == "answered", expected == "declined")


def _fit(labelled: Labelled) -> tuple[Any, tuple[Numbers, float]]:
    """Return the regression on vectors, and weights and intercept of the one on measures as they are, unscaled."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.preprocessing import StandardScaler

    def model() -> Any:
        return LogisticRegression(C=_DIRECTION_C, class_weight="balanced", max_iter=2000)

    folds = StratifiedKFold(_INNER_FOLDS, shuffle=True, random_state=_SEED)
    kind = cross_val_predict(model(), labelled.vectors, labelled.answered, cv=folds, method="decision_function")
    scaler = StandardScaler()
    values = scaler.fit_transform(np.c_[labelled.measures, kind])
    weighed = LogisticRegression(C=_MEASURES_C).fit(values, labelled.answered)
    coefficients = weighed.coef_[0] / scaler.scale_
    intercept = float(weighed.intercept_[0] - coefficients @ scaler.mean_)
    return model().fit(labelled.vectors, labelled.answered), (coefficients, intercept)


def _cross_validated(labelled: Labelled) -> Numbers:
    """Return the probability of each question from a fit that did not see it, shape (n,)."""
    from sklearn.model_selection import StratifiedKFold

    probabilities = np.zeros(len(labelled.answered))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    for seen, unseen in folds.split(labelled.vectors, labelled.answered):
        part = Labelled(
            labelled.measures[seen], labelled.vectors[seen], labelled.answered[seen], labelled.off_topic[seen]
        )
        direction, (coefficients, intercept) = _fit(part)
        values = np.c_[labelled.measures[unseen], direction.decision_function(labelled.vectors[unseen])]
        probabilities[unseen] = 1 / (1 + np.exp(-(values @ coefficients + intercept)))
    return probabilities


def _report(labelled: Labelled, probabilities: Numbers) -> dict[str, Any]:
    from sklearn.metrics import roc_auc_score

    answered, off_topic = labelled.answered, labelled.off_topic
    in_field = ~off_topic
    bars = []
    for share in _REFUSED:
        bar = float(np.quantile(probabilities[answered], share))
        bars.append(
            {
                "bar": round(bar, 3),
                "answered refused": share,
                "in field declined": round(float((probabilities[in_field & ~answered] < bar).mean()), 3),
                "off topic declined": round(float((probabilities[off_topic] < bar).mean()), 3),
            }
        )
    area = roc_auc_score(answered[in_field], probabilities[in_field])
    return {"area under the curve, in field": round(float(area), 4), "bars": bars}
