"""What the steps of the chain found, for one question. Used by ``chain``, which hands it from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.ask import Ask
from assistant.parts import joined_hits
from assistant.records import Answer, Claim, Draft, Evidence, Hit, Query
from assistant.shelf import Reading
from ingest.embed import Vectors


@dataclass(frozen=True, slots=True)
class Trace:
    """What each step found; a step fills in its own field."""

    ask: Ask
    """The input."""
    started: float
    """``time.perf_counter()`` at the start, seconds."""
    reading: Reading | None = None
    """The build that it is answered from."""
    question: str = ""
    """The question, cleaned."""
    spelt: str = ""
    """The question with its misspelt words mended."""
    query: Query = Query("", "general")
    """What is searched for."""
    hits: tuple[Hit, ...] = ()
    """Candidates."""
    vector: Vectors | None = None
    """Vector of the query, shape (d,)."""
    evidence: Evidence = Evidence((), (), 0.0)
    """What may be cited."""
    draft: Draft = Draft(())
    """What was chosen."""
    claims: tuple[Claim, ...] = ()
    """What was checked."""
    answer: Answer | None = None
    """What the asker gets; once it is there, the steps that are left do nothing."""
    timings_ms: dict[str, float] = field(default_factory=dict)
    """Milliseconds of each step."""

    @property
    def opened(self) -> Reading:
        """Return the build that it is answered from; the first step opens it."""
        if self.reading is None:
            raise AssertionError("the first step opens the build")
        return self.reading


def joined(ask: Ask, traces: Sequence[Trace], *, whole: Answer) -> Trace:
    """Return the trace of a question that was answered in parts."""
    evidence = replace(traces[0].evidence, hits=joined_hits([trace.evidence.hits for trace in traces]))
    names = dict.fromkeys(name for trace in traces for name in trace.timings_ms)
    timings = {name: sum(trace.timings_ms.get(name, 0.0) for trace in traces) for name in names}
    return replace(
        traces[0],
        ask=ask,
        query=replace(traces[0].query, text=whole.query),
        hits=joined_hits([trace.hits for trace in traces]),
        evidence=evidence,
        claims=whole.claims,
        answer=whole,
        timings_ms=timings,
    )
