"""A question with its evidence -> what a chat model says of it, sentence by sentence, each held to its passages.

The parts of ``assistant.generate`` in their order. What goes wrong is told to the reader in a plain line and to the
log by its kind; neither the question, nor the reply, nor an error's message is written to the log.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel

from assistant.generate.hold import Given, hold
from assistant.generate.model import open_model
from assistant.generate.prompt import RULES, asked_texts, messages
from assistant.generate.receive import End, Ending, Limits, Reply
from assistant.generate.reply import ReplyParser, Unit
from assistant.mask import mask
from assistant.records import Claim, Hit, Message, Turn, Verifier
from assistant.settings import ModelSettings

_LOG = logging.getLogger("curbside")

#: Characters that a token is at most taken for: what comes beyond is not read.
_CHARACTERS_A_TOKEN = 8
#: So many words of the rules in a row, and a reply repeats them.
_REPEATED = 8
_WORD = re.compile(r"[^\W_]+")

_QUOTED = "The answer below is quoted from the sources instead."
_NOTICES: Mapping[Ending | str, str] = {
    "time": "The chat model did not answer in time.",
    "cut off": "The connection to the chat model broke off in the middle of its reply.",
    "busy": "The chat model's server is too busy.",
    "key": "The chat model's server refused the key that it was given.",
    "unreachable": "The chat model's server cannot be reached.",
    "refused": "The chat model's server held the reply back.",
    "fault": "The chat model's server reported an error.",
    "given up": "The reply of the chat model was given up.",
    "empty": "The chat model's reply was empty.",
    "repeats": "The chat model repeated its instructions instead of answering.",
    "unsupported": "The sources bear out none of the chat model's sentences.",
}
_CUT = "The chat model's reply was longer than allowed and was cut off."


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written about."""

    question: str
    """The asker's words."""
    turns: tuple[Turn, ...]
    """Earlier turns, oldest first."""
    hits: tuple[Hit, ...]
    """The evidence, best first."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands so far."""

    sent: tuple[Message, ...]
    """What was sent, to the letter."""
    claims: tuple[Claim, ...] = ()
    """Sentences that are borne out, in order."""
    removed: int = 0
    """Sentences that were taken out."""
    unknown_keys: int = 0
    """Keys of passages that the model was not given."""
    notice: str = ""
    """What the reader is told, or empty."""
    done: bool = False
    """Whether there is no more to come."""
    failed: bool = False
    """Whether nothing of it may be shown."""


class Writer:
    """A chat model with its limits, and what its sentences are held against."""

    def __init__(self, name: str, *, model: BaseChatModel, limits: Limits) -> None:
        self.name = name
        self._model, self._limits = model, limits

    @classmethod
    def open(cls, settings: ModelSettings) -> Writer:
        """Return a writer with the model that the settings name; raises what ``open_model`` raises."""
        limits = Limits(settings.seconds, settings.tokens * _CHARACTERS_A_TOKEN, settings.retries)
        return cls(settings.name, model=open_model(settings), limits=limits)

    def write(self, task: Task, *, verifier: Verifier, ordinary: Callable[[str], bool]) -> Writing:
        """Begin to write. ``ordinary`` says of a lower-case word whether it is no name."""
        asked = asked_texts(task.question, task.turns)
        masked = mask(asked, ordinary=ordinary)
        evidence = {f"P{number}": hit for number, hit in enumerate(task.hits, start=1)}
        sent = messages(masked.texts, evidence)
        given = Given(evidence, masked.originals, "\n".join(asked), verifier)
        return Writing(self.name, Reply(self._model, sent, limits=self._limits), sent=sent, given=given)


class Writing:
    """One answer in the making: iterate for what stands so far, each time a sentence is added, and once at its end."""

    def __init__(self, name: str, reply: Reply, *, sent: tuple[Message, ...], given: Given) -> None:
        self._name, self._reply, self._given = name, reply, given
        self._written = Written(sent)
        self._units = 0
        self._words: list[str] = []

    def close(self) -> None:
        """Give it up, and the connection; any thread may do so."""
        self._reply.close()

    def __iter__(self) -> Iterator[Written]:
        try:
            for unit in self._read():
                shown = self._add(unit)
                if self._repeats_rules(unit):
                    yield self._failed("repeats", "")
                    return
                if shown:
                    yield self._written
            yield self._ended(self._reply.end)
        finally:
            self.close()

    def _read(self) -> Iterator[Unit]:
        parser = ReplyParser()
        for piece in self._reply:
            yield from parser.feed(piece)
        if self._reply.end.ending == "whole":
            yield from parser.end()

    def _add(self, unit: Unit) -> bool:
        """Take a unit in; return whether it is shown."""
        self._units += 1
        held, before = hold(unit, self._given), self._written
        self._written = replace(
            before,
            claims=(*before.claims, held.claim) if held.claim else before.claims,
            removed=before.removed + held.removed,
            unknown_keys=before.unknown_keys + held.unknown_keys,
        )
        return held.claim is not None

    def _repeats_rules(self, unit: Unit) -> bool:
        words = [*self._words, *_WORD.findall(" ".join(said.text for said in unit.said).casefold())]
        self._words = words[1 - _REPEATED :]
        return not _RUNS.isdisjoint(_runs(words))

    def _ended(self, end: End) -> Written:
        if end.ending not in ("whole", "long"):
            return self._failed(end.ending, end.detail)
        if not self._written.claims:
            return self._failed("unsupported" if self._units else "empty", end.detail)
        if end.ending == "whole":
            return replace(self._written, done=True)
        _LOG.warning("%s: the reply was cut off at its limit (%s)", self._name, end.detail)
        return replace(self._written, notice=_CUT, done=True)

    def _failed(self, ending: str, detail: str) -> Written:
        # nobody need look into what an asker gave up
        level = logging.INFO if ending == "given up" else logging.WARNING
        _LOG.log(level, "%s: %s%s; the quoted answer is given", self._name, ending, f" ({detail})" if detail else "")
        return replace(self._written, claims=(), notice=f"{_NOTICES[ending]} {_QUOTED}", done=True, failed=True)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + _REPEATED]) for start in range(len(words) - _REPEATED + 1)}


_RUNS = _runs(_WORD.findall(RULES.casefold()))
