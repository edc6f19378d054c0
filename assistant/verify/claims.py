"""A claim in anybody's words + the sentences that it cites -> supported, contradicted or unsupported.

The built-in verifier needs no model but the encoder. Two things decide. A logistic regression over the measures of
``measures``, which ``curbside eval fit-verifier`` fits on public data, says how well the evidence bears the claim out.
And what has to be right to the letter must be: a claim that is near a sentence of its evidence, and says another
number, name, amount or the opposite, is contradicted however near it is.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from assistant.errors import SettingError
from assistant.records import Judgement
from assistant.verify.evidence import said, source
from assistant.verify.measures import NAMES, Measures, Weighed, Weigher, spelt, weakest_clause
from assistant.verify.vocabulary import vocabulary
from ingest.embed import Encoder
from ingest.typography import matching
from ingest.words import STOP_WORDS, plain_words

#: The fit that is used.
FIT = Path(__file__).parent / "fit.json"

#: From this share of its stems in one sentence a claim is taken for a saying of that sentence.
_NEAR = 0.55
#: Cosine of two words, each alone, from which one may stand for the other.
_SYNONYM = 0.62
#: Least share of the stems of each clause that the evidence has.
_CLAUSE = 0.5

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted logistic regression over the measures."""

    weights: Mapping[str, float]
    """Weight of each measure."""
    intercept: float
    """Constant term."""
    threshold: float
    """From this score on a claim counts as supported, 0 to 1; chosen on the development data of the fit."""

    def score(self, measures: Measures) -> float:
        """Return how well the evidence bears a claim out, 0 to 1."""
        logit = self.intercept + sum(self.weights[name] * getattr(measures, name) for name in NAMES)
        return 1 / (1 + math.exp(-logit))


def read_fit(path: Path = FIT) -> Fit:
    """Return a fit. Raises SettingError where the file is not one."""
    try:
        entry = json.loads(path.read_text("utf-8"))
        weights = {str(name): float(weight) for name, weight in entry["weights"].items()}
        if set(weights) != set(NAMES):
            raise ValueError(f"it weighs {sorted(weights)}, not {sorted(NAMES)}")
        return Fit(weights, float(entry["intercept"]), float(entry["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            f"{path}: not a verifier's fit ({error}); make one with curbside eval fit-verifier"
        ) from error


class BuiltInVerifier:
    """Judges claims with the index's encoder. Evidence is sentences; the one that decided is named by its index."""

    def __init__(self, encoder: Encoder, fit: Fit | None = None) -> None:
        self._weigher = Weigher(encoder)
        self._fit = fit or read_fit()

    def judge(self, claim: str, evidence: Sequence[str]) -> Judgement:
        """Return whether evidence bears a claim out, how well, and the sentence that decided."""
        return self.judge_passages(claim, [evidence])

    def judge_passages(self, claim: str, passages: Sequence[Sequence[str]]) -> Judgement:
        """Return the same of the sentences of several passages, in order, each of which is read by itself."""
        evidence = list(chain.from_iterable(passages))
        quoted = _quoted(claim, evidence)
        if quoted >= 0:
            return Judgement("supported", 1.0, quoted)
        found = self._weigher.weigh_passages(claim, passages)
        if found.nearest < 0:
            return Judgement("unsupported", 0.0, -1)
        score = self._fit.score(found.measures)
        if found.near >= _NEAR and found.clashes.any:
            return Judgement("contradicted", min(score, self._fit.threshold / 2), found.nearest)
        if found.clashes.number or found.clashes.name or found.measures.clause < _CLAUSE:
            return Judgement("unsupported", score, found.nearest)
        if found.near >= _NEAR:
            foreign = self._foreign(found, evidence[found.nearest])
            return Judgement("unsupported" if foreign else "supported", score, found.nearest)
        return Judgement("supported" if score >= self._fit.threshold else "unsupported", score, found.nearest)

    def bears_out(self, claim: str, passages: Sequence[Sequence[str]]) -> bool:
        """Return whether ``judge_passages`` finds a claim supported; nothing is encoded where words alone decide."""
        if _quoted(claim, list(chain.from_iterable(passages))) >= 0:
            return True
        return not _beyond(claim, passages) and self.judge_passages(claim, passages).verdict == "supported"

    def read_ahead(self, asked: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
        """Read together what ``bears_out`` is asked next: many claims at a time cost half of one by one."""
        self._weigher.read_ahead(
            [
                (claim, passages)
                for claim, passages in asked
                if _quoted(claim, list(chain.from_iterable(passages))) < 0 and not _beyond(claim, passages)
            ]
        )

    def score(self, claim: str, evidence: Sequence[str]) -> float:
        """Return how well evidence bears a claim out, 0 to 1, whatever the verdict."""
        return self._fit.score(self._weigher.weigh(claim, evidence).measures)

    def _foreign(self, found: Weighed, sentence: str) -> bool:
        """Return whether a word that carries meaning was put in that no word of the sentence can stand for."""
        others = tuple(word for word in plain_words(sentence) if word not in STOP_WORDS)
        known = vocabulary()
        for word in map(str.lower, found.unknown):
            if known.opposites.get(word, frozenset()) & set(others):
                return True
            synonyms = known.synonyms.get(word, frozenset())
            if not synonyms & set(others) and self._weigher.alike(word, others) < _SYNONYM:
                return True
        return False


def _beyond(claim: str, passages: Sequence[Sequence[str]]) -> bool:
    """Return whether a claim has a number, a name or a clause that no sentence has: it is not supported then,
    whichever sentence is nearest.
    """
    own, known = said(matching(claim)), source(spelt(list(chain.from_iterable(passages))))
    numbers = {value for value, _ in own.reading.numbers}
    return bool(
        numbers - known.values or own.reading.names - known.spoken or weakest_clause(own, known) < _CLAUSE
    )  # fmt: skip


def _quoted(claim: str, evidence: Sequence[str]) -> int:
    """Return the index of the sentence that the claim is, but for case, spacing and the mark at its end; or -1."""
    own = _bare(claim)
    return next((i for i, sentence in enumerate(evidence) if own and _bare(sentence) == own), -1)


@lru_cache(maxsize=16_384)
def _bare(text: str) -> str:
    return _SPACE.sub(" ", matching(text)).strip().rstrip(".:;,!").casefold()
