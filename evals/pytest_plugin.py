"""``pytest -p evals.pytest_plugin --curbside-suite core``: a test for each case, and the gate's verdict as the last.

A case that must pass and came out otherwise fails, one without an answer is an error with its message; any other case
that came out otherwise is an expected failure, listed with ``-rx``: the gate says whether there are too many of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evals.pipeline import Opened, Wanted
    from evals.records import Case, Run

_OPTIONS = {
    "suite": "evaluate a shipped suite: core, coverage, followup, abstention, safety, injection or perturbation",
    "cases": "evaluate a file of cases of one's own",
    "subject": "http://… or module:function that is asked [default: the assistant of the index]",
    "index": "folder of the index [default: index/ or CURBSIDE_INDEX]",
    "gates": "a file of gates of one's own",
    "baseline": "a file of baselines of one's own",
    "out": "folder to write the report into [default: none is written]",
}
_GATE = "gate"


class NotAsItShouldBeError(Exception):
    """A case or the gate did not pass; the message says why."""


@dataclass(slots=True)
class Evaluation:
    """What the tests of a case set share: what is asked, and what was answered so far."""

    wanted: Wanted
    """Which cases, and what they have to reach."""
    config: pytest.Config
    """The options."""
    must_pass: frozenset[str] = frozenset()
    """Cases that have to have their expected outcome."""
    opened: Opened | None = None
    """What is asked; opened with the first case."""
    runs: list[Run] = field(default_factory=list)
    """What was answered so far."""

    def ask(self, case: Case) -> Run:
        """Ask a case, and keep what was answered for the gate."""
        from evals.run import run_cases

        if self.opened is None:
            self.opened = _open(self.config)
        (run,) = run_cases(self.opened.subject, [case])
        self.runs.append(run)
        return run

    def verdict(self) -> tuple[int, str]:
        """Return the gate's code and line, and write the report where a folder for it is named."""
        from evals.pipeline import Judges, header_of, report_on
        from evals.report import write_report

        opened = self.opened or _open(self.config)
        report = report_on(header_of(opened, self.wanted), self.runs, wanted=self.wanted, judges=Judges())
        if out := _option(self.config, "out"):
            write_report(report, Path(out))
        return report.verdict.code, report.verdict.line


class CaseFile(pytest.File):
    """A set of cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each case and one for the gate."""
        from evals.errors import EvalError
        from evals.pipeline import gates_of

        evaluation = Evaluation(_wanted(self.config), self.config)
        try:
            cases = evaluation.wanted.read()
            evaluation.must_pass = frozenset(gates_of(evaluation.wanted).must_pass)
        except EvalError as error:
            raise self.CollectError(str(error)) from error
        for case in cases:
            yield CaseItem.from_parent(self, name=case.id, case=case, evaluation=evaluation)
        yield GateItem.from_parent(self, name=_GATE, evaluation=evaluation)


class _Told(pytest.Item):
    """A test whose failure is told by its message alone: the evaluation's own code is not what failed."""

    def __init__(self, *, evaluation: Evaluation, **rest: Any) -> None:
        super().__init__(**rest)
        self.evaluation = evaluation

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the message of what did not pass, and anything else as pytest has it."""
        if isinstance(excinfo.value, NotAsItShouldBeError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file of cases and the name of the test."""
        return self.path, None, self.name


class CaseItem(_Told):
    """A case."""

    def __init__(self, *, case: Case, **rest: Any) -> None:
        super().__init__(**rest)
        self.case = case

    def runtest(self) -> None:
        """Ask the case, and fail where it has no answer or must pass and does not."""
        run = self.evaluation.ask(self.case)
        if run.record is None:
            raise NotAsItShouldBeError(f"{self.name} has no answer: {run.error}")
        if self.case.expect in ("open", run.outcome):
            return
        told = f"{self.name} is {run.outcome}, expected {self.case.expect}: {self.case.turns[-1]}"
        if self.name in self.evaluation.must_pass:
            raise NotAsItShouldBeError(told)
        pytest.xfail(told)


class GateItem(_Told):
    """The gate, over everything that was asked."""

    def runtest(self) -> None:
        """Score what was answered, and fail with the verdict's line where it does not pass."""
        code, line = self.evaluation.verdict()
        if code:
            raise NotAsItShouldBeError(f"{line} (exit code {code})")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("curbside", "evaluation of answers")
    for name, told in _OPTIONS.items():
        group.addoption(f"--curbside-{name}", default="", help=told)


def pytest_configure(config: pytest.Config) -> None:
    """Collect the cases: beside the tests that are named, or instead of all others where none is."""
    if (path := _path(config)) is None:
        return
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        config.args.append(str(path))
    else:
        config.args[:] = [str(path)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the set of cases that the options name."""
    return CaseFile.from_parent(parent, path=file_path) if file_path == _path(parent.config) else None


def _path(config: pytest.Config) -> Path | None:
    from evals.cases import suite_path
    from evals.errors import EvalError

    wanted = _option(config, "cases")
    if not wanted and not (suite := _option(config, "suite")):
        return None
    try:
        return (config.invocation_params.dir / wanted if wanted else suite_path(suite)).resolve()
    except EvalError as error:
        raise pytest.UsageError(str(error)) from error


def _wanted(config: pytest.Config) -> Wanted:
    from evals.pipeline import Wanted

    files = {name: Path(given) for name in ("cases", "gates", "baseline") if (given := _option(config, name))}
    suite = _option(config, "suite") or "core"
    return Wanted(suite, files.get("cases"), gates=files.get("gates"), baseline=files.get("baseline"))


def _open(config: pytest.Config) -> Opened:
    from assistant.chain import Assistant
    from assistant.settings import from_environment
    from evals.pipeline import open_local, open_other

    if subject := _option(config, "subject"):
        return open_other(subject)
    index = _option(config, "index")
    return open_local(Assistant.open(from_environment(index=Path(index) if index else None)))


def _option(config: pytest.Config, name: str) -> str:
    return str(config.getoption(f"--curbside-{name}"))
