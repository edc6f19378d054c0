"""Files of other people's data -> rows that were checked, with file and line in every message. A leaf of the tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.records import Turn
from evals.errors import EvalError
from evals.lines import read_lines

Row = Mapping[str, Any]

#: What an entry of a row may be, and how a message names it.
_KINDS: Mapping[type, str] = {str: "a text", list: "a list", int: "a whole number"}

#: From how many words, against the turns of the person, an entry of a history counts as an answer.
_ANSWER_WORDS, _LONGER = 20, 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of a BEIR folder."""

    id: str
    """Its id."""
    text: str
    """Its text."""
    turns: tuple[Turn, ...] = ()
    """The conversation before it, from ``metadata.history``."""
    rewrite: str = ""
    """A person's stand-alone version, from ``metadata.rewrite``, or empty."""


@dataclass(frozen=True, slots=True)
class Beir:
    """A retrieval data set in BEIR's layout."""

    ids: Sequence[str]
    """Ids of the documents."""
    titles: Sequence[str]
    """Their titles, which may be empty."""
    texts: Sequence[str]
    """Their texts."""
    queries: Sequence[Asked]
    """The queries that have a relevant document."""
    relevant: Mapping[str, Mapping[str, int]]
    """For each query its relevant documents, with their grade, 1 and more."""


def read_rows(path: Path, /, **needs: type) -> list[Row]:
    """Return the objects of a JSONL file; each has the keys of ``needs``, of these types.

    Raises EvalError, with file and line, where one has not.
    """
    rows = [_row(where, line, needs) for where, line in read_lines(path, expected="a file of JSON lines")]
    if not rows:
        raise EvalError(f"{path}: holds no row; each line is an object with {', '.join(needs)}")
    return rows


def read_beir(folder: Path) -> Beir:
    """Return a BEIR folder: ``corpus.jsonl``, ``queries.jsonl`` and the judgements of ``qrels/test.tsv``, or of the
    only file there. Raises EvalError where one is missing or of another form."""
    documents = read_rows(folder / "corpus.jsonl", _id=str, text=str)
    relevant = _read_qrels(_qrels(folder))
    path = folder / "queries.jsonl"
    queries = [_asked(path, row) for row in read_rows(path, _id=str, text=str)]
    judged = [query for query in queries if query.id in relevant]
    if not judged:
        raise EvalError(f"{folder}: no query has a relevant document; qrels and queries.jsonl do not belong together")
    titles = [str(row.get("title") or "") for row in documents]
    return Beir([row["_id"] for row in documents], titles, [row["text"] for row in documents], judged, relevant)


def turns_of(history: Sequence[str]) -> tuple[Turn, ...]:
    """Return a history as turns: the person's alone, or the person's and, between them, what was answered."""
    texts = [str(entry) for entry in history]
    own, others = texts[::2], texts[1::2]
    if len(texts) % 2 == 0 and others and _words(others) >= max(_ANSWER_WORDS, _LONGER * _words(own)):
        return tuple(Turn(question, (answer,)) for question, answer in zip(own, others, strict=True))
    return tuple(Turn(question) for question in texts)


def _words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _row(where: str, line: str, needs: Mapping[str, type]) -> Row:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise EvalError(f"{where}: not JSON ({error}); mend the line") from error
    if not isinstance(fields, dict):
        raise EvalError(f"{where}: not an object; each line has {', '.join(needs)}")
    for name, kind in needs.items():
        if not isinstance(fields.get(name), kind):
            raise EvalError(f'{where}: "{name}" is {fields.get(name)!r:.60}, not {_KINDS[kind]}')
    return fields


def _asked(path: Path, row: Row) -> Asked:
    about = row.get("metadata") or {}
    history = (about.get("history") or []) if isinstance(about, dict) else None
    if not isinstance(history, list) or not all(isinstance(entry, str) for entry in history):
        raise EvalError(f'{path}, query {row["_id"]}: "metadata" is an object, and its "history" a list of texts')
    return Asked(row["_id"], row["text"], turns_of(history), str(about.get("rewrite") or ""))


def _qrels(folder: Path) -> Path:
    test = folder / "qrels" / "test.tsv"
    others = sorted((folder / "qrels").glob("*.tsv"))
    if not test.is_file() and len(others) != 1:
        raise EvalError(f"{test}: no such file; a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv")
    return test if test.is_file() else others[0]


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(
            f"{path}: cannot be read as UTF-8 text ({error}); save it as query, document and grade"
        ) from error
    for number, line in enumerate(lines, start=1):
        fields = line.split("\t")
        try:
            query, document, grade = fields[0], fields[1], int(fields[2])
        except (IndexError, ValueError) as error:
            if number == 1 or not line.strip():
                continue  # the heading, or nothing
            raise EvalError(f"{path}:{number}: not query, document and grade between tabs; mend the line") from error
        if grade > 0:
            found.setdefault(query, {})[document] = grade
    return found
