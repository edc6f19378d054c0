"""What of a passage can stand alone in an answer: lists with their lead-in, sentences with the one they lean on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.records import Hit
from ingest.records import Sentence

#: Fewer items of a longer list say too little of it.
_FEWEST_ITEMS = 3
#: How a sentence begins, or what it holds, that leans on the one before it.
_LEANS = re.compile(
    r"^[“\"]?(?:Others?|This|These|Those|Such|They|Their|It|Its|He|She|Both|Neither|But|However|Instead|Also|Then"
    r"|Otherwise|Another|Even so)\b|[”\"] (?:the|an?) [\w ]{1,30}? can (?:add|continue|go on)\b"
)
_MOST_BEFORE = 2
#: How much better the sentence at the head must answer, by ``select.answering``. With .15 one answer in nine of 876
#: changed; of 22 of them read side by side 14 opened better, 3 worse.
_LEAD = 0.15


def length(hit: Hit, sentences: Collection[Sentence]) -> int:
    """Return the number of words of some sentences of a hit."""
    return sum(len(hit.passage.quote(sentence).split()) for sentence in sentences)


def leaning_on(hit: Hit, chosen: Collection[Sentence]) -> list[Sentence]:
    """Return chosen sentences with those of the same paragraph that they lean on, in the passage's order."""
    every = hit.passage.sentences
    kept = {sentence.start for sentence in chosen}
    for place, sentence in enumerate(every):
        if sentence.start not in kept:
            continue
        for before in range(place, max(0, place - _MOST_BEFORE), -1):
            if not _leans(hit, every, before):
                break
            kept.add(every[before - 1].start)
    return [sentence for sentence in every if sentence.start in kept]


def led_by(hit: Hit, chosen: Sequence[Sentence], *, scores: Mapping[Sentence, float]) -> list[Sentence]:
    """Return chosen sentences with the one that answers best at their head, where it answers far better than the first
    one, stands alone, and none leans on it; the others stay in the passage's order."""
    every = hit.passage.sentences
    if len(chosen) < 2 or any(sentence.role != "sentence" for sentence in chosen):
        return list(chosen)
    best = max(chosen, key=lambda sentence: scores[sentence])
    place = every.index(best)
    leant_on = place + 1 < len(every) and _leans(hit, every, place + 1)
    if scores[best] < scores[chosen[0]] + _LEAD or _leans(hit, every, place) or leant_on:
        return list(chosen)
    return [best, *(sentence for sentence in chosen if sentence is not best)]


def list_of(hit: Hit, *, most: int) -> list[Sentence]:
    """Return up to so many items of the list that comes nearest to the question, with its lead-in; none where the
    passage has no list."""
    lists = list(_lists(hit))
    if not lists:
        return []
    best = max(lists, key=lambda group: max(hit.sentences[i] for i in group))
    sentences = [hit.passage.sentences[i] for i in best]
    return sentences[: most + (sentences[0].role == "lead-in")]


def fitting(hit: Hit, listed: Sequence[Sentence], *, scores: Mapping[Sentence, float], room: int) -> list[Sentence]:
    """Return a list, or as many of its items nearest to the question as there are words of room for, with its lead-in.

    Where fewer than three of a longer list would be left, there is none.
    """
    kept = {sentence for sentence in listed if sentence.role == "lead-in"}
    left = room - length(hit, kept)
    for sentence in sorted((s for s in listed if s not in kept), key=lambda s: -scores[s]):
        left -= length(hit, [sentence])
        if left < 0:
            break
        kept.add(sentence)
    items = sum(1 for sentence in kept if sentence.role == "item")
    if items < min(_FEWEST_ITEMS, sum(1 for sentence in listed if sentence.role == "item")):
        return []
    return [sentence for sentence in listed if sentence in kept]


def closest(hit: Hit) -> list[Sentence]:
    """Return the sentence or item nearest to the question, for a passage that has neither prose nor a list."""
    quotable = [i for i, sentence in enumerate(hit.passage.sentences) if sentence.role != "lead-in"]
    return [hit.passage.sentences[max(quotable, key=lambda i: hit.sentences[i])]] if quotable else []


def _leans(hit: Hit, every: Sequence[Sentence], place: int) -> bool:
    sentence, before = every[place], every[place - 1]
    if sentence.role != "sentence" or before.role != "sentence" or before.paragraph != sentence.paragraph:
        return False
    quote = hit.passage.quote(sentence)
    # a speech that began in the sentence before, or goes on from it
    spoken = quote.count("”") > quote.count("“") or (quote.count('"') % 2 == 1 and quote.rstrip().endswith('"'))
    return spoken or _LEANS.search(quote) is not None


def _lists(hit: Hit) -> Iterator[list[int]]:
    group: list[int] = []
    for i, sentence in enumerate(hit.passage.sentences):
        if sentence.role == "sentence" or (sentence.role == "lead-in" and group):
            if len(group) > 1:
                yield group
            group = []
        if sentence.role != "sentence":
            group.append(i)
    if len(group) > 1:
        yield group
