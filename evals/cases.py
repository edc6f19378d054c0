"""A JSONL file -> Cases, checked line by line against ``case.schema.json``. The first step of an evaluation.

Two case sets have a form of their own, because more than an evaluation reads them: those of the care path and of
planted text. They are read as cases here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from evals.errors import EvalError
from evals.lines import read_lines
from evals.records import Case, Expectation, Facets, Relevant
from ingest.records import digest

_HERE = Path(__file__).parent
SCHEMA = _HERE / "case.schema.json"
_SETS = _HERE / "case_sets"
_FORM = '{"id": "…", "turns": ["…"], "expect": "answered", "relevant": [{"document": "…", "heading": "…"}], "tags": []}'

#: What the paths of ``safety.jsonl`` expect; what is to be reported has an ordinary answer below its notice.
_PATHS: Mapping[str, Expectation] = {
    "crisis": "care", "emergency": "care", "clinical": "declined", "report": "open", "none": "open",
}  # fmt: skip


def suite_path(name: str) -> Path:
    """Return the file of a suite. Raises EvalError, naming the suites that there are, for another name."""
    if (path := _SETS / f"{name}.jsonl").is_file() and name in suites():
        return path
    raise EvalError(f"--suite {name}: there is no such suite; use one of {', '.join(suites())}")


def suites() -> list[str]:
    """Return the names of the suites; a file of another form, such as that of the masking, is none."""
    return sorted(path.stem for path in _SETS.glob("*.jsonl") if _adapted(_first(path)) is not None)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file. Raises EvalError, with file and line, where one has another form."""
    cases: dict[str, Case] = {}
    for where, line in read_lines(path, expected="a file of cases"):
        case = _case(where, line)
        if case.id in cases:
            raise EvalError(f"{where}: the id {case.id!r} stands twice; give each case its own")
        cases[case.id] = case
    if not cases:
        raise EvalError(f"{path}: holds no case; a line of it looks like {_FORM}")
    return list(cases.values())


def hash_of(cases: list[Case]) -> str:
    """Return 16 hex digits that change with any case."""
    return digest(repr(cases))[:16]


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a case."""
    found: Mapping[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return found


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())


def _first(path: Path) -> Any:
    """Return the first line of a file as data, or None where it has none."""
    with path.open(encoding="utf-8") as file:
        line = file.readline()
    return json.loads(line) if line.strip() else None


def _case(where: str, line: str) -> Case:
    try:
        given = json.loads(line)
    except ValueError as error:
        raise EvalError(f"{where}: not JSON ({error}); a line looks like {_FORM}") from error
    fields = given if (adapted := _adapted(given)) is None else adapted
    if problem := _problem(fields):
        raise EvalError(f"{where}: {problem}; a line looks like {_FORM}, and `curbside eval schema` prints its schema")
    facets = fields.get("facets", {})
    return Case(
        id=fields["id"],
        turns=tuple(fields["turns"]),
        expect=cast(Expectation, fields["expect"]),
        relevant=tuple(Relevant(entry["document"], entry["heading"]) for entry in fields.get("relevant", ())),
        tags=tuple(fields.get("tags", ())),
        points=tuple(fields.get("points", ())),
        standalone=fields.get("standalone", ""),
        forbidden=tuple(fields.get("forbidden", ())),
        facets=Facets(**{**facets, "libraries": tuple(facets.get("libraries", ()))}),
        reason=fields.get("reason", ""),
        source=fields.get("source", ""),
    )


def _problem(fields: Any) -> str:
    """Return what is wrong with a line, or nothing."""
    from jsonschema.exceptions import best_match

    if (
        isinstance(fields, dict)
        and "expect" in fields
        and (fields["expect"] == "answered") != bool(fields.get("relevant"))
    ):
        return 'a case that expects "answered", and no other, names its "relevant" sections'
    error = best_match(_validator().iter_errors(fields))
    if error is None:
        return ""
    path = "".join(f"[{part}]" if isinstance(part, int) else f'"{part}"' for part in error.absolute_path)
    return f"{path or 'the line'}: {error.message}"


def _adapted(fields: Any) -> Mapping[str, Any] | None:
    """Return a line as a case: one that is a case as it is, and None for a form that nobody knows."""
    if not isinstance(fields, dict):
        return None
    if "question" in fields and "path" in fields:
        return {
            "id": fields.get("id"),
            "turns": [fields["question"]],
            "expect": _PATHS.get(fields["path"], fields["path"]),
            "tags": [fields["path"], *filter(None, [fields.get("part")])],
        }
    if "text" in fields and "planted" in fields:
        return {
            "id": fields.get("id"),
            "turns": [fields["text"]],
            "expect": "open",
            "forbidden": [fields["text"]] if fields["planted"] else [],
            "tags": ["planted" if fields["planted"] else "harmless", *filter(None, [fields.get("part")])],
        }
    return fields if "turns" in fields else None
