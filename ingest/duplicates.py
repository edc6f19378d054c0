"""Documents -> which of them say the same. After ``clean``, before ``split``.

Two documents are near duplicates when they share most of their runs of five stems (Broder 1997, "On the resemblance and
containment of documents"). The resemblance is estimated from sketches: the smallest hashes of the runs. An article
saved twice, as a page and as a printout, or with another menu around it, is kept once.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping

from ingest.records import Document
from ingest.words import words

Sketch = tuple[int, ...]

#: Smallest hashes kept of a document. The standard error of an estimated resemblance r is sqrt(r (1 - r) / size): .025
#: at .8.
_SIZE = 256
_RUN = 5
#: Share of the runs of both that two documents have in common when one is kept for both.
NEAR = 0.8


def sketch(document: Document) -> Sketch:
    """Return the smallest hashes of a document's runs of five stems, ascending; equal texts have equal sketches.

    A document of fewer words is one run.
    """
    stems = [stem for block in document.blocks for stem in words(block.text)]
    runs = {" ".join(stems[i : i + _RUN]) for i in range(max(1, len(stems) - _RUN + 1))}
    return tuple(sorted(_hash(run) for run in runs)[:_SIZE])


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of runs that two documents have in common, 0 to 1."""
    both = sorted({*one, *other})[:_SIZE]
    shared = set(one) & set(other)
    return sum(1 for value in both if value in shared) / len(both) if both else 1.0


def duplicates(sketches: Mapping[str, Sketch]) -> dict[str, str]:
    """Return, for each document that repeats an earlier one, the one that is kept.

    ``sketches`` holds the documents by id, in the order in which they are preferred.
    """
    kept: dict[str, str] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    for name, own in sketches.items():
        shared = Counter(holder for value in own for holder in holders.get(value, ()))
        # a pair that resembles shares at least so many hashes of its sketches, and counting them costs far less
        candidates = [other for other, n in shared.items() if n >= NEAR * max(len(own), len(sketches[other]))]
        near = [other for other in candidates if resemblance(sketches[other], own) >= NEAR]
        if near:
            kept[name] = max(near, key=lambda other: (resemblance(sketches[other], own), -_place(other, sketches)))
            continue
        for value in own:
            holders[value].append(name)
    return kept


def _place(name: str, sketches: Mapping[str, Sketch]) -> int:
    return list(sketches).index(name)


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8"), digest_size=6).digest(), "big")


def to_hex(value: Sketch) -> str:
    """Return a sketch as twelve hexadecimal digits a hash."""
    return "".join(f"{part:012x}" for part in value)


def from_hex(value: str) -> Sketch:
    """Return the sketch that ``to_hex`` wrote."""
    return tuple(int(value[i : i + 12], 16) for i in range(0, len(value), 12))
