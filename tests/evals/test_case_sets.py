"""The shipped case sets: their sections exist, and they are large enough for what they claim to measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.plain import shipped_library
from evals.cases import read_cases
from ingest.sources import read_folder

SETS = sorted((Path(__file__).parents[2] / "evals" / "case_sets").glob("*.jsonl"))


@pytest.fixture(scope="module")
def sections() -> set[tuple[str, str]]:
    documents = read_folder(shipped_library().folder, "Curbside")
    return {(d.id, block.text) for d in documents for block in d.blocks if block.kind == "heading"}


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_section_that_a_case_names_is_in_the_corpus(path: Path, sections: set[tuple[str, str]]) -> None:
    named = {(entry.document, entry.heading) for case in read_cases(path) for entry in case.relevant}
    assert named - sections == set()


def test_the_coverage_set_asks_enough_of_the_corpus_and_beyond_it() -> None:
    cases = read_cases(next(path for path in SETS if path.stem == "coverage"))
    answerable = [case for case in cases if case.expect == "answered"]
    assert len(answerable) >= 250
    assert sum(1 for case in answerable if "misspelt" in case.tags) >= len(answerable) / 10
    assert sum(1 for case in cases if case.expect == "not_covered") >= 60


def test_no_section_carries_a_question_of_a_case_set() -> None:
    asked = {
        question.casefold()
        for document in read_folder(shipped_library().folder, "Curbside")
        for block in document.blocks
        for question in block.asked
    }
    cases = {case.turns[-1].casefold() for path in SETS for case in read_cases(path)}
    assert asked & cases == set()
