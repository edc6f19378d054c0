"""Draft -> Claims with a verdict. After ``answer``, before ``cite``.

A quoted claim is supported when it is, to the letter, a span of the passage that it cites, and that span begins and
ends where a sentence or list item of the passage does. The passage is read again from the store, so that what is
checked is what the index holds and not what a step before this one passed on.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.records import Claim, Draft, Selection, Verdict
from ingest.records import Passage

#: Passage id -> the passage as stored; KeyError where there is none.
ReadPassage = Callable[[str], Passage]


def verify(draft: Draft, read_passage: ReadPassage) -> tuple[Claim, ...]:
    """Return one claim for each selection, in order, each with its verdict."""
    return tuple(
        Claim(
            text=selection.text,
            verdict=verdict(selection, read_passage),
            role=selection.sentence.role,
            section=selection.section,
            hit=selection.hit,
            sentence=selection.sentence,
            column=selection.column,
            more=selection.more,
        )
        for selection in draft.selections
    )


def verdict(selection: Selection, read_passage: ReadPassage) -> Verdict:
    """Return whether a selection is a whole sentence of the stored passage that it names."""
    try:
        stored = read_passage(selection.hit.passage.id)
    except KeyError:
        return "unsupported"
    # equal passages have equal text, headings and document, and so does what the reader is told of them
    same = stored == selection.hit.passage and selection.hit.document.key == stored.document_key
    quoted = bool(selection.text.strip()) and selection.sentence in stored.sentences
    return "supported" if same and quoted else "unsupported"
