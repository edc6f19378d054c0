"""Claim + evidence sentences -> what speaks for the claim. Used by ``claims``.

Each word of the claim is held against every word of the evidence, read in its context: how near the nearest one is says
whether the word is borne out, in these words or others (the recall of BERTScore, Zhang et al. 2020, arXiv:1904.09675,
with the encoder that the index was made with). Beside it stand what words and pairs of words the two share letter by
letter, whether both speak of a rise or a fall, and the clashes of ``clashes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise

import numpy as np

from assistant.verify.clashes import Clashes, compare
from assistant.verify.reading import Reading, read
from assistant.verify.vocabulary import vocabulary
from ingest.embed import Encoder, Spans, Vectors
from ingest.typography import matching
from ingest.words import words

_WORD = re.compile(r"[^\W_]+(?:['.,]\d+)*")
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:and|but|because|so)\s+")

#: What a function word counts for, against a word that carries meaning.
_LIGHT = 0.2
#: Tokens of a stretch of evidence that is encoded together, so that its words are read in their context.
_WINDOW = 180
#: From this share of its stems in one sentence a claim says what that sentence says.
_SAYING = 0.8
#: Words that carry meaning which a clause has at least before it is looked at by itself.
_CLAUSE_WORDS = 4


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
    """Holds claims against evidence; the evidence of the last claims is kept, since many claims share it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._read = lru_cache(maxsize=16)(self._evidence)

    def weigh(self, claim: str, evidence: Sequence[str]) -> Weighed:
        """Return how a claim stands against sentences of evidence."""
        text, sentences = matching(claim), tuple(matching(sentence) for sentence in evidence)
        spans = [found.span() for found in _WORD.finditer(text)]
        known = self._read(sentences)
        if not spans or not known.owner.size:
            return NOTHING
        (own,) = self._encoder.encode_parts([text], [spans])
        return _weighed(text, spans, own=own, known=known)

    def alike(self, word: str, others: Sequence[str]) -> float:
        """Return the cosine of a word and the nearest of others, each alone; -1 where there are none."""
        if not others:
            return -1.0
        vectors = self._encoder.encode([word, *others])
        return float((vectors[1:] @ vectors[0]).max())

    def _evidence(self, sentences: tuple[str, ...]) -> _Known:
        lengths = [self._encoder.count_tokens(sentence) for sentence in sentences]
        vectors: list[Vectors] = []
        owner: list[int] = []
        means = np.zeros((len(sentences), self._encoder.dimension), dtype=np.float32)
        windows = [list(window) for window in _windows(lengths)]
        texts = [" ".join(sentences[i] for i in window) for window in windows]
        for window, found in zip(
            windows, self._encoder.encode_parts(texts, [_parts(sentences, window) for window in windows]), strict=True
        ):
            means[window] = found[1 : 1 + len(window)]
            vectors.append(found[1 + len(window) :])
            owner += [i for i in window for _ in _WORD.finditer(sentences[i])]
        stacked = np.concatenate(vectors) if vectors else np.zeros((0, self._encoder.dimension), dtype=np.float32)
        return _Known(sentences, stacked, np.array(owner, dtype=np.int64), means)


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Evidence, read."""

    sentences: tuple[str, ...]
    words: Vectors
    owner: np.ndarray
    means: Vectors


def _windows(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield runs of neighbouring sentences that are short enough to be encoded together."""
    window: list[int] = []
    size = 0
    for i, length in enumerate(lengths):
        if window and size + length > _WINDOW:
            yield window
            window, size = [], 0
        window.append(i)
        size += length
    if window:
        yield window


def _parts(sentences: Sequence[str], window: Sequence[int]) -> Spans:
    """Return the spans of the sentences of a window, joined by spaces, and then those of all their words."""
    whole, single = [], []
    start = 0
    for i in window:
        whole.append((start, start + len(sentences[i])))
        single += [(start + a, start + b) for a, b in (found.span() for found in _WORD.finditer(sentences[i]))]
        start += len(sentences[i]) + 1
    return [*whole, *single]


def _weighed(text: str, spans: Spans, *, own: Vectors, known: _Known) -> Weighed:
    stems = [words(text[start:end]) for start, end in spans]
    weights = np.array([1.0 if found else _LIGHT for found in stems])
    weights /= weights.sum()
    cosines = own[1:] @ known.words.T
    by_sentence = np.zeros((len(spans), len(known.sentences)), dtype=np.float32)
    for i in range(len(known.sentences)):
        mine = cosines[:, known.owner == i]
        by_sentence[:, i] = mine.max(axis=1) if mine.size else 0.0
    best = by_sentence.max(axis=1)
    claim, whole = read_once(text), read_once("\n".join(known.sentences))
    own_stems = set(claim.stems)
    shares = [len(own_stems & set(read_once(s).stems)) / max(1, len(own_stems)) for s in known.sentences]
    per_sentence = weights @ by_sentence
    nearest = int(np.argmax(per_sentence + 0.5 * np.array(shares)))
    near = read_once(known.sentences[nearest])
    # a saying of one sentence has to be right by that sentence: the next one may hold the number of something else
    scope = near if shares[nearest] >= _SAYING else whole
    clashes = compare(claim, near, whole=scope)
    heavy = np.array([bool(found) for found in stems])
    unknown = tuple(
        text[start:end]
        for (start, end), found in zip(spans, stems, strict=True)
        if any(len(stem) > 1 and not stem[0].isdigit() for stem in found) and not set(found) & set(scope.stems)
    )
    measures = Measures(
        whole=float(weights @ best),
        sentence=float(per_sentence.max()),
        weakest=float(np.sort(best[heavy])[:2].mean()) if heavy.any() else float(best.min()),
        shared=_share(own_stems, set(whole.stems)),
        clause=_weakest_clause(text, set(whole.stems)),
        pairs=_share(set(pairwise(claim.stems)), set(pairwise(whole.stems))),
        closest=float((known.means @ own[0]).max()),
        direction=_direction(claim) * _direction(near),
        number=min(1.0, clashes.number + clashes.unit),
        name=min(3, clashes.name + clashes.date) / 3,
        denial=float(bool(clashes.negation or clashes.opposite or clashes.order)),
        amount=float(bool(clashes.amount or clashes.modal or clashes.condition)),
    )
    return Weighed(measures, clashes, nearest, shares[nearest], unknown)


@lru_cache(maxsize=4096)
def read_once(text: str) -> Reading:
    """Return what of a text has to be right to the letter; texts that were read lately are not read again."""
    return read(text)


def _share(own: Set[object], others: Set[object]) -> float:
    return len(own & others) / max(1, len(own))


def _weakest_clause(text: str, known: set[str]) -> float:
    shares = [
        _share(set(found), known)
        for found in (words(clause) for clause in _CLAUSE.split(text))
        if len(found) >= _CLAUSE_WORDS
    ]
    return min(shares, default=_share(set(words(text)), known))


def _direction(reading: Reading) -> float:
    """Return 1 where a text speaks of a rise, -1 of a fall, 0 of neither; a negation turns it."""
    known = vocabulary()
    rises = sum(stem.startswith(known.rise) for stem in reading.stems)
    falls = sum(stem.startswith(known.fall) for stem in reading.stems)
    sign = float(np.sign(rises - falls))
    return -sign if reading.negations % 2 else sign
