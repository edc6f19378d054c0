"""Sentences that somebody planted in a document to instruct the assistant -> left out of what may be quoted.

Text in the corpus is data. The assistant obeys none of it, but an instruction to it would be no answer either. A corpus
of advice is full of instructions to its reader ("Ask your mentor …"), so what tells is who is addressed and what about:
the assistant's reply, its orders, its role, its user; marks of a conversation; text that is encoded. What only looks
like a task for a machine ("Write a poem about …") is left out where it has nothing to do with the rest of its document.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache

from assistant.planted.patterns import CERTAIN, DOUBTFUL, HINTS, MARKS, READERS_REPLY, TASK
from assistant.records import Evidence, Hit
from ingest.records import Document
from ingest.words import STOP_WORDS, words

_BLOB = re.compile(r"(?<![\w/.:@-])[A-Za-z0-9+/]{20,}={0,2}(?![\w/.@-])")
_HEX = re.compile(r"\b(?:[0-9a-f]{2}[ :,]?){16,}\b|(?:\b[01]{7,8}\b ?){4,}|(?:[.-]{1,5} ){8,}", re.IGNORECASE)
#: Words that stand in every English text, and so in one that is turned round; more of them than in the text as it is.
_SIGNS = 3
#: No word of English prose is this long; what is encoded is.
_LONGEST_WORD = 20
#: A sentence that may well be planted is left out where no more than this share of its stems stands elsewhere.
_DOUBTED = 0.5
#: A task of which no more than this share of its stems stands elsewhere in its document has nothing to do with it.
_STRAY = 0.25
#: Advice is worded as a task too: where it comes this near to the question, a cosine, it stays. Of 410 questions that
#: the shipped corpus answers, seven had a sentence left out without this, all at .34 and more; with it none has.
_NEAR = 0.33


def is_planted(text: str) -> bool:
    """Return whether a sentence instructs the assistant, or hides what it says, by its own words alone."""
    if not _may_be(text):
        return False
    return any(pattern.search(text) for pattern in CERTAIN) or _is_encoded(text)


def is_stray(text: str, *, document: str, question: str = "") -> bool:
    """Return whether a sentence of a document is, or may be, a task for a machine and has next to no word of the rest
    of it, or of the question. A document of one sentence has no rest that it could be foreign to."""
    most = _most_known(text)
    if not most or not (own := Counter(words(text))):
        return False
    whole, asked = _stems(document), set(words(question))
    if len(whole) <= len(own):
        return False
    known = sum(1 for stem, count in own.items() if whole[stem] > count or stem in asked)
    return known <= most * len(own)


def without_planted(evidence: Evidence, question: str) -> Evidence:
    """Return the evidence without planted sentences, and without passages under a planted heading.

    Its hits hold the sentences that may be quoted and their scores; where nothing was planted they are the same.
    """
    kept = {hit.passage.id: _without(hit, question) for hit in (*evidence.hits, *evidence.wide)}
    hits, wide = (
        tuple(own for hit in given if (own := kept[hit.passage.id]) is not None)
        for given in (evidence.hits, evidence.wide)
    )
    return replace(evidence, hits=hits, wide=wide)


def _without(hit: Hit, question: str) -> Hit | None:
    """Return a hit with what may be quoted of it, or None where nothing may."""
    if any(_known_planted(heading) for heading in (hit.document.title, *hit.passage.heading_path)):
        return None
    kept = [
        (sentence, score)
        for sentence, score in zip(hit.passage.sentences, hit.sentences, strict=True)
        if not _known_planted(quote := hit.passage.quote(sentence))
        and (sentence.role != "sentence" or not _is_foreign(quote, score, hit.document, question))
    ]
    if len(kept) == len(hit.sentences):
        return hit
    if not kept:
        return None
    passage = replace(hit.passage, sentences=tuple(sentence for sentence, _ in kept))
    return replace(hit, passage=passage, sentences=tuple(score for _, score in kept))


def _is_foreign(quote: str, score: float, document: Document, question: str) -> bool:
    if not _most_known(quote) or (score >= _NEAR and not _is_doubtful(quote)):
        return False
    return is_stray(quote, document="\n".join((document.title, document.text)), question=question)


@lru_cache(maxsize=65_536)
def _most_known(text: str) -> float:
    """Return the share of its stems up to which a sentence is stray, 0 where it is no task and nothing like one."""
    doubtful = _is_doubtful(text)
    if doubtful and not READERS_REPLY.search(text):
        return _DOUBTED
    return _STRAY if doubtful or TASK.search(text) else 0.0


def _may_be(text: str) -> bool:
    folded = text.casefold()
    return (
        any(map(folded.__contains__, HINTS))
        or MARKS.search(text) is not None
        or any(len(word) >= _LONGEST_WORD for word in text.split())
        or _signs(text) < _SIGNS
    )


@lru_cache(maxsize=65_536)
def _is_doubtful(text: str) -> bool:
    return _may_be(text) and any(pattern.search(text) for pattern in DOUBTFUL)


def _is_encoded(text: str) -> bool:
    if any(_decodes(blob[0]) for blob in _BLOB.finditer(text)) or _HEX.search(text):
        return True
    plain = _signs(text)
    if plain >= _SIGNS:
        return False
    return any(_signs(turned) >= max(_SIGNS, 2 * plain + 1) for turned in (text[::-1], codecs.encode(text, "rot13")))


def _signs(text: str) -> int:
    return sum(1 for word in re.findall(r"[a-z]{2,}", text.casefold()) if word in STOP_WORDS)


def _decodes(blob: str) -> bool:
    """Return whether a run of letters and digits is text in base64."""
    try:
        found = base64.b64decode(blob + "=" * (-len(blob) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return found.isprintable()


@lru_cache(maxsize=65_536)
def _known_planted(text: str) -> bool:
    return is_planted(text)


@lru_cache(maxsize=512)
def _stems(document: str) -> Counter[str]:
    return Counter(words(document))
