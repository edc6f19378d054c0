"""Words <-> BM25. The lexical index is built once and kept beside the vectors; ``retrieve`` asks it.

The scoring is the bm25s library's (Lucene's variant); here are the words that go in: folded, hyphenated ones whole and
in parts, without stop words, stemmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IndexMissingError

Scores = NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HYPHENS = str.maketrans(dict.fromkeys("\xad‐‑‒⁃﹣－", "-"))
_APOSTROPHES = re.compile(r"[’']s?\b")

#: Function words, question words and politeness: they say how something is asked, not what.
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "she",
        "should",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "please",
        "tell",
        "hi",
        "hello",
        "thanks",
    ]
)

#: Words that say what is wanted of a subject; a follow-up does not inherit them.
LIGHT_WORDS = frozenset(
    [
        "ask",
        "asks",
        "asking",
        "say",
        "says",
        "said",
        "need",
        "needs",
        "want",
        "wants",
        "know",
        "get",
        "gets",
        "make",
        "makes",
        "take",
        "takes",
        "give",
        "gives",
        "go",
        "goes",
        "find",
        "long",
        "much",
        "many",
        "often",
        "good",
        "best",
        "better",
        "really",
        "thing",
        "things",
        "way",
        "ways",
        "work",
        "works",
        "mean",
        "means",
        "pay",
        "pays",
        "cost",
        "costs",
        "happen",
        "happens",
        "first",
        "next",
        "one",
        "ones",
        "more",
        "most",
        "other",
        "others",
        "start",
        "begin",
        "think",
        "use",
        "used",
        "using",
        "help",
    ]
)

_K1, _B = 1.5, 0.75


def words(text: str) -> list[str]:
    """Return the stems that a text is indexed under, in order, repeats included."""
    folded = unicodedata.normalize("NFKC", text.translate(_HYPHENS)).casefold()
    folded = _APOSTROPHES.sub("", folded)
    found: list[str] = []
    for match in _WORD.finditer(folded):
        parts = match[0].split("-")
        found.extend(part for part in parts if part not in STOP_WORDS)
        if len(parts) > 1:
            found.append("".join(parts))
    stems: list[str] = _stemmer().stemWords(found)
    return stems


def content_words(text: str) -> list[str]:
    """Return the words of a text that name a subject, as they were written, hyphenated ones whole."""
    plain = _APOSTROPHES.sub("", text.translate(_HYPHENS))
    return [m[0] for m in _WORD.finditer(plain) if m[0].casefold() not in STOP_WORDS | LIGHT_WORDS]


class LexicalIndex:
    """BM25 over the passages of a build, in the order of their rows."""

    def __init__(self, bm25: Any) -> None:
        self._bm25 = bm25
        self._vocabulary: dict[str, int] = bm25.vocab_dict
        self._frequency = np.diff(bm25.scores["indptr"])
        self._rows = int(bm25.scores["num_docs"])

    @classmethod
    def of(cls, texts: Sequence[str]) -> LexicalIndex:
        """Build the index of some texts."""
        import bm25s

        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        bm25.index([words(text) or [""] for text in texts], show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what ``save`` wrote. Raises IndexMissingError where it is not there."""
        import bm25s

        if not folder.is_dir():
            raise IndexMissingError(f"{folder}: the lexical index is missing; rebuild with curbside ingest")
        return cls(bm25s.BM25.load(str(folder), show_progress=False))

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._bm25.save(str(folder), show_progress=False)

    def scores(self, text: str) -> Scores:
        """Return the BM25 score of every row, shape (rows,), 0 and more, higher is better."""
        known = [word for word in words(text) if word in self._vocabulary]
        if not known:
            return np.zeros(self._rows, dtype=np.float32)
        scores: Scores = self._bm25.get_scores(known)
        return scores

    def ceiling(self, text: str) -> float:
        """Return the score that no row can pass for this text: every word, known or not, at full weight.

        Lucene's BM25 gives a word at most its inverse document frequency, however often a passage repeats it.
        A word that no passage holds counts with the largest inverse document frequency, so that a question about
        something the corpus never mentions stays far from its ceiling.
        """
        return float(sum(self.weight(word) for word in words(text)))

    def weight(self, word: str) -> float:
        """Return the inverse document frequency of a stem, ``ln(1 + (N - n + 0.5) / (n + 0.5))``, 0 and more."""
        row = self._vocabulary.get(word)
        n = int(self._frequency[row]) if row is not None else 0
        return float(np.log(1 + (self._rows - n + 0.5) / (n + 0.5)))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
