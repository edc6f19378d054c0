"""The shipped case sets: their sections exist, and they are large enough for what they claim to measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands.plain import shipped_library
from evals.cases import read_cases, suite_path, suites
from evals.score.completeness import holds
from ingest.sentences import sentence_spans
from ingest.sources import read_folder

SETS = [suite_path(name) for name in suites()]


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
    cases = {case.turns[-1].casefold() for path in SETS for case in read_cases(path) if case.expect != "open"}
    assert asked & cases == set()


def test_forty_core_cases_and_more_say_what_a_complete_answer_holds() -> None:
    pointed = [case for case in read_cases(suite_path("core")) if case.points]
    assert len(pointed) >= 40
    assert all(2 <= len(case.points) <= 4 for case in pointed)


def test_the_sections_that_a_core_case_names_hold_every_point_of_it() -> None:
    texts: dict[tuple[str, str], list[str]] = {}
    for document in read_folder(shipped_library().folder, "Curbside"):
        heading = ""
        for block in document.blocks:
            heading = block.text if block.kind == "heading" else heading
            spans = sentence_spans(block.text)
            texts.setdefault((document.id, heading), []).extend(block.text[start:end] for start, end in spans)
    missing = [
        (case.id, point)
        for case in read_cases(suite_path("core"))
        for point in case.points
        if not any(holds(texts[entry.document, entry.heading], point) for entry in case.relevant)
    ]
    assert missing == []


def test_every_case_of_a_conversation_has_a_persons_version_of_its_last_turn() -> None:
    cases = [case for name in ("core", "followup") for case in read_cases(suite_path(name)) if len(case.turns) > 1]
    assert len(cases) >= 40
    assert all(case.standalone for case in cases)


def test_every_perturbed_case_is_a_core_case_in_other_dress() -> None:
    core = {case.id: case for case in read_cases(suite_path("core"))}
    cases = read_cases(suite_path("perturbation"))
    for case in cases:
        of_it = core[case.source.removeprefix("core ")]
        kept = replace(case, id=of_it.id, turns=of_it.turns, tags=of_it.tags, source=of_it.source)
        assert kept == of_it
        assert case.turns[:-1] == of_it.turns[:-1]
        assert case.turns[-1] != of_it.turns[-1]
    assert {case.source.removeprefix("core ") for case in cases} == set(core)
    assert {tag for case in cases for tag in case.tags} == {
        "misspelt", "capitals", "shorthand", "polite", "framed", "doubled",
    }  # fmt: skip
