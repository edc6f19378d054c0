"""A Report -> its cases, the worst first, with what was asked, answered, and found side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.records import Case, Report, Run
from evals.report.lines import paired

#: Passages found that are shown where an answer cites none.
_FOUND = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A passage beside an answer."""

    label: str
    """Number of its citation, or its place among what was found."""
    title: str
    """Document and heading."""
    before: str
    """What stands before the quote."""
    quote: str
    """The quote, or empty."""
    after: str
    """What stands behind it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as it is shown."""

    case: Case
    """What was asked."""
    run: Run
    """What was answered."""
    verdict: str
    """Whether it came out as expected, in words."""
    badness: float
    """0 for a case with nothing against it; 2 and more where the outcome is wrong."""
    scores: tuple[tuple[str, float], ...]
    """Scores that are not the best they could be."""
    sources: tuple[Source, ...]
    """What it cites, or else the first passages found."""

    @property
    def text(self) -> str:
        """Return the answer, or nothing where there is none."""
        return str(self.run.answer.get("text", ""))

    @property
    def is_wrong(self) -> bool:
        """Return whether the outcome is another than expected, or there is none."""
        return self.badness >= 2


def shown(report: Report) -> list[Shown]:
    """Return every case, the worst first: errors, wrong outcomes, then what lost most in its scores."""
    found = [_shown(report, case, run) for case, run in paired(report)]
    return sorted(found, key=lambda entry: -entry.badness)


def _shown(report: Report, case: Case, run: Run) -> Shown:
    short = [
        (
            score.name,
            score.cases[case.id],
            1 - score.cases[case.id] if score.better == "higher" else score.cases[case.id],
        )
        for score in report.scores
        if score.is_mean and case.id in score.cases
    ]
    lost = [(name, value, loss) for name, value, loss in short if loss > 0]
    total = sum(loss for *_, loss in lost) / max(len(short), 1)
    wrong = case.expect not in ("open", run.outcome) or (case.expect == "open" and run.outcome == "care")
    badness = total + (4 if run.record is None else 2 * wrong) + (1 if wrong and case.id in report.must_pass else 0)
    if run.record is None:
        verdict = f"error: {run.error}"
    else:
        verdict = f"{run.outcome}, expected {case.expect}" if wrong else f"{run.outcome}, as expected"
    return Shown(case, run, verdict, badness, tuple((name, value) for name, value, _ in lost), _sources(run))


def _sources(run: Run) -> tuple[Source, ...]:
    texts = run.passages or {}
    cited = tuple(_cited(citation, texts) for citation in run.answer.get("citations", ()))
    if cited:
        return cited
    return tuple(
        Source(f"found {place}", f"{entry.document} › {entry.heading}", texts.get(entry.passage, ""), "", "")
        for place, entry in enumerate((run.retrieved or ())[:_FOUND], start=1)
    )


def _cited(citation: Mapping[str, Any], texts: Mapping[str, str]) -> Source:
    """Return a citation with its span in the index's own text, where that is known: the record is not believed."""
    text = texts.get(citation.get("passage_id", ""), citation.get("passage", ""))
    start, end = citation.get("start", 0), citation.get("end", 0)
    title = " › ".join([citation.get("title", ""), *citation.get("heading_path", ())])
    label = str(citation.get("number", ""))
    if text[start:end] != citation.get("quote", ""):
        return Source(label, f"{title} (the quote is not in the index)", "", citation.get("quote", ""), "")
    return Source(label, title, text[:start], text[start:end], text[end:])
