"""Conversations with stand-alone versions -> ``assistant/lean.json``: whether a follow-up leans on its conversation.

Three kinds of turns are fitted on: those of the conversations, where a person's version says whether they take over
anything; the stand-alone ones among them again, behind other conversations; and the single questions of case sets,
behind a conversation each. The last two must be answered as if nothing had been said before.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.carry import Features, Regression
from assistant.chain import Ask, Assistant
from assistant.contextualise import contextualise
from assistant.lean import Found, signs_of
from assistant.records import Turn
from evals.cases import read_cases
from evals.errors import EvalError
from evals.public.followup import Rewritten, read_rewritten

_SEED, _FOLDS, _STRENGTH, _BEHIND = 20261126, 10, 0.3, 2
#: Weight of a single question of a case set: there are three times as many of them as of all others.
_SINGLE_WEIGHT = 0.15
_FEWEST = 50
_TOP = 5


@dataclass(frozen=True, slots=True)
class Followed:
    """A question behind some turns, as the assistant's search sees it."""

    kind: str
    """``leans``, ``stands alone``, ``behind another`` or ``single question``."""
    conversation: str
    """Name of the conversation that it is a turn of, or that it was put behind."""
    signs: Features | None
    """What is seen of it; None where it took over nothing, so that there is nothing to decide."""
    finds: tuple[bool, bool]
    """Whether the search in its own words, and with the words taken over, finds among five what the person's version,
    or for a question that stands alone its own words, finds first."""


def fit_leaning(
    assistant: Assistant, conversations: Sequence[Path], *, singles: Sequence[Path], bar: float
) -> tuple[Regression, Mapping[str, object]]:
    """Return a fit, and what it does at a bar, 0 to 1, with turns of conversations that it had not seen.

    Raises EvalError where there are too few turns of either kind.
    """
    played = [_played(assistant, turns) for turns in _conversations(conversations)]
    questions = [case.turns[0] for path in singles for case in read_cases(path) if len(case.turns) == 1]
    followed = [*_of_conversations(assistant, played), *_behind(assistant, played, questions)]
    decided = [turn for turn in followed if turn.signs is not None]
    labels = np.array([turn.kind == "leans" for turn in decided], dtype=bool)
    if min(labels.sum(), (~labels).sum()) < _FEWEST:
        raise EvalError(
            f"words were taken over by {int(labels.sum())} turns that lean on their conversation and by "
            f"{int((~labels).sum())} that do not; a fit needs {_FEWEST} of each"
        )
    chances = _out_of_fold(decided, labels)
    fitted = _fitted(decided, labels)
    report = {
        kind: _report(kind, followed, decided, chances >= bar) for kind in dict.fromkeys(t.kind for t in followed)
    }
    return fitted, {"bar": bar, **report}


