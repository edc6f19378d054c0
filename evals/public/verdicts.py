"""Claims of a file -> verdicts, each with the sentence that decided."""

from __future__ import annotations

from assistant.records import Verifier
from evals.errors import EvalError
from evals.public.grounding import sentences_of
from evals.public.rows import Row


def verdict_of(row: Row, verifier: Verifier) -> dict[str, object]:
    """Return a row with what the verifier finds: verdict, score from 0 to 1, and the sentence that decided.

    Evidence stands under ``evidence``, ``source`` or ``source_sentences``, as a text or as a list of sentences. Raises
    EvalError where there is none.
    """
    given = row.get("evidence", row.get("source_sentences", row.get("source")))
    if not isinstance(given, str | list) or not given:
        raise EvalError(f'the claim {row["claim"]!r:.80} has no "evidence"; give a text, or a list of sentences')
    sentences = sentences_of({"source_sentences": given} if isinstance(given, list) else {"source": given})
    found = verifier.judge(row["claim"], sentences)
    return {
        "id": row.get("id"),
        "claim": row["claim"],
        "verdict": found.verdict,
        "score": round(found.score, 4),
        "decided": sentences[found.decided] if found.decided >= 0 else None,
    }
