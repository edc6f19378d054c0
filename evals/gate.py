"""Scores + ``gates.toml`` -> a verdict. Also the whole evaluation in order: cases -> run -> score -> gate -> report."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.chain import Assistant
from evals.cases import read_cases
from evals.errors import EvalError
from evals.records import Case, GateResult, Report, Run, Score
from evals.report import print_report, write_report
from evals.run import run_cases
from evals.score.abstention import abstention_precision, abstention_recall
from evals.score.grounding import PassageText, citation_precision, grounding
from evals.score.retrieval import evidence_recall

HERE = Path(__file__).parent
CORE = HERE / "case_sets" / "core.jsonl"
GATES = HERE / "gates.toml"

PASSED, MISSED, NOT_EVALUATED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Gates:
    """What must be reached."""

    floors: dict[str, float]
    """Least value of each score, by its name."""
    must_pass: tuple[str, ...]
    """Ids of cases that must have their expected outcome."""


def evaluate_and_gate(assistant: Assistant, *, cases_path: Path | None, out: Path) -> int:
    """Run a case set, print and write the report, and return the exit code: 0 pass, 1 gate missed, 2 not evaluated."""
    path = cases_path or CORE
    cases = read_cases(path)
    runs = list(run_cases(assistant, cases))
    scores = score(cases, runs, passage_text=passage_reader(assistant))
    gates = read_gates(GATES) if path.resolve() == CORE.resolve() else Gates({}, ())
    results, exit_code = judge(gates, scores, cases=cases, runs=runs)
    report = Report(
        suite=path.stem,
        settings=assistant.settings.fingerprint(assistant.build.manifest.build),
        scores=scores,
        gates=results,
        cases=cases,
        runs=runs,
        exit_code=exit_code,
    )
    print_report(report)
    write_report(report, out)
    return exit_code


def score(cases: Sequence[Case], runs: Sequence[Run], *, passage_text: PassageText) -> list[Score]:
    """Return every score of some runs."""
    return [
        evidence_recall(cases, runs, k=5),
        grounding(runs, passage_text),
        citation_precision(runs, passage_text),
        abstention_precision(cases, runs),
        abstention_recall(cases, runs),
    ]


def read_gates(path: Path) -> Gates:
    """Return the gates of a file. Raises EvalError where it has another form."""
    try:
        fields = tomllib.loads(path.read_text("utf-8"))
        floors = {str(name): float(value) for name, value in fields["floors"].items()}
        return Gates(floors, tuple(fields["must_pass"]["cases"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise EvalError(f"{path}: not a file of gates ({error}); it has [floors] and [must_pass] cases") from error


def judge(
    gates: Gates, scores: Sequence[Score], *, cases: Sequence[Case], runs: Sequence[Run]
) -> tuple[list[GateResult], int]:
    """Return every gate with its result, and the exit code.

    A score without a value, a gate without a score or a case that ended in an error means that the answers could not
    be evaluated: that is 2 and never a pass.
    """
    by_name = {entry.name: entry for entry in scores}
    results = []
    for name, floor in gates.floors.items():
        value = by_name[name].value if name in by_name else None
        results.append(GateResult(name, floor, value, value is not None and value >= floor))
    outcomes = {run.case: run.record["outcome"] if run.record else None for run in runs}
    expected = {case.id: case.expect for case in cases}
    for case in gates.must_pass:
        outcome = outcomes.get(case)
        value = None if outcome is None else float(outcome == expected.get(case))
        results.append(GateResult(f"case {case}", 1.0, value, value == 1.0))
    errors = any(run.error for run in runs)
    nothing = not any(entry.value is not None for entry in scores)
    if errors or nothing or not runs or any(result.value is None for result in results):
        return results, NOT_EVALUATED
    return results, PASSED if all(result.passed for result in results) else MISSED


def passage_reader(assistant: Assistant) -> PassageText:
    """Return a look-up from passage ids to texts of the assistant's index."""
    store = assistant.build.passages
    known = set(store.ids)

    def text(passage_id: str) -> str | None:
        return store.passages([passage_id])[0].passage.text if passage_id in known else None

    return text
