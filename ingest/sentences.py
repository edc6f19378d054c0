"""Paragraph -> the spans of its sentences. A leaf; the boundaries are the sentencex library's, with two mends."""

from __future__ import annotations

import re
from itertools import pairwise

import sentencex

#: Words that the library takes for abbreviations ("No." for number, "Ill." for Illinois, titles in capitals) and that
#: end a sentence all the same where a capital follows.
_SWALLOWED_END = re.compile(r"\b(?:[Nn]o|ill|[A-Z]{2,5})\.[”\"’)]*\s+(?=[A-Z“\"])")
#: Abbreviations that the library takes for the end of a sentence.
_FALSE_END = re.compile(r"\b(?:Ms|[Aa]pprox)\.\s+")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a paragraph, without the white space around them."""
    cuts = {0, len(text)}
    cuts.update(boundary["end_index"] for boundary in sentencex.get_sentence_boundaries("en", text))
    cuts.update(found.end() for found in _SWALLOWED_END.finditer(text))
    cuts -= {found.end() for found in _FALSE_END.finditer(text)}
    ordered = sorted(cut for cut in cuts if cut <= len(text))
    spans = []
    for start, end in pairwise(ordered):
        piece = text[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans
