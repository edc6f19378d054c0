"""Do passages bear a statement out? To the letter where that settles it; a verifier is asked about the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

from assistant.records import Verifier
from evals.marks import plain
from evals.records import Run
from ingest.sentences import sentence_spans


@runtime_checkable
class ReadsPassages(Protocol):
    """A verifier that reads each passage by itself, and can read many things together."""

    def bears_out(self, claim: str, passages: Sequence[Sequence[str]]) -> bool:
        """Return whether the sentences of passages bear a claim out."""

    def read_ahead(self, asked: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
        """Read claims and passages that are asked about next."""


class Support:
    """Tells whether passages bear a statement out; what was told once is not asked again.

    A statement that is a whole sentence or line of a passage is borne out, and nobody is asked. Without a verifier
    nothing is known of the others.
    """

    def __init__(self, verifier: Verifier | None) -> None:
        self._verifier = verifier
        self._told: dict[tuple[str, tuple[str, ...]], bool | None] = {}

    def __call__(self, statement: str, passages: Sequence[str]) -> bool | None:
        """Return whether passages bear a statement out; None where that cannot be told."""
        asked = (statement, tuple(dict.fromkeys(passages)))
        if asked not in self._told:
            self._told[asked] = self._tell(*asked)
        return self._told[asked]

    def read_ahead(self, asked: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Have a verifier that can read together what it will be asked about."""
        if isinstance(self._verifier, ReadsPassages):
            self._verifier.read_ahead(
                [
                    (statement, [_sentences(text) for text in dict.fromkeys(passages)])
                    for statement, passages in asked
                    if not _stands_in(statement, passages)
                ]
            )

    def _tell(self, statement: str, passages: tuple[str, ...]) -> bool | None:
        if _stands_in(statement, passages):
            return True
        if self._verifier is None:
            return None
        apart = [_sentences(text) for text in passages]
        evidence = [sentence for sentences in apart for sentence in sentences]
        if not evidence:
            return False
        if isinstance(self._verifier, ReadsPassages):
            return self._verifier.bears_out(statement, apart)
        return self._verifier.judge(statement, evidence).verdict == "supported"


def passage_of(citation: Mapping[str, Any], run: Run) -> str | None:
    """Return the text of a cited passage: the index's where it is known, or else the record's; None for neither."""
    if run.passages is not None:
        return run.passages.get(citation.get("passage_id", ""), "")
    return citation.get("passage")


def _stands_in(statement: str, passages: Sequence[str]) -> bool:
    own = plain(statement)
    return any(own in _sentences(text) for text in passages)


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    # a line of its own is a statement of its own, whatever its last sign
    lines = text.split("\n")
    return tuple(plain(line[start:end]) for line in lines for start, end in sentence_spans(line))
