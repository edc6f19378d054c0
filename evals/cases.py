"""A JSONL file -> Cases, checked line by line. The first step of an evaluation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast, get_args

from evals.errors import EvalError
from evals.records import Case, Expectation, Relevant

_KEYS = {"id", "turns", "expect", "relevant", "tags"}
_FORM = '{"id": "…", "turns": ["…"], "expect": "answered", "relevant": [{"document": "…", "heading": "…"}], "tags": []}'


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file. Raises EvalError, with file and line, where one has another form."""
    try:
        # not splitlines: JSON allows a line separator inside a text
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise EvalError(f"{path}: cannot be read ({error.strerror}); give a file of cases") from error
    except UnicodeDecodeError as error:
        raise EvalError(f"{path}: byte {error.start} is not UTF-8; give a file of cases") from error
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            case = _case(f"{path}:{number}", line)
            if case.id in cases:
                raise EvalError(f"{path}:{number}: the id {case.id!r} stands twice; give each case its own")
            cases[case.id] = case
    if not cases:
        raise EvalError(f"{path}: holds no case; a line of it looks like {_FORM}")
    return list(cases.values())


def _case(where: str, line: str) -> Case:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise EvalError(f"{where}: not JSON ({error}); a line looks like {_FORM}") from error
    if not isinstance(fields, dict) or (unknown := set(fields) - _KEYS):
        raise EvalError(
            f"{where}: {sorted(unknown) if isinstance(fields, dict) else 'not an object'}; use {sorted(_KEYS)}"
        )
    expect = fields.get("expect")
    if expect not in get_args(Expectation):
        raise EvalError(f'{where}: "expect" is {expect!r}; use one of {", ".join(get_args(Expectation))}')
    entries = fields.get("relevant", [])
    if not isinstance(entries, list):
        raise EvalError(f'{where}: "relevant" is {entries!r}, not a list; a line looks like {_FORM}')
    relevant = tuple(_relevant(where, entry) for entry in entries)
    if (expect == "answered") != bool(relevant):
        raise EvalError(f'{where}: a case that expects "answered", and no other, names its "relevant" sections')
    return Case(
        id=_text(where, fields, "id"),
        turns=_texts(where, fields, "turns"),
        expect=cast(Expectation, expect),
        relevant=relevant,
        tags=_texts(where, fields, "tags") if fields.get("tags") else (),
    )


def _text(where: str, fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise EvalError(f'{where}: "{name}" is {value!r}, not a text; a line looks like {_FORM}')
    return value


def _texts(where: str, fields: dict[str, Any], name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(entry, str) for entry in value):
        raise EvalError(f'{where}: "{name}" is {value!r}, not a list of texts; a line looks like {_FORM}')
    return tuple(value)


def _relevant(where: str, entry: Any) -> Relevant:
    whole = isinstance(entry, dict) and set(entry) == {"document", "heading"}
    if not whole or not all(isinstance(value, str) for value in entry.values()):
        raise EvalError(f'{where}: "relevant" has {entry!r}; each entry has a document and a heading')
    return Relevant(entry["document"], entry["heading"])
