"""A question of several parts <-> its parts: taken apart before they are answered, and put together afterwards.

Each part is answered on its own, the later ones with the earlier as their conversation, so that a part that the
corpus does not cover is named and does not hide the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.cite import layout, not_covered_part
from assistant.records import Answer, Citation, Claim
from ingest.words import content_words

_MOST = 3
_ASKS = r"(?:what|how|who|whom|when|where|why|which|should|can|could|do|does|did|is|are|will|would|am|may|must)"
#: "… and how do I …": a question word or a verb behind an "and" begins a question of its own.
_AND = re.compile(rf"[,;]?\s+(?:and|but)\s+(?:also\s+)?(?={_ASKS}\b(?! (?:not|more|less|other)\b))", re.IGNORECASE)
_MARK = re.compile(r"(?<=\?)\s+(?=\w)")
_POINTS_BACK = re.compile(r"\b(?:it|its|they|them|their|that|those|this|these|one|ones|there)\b", re.IGNORECASE)
_FIRST = re.compile(rf"^(?:\W*)(?:{_ASKS}|tell|explain|give|list)\b", re.IGNORECASE)


def parts_of(question: str) -> list[str]:
    """Return the questions that stand in one, in order; one that has a single part, or more than three, whole.

    Both sides of a cut must be questions: "how do I find and keep a mentor" has one part, and so has a story that ends
    in a question.
    """
    parts = [part.strip() for whole in _MARK.split(question.strip()) for part in _AND.split(whole) if part.strip()]
    asks = all(_FIRST.match(part) for part in parts)
    if not asks or not 1 < len(parts) <= _MOST or not content_words(parts[0]):
        return [question]
    return parts


def leans(part: str) -> bool:
    """Return whether a later part points back with a pronoun: "and how long do they last?"."""
    return bool(_POINTS_BACK.search(part))


def put_together(question: str, answers: Sequence[Answer]) -> Answer | None:
    """Return one answer for the parts, or None where the question is better answered whole.

    That is where no part is answered, where a part calls for a fixed answer, and where two parts open with the same
    passage.
    """
    outcomes = {answer.outcome for answer in answers}
    answered = [answer for answer in answers if answer.outcome == "answered"]
    openings = [answer.claims[0].hit.passage.id for answer in answered]
    if not answered or "care" in outcomes or any(one == other for one, other in pairwise(openings)):
        return None
    claims: list[Claim] = []
    citations: list[Citation] = []
    said: set[tuple[str, int]] = set()
    sections = 0
    for answer in answered:
        fresh = [
            claim
            for claim in answer.claims
            if not claim.more and (claim.hit.passage.id, claim.sentence.start) not in said
        ]
        for claim in fresh:
            said.add((claim.hit.passage.id, claim.sentence.start))
            number = len(claims) + 1
            citations.append(replace(answer.citations[claim.citations[0] - 1], number=number))
            claims.append(replace(claim, section=claim.section + sections, citations=(number,)))
        sections += 1 + max((claim.section for claim in answer.claims), default=0)
    missing = [answer for answer in answers if answer.outcome != "answered"]
    return replace(
        answered[0],
        question=question,
        query=question,
        text="\n\n".join([layout(claims), *(not_covered_part(answer.question) for answer in missing)]),
        claims=tuple(claims),
        citations=tuple(citations),
        removed=sum(answer.removed for answer in answers),
        related=tuple(hit for answer in missing for hit in answer.related) or answered[0].related,
        uncovered=tuple(answer.question for answer in missing),
        confidence=min(answer.confidence for answer in answered),
    )
