"""A sentence of the reply + the passages that it cites -> the claim that is shown, or none.

What is shown is plain text. A sentence that cites no passage it was given, that holds an address its passages do not
hold, or a placeholder that stands for nothing, is not borne out, whatever the verifier would say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.generate.reply import Said, Unit
from assistant.mask import unmask
from assistant.records import Claim, Hit, Support, Verifier

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[a-zA-Z][^>]*(?:>|$)")
_EMPHASIS = re.compile(r"\*+|__+|`+|~~|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)")
_DOMAINS = "com|org|net|edu|gov|mil|int|info|biz|io|co|ai|app|dev|me|us|uk|eu|ca|au|de|fr|in|cn|ru|xyz|link|site|online"
_ADDRESS = re.compile(
    rf"(?:\b(?:https?|ftp|file)://|\bwww\.|\b(?:javascript|data|mailto|vbscript):)[^\s<>\"')\]]*"
    rf"|\b[\w.%+-]*@?(?:[\w-]+\.)+(?:{_DOMAINS})\b(?:/[^\s<>\"')\]]*)?",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\[[A-Z]+_\d+[a-z]*\]")


@dataclass(frozen=True, slots=True)
class Given:
    """What a reply is held against."""

    evidence: Mapping[str, Hit]
    """The passages that the model was given, by key."""
    names: Mapping[str, str]
    """What each placeholder stands for."""
    asked: str
    """The conversation in the asker's words, which may hold brackets of its own."""
    verifier: Verifier
    """What judges a sentence."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is left of a unit of a reply."""

    claim: Claim | None
    """What is shown, or None."""
    removed: int
    """Sentences that were taken out."""
    unknown_keys: int
    """Keys of passages that it was not given."""


def hold(unit: Unit, given: Given) -> Held:
    """Return the claim of the sentences that are borne out, and how many were not."""
    texts: list[str] = []
    supports: list[Support] = []
    for said in unit.said:
        text = unmask(plain(said.text), given.names)
        found = _supports(said, text, given)
        if found:
            texts.append(text)
            supports += [support for support in found if support not in supports]
    cited = {key for said in unit.said for key in said.keys}
    removed, unknown = len(unit.said) - len(texts), len(cited - set(given.evidence))
    if not supports:
        return Held(None, removed, unknown)
    first, *further = supports
    claim = Claim(
        " ".join(texts), "supported", unit.role, unit.section, first.hit, first.sentence, further=tuple(further)
    )
    return Held(claim, removed, unknown)


def plain(text: str) -> str:
    """Return a text without markup: no links, images or tags, no emphasis, nothing that cannot be printed."""
    bare = _EMPHASIS.sub("", _TAG.sub(" ", _LINK.sub(r"\1", text)))
    return " ".join("".join(character if character.isprintable() else " " for character in bare).split())


def _supports(said: Said, text: str, given: Given) -> list[Support]:
    hits = [given.evidence[key] for key in said.keys if key in given.evidence]
    unknown_names = set(_PLACEHOLDER.findall(text)) - set(_PLACEHOLDER.findall(given.asked))
    source = " ".join(hit.passage.text for hit in hits).casefold()
    addresses = _ADDRESS.findall(unmask(said.text, given.names))
    if not hits or not text or unknown_names or any(address.casefold() not in source for address in addresses):
        return []
    return _judged(text, hits, given.verifier)


def _judged(text: str, hits: Sequence[Hit], verifier: Verifier) -> list[Support]:
    """Return the sentences that decide for a text: one of each passage that bears it out, or one of all together."""
    apart = []
    sources = [[Support(hit, sentence) for sentence in hit.passage.sentences] for hit in hits]
    for source in sources:
        judged = verifier.judge(text, _quotes(source))
        if judged.verdict == "contradicted":
            return []
        if judged.verdict == "supported" and judged.decided >= 0:
            apart.append(source[judged.decided])
    if apart or len(hits) == 1:
        return apart
    together = [support for source in sources for support in source]
    judged = verifier.judge(text, _quotes(together))
    return [together[judged.decided]] if judged.verdict == "supported" and judged.decided >= 0 else []


def _quotes(supports: Sequence[Support]) -> list[str]:
    return [support.hit.passage.quote(support.sentence) for support in supports]
