"""Claim + evidence sentences -> what speaks for the claim. Used by ``claims``.

Each word of the claim is held against every word of the evidence, read in its context: how near the nearest one is says
whether the word is borne out, in these words or others (the recall of BERTScore, Zhang et al. 2020, arXiv:1904.09675,
with the encoder that the index was made with). Beside it stand what words and pairs of words the two share letter by
letter, whether both speak of a rise or a fall, and the clashes of ``clashes``.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, fields
from itertools import chain

import numpy as np

from assistant.verify.clashes import Clashes, compare
from assistant.verify.evidence import Passage, Reader, Said, Source, said, source
from assistant.verify.reading import Reading
from assistant.verify.vocabulary import vocabulary
from ingest.embed import Encoder, Vectors
from ingest.typography import matching

#: What a function word counts for, against a word that carries meaning.
_LIGHT = 0.2
#: From this share of its stems in one sentence a claim says what that sentence says.
_SAYING = 0.8


@dataclass(frozen=True, slots=True)
class Measures:
    """What speaks for and against a claim; 0 to 1 where nothing else is said."""

    whole: float
    """How near the claim's words are to words of the evidence, on average."""
    sentence: float
    """The same for the sentence that is nearest."""
    weakest: float
    """The same for the two words that carry meaning and are borne out least."""
    shared: float
    """Share of the claim's stems that the evidence has."""
    clause: float
    """The same for the clause of the claim that shares least."""
    pairs: float
    """Share of the claim's pairs of neighbouring stems that the evidence has."""
    closest: float
    """Cosine of the claim and the nearest sentence, -1 to 1."""
    direction: float
    """Whether claim and nearest sentence both speak of a rise or both of a fall, 1, or of different ones, -1."""
    number: float
    """Numbers and units that the evidence does not have."""
    name: float
    """Names and dates that the evidence does not have, up to 3, a third for each."""
    denial: float
    """Words denied in one and not in the other, or turned into their opposite; 1 for any."""
    amount: float
    """Another amount or certainty; 1 for any."""


NAMES = tuple(field.name for field in fields(Measures))
"""The measures, in the order in which the fit weighs them."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim held against its evidence."""

    measures: Measures
    """What speaks for it and against it."""
    clashes: Clashes
    """What is said otherwise than in the nearest sentence."""
    nearest: int
    """Index of the nearest sentence; -1 where there is no evidence."""
    near: float
    """Share of the claim's stems that the nearest sentence has, 0 to 1."""
    unknown: tuple[str, ...]
    """Words of the claim that carry meaning and whose stem the evidence does not have, as they were written; numbers
    are not among them."""


NOTHING = Weighed(Measures(*[0.0] * len(NAMES)), Clashes(), -1, 0.0, ())
"""What is found where there is no claim or no evidence."""


class Weigher:
    """Holds claims against evidence; what was read lately is not read again."""

    def __init__(self, encoder: Encoder) -> None:
        self._reader = Reader(encoder)

    def weigh(self, claim: str, evidence: Sequence[str]) -> Weighed:
        """Return how a claim stands against sentences of evidence, which are read together."""
        return self.weigh_passages(claim, [evidence])

    def weigh_passages(self, claim: str, passages: Sequence[Sequence[str]]) -> Weighed:
        """Return how a claim stands against the sentences of passages, in order, each of which is read by itself."""
        own, apart = said(matching(claim)), [spelt(passage) for passage in passages]
        known = source(tuple(chain.from_iterable(apart)))
        if not own.spans or not known.has_words:
            return NOTHING
        vectors, encoded = self._reader.claim(own), [self._reader.passage(passage) for passage in apart if passage]
        cosines = np.concatenate([passage.nearest(vectors[1:]) for passage in encoded], axis=1)
        closest = max(float((passage.means @ vectors[0]).max()) for passage in encoded)
        return _weighed(own, known, cosines=cosines, closest=closest)

    def alike(self, word: str, others: Sequence[str]) -> float:
        """Return the cosine of a word and the nearest of others, each alone; -1 where there are none."""
        if not others:
            return -1.0
        vectors = self._reader.alone([word, *others])
        return float((vectors[1:] @ vectors[0]).max())

    def read_ahead(self, asked: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
        """Read claims with their passages together, which costs half of reading them one by one."""
        passages = dict.fromkeys(spelt(passage) for _, own in asked for passage in own if passage)
        self._reader.read_ahead(list(dict.fromkeys(matching(claim) for claim, _ in asked)), list(passages))


def spelt(sentences: Sequence[str]) -> Passage:
    """Return sentences in the spelling that is compared."""
    return tuple(matching(sentence) for sentence in sentences)


def weakest_clause(claim: Said, known: Source) -> float:
    """Return the share of a claim's stems that the evidence has, of the clause that shares least, 0 to 1."""
    return min(_share(clause, known.distinct) for clause in claim.clauses)


def _weighed(claim: Said, known: Source, *, cosines: Vectors, closest: float) -> Weighed:
    """Weigh a claim; ``cosines`` has those of its words and the nearest of each sentence, shape (words, sentences)."""
    weights = np.array([1.0 if found else _LIGHT for found in claim.stems])
    weights /= weights.sum()
    best = cosines.max(axis=1)
    shares = [_share(claim.distinct, stems) for stems in known.stems]
    per_sentence = weights @ cosines
    nearest = int(np.argmax(per_sentence + 0.5 * np.array(shares)))
    near = known.readings[nearest]
    # a saying of one sentence has to be right by that sentence: the next one may hold the number of something else
    saying = shares[nearest] >= _SAYING
    clashes = compare(claim.reading, near, whole=near if saying else known.whole)
    heavy = np.array([bool(found) for found in claim.stems])
    measures = Measures(
        whole=float(weights @ best),
        sentence=float(per_sentence.max()),
        weakest=float(np.sort(best[heavy])[:2].mean()) if heavy.any() else float(best.min()),
        shared=_share(claim.distinct, known.distinct),
        clause=weakest_clause(claim, known),
        pairs=_share(claim.pairs, known.pairs),
        closest=closest,
        direction=_direction(claim.reading) * _direction(near),
        number=min(1.0, clashes.number + clashes.unit),
        name=min(3, clashes.name + clashes.date) / 3,
        denial=float(bool(clashes.negation or clashes.opposite or clashes.order)),
        amount=float(bool(clashes.amount or clashes.modal or clashes.condition)),
    )
    unknown = _unknown(claim, known.stems[nearest] if saying else known.distinct)
    return Weighed(measures, clashes, nearest, shares[nearest], unknown)


def _unknown(claim: Said, stems: Set[str]) -> tuple[str, ...]:
    return tuple(
        claim.text[start:end]
        for (start, end), found in zip(claim.spans, claim.stems, strict=True)
        if stems.isdisjoint(found) and any(len(stem) > 1 and not stem[0].isdigit() for stem in found)
    )


def _share(own: Set[object], others: Set[object]) -> float:
    return len(own & others) / max(1, len(own))


def _direction(reading: Reading) -> float:
    """Return 1 where a text speaks of a rise, -1 of a fall, 0 of neither; a negation turns it."""
    known = vocabulary()
    rises = sum(stem.startswith(known.rise) for stem in reading.stems)
    falls = sum(stem.startswith(known.fall) for stem in reading.stems)
    sign = float(np.sign(rises - falls))
    return -sign if reading.negations % 2 else sign
