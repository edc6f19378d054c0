"""A claim and its evidence, each read once: what is compared to the letter, and the vectors of words in their context.

After ``reading``, before ``measures``. Sentences of one passage are encoded together, so that their words are read in
their context; passages are encoded apart, so that a passage costs the same however often and beside what it is cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from assistant.verify.reading import Reading, read
from ingest.embed import Encoder, Spans, Vectors
from ingest.words import words

_WORD = re.compile(r"[^\W_]+(?:['.,]\d+)*")
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:and|but|because|so)\s+")

#: Words that carry meaning which a clause has at least before it is looked at by itself.
_CLAUSE_WORDS = 4
#: Tokens of a stretch of evidence that is encoded together.
_WINDOW = 180
#: What is kept: an answer has some ten claims and passages. A passage of a hundred words takes 150 kB, a claim a fifth.
_PASSAGES, _CLAIMS, _WORDS = 64, 64, 4096
#: The same where a whole run is judged, whose answers cite the same passages again and again.
_PASSAGES_OF_A_RUN, _CLAIMS_OF_A_RUN = 1024, 1024

#: Sentences of one passage, in the spelling that is compared.
Passage = tuple[str, ...]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A claim, read."""

    text: str
    """The claim."""
    spans: Spans
    """Its words."""
    stems: tuple[tuple[str, ...], ...]
    """Stems of each word; a word that carries no meaning has none."""
    reading: Reading
    """What of it has to be right to the letter."""
    distinct: frozenset[str]
    """Its stems, each once."""
    pairs: frozenset[tuple[str, str]]
    """Its pairs of neighbouring stems."""
    clauses: tuple[frozenset[str], ...]
    """Stems of each clause that is long enough to be looked at by itself, or else of the whole claim."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The sentences of some evidence, read."""

    sentences: tuple[str, ...]
    """The sentences."""
    readings: tuple[Reading, ...]
    """What of each has to be right to the letter."""
    whole: Reading
    """The same of all of them together."""
    stems: tuple[frozenset[str], ...]
    """Stems of each sentence."""
    distinct: frozenset[str]
    """Stems of all of them."""
    pairs: frozenset[tuple[str, str]]
    """Pairs of neighbouring stems."""
    values: frozenset[float]
    """Numbers of any sentence, whatever their unit."""
    spoken: frozenset[str]
    """Words and names of any sentence, in lower case."""
    has_words: bool
    """Whether there is a word in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """The vectors of a passage."""

    words: Vectors
    """One for each word, sentence by sentence, shape (words, d)."""
    starts: np.ndarray
    """Place of the first word of each sentence that has one."""
    worded: np.ndarray
    """Which sentences those are."""
    means: Vectors
    """One for each sentence, shape (sentences, d)."""

    def nearest(self, own: Vectors) -> Vectors:
        """Return the cosine of each of some words and the nearest one of each sentence, shape (words, sentences).

        A sentence without a word has 0.
        """
        found = np.zeros((len(own), len(self.means)), dtype=np.float32)
        if self.starts.size:
            found[:, self.worded] = np.maximum.reduceat(own @ self.words.T, self.starts, axis=1)
        return found


@lru_cache(maxsize=4096)
def said(text: str) -> Said:
    """Return a claim, read; those that were read lately are not read again."""
    spans = _spans(text)
    reading = read_once(text)
    clauses = tuple(
        frozenset(found) for found in (words(clause) for clause in _CLAUSE.split(text)) if len(found) >= _CLAUSE_WORDS
    )
    return Said(
        text=text,
        spans=spans,
        stems=tuple(_stems(text[start:end]) for start, end in spans),
        reading=reading,
        distinct=frozenset(reading.stems),
        pairs=frozenset(pairwise(reading.stems)),
        clauses=clauses or (frozenset(reading.stems),),
    )


@lru_cache(maxsize=1024)
def source(sentences: tuple[str, ...]) -> Source:
    """Return some evidence, read; what was read lately is not read again."""
    readings = tuple(read_once(sentence) for sentence in sentences)
    whole = read_once("\n".join(sentences))
    every = (whole, *readings)
    return Source(
        sentences=sentences,
        readings=readings,
        whole=whole,
        stems=tuple(frozenset(reading.stems) for reading in readings),
        distinct=frozenset(whole.stems),
        pairs=frozenset(pairwise(whole.stems)),
        values=frozenset(value for reading in every for value, _ in reading.numbers),
        spoken=frozenset(word for reading in every for word in (*reading.tokens, *reading.names)),
        has_words=any(_WORD.search(sentence) for sentence in sentences),
    )


@lru_cache(maxsize=8192)
def read_once(text: str) -> Reading:
    """Return what of a text has to be right to the letter; texts that were read lately are not read again."""
    return read(text)


class Reader:
    """Encodes claims and passages and keeps the last ones; safe to share between threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._claims: _Held[str, Vectors] = _Held(_CLAIMS)
        self._passages: _Held[Passage, Encoded] = _Held(_PASSAGES)
        self._words: _Held[str, Vectors] = _Held(_WORDS)

    def claim(self, claim: Said) -> Vectors:
        """Return the vector of a claim and, below it, those of its words, shape (1 + words, d)."""
        return self._claims.of([claim.text], self._encode_claims)[claim.text]

    def passage(self, passage: Passage) -> Encoded:
        """Return the vectors of a passage."""
        return self._passages.of([passage], self._encode_passages)[passage]

    def alone(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of some words, each read alone, shape (words, d)."""
        found = self._words.of(texts, self._encode_words)
        return np.stack([found[text] for text in texts])

    def read_ahead(self, claims: Sequence[str], passages: Sequence[Passage]) -> None:
        """Encode together what is asked for next: many texts at a time cost half of one by one."""
        self._claims.most, self._passages.most = _CLAIMS_OF_A_RUN, _PASSAGES_OF_A_RUN
        for start in range(0, len(claims), _CLAIMS_OF_A_RUN):
            self._claims.of(claims[start : start + _CLAIMS_OF_A_RUN], self._encode_claims)
        for start in range(0, len(passages), _PASSAGES):
            self._passages.of(passages[start : start + _PASSAGES], self._encode_passages)

    def _encode_words(self, texts: Sequence[str]) -> dict[str, Vectors]:
        return dict(zip(texts, self._encoder.encode(texts), strict=True))

    def _encode_claims(self, texts: Sequence[str]) -> dict[str, Vectors]:
        spans = [said(text).spans for text in texts]
        return dict(zip(texts, self._encoder.encode_parts(texts, spans), strict=True))

    def _encode_passages(self, passages: Sequence[Passage]) -> dict[Passage, Encoded]:
        windows = [(p, window) for p, passage in enumerate(passages) for window in self._windows(passage)]
        texts = [" ".join(passages[p][i] for i in window) for p, window in windows]
        parts = [_parts(passages[p], window) for p, window in windows]
        found: list[list[Vectors]] = [[] for _ in passages]
        for (p, window), vectors in zip(windows, self._encoder.encode_parts(texts, parts), strict=True):
            found[p] += [vectors[1 : 1 + len(window)], vectors[1 + len(window) :]]
        return {passage: self._encoded(passage, own) for passage, own in zip(passages, found, strict=True)}

    def _encoded(self, passage: Passage, found: Sequence[Vectors]) -> Encoded:
        none = np.zeros((0, self._encoder.dimension), dtype=np.float32)
        counts = np.array([len(_spans(sentence)) for sentence in passage], dtype=np.int64)
        worded = np.flatnonzero(counts)
        starts = (np.cumsum(counts) - counts)[worded]
        return Encoded(np.concatenate([none, *found[1::2]]), starts, worded, np.concatenate([none, *found[::2]]))

    def _windows(self, sentences: Sequence[str]) -> Iterator[list[int]]:
        """Yield runs of neighbouring sentences that are short enough to be encoded together."""
        window: list[int] = []
        size = 0
        for i, sentence in enumerate(sentences):
            length = self._encoder.count_tokens(sentence)
            if window and size + length > _WINDOW:
                yield window
                window, size = [], 0
            window.append(i)
            size += length
        if window:
            yield window


class _Held(Generic[K, V]):
    """The last things that were made, by key."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: dict[K, V] = {}
        self._lock = Lock()

    def of(self, keys: Sequence[K], make: Callable[[Sequence[K]], Mapping[K, V]]) -> dict[K, V]:
        """Return what belongs to some keys; what is not held is made at once, and the oldest let go."""
        with self._lock:
            # taken out and put in again: what was asked for last is let go last
            found = {key: self._kept.pop(key) for key in dict.fromkeys(keys) if key in self._kept}
            self._kept.update(found)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        made = make(missing) if missing else {}
        with self._lock:
            self._kept.update(made)
            while len(self._kept) > self.most:
                del self._kept[next(iter(self._kept))]
        return {**found, **made}


def _parts(sentences: Sequence[str], window: Sequence[int]) -> Spans:
    """Return the spans of the sentences of a window, joined by spaces, and then those of all their words."""
    whole, single = [], []
    start = 0
    for i in window:
        whole.append((start, start + len(sentences[i])))
        single += [(start + a, start + b) for a, b in _spans(sentences[i])]
        start += len(sentences[i]) + 1
    return [*whole, *single]


@lru_cache(maxsize=8192)
def _spans(text: str) -> Spans:
    return tuple(found.span() for found in _WORD.finditer(text))


@lru_cache(maxsize=16_384)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(words(word))
