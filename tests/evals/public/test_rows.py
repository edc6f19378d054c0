from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Turn
from evals.errors import EvalError
from evals.public.rows import Asked, read_beir, read_rows, turns_of

LONG = " ".join(["word"] * 20)
DOCUMENTS = [{"_id": "d1", "title": "A title", "text": "One."}, {"_id": "d2", "text": "Two."}]
QUERIES = [{"_id": "q1", "text": "Which?"}, {"_id": "q2", "text": "Who?"}, {"_id": "q3", "text": "Not judged"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td2\t1\nq4\td1\t1\n"


def lines(path: Path, rows: Sequence[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def beir(
    folder: Path, *, queries: Sequence[Any] = QUERIES, qrels: str = QRELS, documents: Sequence[Any] = DOCUMENTS
) -> Path:
    lines(folder / "corpus.jsonl", documents)
    lines(folder / "queries.jsonl", queries)
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels, "utf-8")
    return folder


def fails(message: str) -> Any:
    return pytest.raises(EvalError, match=f"^{re.escape(message)}")


def test_rows_are_read_with_all_their_keys(tmp_path: Path) -> None:
    rows = [{"question": "Who?", "gold": [1], "label": 0, "more": None}, {"question": "", "gold": [], "label": 1}]
    assert read_rows(lines(tmp_path / "a.jsonl", rows), question=str, gold=list, label=int) == rows


def test_blank_lines_and_other_line_ends_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('\r\n{"a": "x\u2028y"}\r\n \n{"a": "z"}'.encode())
    assert read_rows(path, a=str) == [{"a": "x\u2028y"}, {"a": "z"}]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"a": "x"', "not JSON (Expecting ',' delimiter"),
        ('["x"]', "not an object; each line has a, b, c"),
        ('{"b": [], "c": 1}', '"a" is None, not a text'),
        ('{"a": 3, "b": [], "c": 1}', '"a" is 3, not a text'),
        ('{"a": "x", "b": "y", "c": 1}', "\"b\" is 'y', not a list"),
        ('{"a": "x", "b": [], "c": "1"}', "\"c\" is '1', not a whole number"),
        ('{"a": "x", "b": [], "c": 0.5}', '"c" is 0.5, not a whole number'),
    ],
)
def test_a_line_of_another_form_is_named_with_its_file_and_number(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": "x", "b": [], "c": 1}\n\n' + line + "\n", "utf-8")
    with fails(f"{path}:3: {message}"):
        read_rows(path, a=str, b=list, c=int)


def test_a_long_value_is_cut_in_the_message(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [{"a": list(range(100))}])
    with fails(f'{path}:1: "a" is {str(list(range(100)))[:60]}, not a text'):
        read_rows(path, a=str)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_file_without_a_row_says_what_a_row_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text, "utf-8")
    with fails(f"{path}: holds no row; each line is an object with a, b"):
        read_rows(path, a=str, b=list)


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with fails(f"{path}: cannot be read (No such file or directory); give a file of JSON lines"):
        read_rows(path, a=str)


def test_a_file_in_another_encoding_is_named_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"a": "é"}'.encode("latin-1"))
    with fails(f"{path}: byte 7 is not UTF-8; give a file of JSON lines"):
        read_rows(path, a=str)


def test_a_beir_folder_gives_its_documents_and_its_judged_queries(tmp_path: Path) -> None:
    data = read_beir(beir(tmp_path))
    assert (data.ids, data.titles, data.texts) == (["d1", "d2"], ["A title", ""], ["One.", "Two."])
    assert data.queries == [Asked("q1", "Which?"), Asked("q2", "Who?")]
    assert data.relevant == {"q1": {"d1": 2}, "q2": {"d2": 1}, "q4": {"d1": 1}}


def test_a_query_has_its_history_and_rewrite_from_its_metadata(tmp_path: Path) -> None:
    about = {"history": ["What is a buy-in?"], "rewrite": "Who pays a buy-in?"}
    data = read_beir(beir(tmp_path, queries=[{"_id": "q1", "text": "Who pays it?", "metadata": about}]))
    assert data.queries == [Asked("q1", "Who pays it?", (Turn("What is a buy-in?"),), "Who pays a buy-in?")]


def test_judgements_need_no_heading(tmp_path: Path) -> None:
    assert read_beir(beir(tmp_path, qrels="q1\td1\t1\n")).relevant == {"q1": {"d1": 1}}


