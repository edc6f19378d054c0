"""Follow-ups: which terms of the conversation were taken over, against those that a person wrote into the question.

Also the fit of the model that chooses them, on turns that people rewrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.carry import CarryModel, Features, Regression, Topic, features_of, next_topic, question_features
from assistant.contextualise import contextualise
from assistant.records import Turn
from evals.errors import EvalError
from evals.public.rows import read_rows, turns_of
from evals.public.tables import Measured
from evals.records import Score
from evals.statistics import bootstrap_of, mean_score
from ingest.words import words

_FOLDS, _STRENGTH, _PASSES = 10, 0.3, 4


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A turn with a person's stand-alone version."""

    conversation: str
    """Name of its conversation."""
    question: str
    """The turn."""
    turns: tuple[Turn, ...]
    """The turns before it."""
    gold: frozenset[str]
    """Stems that the history has, the turn has not, and the person's version has."""


def read_rewritten(path: Path) -> list[Rewritten]:
    """Return the turns of a file of ``{"history", "question", "rewrite"}``, in order; first turns have no history."""
    rows = read_rows(path, history=list, question=str, rewrite=str)
    found = []
    for number, row in enumerate(rows):
        said = {stem for entry in row["history"] for stem in words(str(entry))}
        gold = frozenset((set(words(row["rewrite"])) - set(words(row["question"]))) & said)
        name = str(row.get("id", number)).rpartition("_")[0] or str(number)
        found.append(Rewritten(f"{path.name}:{name}", row["question"], turns_of(row["history"]), gold))
    return found


def evaluate_followup(path: Path, model: CarryModel) -> Measured:
    """Return precision, recall and F1 of the terms added, over all turns that have a history (micro averages).

    A turn for which nothing was added and nothing should be counts in none of the three; the share of turns with
    exactly the person's terms, and of stand-alone turns left as they are, are given beside them.
    """
    turns = [turn for turn in read_rewritten(path) if turn.turns]
    added = [_added(turn, model) for turn in turns]
    counts = np.array([(len(a & t.gold), len(a), len(t.gold)) for a, t in zip(added, turns, strict=True)], dtype=float)
    counts = counts.reshape(-1, 3)
    groups = [turn.conversation for turn in turns]
    names = [f"{number}:{turn.conversation}" for number, turn in enumerate(turns)]
    exact = {name: float(a == t.gold) for name, a, t in zip(names, added, turns, strict=True)}
    alone = {name: float(not a) for name, a, t in zip(names, added, turns, strict=True) if not t.gold}
    scores = [_micro(name, measure, counts, groups, names) for name, measure in _MEASURES.items()]
    scores += [mean_score("exactly the person's terms", exact), mean_score("stand-alone turns left alone", alone)]
    facts = {"turns with a history": len(turns), "of them stand alone": len(alone), "threshold": model.threshold}
    return Measured("followup", str(path), scores, facts)


def fit_followup(paths: Sequence[Path], *, threshold: float) -> tuple[CarryModel, Mapping[str, object]]:
    """Return a model fitted on the turns of some files, and what it did on conversations that it had not seen.

    The topic of a conversation depends on what was taken over before. The first pass takes a person's terms for it,
    each later one the terms of the model before it, which had not seen the conversation: with one pass alone F1 looked
    better by .08 on turns of CAsT than it was in use.
    """
    rewritten = [turn for path in paths for turn in read_rewritten(path)]
    conversations = {turn.conversation for turn in rewritten if turn.turns}
    kinds = {bool(turn.gold) for turn in rewritten if turn.turns}
    if len(conversations) < _FOLDS or kinds != {True, False}:
        raise EvalError(
            f"{len(conversations)} conversations with a follow-up are too few to fit on; at least {_FOLDS} are needed, "
            f"with turns that take over something and turns that do not"
        )
    needs = _needs(rewritten)
    need = _out_of_fold(needs)
    chances: dict[_Key, float] = {}
    for _ in range(_PASSES):
        terms = _terms(rewritten, chances, need)
        likely = _out_of_fold(terms, only=lambda key: bool(rewritten[key[0]].gold))
        chances = {key: need[key[0], ""] * chance for key, chance in likely.items()}
    model = CarryModel(_fitted(needs), _fitted(terms, only=lambda key: bool(rewritten[key[0]].gold)), threshold)
    report = {
        path.name: _report(
            [n for n, turn in enumerate(rewritten) if turn.conversation.startswith(f"{path.name}:")],
            rewritten,
            chances,
            threshold,
        )
        for path in paths
    }
    return model, report


def write_model(model: CarryModel, path: Path, *, report: Mapping[str, object]) -> None:
    """Write a model with the report of its fit."""
    entry = {**asdict(model), "report": report}
    path.write_text(json.dumps(entry, indent=1) + "\n", "utf-8")


_Key = tuple[int, str]
"""Number of a turn, and a stem, or an empty text for the turn itself."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Turns or their terms, a row each."""

    names: Sequence[str]
    values: NDArray[np.float64]
    labels: NDArray[np.bool_]
    groups: Sequence[str]
    keys: Sequence[_Key]


def _added(turn: Rewritten, model: CarryModel) -> set[str]:
    query = contextualise(turn.question, turn.turns, model=model)
    return set(words(" ".join(query.carried))) - set(words(turn.question))


