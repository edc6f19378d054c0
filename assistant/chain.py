"""``Assistant``: the steps in order, as one LangChain Runnable that keeps a trace.

    assistant.invoke("what should I ask about buy-in terms")
    assistant.invoke(Ask("and who pays for it?", turns=(Turn("what is tail coverage?"),)))

``invoke``, ``batch``, ``stream`` and their async twins are LangChain's own. ``stream`` yields the answer as it grows,
claim by claim: each item is a whole Answer, and the last one is what ``invoke`` returns. A chat model, where
configured, is asked only where there is a quoted answer, which stands where the model fails.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator
from langchain_core.runnables.base import RunnableSerializable
from pydantic import ConfigDict, Field

from assistant import answer as composing
from assistant.about import about
from assistant.ask import Ask as Ask
from assistant.caring import with_care
from assistant.carry import CarryModel, Regression, read_model
from assistant.cite import cite, growing, off_topic
from assistant.compare import sides_of
from assistant.contextualise import contextualise, own_words
from assistant.cover import Calibration, read_calibration
from assistant.errors import QuestionError, SettingError
from assistant.generate.write import Writer, Writing
from assistant.lean import leaning, read_leaning
from assistant.measure import measure
from assistant.parts import Part, ask_in_turn, nearest_first, parts_of, put_together
from assistant.question import read_question
from assistant.rank import rank
from assistant.records import Answer, Verifier
from assistant.rerank import CrossEncoderReranker, Reranker, rerank
from assistant.retrieve import HybridRetriever
from assistant.reword import Quoted, Rewording
from assistant.safety import fixed_answer
from assistant.settings import AssistantSettings
from assistant.shelf import PinnedShelf, Shelf
from assistant.spell import correct
from assistant.steps import Step
from assistant.trace import Trace as Trace
from assistant.trace import joined
from assistant.verify import verify
from assistant.verify.choose import verifier_of
from ingest.build import OpenBuild
from ingest.shorthand import written_out


class Assistant(RunnableSerializable[Ask | str, Answer]):
    """Answers questions from one published build."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    shelf: Shelf
    """The build that it answers from."""
    settings: AssistantSettings
    """How it answers."""
    calibration: Calibration | None = None
    """What tells answered from unanswered questions, for the library that it was fitted for."""
    carrying: CarryModel = Field(default_factory=read_model)
    """What a follow-up takes over from the conversation."""
    leaning: Regression = Field(default_factory=read_leaning)
    """Whether it is searched for with what it took over."""
    reranker: Reranker | None = None
    """What orders the passages found, where one is configured."""
    writer: Writer | None = None
    """The chat model, where one is configured."""
    verifier: Verifier | None = None
    """What its sentences are held against; a writer needs one."""

    @classmethod
    def open(cls, settings: AssistantSettings) -> Assistant:
        """Return an assistant over the published build; raises what ``open_build`` and ``open_model`` raise."""
        shelf, writes = Shelf(settings), bool(settings.model.name)
        return cls(
            shelf=shelf,
            settings=settings,
            calibration=read_calibration(),
            reranker=CrossEncoderReranker(settings.reranker) if settings.reranker else None,
            writer=Writer.open(settings.model) if writes else None,
            verifier=verifier_of(shelf.current().build.encoder, settings.verifier) if writes else None,
        )

    @property
    def build(self) -> OpenBuild:
        """Return the build that the next question is answered from."""
        return self.shelf.current().build

    @property
    def retriever(self) -> HybridRetriever:
        """Return what finds passages in that build."""
        return self.shelf.current().retriever

    @cached_property
    def tracing(self) -> Runnable[Ask | str, Trace]:
        """The steps in order, up to the answer with all that led to it; once for each part of the question."""
        return Step("parts", self._trace)

    @cached_property
    def single(self) -> Runnable[Ask | str, Trace]:
        """The steps in order, for a question that is answered whole."""
        return (
            Step("start", self._start)
            | self._step("question", lambda trace: {"question": read_question(trace.ask.question)})
            | self._step("safety", self._safety)
            | self._step("spell", self._spell)
            | self._step("contextualise", self._contextualise)
            | self._step("retrieve", self._retrieve)
            | self._step("rerank", self._rerank)
            | self._step("rank", self._rank)
            | self._step("answer", self._answer)
            | self._step("verify", self._verify)
            | self._step("cite", self._cite)
        )

    @cached_property
    def steps(self) -> Runnable[Ask | str, Answer]:
        """The steps in order, and the answer, growing."""
        return self.tracing | RunnableGenerator(self._grow, self._agrow)

    @cached_property
    def whole(self) -> Runnable[Ask | str, Answer]:
        """The steps in order, and the answer once it is whole."""
        return self.tracing | Step("write", self._last)

    def trace(self, ask: Ask) -> Trace:
        """Return the answer with all that led to it, for evaluations and for looking into one answer."""
        trace = self.tracing.invoke(ask)
        answer = self._reworded(trace)
        return trace if answer is None else replace(trace, answer=answer, claims=answer.claims)

    def invoke(self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Return the answer. Raises QuestionError, with a sentence for the asker, for a question that is none."""
        return self.whole.invoke(input, config, **kwargs)

    async def ainvoke(self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Return the answer; see ``invoke``."""
        return await self.steps.ainvoke(input, config, **kwargs)

    def stream(self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any | None) -> Iterator[Answer]:
        """Yield the answer as it grows; the last one is whole."""
        yield from self.steps.stream(input, config, **kwargs)

    async def astream(
        self, input: Ask | str, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> AsyncIterator[Answer]:
        """Yield the answer as it grows; the last one is whole."""
        async for part in self.steps.astream(input, config, **kwargs):
            yield part

    @cached_property
    def _rewording(self) -> Rewording | None:
        if self.writer is None:
            return None
        if self.verifier is not None:
            return Rewording(self.writer, self.verifier)
        raise SettingError(f"{self.writer.name}: nothing verifies its sentences; give the assistant a verifier")

    @cached_property
    def _brief(self) -> Assistant:
        """The same assistant with half of the words for an answer, for a question of several parts."""
        shorter = replace(self.settings.answer, words=self.settings.answer.words // 2)
        # the parts are put together and then reworded, if they are
        return self._changed(settings=replace(self.settings, answer=shorter), writer=None, verifier=None)

    def pinned(self) -> Assistant:
        """Return the same assistant over the build that is published now, whatever is published later."""
        return self._changed(shelf=PinnedShelf(self.shelf.current()))

    def _changed(self, **changes: Any) -> Assistant:
        # a model's own copy would take along the steps of this one, with its settings
        return Assistant(**{name: getattr(self, name) for name in type(self).model_fields} | changes)

    def _trace(self, given: Ask | str) -> Trace:
        ask = Ask(given) if isinstance(given, str) else given
        trace = self._in_parts(ask) or self.single.invoke(ask)
        if trace.answer is None:
            raise AssertionError("the last step always leaves an answer")
        before = time.perf_counter()
        vector = trace.vector if trace.query.text == trace.answer.question else None
        answer = with_care(trace.answer, encoder=trace.opened.build.encoder, vector=vector)
        took = (time.perf_counter() - before) * 1000
        return replace(trace, answer=answer, timings_ms={**trace.timings_ms, "care": took})

    def _in_parts(self, ask: Ask) -> Trace | None:
        parts = parts_of(ask.question)
        if len(parts) < 2 or fixed_answer(ask.question) is not None:
            return None

        def asked(part: Part) -> Trace:
            # a part that leans on another one loses what it repeats of it, so it may be longer
            asking, turns = (self if part.carried else self._brief), (ask.turns if part.continues else ())
            return asking.single.invoke(replace(ask, question=part.text, turns=turns, part=part))

        traces = ask_in_turn(parts, asked)
        whole = put_together(ask.question, [trace.answer for trace in traces if trace.answer])
        return None if whole is None or self._foreign(ask, traces) else joined(ask, traces, whole=whole)

    def _foreign(self, ask: Ask, traces: Sequence[Trace]) -> bool:
        """Return whether a question of which a part found no answer is, read whole, none that the corpus could have."""
        if all(trace.answer and trace.answer.outcome == "answered" for trace in traces):
            return False
        return self.single.invoke(ask).evidence.confidence < self.settings.rank.foreign

    def _start(self, given: Ask | str) -> Trace:
        started, reading = time.perf_counter(), self.shelf.current()
        ask = Ask(given) if isinstance(given, str) else given
        known = [library.name for library in reading.build.manifest.libraries]
        if unknown := [name for name in ask.only if name not in known]:
            raise QuestionError(f"There is no library {unknown[0]!r}; choose among {', '.join(map(repr, known))}.")
        ask.preference.check()
        return Trace(ask=ask, started=started, reading=reading)

    def _step(self, name: str, work: Callable[[Trace], dict[str, Any]]) -> Runnable[Trace, Trace]:
        def run(trace: Trace) -> Trace:
            if trace.answer is not None:
                return trace
            before = time.perf_counter()
            found = work(trace)
            took = {name: (time.perf_counter() - before) * 1000}
            return replace(trace, **found, timings_ms={**trace.timings_ms, **took})

        return Step(name, run)

    def _safety(self, trace: Trace) -> dict[str, Any]:
        own = trace.question
        if said := about(own):
            return {"answer": Answer(own, own, "declined", said)}
        return _fixed(trace, own)

    def _spell(self, trace: Trace) -> dict[str, Any]:
        build = trace.opened.build
        spelt = correct(written_out(trace.question), build.lexical.passages_with, is_word=build.encoder.is_word)
        # a slip of the keyboard must hide no danger
        return {"spelt": spelt, **(_fixed(trace, spelt) if spelt != trace.question else {})}

    def _contextualise(self, trace: Trace) -> dict[str, Any]:
        turns, carried = trace.ask.turns, trace.ask.part.carried
        return {"query": contextualise(trace.spelt, turns, model=self.carrying, carried=carried)}

    def _retrieve(self, trace: Trace) -> dict[str, Any]:
        asked, query = trace.ask, trace.query
        search = partial(trace.opened.retriever.search, only=asked.only, preference=asked.preference)
        found = search(query.text)
        if query.carried:
            alone = search(trace.spelt)
            weights = trace.opened.build.lexical
            chance = leaning(query, asked.turns, found=(alone, found), weights=weights, model=self.leaning)
            if chance < self.settings.follow_up.leaning:
                query, found = own_words(trace.spelt), alone
        return {"query": query, "hits": nearest_first(found.hits, asked.part), "vector": found.vector}

    def _rerank(self, trace: Trace) -> dict[str, Any]:
        if self.reranker is None or not trace.hits:
            return {}
        return {"hits": rerank(trace.query.text, trace.hits, reranker=self.reranker)}

    def _rank(self, trace: Trace) -> dict[str, Any]:
        settings, least = self.settings.rank, self.settings.follow_up.confidence
        settings = replace(settings, confidence=least) if trace.query.carried else settings
        evidence = rank(trace.hits, settings, confidence=self._confidence(trace))
        if evidence.hits or evidence.score >= self.settings.rank.field_bar:
            return {"evidence": evidence}
        return {"answer": off_topic(trace.question, query=trace.query, evidence=evidence)}

    def _confidence(self, trace: Trace) -> float | None:
        """Return how likely an answer is, or None where the calibration says nothing of this library or encoder."""
        fit, build = self.calibration, trace.opened.build
        if fit is None or trace.vector is None or not trace.hits or fit.encoder != build.encoder.fingerprint:
            return None
        if trace.hits[0].document.library != fit.library:
            return None
        return fit.confidence(measure(trace.query.text, trace.hits, weights=build.lexical), trace.vector)

    def _answer(self, trace: Trace) -> dict[str, Any]:
        weight = trace.opened.build.lexical.weight
        sides = sides_of(trace.spelt, weight=weight) if trace.query.intent in ("choice", "general") else None
        wanted = composing.Wanted(trace.query.text, trace.query.intent, sides)
        return {"draft": composing.answer(trace.evidence, wanted, settings=self.settings.answer, weight=weight)}

    def _cite(self, trace: Trace) -> dict[str, Any]:
        return {"answer": cite(trace.question, query=trace.query, evidence=trace.evidence, claims=trace.claims)}

    def _verify(self, trace: Trace) -> dict[str, Any]:
        store = trace.opened.build.passages
        return {"claims": verify(trace.draft, lambda passage: store.passages([passage])[0].passage)}

    def _last(self, trace: Trace) -> Answer:
        return self._reworded(trace) or self._whole(trace)

    def _reworded(self, trace: Trace) -> Answer | None:
        writing = self._begin(trace)
        if writing is None:
            return None
        *_, answer = self._written(trace, writing)
        return answer

    def _grow(self, traces: Iterator[Trace]) -> Iterator[Answer]:
        for trace in traces:
            writing = self._begin(trace)
            yield from growing(self._whole(trace)) if writing is None else self._written(trace, writing)

    async def _agrow(self, traces: AsyncIterator[Trace]) -> AsyncIterator[Answer]:
        async for trace in traces:
            writing = None if self.writer is None else await asyncio.to_thread(self._begin, trace)
            if writing is None:
                for part in growing(self._whole(trace)):
                    yield part
                continue
            answers = self._written(trace, writing)
            try:
                while (answer := await asyncio.to_thread(next, answers, None)) is not None:
                    yield answer
            finally:
                writing.close()

    def _begin(self, trace: Trace) -> Writing | None:
        """Begin to have an answer written, where there is evidence for one and a chat model to write it."""
        quoted = trace.answer
        if self._rewording is None or quoted is None or quoted.outcome != "answered":
            return None
        evidence = trace.evidence.hits
        return self._rewording.begin(Quoted(quoted, evidence, trace.ask.turns), trace.opened.build)

    def _written(self, trace: Trace, writing: Writing) -> Iterator[Answer]:
        if self._rewording is None:
            raise AssertionError("only a rewording begins to write")
        for answer in self._rewording.answers(self._whole(trace), writing):
            total = {"total": (time.perf_counter() - trace.started) * 1000}
            yield replace(answer, timings_ms={**answer.timings_ms, **total})

    def _whole(self, trace: Trace) -> Answer:
        if trace.answer is None:
            raise AssertionError("the last step always leaves an answer")
        total = (time.perf_counter() - trace.started) * 1000
        return replace(
            trace.answer,
            timings_ms={**trace.timings_ms, "total": total},
            settings=self.settings.fingerprint(trace.opened.build.manifest.build),
        )


def _fixed(trace: Trace, text: str) -> dict[str, Any]:
    """Return the fixed answer that a text calls for, to the question as it was asked."""
    fixed = fixed_answer(text)
    if fixed is None:
        return {}
    own, care = trace.question, fixed.sources
    return {"answer": Answer(own, own, fixed.outcome, fixed.text, care_sources=care)}