def test_the_only_file_of_judgements_will_do_and_of_several_test_is_taken(tmp_path: Path) -> None:
    beir(tmp_path)
    (tmp_path / "qrels" / "test.tsv").rename(tmp_path / "qrels" / "dev.tsv")
    assert set(read_beir(tmp_path).relevant) == {"q1", "q2", "q4"}
    (tmp_path / "qrels" / "test.tsv").write_text("q2\td1\t1\n", "utf-8")
    assert read_beir(tmp_path).relevant == {"q2": {"d1": 1}}


@pytest.mark.parametrize("others", [[], ["dev.tsv", "train.tsv"]])
def test_a_folder_without_judgements_to_take_says_what_it_should_hold(tmp_path: Path, others: list[str]) -> None:
    beir(tmp_path)
    (tmp_path / "qrels" / "test.tsv").unlink()
    for name in others:
        (tmp_path / "qrels" / name).write_text(QRELS, "utf-8")
    with fails(f"{tmp_path / 'qrels' / 'test.tsv'}: no such file; a BEIR folder holds corpus.jsonl, queries.jsonl"):
        read_beir(tmp_path)


@pytest.mark.parametrize("line", ["q2\td1", "q2\td1\tmuch", "q2 d1 1"])
def test_a_judgement_of_another_form_is_named_with_its_file_and_line(tmp_path: Path, line: str) -> None:
    beir(tmp_path, qrels=f"{QRELS}{line}\n")
    with fails(f"{tmp_path / 'qrels' / 'test.tsv'}:6: not query, document and grade between tabs; mend the line"):
        read_beir(tmp_path)


@pytest.mark.parametrize("qrels", ["q9\td1\t1\n", "q1\td1\t0\n", "query-id\tcorpus-id\tscore\n"])
def test_judgements_of_other_queries_do_not_belong_to_the_folder(tmp_path: Path, qrels: str) -> None:
    beir(tmp_path, qrels=qrels)
    with fails(f"{tmp_path}: no query has a relevant document"):
        read_beir(tmp_path)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_a_missing_file_of_a_beir_folder_is_named(tmp_path: Path, name: str) -> None:
    beir(tmp_path)
    (tmp_path / name).unlink()
    with fails(f"{tmp_path / name}: cannot be read"):
        read_beir(tmp_path)


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("corpus.jsonl", {"_id": 7, "text": "One."}, '"_id" is 7, not a text'),
        ("corpus.jsonl", {"_id": "d1"}, '"text" is None, not a text'),
        ("queries.jsonl", {"_id": "q1"}, '"text" is None, not a text'),
    ],
)
def test_a_bad_row_of_a_beir_folder_is_named(tmp_path: Path, name: str, row: dict[str, Any], message: str) -> None:
    beir(tmp_path)
    path = lines(tmp_path / name, [row])
    with fails(f"{path}:1: {message}"):
        read_beir(tmp_path)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], ()),
        (["Who?"], (Turn("Who?"),)),
        (["Who?", LONG], (Turn("Who?", (LONG,)),)),
        (["Who?", LONG, "And then?", LONG], (Turn("Who?", (LONG,)), Turn("And then?", (LONG,)))),
        (["Who?", "And when?"], (Turn("Who?"), Turn("And when?"))),
        (["Who?", LONG[:-5]], (Turn("Who?"), Turn(LONG[:-5]))),  # 19 words are no answer
        ([f"{LONG} word", LONG], (Turn(f"{LONG} word"), Turn(LONG))),  # 20 words are not twice 21
        (["Who?", LONG, "And?"], (Turn("Who?"), Turn(LONG), Turn("And?"))),  # the last has no answer
        (["Who?", f"{LONG} {LONG}", "So?", "Yes."], (Turn("Who?", (f"{LONG} {LONG}",)), Turn("So?", ("Yes.",)))),
    ],
)
def test_a_history_is_questions_or_questions_with_their_answers(
    history: Sequence[str], expected: tuple[Turn, ...]
) -> None:
    # between questions stand answers where these have 20 words, and twice those of the questions, on average
    assert turns_of(history) == expected


@pytest.mark.parametrize("about", ["text", ["x"], {"history": "Who?"}, {"history": 5}])
def test_metadata_of_another_form_is_an_error_that_names_the_file(tmp_path: Path, about: Any) -> None:
    beir(tmp_path, queries=[{"_id": "q1", "text": "Which?", "metadata": about}])
    with fails(f"{tmp_path / 'queries.jsonl'}"):
        read_beir(tmp_path)


def test_judgements_in_another_encoding_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    beir(tmp_path)
    (tmp_path / "qrels" / "test.tsv").write_bytes("é\td1\t1\n".encode("latin-1"))
    with fails(f"{tmp_path / 'qrels' / 'test.tsv'}"):
        read_beir(tmp_path)
