"""A whole evaluation in order: cases -> run -> score -> compare -> gate -> report. The one file that puts the steps
together.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from assistant.chain import Assistant
from assistant.generate.model import open_model
from assistant.generate.receive import Limits, Reply
from assistant.records import Message, Verifier
from assistant.settings import PROVIDERS, ModelSettings
from evals.against import compare
from evals.baseline import Baseline, read_baseline
from evals.cases import hash_of, read_cases, suite_path
from evals.errors import EvalError
from evals.gate import GATES, Gates, judge, read_gates
from evals.recording import digest_of, read_run, write_run
from evals.records import Case, Header, Report, Run
from evals.run import Subject, run_cases
from evals.score.every import every_score
from evals.score.judge import Judge
from evals.score.latency import latency
from evals.subjects.function import open_function
from evals.subjects.http import CurbsideSubject, open_http
from evals.subjects.local import LocalSubject

BASELINE = Path(__file__).parent / "baseline.json"
RUN = "run.jsonl"

_LOG = logging.getLogger("curbside")
#: A verdict is one word; models that think before they speak need more and are cut off, which is no verdict.
_VERDICT_TOKENS, _VERDICT_CHARACTERS = 20, 200
_PACKAGES = ("curbside", "chromadb", "numpy", "onnxruntime", "tokenizers", "bm25s")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are evaluated, and how."""

    suite: str = "core"
    """Name of a shipped case set, or of a file of one's own."""
    cases: Path | None = None
    """A file of one's own, or None for the suite's."""
    workers: int = 1
    """Threads that ask."""
    gates: Path | None = None
    """A file of gates of one's own, or None for the shipped one, which says nothing of one's own cases."""
    baseline: Path | None = None
    """A baseline of one's own, or None likewise."""

    def read(self) -> list[Case]:
        """Return the cases. Raises EvalError where there are none or one has another form."""
        return read_cases(self.cases or suite_path(self.suite))

    @property
    def name(self) -> str:
        """Return the name of the case set."""
        return self.cases.stem if self.cases else self.suite

    @property
    def is_shipped(self) -> bool:
        """Return whether the cases are those of a shipped suite, by whatever path they are named."""
        try:
            return self.cases is None or suite_path(self.cases.stem).samefile(self.cases)
        except (EvalError, OSError):
            return False


@dataclass(frozen=True, slots=True)
class Opened:
    """A system under evaluation with what is known of it."""

    subject: Subject
    """What is asked."""
    name: str
    """What it is called in the report."""
    settings: str = ""
    """Fingerprint of its settings and index, where it is known."""
    index: str = ""
    """Identity of its index, where it is known."""


@dataclass(frozen=True, slots=True)
class Judges:
    """Who is asked about answers that cannot be settled to the letter."""

    verifier: Verifier | None = None
    """What tells whether evidence bears a statement out."""
    judge: Judge | None = None
    """A chat model's verdict."""


def open_local(assistant: Assistant) -> Opened:
    """Return the assistant of this process as a subject; it answers from the build that is published now."""
    assistant = assistant.pinned()
    manifest = assistant.build.manifest
    settings = assistant.settings.fingerprint(manifest.build)
    subject = LocalSubject(assistant, assistant.build.passages)
    return Opened(subject, "this assistant", settings, manifest.build.partition("-")[0])


def open_other(name: str, *, model: str = "") -> Opened:
    """Return the subject of an address or of ``module:function``. Raises EvalError where there is none."""
    if not name.startswith(("http://", "https://")):
        return Opened(open_function(name), name)
    subject = open_http(name, model=model)
    return Opened(subject, f"{'Curbside' if isinstance(subject, CurbsideSubject) else 'chat completions'} at {name}")


def run(opened: Opened, wanted: Wanted, *, path: Path, advance: Callable[[int], None]) -> tuple[Header, list[Run]]:
    """Ask every case, write the run as it comes in, and return it. ``advance`` is told of each case that was asked."""
    header = header_of(opened, wanted)
    done = []
    asked = run_cases(opened.subject, wanted.read(), workers=wanted.workers)
    for entry in write_run(path, header, runs=asked):
        done.append(entry)
        advance(1)
    return header, done


def header_of(opened: Opened, wanted: Wanted) -> Header:
    """Return what makes a run of these cases."""
    return Header(
        suite=wanted.name,
        subject=opened.name,
        settings=opened.settings,
        index=opened.index,
        cases=hash_of(wanted.read()),
        versions={"python": python_version(), **{name: _version(name) for name in _PACKAGES}},
    )


def gates_of(wanted: Wanted) -> Gates:
    """Return what the cases have to reach: nothing, for a file of one's own without gates of its own."""
    path = wanted.gates or (GATES if wanted.is_shipped else None)
    return read_gates(path, wanted.name) if path else Gates()


def report_on(header: Header, runs: Sequence[Run], *, wanted: Wanted, judges: Judges, gated: bool = True) -> Report:
    """Return the scores of a run against the gates and the baseline of its suite; nothing is asked again.

    A file of cases of one's own has neither, unless they are given. Without ``gated`` the gates are left aside.
    """
    cases = wanted.read()
    known = {case.id for case in cases}
    if strangers := [entry.case for entry in runs if entry.case not in known]:
        raise EvalError(
            f"the run has the case {strangers[0]!r}, which {wanted.cases or wanted.suite} has not; give its cases"
        )
    gates = gates_of(wanted) if gated else Gates()
    baseline_path = wanted.baseline or (BASELINE if wanted.is_shipped else None)
    baseline = read_baseline(baseline_path, wanted.name) if baseline_path else Baseline()
    scores = every_score(cases, runs, verifier=judges.verifier, judge=judges.judge)
    comparisons = compare(scores, baseline.scores, cases=cases)
    verdict = judge(gates, scores, cases=cases, runs=runs, comparisons=comparisons)
    return Report(
        header=replace(header, suite=wanted.name),
        scores=scores,
        verdict=verdict,
        cases=cases,
        runs=runs,
        comparisons=comparisons,
        baseline=baseline.told,
        latency=latency(runs),
        digest=digest_of(header, runs),
        must_pass=frozenset(gates.must_pass),
    )


def report_on_file(path: Path, *, wanted: Wanted, judges: Judges, gated: bool = True) -> Report:
    """Return the report of a run that was written down before; the run names its suite, not ``wanted``."""
    header, runs = read_run(path)
    return report_on(header, runs, wanted=replace(wanted, suite=header.suite), judges=judges, gated=gated)


def open_judge(name: str, *, base_url: str = "", limits: Limits | None = None) -> Judge:
    """Return a chat model, ``provider:name``, as a judge; a reply that did not come to its own end is no verdict.

    "no" may be the beginning of "not quite": what was cut off, refused or late says nothing. Raises EvalError for a
    name of another form and SettingError where the provider's package is missing.
    """
    provider, _, called = name.partition(":")
    if provider not in PROVIDERS or not called:
        raise EvalError(f"--judge {name}: write PROVIDER:NAME with one of {', '.join(PROVIDERS)}")
    limits = limits or Limits(60.0, _VERDICT_CHARACTERS)
    # its own requests may not outlast the limit for the whole reply
    model = open_model(ModelSettings(name, base_url, seconds=limits.seconds, tokens=_VERDICT_TOKENS))

    def ask(prompt: str) -> str | None:
        reply = Reply(model, [Message("human", prompt)], limits=limits)
        text = "".join(reply)
        if reply.end.ending == "whole":
            return text
        _LOG.warning("left unscored: the judge's reply ended as %s %s", reply.end.ending, reply.end.detail)
        return None

    return ask


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
