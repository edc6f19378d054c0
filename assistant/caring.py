"""Answer -> the answer with what stands above it: whom to reach and whom to tell. After every other step of the chain.

The whole question is looked at, whatever parts it was answered in. A fixed answer has it all already.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Answer
from assistant.safety import notice_for
from assistant.safety.likely import read_likely, said_for
from ingest.embed import Encoder, Vectors


def with_care(answer: Answer, *, encoder: Encoder, vector: Vectors | None = None) -> Answer:
    """Return the answer with the notice that its question calls for by a rule, or else may call for by a fit.

    ``vector`` is that of the question, shape (d,), where there is one already.
    """
    if answer.outcome == "care":
        return answer
    if (fixed := notice_for(answer.question)) is not None:
        return replace(answer, care=fixed.text, care_sources=fixed.sources)
    likely = read_likely()
    if likely.encoder != encoder.fingerprint:
        return answer
    own = encoder.encode([answer.question])[0] if vector is None else vector
    path = likely.path(answer.question, own)
    # an emergency that no rule knows looks like nothing in a corpus of advice: of 32 such phrasings none is answered
    if not path or (path == "emergency" and answer.outcome == "answered"):
        return answer
    text, sources = said_for(path)
    return replace(answer, care=text, care_sources=sources)