def _precision(counts: NDArray[np.float64]) -> float:
    if not counts[:, 1].sum():
        raise ValueError("nothing was added")
    return float(counts[:, 0].sum() / counts[:, 1].sum())


def _recall(counts: NDArray[np.float64]) -> float:
    if not counts[:, 2].sum():
        raise ValueError("nothing should be added")
    return float(counts[:, 0].sum() / counts[:, 2].sum())


def _f1(counts: NDArray[np.float64]) -> float:
    if not counts[:, 1:].sum():
        raise ValueError("nothing was added and nothing should be")
    return float(2 * counts[:, 0].sum() / counts[:, 1:].sum())


def _or_zero(measure: Callable[[NDArray[np.float64]], float], counts: NDArray[np.float64]) -> float:
    try:
        return measure(counts)
    except ValueError:
        return 0.0  # nothing was added at this threshold


_MEASURES: Mapping[str, Callable[[NDArray[np.float64]], float]] = {
    "precision": _precision,
    "recall": _recall,
    "F1": _f1,
}


def _micro(
    name: str,
    measure: Callable[[NDArray[np.float64]], float],
    counts: NDArray[np.float64],
    groups: Sequence[str],
    names: Sequence[str],
) -> Score:
    try:
        value = measure(counts)
    except ValueError:
        return Score(name, None, None, None, {}, len(names))
    low, high = bootstrap_of(lambda rows: measure(counts[rows]), len(counts), groups=groups)
    return Score(name, value, low, high, {row: float(count[0]) for row, count in zip(names, counts, strict=True)})


def _needs(rewritten: Sequence[Rewritten]) -> _Table:
    """Return every turn that has a history, and whether a person took over anything."""
    turns = [(number, turn) for number, turn in enumerate(rewritten) if turn.turns]
    rows = [question_features(turn.question, turn.turns) for _, turn in turns]
    return _table(rows, [bool(turn.gold) for _, turn in turns], [(number, "") for number, _ in turns], rewritten)


def _terms(rewritten: Sequence[Rewritten], chances: Mapping[_Key, float], needs: Mapping[_Key, float]) -> _Table:
    """Return every term of every turn; topics follow the person's terms, or the chances of a first pass."""
    rows: list[Features] = []
    labels: list[bool] = []
    keys: list[_Key] = []
    topics: dict[str, Topic] = {}
    for number, turn in enumerate(rewritten):
        topic = topics.get(turn.conversation, {}) if turn.turns else {}
        seen = features_of(turn.question, turn.turns, topic=topic)
        rows += seen.values()
        labels += [stem in turn.gold for stem in seen]
        keys += [(number, stem) for stem in seen]
        taken = {stem: chances[number, stem] for stem in seen} if chances else dict.fromkeys(turn.gold, 1.0)
        need = needs.get((number, ""), 0.0) if chances else float(bool(turn.gold))
        topics[turn.conversation] = next_topic(turn.question, taken, before=topic, need=need)
    return _table(rows, labels, keys, rewritten)


def _table(
    rows: Sequence[Features], labels: Sequence[bool], keys: Sequence[_Key], rewritten: Sequence[Rewritten]
) -> _Table:
    names = sorted({name for row in rows for name in row})
    values = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    return _Table(names, values, np.array(labels), [rewritten[number].conversation for number, _ in keys], keys)


def _out_of_fold(table: _Table, *, only: Callable[[_Key], bool] = lambda _: True) -> dict[_Key, float]:
    """Return the chance of every row from a model that did not see its conversation, fitted on some rows only."""
    from sklearn.model_selection import GroupKFold

    chances = np.zeros(len(table.labels))
    fitted_on = np.array([only(key) for key in table.keys])
    for seen, unseen in GroupKFold(_FOLDS).split(table.values, table.labels, table.groups):
        rows = seen[fitted_on[seen]]
        model = _regression().fit(table.values[rows], table.labels[rows])
        chances[unseen] = model.predict_proba(table.values[unseen])[:, 1]
    return dict(zip(table.keys, chances.tolist(), strict=True))


def _fitted(table: _Table, *, only: Callable[[_Key], bool] = lambda _: True) -> Regression:
    rows = np.array([only(key) for key in table.keys])
    model = _regression().fit(table.values[rows], table.labels[rows])
    weights = dict(zip(table.names, (round(float(weight), 4) for weight in model.coef_[0]), strict=True))
    return Regression(weights, round(float(model.intercept_[0]), 4))


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=4_000)


def _report(
    numbers: Sequence[int], rewritten: Sequence[Rewritten], chances: Mapping[_Key, float], threshold: float
) -> dict[str, float]:
    """Return what a model does on some turns of conversations that it had not seen."""
    taken: dict[int, set[str]] = {}
    for (number, stem), chance in chances.items():
        if chance >= threshold:
            taken.setdefault(number, set()).add(stem)
    turns = [(taken.get(number, set()), rewritten[number].gold) for number in numbers if rewritten[number].turns]
    counts = np.array([(len(own & gold), len(own), len(gold)) for own, gold in turns], dtype=float)
    found = {name: round(_or_zero(measure, counts), 3) for name, measure in _MEASURES.items()}
    alone = [not own for own, gold in turns if not gold]
    return {**found, "stand-alone turns left alone": round(sum(alone) / max(1, len(alone)), 3)}
