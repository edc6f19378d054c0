"""Do passages bear a statement out? To the letter where that settles it; a verifier is asked about the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from assistant.records import Verifier
from evals.marks import plain
from evals.records import Run
from ingest.sentences import sentence_spans

#: Statement, passages -> whether they bear it out; None where that cannot be told.
Support = Callable[[str, Sequence[str]], bool | None]


def support_by(verifier: Verifier | None) -> Support:
    """Return what tells whether passages bear a statement out.

    A statement that is a whole sentence or line of a passage is borne out, and nobody is asked. Without a verifier
    nothing is known of the others.
    """

    def supports(statement: str, passages: Sequence[str]) -> bool | None:
        if any(plain(statement) in _sentences(text) for text in passages):
            return True
        if verifier is None:
            return None
        evidence = [sentence for text in passages for sentence in _sentences(text)]
        return bool(evidence) and verifier.judge(statement, evidence).verdict == "supported"

    return supports


def passage_of(citation: Mapping[str, Any], run: Run) -> str | None:
    """Return the text of a cited passage: the index's where it is known, or else the record's; None for neither."""
    if run.passages is not None:
        return run.passages.get(citation.get("passage_id", ""), "")
    return citation.get("passage")


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    # a line of its own is a statement of its own, whatever its last sign
    lines = text.split("\n")
    return tuple(plain(line[start:end]) for line in lines for start, end in sentence_spans(line))
