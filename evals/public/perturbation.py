"""Perturbation: does the verifier catch true sentences of the corpus that were altered, and leave others alone?"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.records import Verifier
from evals.perturb import Pair, Pool, altered, harmless, nouns_of
from evals.public.tables import Measured
from evals.statistics import mean_score
from ingest.build import OpenBuild

_SEED = 20261126
#: Sentences of fewer words leave nothing to alter, longer ones are rare.
_SHORTEST, _LONGEST = 8, 40
#: Sentences of other documents that replacements are drawn from.
_POOL = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence with what it stands in."""

    document: str
    """Key of its document."""
    sentence: str
    """The sentence."""
    passage: tuple[str, ...]
    """All sentences of its passage, in order."""


def evaluate_perturbation(
    build: OpenBuild, verifier: Verifier, *, most: int, advance: Callable[[int, int], None]
) -> Measured:
    """Return the share of altered sentences that are caught, and of true ones that are not refused, by kind.

    A sentence is judged against the passage that it comes from. ``most`` pairs of each kind are made.
    """
    pairs = list(_pairs(sources_of(build), most=most))
    caught: dict[str, dict[str, float]] = defaultdict(dict)
    for number, (pair, passage) in enumerate(pairs, start=1):
        supported = verifier.judge(pair.claim, passage).verdict == "supported"
        name = "true, not refused" if pair.true else "altered, caught"
        case = f"{number}:{pair.kind}: {pair.claim}"
        caught[name][case] = caught[f"{name}: {pair.kind}"][case] = float(supported == pair.true)
        advance(number, len(pairs))
    scores = [mean_score(name, found) for name, found in sorted(caught.items())]
    missed = {name: [case for case, value in found.items() if not value][:5] for name, found in caught.items()}
    facts: dict[str, object] = {"pairs": len(pairs), "kinds": len({pair.kind for pair, _ in pairs})}
    return Measured("perturbation", "sentences of the index", scores, {**facts, **_shown(missed)})


def sources_of(build: OpenBuild) -> list[Source]:
    """Return the sentences of an index that are long enough, in an order that a seed gives."""
    found = []
    for stored in build.passages.passages(build.passages.ids):
        passage = stored.passage
        texts = tuple(passage.quote(sentence) for sentence in passage.sentences)
        document = "/".join(passage.document_key)
        found += [Source(document, text, texts) for text in texts if _SHORTEST <= len(text.split()) <= _LONGEST]
    random.Random(_SEED).shuffle(found)
    return found


def _pairs(sources: Sequence[Source], *, most: int) -> Iterator[tuple[Pair, tuple[str, ...]]]:
    count: dict[tuple[bool, str], int] = defaultdict(int)
    for source in sources:
        others = [other.sentence for other in sources[-_POOL:] if other.document != source.document]
        pool = Pool(others, nouns_of(others))
        for pair in (*altered(source.sentence, pool), *harmless(source.sentence, pool)):
            if count[pair.true, pair.kind] < most:
                count[pair.true, pair.kind] += 1
                yield pair, source.passage


def _shown(missed: dict[str, list[str]]) -> dict[str, object]:
    return {f"missed, {name}": cases for name, cases in missed.items() if cases and ":" in name}
