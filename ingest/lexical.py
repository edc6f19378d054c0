"""Words <-> BM25. The lexical index is built once and kept beside the vectors; ``retrieve`` asks it.

The scoring is the bm25s library's (Lucene's variant); the words that go in are those of ``ingest.words``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import IndexMissingError
from ingest.words import IndexedWords, indexed_words, words

Scores = NDArray[np.float32]

_K1, _B = 1.5, 0.75
_SPELLING = "spelling.json"


class LexicalIndex:
    """BM25 over the passages of a build, in the order of their rows.

    ``passages_with`` gives, for each word as it is spelt in lower case, the number of passages that hold it.
    """

    def __init__(self, bm25: Any, passages_with: Mapping[str, int]) -> None:
        self._bm25 = bm25
        self.passages_with = passages_with
        self._vocabulary: dict[str, int] = bm25.vocab_dict
        self._frequency = np.diff(bm25.scores["indptr"])
        self._rows = int(bm25.scores["num_docs"])

    @classmethod
    def of(cls, texts: Iterable[str]) -> LexicalIndex:
        """Build the index of some texts."""
        return cls.of_words(indexed_words(text) for text in texts)

    @classmethod
    def of_words(cls, passages: Iterable[IndexedWords]) -> LexicalIndex:
        """Build the index of passages whose words are known."""
        import bm25s

        spelt: Counter[str] = Counter()
        known: dict[str, str] = {}
        stems: list[list[str]] = []
        for passage in passages:
            spelt.update(passage.spelt)
            # one object a stem and not one an occurrence: at 100,000 passages that is half a gibibyte
            stems.append([known.setdefault(stem, stem) for stem in passage.stems] or [""])
        bm25 = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        bm25.index(stems, show_progress=False)
        return cls(bm25, spelt)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what ``save`` wrote. Raises IndexMissingError where it is not there."""
        import bm25s

        if not folder.is_dir():
            raise IndexMissingError(f"{folder}: the lexical index is missing; rebuild with curbside ingest")
        try:
            spelling = json.loads((folder / _SPELLING).read_text("utf-8"))
            return cls(bm25s.BM25.load(str(folder), show_progress=False), spelling)
        except (OSError, ValueError) as error:
            raise IndexMissingError(
                f"{folder}: the lexical index is not whole ({error}); rebuild with curbside ingest"
            ) from error

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._bm25.save(str(folder), show_progress=False)
        (folder / _SPELLING).write_text(json.dumps(self.passages_with), "utf-8")

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

    def foreign_share(self, text: str) -> float:
        """Return the share of a text's weight in words that no passage holds, 0 to 1; 0 for a text without words."""
        weights = [(self.weight(word), word in self._vocabulary) for word in words(text)]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, known in weights if not known) / total if total else 0.0

    @property
    def largest(self) -> float:
        """Weight of a stem that no passage holds, the largest that there is."""
        return self._weight_of(0)

    def weight(self, word: str) -> float:
        """Return the inverse document frequency of a stem, ``ln(1 + (N - n + 0.5) / (n + 0.5))``, 0 and more."""
        row = self._vocabulary.get(word)
        n = int(self._frequency[row]) if row is not None else 0
        return self._weight_of(n)

    def _weight_of(self, passages: int) -> float:
        return inverse_document_frequency(self._rows, passages)


def inverse_document_frequency(texts: int, holding: int) -> float:
    """Return ``ln(1 + (N - n + 0.5) / (n + 0.5))`` for a stem that ``holding`` of ``texts`` hold, 0 and more."""
    return float(np.log(1 + (texts - holding + 0.5) / (holding + 0.5)))
