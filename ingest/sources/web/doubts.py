"""The pieces of a page -> which of them are clutter, by their names, their links, and what stands above them.

Called by ``article``, which knows besides what trafilatura takes for the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ingest.sources.web.lines import TAIL
from ingest.sources.web.pieces import Page, Piece, Region, is_sentence

#: A region with this share of trafilatura's prose is the article, whatever it is called.
_TRUSTED = 0.25
#: A region with this share of the page's prose is the page.
_WHOLE_PAGE: dict[str, float] = {"sure": 0.9, "likely": 0.4, "header": 0.4, "opening": 1.0}
_LINKED = 0.75
_TEASER_WORDS = 60
_LONG_WORDS = 6


def find_clutter(page: Page, said: Sequence[bool]) -> tuple[set[int], set[int]]:
    """Return the numbers of the pieces that are surely clutter, and of those that are likely so.

    ``said`` tells of each piece whether trafilatura takes it for the article.
    """
    pieces = page.pieces
    weights = weigh(pieces)
    of_page = list(accumulate(weights, initial=0.0))
    of_extract = list(accumulate((weight * said[i] for i, weight in enumerate(weights)), initial=0.0))
    sure = set(_linked(pieces))
    likely: set[int] = set()
    for region in (*page.regions, *_tails(pieces, said, of_extract), *_teasers(pieces, said, weights)):
        inside = range(region.start, region.end)
        share = (of_page[region.end] - of_page[region.start]) / max(1.0, of_page[-1])
        trusted = (of_extract[region.end] - of_extract[region.start]) / max(1.0, of_extract[-1])
        titled = any(is_title(pieces[i]) for i in inside)
        if trusted > _TRUSTED or share > _WHOLE_PAGE[region.clutter]:
            continue
        if titled and (region.clutter == "likely" or (region.clutter == "sure" and share > _WHOLE_PAGE["likely"])):
            continue
        target = sure if region.clutter == "sure" else likely
        target.update(i for i in inside if not _is_spared(pieces[i], region))
    named = {pieces[i].raw for i in sure if len(pieces[i].raw.split()) >= _LONG_WORDS}
    sure.update(i for i in likely if pieces[i].raw in named)  # the same advertisement in another place
    if sum(weights[i] for i in sure if said[i]) > 0.5 * of_extract[-1]:
        return set(), sure | likely  # the names mean something else on this page
    return sure, likely


def _is_spared(piece: Piece, region: Region) -> bool:
    if region.clutter == "header":
        return is_title(piece)
    return region.clutter == "opening" and (piece.block.kind == "heading" or is_sentence(piece.block))


def _linked(pieces: Sequence[Piece]) -> Iterator[int]:
    """Yield the numbers of menus, lists of contents and single links."""
    for members in groups_of(pieces):
        total = sum(len(pieces[i].raw) for i in members)
        linked = sum(len(pieces[i].raw) * pieces[i].linked for i in members)
        contents = sum(len(pieces[i].raw) * pieces[i].contents for i in members)
        if linked > _LINKED * total or (len(members) > 2 and linked + contents > _LINKED * total):
            yield from members
    for i, piece in enumerate(pieces):
        if piece.group == 0 and piece.linked > _LINKED and piece.block.kind != "heading":
            yield i


def _tails(pieces: Sequence[Piece], said: Sequence[bool], of_extract: Sequence[float]) -> Iterator[Region]:
    """Yield the stretches under lines like "Related articles": to the next heading, or to where the article goes on."""
    below = len(pieces)  # all from here on is tail
    for start, piece in reversed(list(enumerate(pieces))):
        if is_sentence(piece.block) or not TAIL.fullmatch(piece.block.text.rstrip(" :.…!»→")):
            continue
        heads = piece.block.kind == "heading"
        end = _end_of_section(pieces, start, piece.block.level if heads else 6)
        inside = of_extract[max(end, start)] - of_extract[start]
        after = of_extract[max(end, below)] - of_extract[end]
        if heads and after == 0 and inside <= _TRUSTED * of_extract[-1]:
            below = start
        else:  # an inset: what was taken for the article below it is the article
            goes_on = (i for i in range(start + 1, end) if said[i] and is_sentence(pieces[i].block))
            end = next(goes_on, end)
        yield Region(start, end, "sure")


def _teasers(pieces: Sequence[Piece], said: Sequence[bool], weights: Sequence[float]) -> list[Region]:
    """Return the headings that are links to other pages, each with the few words below it."""
    found = []
    for start, piece in enumerate(pieces):
        linked = piece.block.kind == "heading" and piece.linked > _LINKED and not is_title(piece)
        if linked and not piece.raw.endswith("?"):  # a question is answered below it
            inside = range(start, min(_end_of_section(pieces, start, 6), start + 4))
            short = sum(len(pieces[i].raw.split()) for i in inside[1:]) <= _TEASER_WORDS
            if short and not any(said[i] and is_sentence(pieces[i].block) for i in inside):
                found.append(Region(start, inside.stop, "sure"))
    prose = sum(weights[i] for region in found for i in range(region.start, region.end))
    # a page of nothing but teasers is a table of contents, and they are what it says
    return found if prose <= _WHOLE_PAGE["likely"] * sum(weights) else []


def _end_of_section(pieces: Sequence[Piece], start: int, level: int) -> int:
    for i in range(start + 1, len(pieces)):
        if pieces[i].block.kind == "heading" and pieces[i].block.level <= level:
            return i
    return len(pieces)


def groups_of(pieces: Sequence[Piece]) -> list[list[int]]:
    """Return the numbers of the pieces of each list and table."""
    members: dict[int, list[int]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        if piece.group:
            members[piece.group].append(i)
    return list(members.values())


def is_title(piece: Piece) -> bool:
    """Return whether a piece is a heading of the first level."""
    return piece.block.kind == "heading" and piece.block.level == 1


def weigh(pieces: Sequence[Piece]) -> list[float]:
    """Return how many words of prose each piece counts for: half in a list or table, none for the second time."""
    seen: set[str] = set()
    weights = []
    for piece in pieces:
        words = 0.0 if piece.linked > 0.6 or piece.block.kind == "heading" else float(len(piece.raw.split()))
        if not is_sentence(piece.block):
            words = words / 2 if piece.block.kind in ("item", "row") else 0.0
        weights.append(0.0 if piece.raw in seen else words)
        seen.add(piece.raw)
    return weights
