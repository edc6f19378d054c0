"""``check_corpus``: every rule over every document of a folder, with the lines that the findings stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from ingest.editorial import Finding
from ingest.editorial.corpus import Coverage, across, coverage
from ingest.editorial.rules import RULES, reading_grade
from ingest.sources import read_folder


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a folder found."""

    documents: int
    """Documents read."""
    findings: tuple[Finding, ...]
    """What is wrong, by document."""
    coverage: Coverage
    """Where there is guidance."""
    grade: float
    """Median reading grade of the documents."""

    @property
    def errors(self) -> int:
        """Return the number of findings that fail the check."""
        return sum(1 for finding in self.findings if finding.severity == "error")


def check_corpus(folder: Path, *, today: date) -> Checked:
    """Return everything that the policy finds in a folder. Raises DocumentError for a file that cannot be read at
    all."""
    documents = list(read_folder(folder, "corpus"))
    findings = [finding for document in documents for rule in RULES for finding in rule(document, today)]
    findings += across(documents, folder)
    return Checked(
        documents=len(documents),
        findings=tuple(sorted(findings, key=lambda finding: (finding.document, finding.rule))),
        coverage=coverage(documents),
        grade=median(reading_grade(document) for document in documents),
    )


def line_of(folder: Path, finding: Finding) -> int:
    """Return the line of the file that a finding stands on, 1 where it is about the whole document."""
    start = finding.excerpt[:30]
    lines = (folder / f"{finding.document}.md").read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if start and start in line), 1)
