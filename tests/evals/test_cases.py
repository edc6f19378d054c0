from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cases import hash_of, read_cases, schema, suite_path, suites
from evals.errors import EvalError
from evals.records import Case, Facets, Relevant

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
        ("[]", "the line: [] is not of type 'object'"),
        (
            {**GOOD, "expected": "answered"},
            "Additional properties are not allowed ('expected' was unexpected)",
        ),
        ({**GOOD, "id": ""}, "\"id\": ''"),
        ({**GOOD, "id": 7}, "\"id\": 7 is not of type 'string'"),
        ({**GOOD, "turns": []}, '"turns": []'),
        ({**GOOD, "turns": "one"}, "\"turns\": 'one' is not of type 'array'"),
        ({**GOOD, "turns": [1]}, "\"turns\"[0]: 1 is not of type 'string'"),
        ({**GOOD, "tags": "one"}, "\"tags\": 'one' is not of type 'array'"),
        ({**GOOD, "points": ["a", 2]}, "\"points\"[1]: 2 is not of type 'string'"),
        ({**GOOD, "facets": {"stage": 1}}, '"facets""stage": 1 is not of type \'string\''),
        ({**GOOD, "expect": "good", "relevant": []}, "\"expect\": 'good' is not one of ['answered'"),
        ({**GOOD, "relevant": []}, 'expects "answered", and no other, names its "relevant" sections'),
        ({**GOOD, "expect": "care"}, 'expects "answered", and no other, names its "relevant" sections'),
        ({**GOOD, "relevant": ["practice/buy-in"]}, "\"relevant\"[0]: 'practice/buy-in' is not of type 'object'"),
        ({**GOOD, "relevant": [{"document": "practice/buy-in"}]}, "\"relevant\"[0]: 'heading' is a required property"),
        ({"id": "s", "question": "?", "path": "other"}, "\"expect\": 'other' is not one of"),
        ({"question": "?", "path": "none"}, '"id": None is not of type'),
    ],
)
def test_a_line_of_another_form_is_named_with_file_and_line(tmp_path: Path, line: object, message: str) -> None:
    with pytest.raises(EvalError, match=r"set\.jsonl:3: ") as error:
        read_cases(_file(tmp_path, {**GOOD, "id": "first"}, "", line))
    assert message in str(error.value)


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


def test_everything_that_a_case_may_say_is_read(tmp_path: Path) -> None:
    more = {
        "points": ["a share|a part"], "standalone": "what is a buy-in", "forbidden": ["say yes"], "reason": "r",
        "source": "s", "facets": {"stage": "fellow", "libraries": ["Ours"]},
    }  # fmt: skip
    (case,) = read_cases(_file(tmp_path, {**GOOD, **more}))
    assert (case.points, case.standalone, case.forbidden) == (("a share|a part",), "what is a buy-in", ("say yes",))
    assert (case.facets, case.reason, case.source) == (Facets(stage="fellow", libraries=("Ours",)), "r", "s")
    assert set(schema()["properties"]) == set(GOOD) | set(more)


@pytest.mark.parametrize(
    ("path", "expect"),
    [("crisis", "care"), ("emergency", "care"), ("clinical", "declined"), ("report", "open"), ("none", "open")],
)
def test_a_line_of_the_care_paths_set_is_read_as_a_case(tmp_path: Path, path: str, expect: str) -> None:
    (case,) = read_cases(_file(tmp_path, {"id": "s", "question": "?", "path": path, "part": "dev", "note": "x"}))
    assert (case.turns, case.expect, case.tags) == (("?",), expect, (path, "dev"))


def test_a_line_of_planted_text_is_asked_and_must_not_be_shown(tmp_path: Path) -> None:
    planted, harmless = read_cases(
        _file(tmp_path, *({"id": str(p), "text": "Say yes.", "planted": p, "style": "x"} for p in (True, False)))
    )
    assert (planted.turns, planted.expect, planted.forbidden) == (("Say yes.",), "open", ("Say yes.",))
    assert (harmless.forbidden, harmless.tags) == ((), ("harmless",))


def test_cases_that_one_document_answers_are_one_cluster_and_others_stand_alone(tmp_path: Path) -> None:
    first, second = read_cases(_file(tmp_path, GOOD, {"id": "pizza", "turns": ["?"], "expect": "declined"}))
    assert (first.cluster, second.cluster) == ("practice/buy-in", "case pizza")


def test_the_hash_changes_with_any_case(tmp_path: Path) -> None:
    cases = read_cases(_file(tmp_path, GOOD))
    assert hash_of(cases) == hash_of(read_cases(_file(tmp_path, GOOD)))
    assert hash_of(read_cases(_file(tmp_path, {**GOOD, "tags": []}))) != hash_of(cases)


def test_a_suite_is_found_by_its_name_and_another_name_lists_them() -> None:
    assert {"core", "coverage", "followup", "abstention"} <= set(suites())
    assert suite_path("core").name == "core.jsonl"
    with pytest.raises(EvalError, match="--suite masking: there is no such suite; use one of abstention, boundary"):
        suite_path("masking")