def write_leaning(fit: Regression, path: Path, *, report: Mapping[str, object]) -> None:
    """Write a fit with its report."""
    entry = {"report": report, "intercept": fit.intercept, "weights": fit.weights}
    path.write_text(json.dumps(entry, indent=1) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class _Played:
    """A conversation as it went: each turn with what was said before it, and all of it."""

    turns: Sequence[tuple[Rewritten, str, tuple[Turn, ...]]]
    whole: tuple[Turn, ...]


def _conversations(paths: Sequence[Path]) -> Iterator[list[tuple[Rewritten, str]]]:
    for path in paths:
        versions = [json.loads(line)["rewrite"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        found: dict[str, list[tuple[Rewritten, str]]] = {}
        for turn, version in zip(read_rewritten(path), versions, strict=True):
            found.setdefault(turn.conversation, []).append((turn, version))
        yield from found.values()


def _played(assistant: Assistant, turns: Sequence[tuple[Rewritten, str]]) -> _Played:
    """Answer the person's versions, so that what was answered before does not depend on an earlier fit."""
    before: tuple[Turn, ...] = ()
    found = []
    for turn, version in turns:
        found.append((turn, version, before))
        before = (*before, Turn(turn.question, assistant.invoke(version).as_turn().claims))
    return _Played(found, before)


def _of_conversations(assistant: Assistant, played: Sequence[_Played]) -> Iterator[Followed]:
    for conversation in played:
        for turn, version, before in conversation.turns:
            if before:
                kind = "leans" if turn.gold else "stands alone"
                yield _followed(assistant, Ask(turn.question, before), version, (kind, turn.conversation))


def _behind(assistant: Assistant, played: Sequence[_Played], questions: Sequence[str]) -> Iterator[Followed]:
    chance = random.Random(_SEED)
    for conversation in played:
        others = [other for other in played if other is not conversation]
        for turn, version, _ in conversation.turns:
            if version != turn.question:
                continue
            for other in chance.sample(others, min(_BEHIND, len(others))):
                ask = Ask(turn.question, _some(other, chance))
                yield _followed(assistant, ask, version, ("behind another", turn.conversation))
    for question in questions:
        other = chance.choice(played)
        kind = ("single question", other.turns[0][0].conversation)
        yield _followed(assistant, Ask(question, _some(other, chance)), question, kind)


def _some(conversation: _Played, chance: random.Random) -> tuple[Turn, ...]:
    return conversation.whole[: chance.randint(1, len(conversation.whole))]


def _followed(assistant: Assistant, ask: Ask, version: str, kind: tuple[str, str]) -> Followed:
    query = contextualise(ask.question, ask.turns, model=assistant.carrying)
    search = assistant.retriever.search
    alone = search(ask.question)
    joined = search(query.text) if query.carried else alone
    wanted = search(version)
    signs = None
    if query.carried and query.need < 1.0 and alone.hits and joined.hits:
        signs = signs_of(query, ask.turns, found=(alone, joined), weights=assistant.build.lexical)
    return Followed(*kind, signs, (_finds(alone, wanted), _finds(joined, wanted)))


def _finds(found: Found, wanted: Found) -> bool:
    if not wanted.hits:
        return not found.hits
    return wanted.hits[0].passage.id in {hit.passage.id for hit in found.hits[:_TOP]}


def _report(kind: str, followed: Sequence[Followed], decided: Sequence[Followed], leans: NDArray[np.bool_]) -> object:
    joined = {id(turn) for turn, leaning in zip(decided, leans, strict=True) if leaning}
    turns = [turn for turn in followed if turn.kind == kind]
    with_words = [
        turn for turn in turns if id(turn) in joined or (turn.signs is None and turn.finds[0] != turn.finds[1])
    ]
    return {
        "turns": len(turns),
        "took over words": sum(turn.signs is not None for turn in turns),
        "searched with them": len(with_words),
        "finds in its own words": _share(turn.finds[0] for turn in turns),
        "finds with the words": _share(turn.finds[1] for turn in turns),
        "finds as decided": _share(turn.finds[turn in with_words] for turn in turns),
    }


def _share(values: Iterator[bool]) -> float:
    return round(float(np.mean(list(values))), 3)


def _values(turns: Sequence[Followed]) -> tuple[list[str], NDArray[np.float64]]:
    signs = [turn.signs for turn in turns if turn.signs is not None]
    names = list(signs[0])
    return names, np.array([[entry[name] for name in names] for entry in signs])


def _weights(turns: Sequence[Followed]) -> NDArray[np.float64]:
    return np.array([_SINGLE_WEIGHT if turn.kind == "single question" else 1.0 for turn in turns])


def _out_of_fold(turns: Sequence[Followed], labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    from sklearn.model_selection import GroupKFold

    chances = np.zeros(len(turns))
    for seen, unseen in GroupKFold(_FOLDS).split(chances, labels, [turn.conversation for turn in turns]):
        fit = _fitted([turns[n] for n in seen], labels[seen])
        chances[unseen] = [fit.probability(turns[n].signs or {}) for n in unseen]
    return chances


def _fitted(turns: Sequence[Followed], labels: NDArray[np.bool_]) -> Regression:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names, values = _values(turns)
    scaler = StandardScaler().fit(values)
    model: Any = LogisticRegression(C=_STRENGTH, max_iter=4_000)
    model.fit(scaler.transform(values), labels, sample_weight=_weights(turns))
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    named = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return Regression(named, round(intercept, 4))
