from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.chain import Assistant
from evals.cases import read_cases
from evals.errors import EvalError
from evals.gate import CORE, GATES, read_gates
from evals.records import Case, Relevant
from ingest.records import heading_of

GOOD = {
    "id": "buy-in",
    "turns": ["what is a practice", "and a buy-in?"],
    "expect": "answered",
    "relevant": [{"document": "practice/buy-in", "heading": "What a buy-in is"}],
    "tags": ["practice"],
}


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_a_line_becomes_a_case(tmp_path: Path) -> None:
    assert read_cases(_file(tmp_path, GOOD)) == [
        Case(
            id="buy-in",
            turns=("what is a practice", "and a buy-in?"),
            expect="answered",
            relevant=(Relevant("practice/buy-in", "What a buy-in is"),),
            tags=("practice",),
        )
    ]


def test_sections_and_tags_may_be_left_out_where_there_are_none(tmp_path: Path) -> None:
    assert read_cases(_file(tmp_path, {"id": "pizza", "turns": ["best pizza"], "expect": "declined"})) == [
        Case(id="pizza", turns=("best pizza",), expect="declined")
    ]


def test_cases_keep_their_order_and_empty_lines_are_nothing(tmp_path: Path) -> None:
    cases = read_cases(_file(tmp_path, GOOD, "", {**GOOD, "id": "a"}, "   "))
    assert [case.id for case in cases] == ["buy-in", "a"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{not json", "not JSON"),
        ("[]", "not an object"),
        ({**GOOD, "expected": "answered"}, r"\['expected'\]; use \['expect', 'id', 'relevant', 'tags', 'turns'\]"),
        ({**GOOD, "id": ""}, "\"id\" is '', not a text"),
        ({**GOOD, "id": 7}, '"id" is 7, not a text'),
        ({**GOOD, "turns": []}, r'"turns" is \[\], not a list of texts'),
        ({**GOOD, "turns": "one"}, "\"turns\" is 'one', not a list of texts"),
        ({**GOOD, "turns": [1]}, r'"turns" is \[1\], not a list of texts'),
        ({**GOOD, "tags": "one"}, "\"tags\" is 'one', not a list of texts"),
        ({**GOOD, "expect": "good"}, "\"expect\" is 'good'; use one of answered, not_covered, declined, care"),
        ({**GOOD, "relevant": []}, 'expects "answered", and no other, names its "relevant" sections'),
        ({**GOOD, "expect": "care"}, 'expects "answered", and no other, names its "relevant" sections'),
        ({**GOOD, "relevant": ["practice/buy-in"]}, "each entry has a document and a heading"),
        ({**GOOD, "relevant": [{"document": "practice/buy-in"}]}, "each entry has a document and a heading"),
    ],
)
def test_a_line_of_another_form_is_named_with_file_and_line(tmp_path: Path, line: object, message: str) -> None:
    with pytest.raises(EvalError, match=rf"set\.jsonl:3: .*{message}"):
        read_cases(_file(tmp_path, {**GOOD, "id": "first"}, "", line))


@pytest.mark.parametrize("relevant", [None, 5, [{"document": "practice/buy-in", "heading": None}]])
def test_sections_of_another_form_are_named_with_file_and_line(tmp_path: Path, relevant: object) -> None:
    with pytest.raises(EvalError, match=r"set\.jsonl:1: "):
        read_cases(_file(tmp_path, {**GOOD, "relevant": relevant}))


def test_an_id_that_stands_twice_is_named_at_its_second_place(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"set\.jsonl:2: the id 'buy-in' stands twice"):
        read_cases(_file(tmp_path, GOOD, GOOD))


def test_a_file_without_a_case_shows_what_one_looks_like(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r'holds no case; a line of it looks like \{"id"'):
        read_cases(_file(tmp_path, "", ""))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"none\.jsonl: cannot be read \(No such file or directory\)"):
        read_cases(tmp_path / "none.jsonl")


def test_a_file_that_is_not_a_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(EvalError, match=r"set\.jsonl: "):
        read_cases(path)


def test_a_line_separator_inside_a_text_does_not_end_the_line(tmp_path: Path) -> None:
    assert read_cases(_file(tmp_path, {**GOOD, "turns": ["one\u2028two"]}))[0].turns == ("one\u2028two",)


def test_every_section_that_a_core_case_names_is_in_the_shipped_corpus(assistant: Assistant) -> None:
    store = assistant.build.passages
    entries = [(store.document(entry.passage.document_key), entry.passage) for entry in store.passages(store.ids)]
    known = {Relevant(document.id, heading_of(document.title, passage)) for document, passage in entries}
    assert {section for case in read_cases(CORE) for section in case.relevant} <= known


def test_every_case_that_must_pass_is_a_core_case() -> None:
    assert set(read_gates(GATES).must_pass) <= {case.id for case in read_cases(CORE)}
