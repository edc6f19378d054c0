"""Answer -> questions that the corpus answers beside it: headings of sections of the cited documents, not yet read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.records import Answer, Hit
from ingest.records import Document, SectionKind
from ingest.words import content_words

MOST = 3
#: Kinds of sections by how well their headings go on with a conversation; one of each is offered before a second.
_ORDER: tuple[SectionKind | None, ...] = (
    "questions-to-ask", "steps", "warning-signs", "where-advice-differs", "guidance", "example", None,
)  # fmt: skip
#: Fewer content words say too little alone: "Introduction", "Scope".
_FEWEST_WORDS = 2
_LONGEST = 90
#: Headings looked up at most, at about 35 ms each.
_MOST_TRIED = 6

Find = Callable[[str], tuple[Hit, ...]]


def follow_ups(answer: Answer, find: Find, *, asked: frozenset[str] = frozenset()) -> list[str]:
    """Return at most three questions to go on with, best first; none where nothing was answered.

    ``find`` returns the passages for a text, best first: a heading is offered only where it finds its own section, so
    that its button leads somewhere. ``asked`` holds what was asked in the conversation, case-folded.
    """
    offered: list[str] = []
    for tried, (document, heading) in enumerate(_candidates(answer)):
        if len(offered) == MOST or tried == _MOST_TRIED:
            break
        if heading.casefold() in asked:
            continue
        best = find(heading)[:1]
        if any(hit.document.key == document.key and heading in hit.passage.heading_path[-1:] for hit in best):
            offered.append(heading)
    return offered


def _candidates(answer: Answer) -> Iterator[tuple[Document, str]]:
    """Yield headings with their documents: the first cited document's first, each kind once before any twice."""
    documents = {claim.hit.document.key: claim.hit.document for claim in answer.claims}
    read = {(c.hit.document.key, heading) for c in answer.claims for heading in c.hit.passage.heading_path}
    said = {answer.question.casefold(), answer.query.casefold()}
    for document in documents.values():
        kinds: dict[SectionKind | None, list[str]] = {kind: [] for kind in _ORDER}
        for block in document.blocks:
            fits = block.kind == "heading" and block.section_kind in kinds and len(block.text) <= _LONGEST
            fresh = (document.key, block.text) not in read and block.text.casefold() not in said
            if fits and fresh and len(content_words(block.text)) >= _FEWEST_WORDS:
                kinds[block.section_kind].append(block.text)
        for turn in range(max((len(found) for found in kinds.values()), default=0)):
            yield from ((document, found[turn]) for found in kinds.values() if turn < len(found))
