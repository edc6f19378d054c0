"""The YAML block at the head of a file -> the fields of a Document that are not its text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

import yaml

from ingest.errors import DocumentError
from ingest.records import Block, Facets, Reference

#: The safe loader in C where there is one: it takes a tenth of the time.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = "---"
_REMEDY = "see corpus/README.md for the form"


class Details(TypedDict):
    """Keyword arguments of Document that come from front matter."""

    summary: str
    facets: Facets
    evidence: str
    jurisdiction: str
    reviewed: date | None
    review_by: date | None
    references: tuple[Reference, ...]


def split(path: Path, text: str) -> tuple[dict[str, Any], str, int]:
    """Return (fields, body, line number of the body's first line).

    A text without a first line of ``---`` has no front matter, and all of it is body. Raises DocumentError where the
    block is not closed, is not YAML or is not a mapping.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return {}, text, 1
    closing = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if closing is None:
        raise DocumentError(f"{path}:1: front matter is opened by --- and never closed; close it with a line of ---")
    try:
        fields = yaml.load("\n".join(lines[1:closing]), Loader=_LOADER)
    except yaml.YAMLError as error:
        raise DocumentError(
            f"{path}:{_line(error)}: front matter is not YAML ({_problem(error)}); {_REMEDY}"
        ) from error
    except ValueError as error:  # a day that is in no calendar
        raise DocumentError(f"{path}:2: front matter holds a date that does not exist ({error}); {_REMEDY}") from error
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise DocumentError(f"{path}:2: front matter is not a list of 'name: value' lines; {_REMEDY}")
    return fields, "\n".join(lines[closing + 1 :]), closing + 2


def title(path: Path, fields: dict[str, Any]) -> str:
    """Return the title that the fields declare, or an empty text."""
    value = fields.get("title")
    if value is not None and not isinstance(value, str):
        raise DocumentError(f"{path}: front matter field 'title' is {value!r}, not a line of text; put it in quotes")
    return (value or "").strip()


def details(path: Path, fields: dict[str, Any]) -> Details:
    """Return the fields as Document takes them. Raises DocumentError, naming the field, where one has another form."""
    return Details(
        summary=_text(path, fields, "summary"),
        facets=Facets(
            setting=_tags(path, fields, "setting"),
            stage=_tags(path, fields, "stage"),
            topics=_tags(path, fields, "topics"),
            domains=_tags(path, fields, "domains"),
        ),
        evidence=_text(path, fields, "evidence"),
        jurisdiction=_text(path, fields, "jurisdiction"),
        reviewed=_day(path, fields, "reviewed"),
        review_by=_day(path, fields, "review_by"),
        references=tuple(_reference(path, entry) for entry in _list(path, fields, "sources")),
    )


def check_marks(path: Path, blocks: Sequence[Block], *, references: Sequence[Reference], first_line: int) -> None:
    """Raise DocumentError where a block names a reference that the front matter does not list."""
    known = {reference.id for reference in references}
    for block in blocks:
        for mark in block.marks:
            if mark.reference not in known:
                raise DocumentError(
                    f"{path}:{first_line}: [^{mark.reference}] (in “{block.text[:40]}…”) is not in the front "
                    f"matter's sources; add it there or take the mark out"
                )


def _text(path: Path, fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(path, name, value, "a line of text")
    return value.strip()


def _list(path: Path, fields: dict[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(path, name, value, "a list such as [one, two]")
    return value


def _tags(path: Path, fields: dict[str, Any], name: str) -> tuple[str, ...]:
    values = _list(path, fields, name)
    for value in values:
        # YAML reads a tag such as 1099 as a number
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise _wrong(path, name, value, "a list of words")
    return tuple(str(value) for value in values)


def _day(path: Path, fields: dict[str, Any], name: str) -> date | None:
    value = fields.get(name)
    if value is None:
        return None
    if type(value) is not date:
        raise _wrong(path, name, value, "a day such as 2026-11-22")
    return value


def _reference(path: Path, entry: Any) -> Reference:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not isinstance(entry.get("title"), str):
        raise _wrong(path, "sources", entry, "entries with an id and a title")
    year = entry.get("year")
    if year is not None and not isinstance(year, int):
        raise _wrong(path, "sources: year", year, "a year such as 2024")
    return Reference(
        id=entry["id"],
        title=entry["title"],
        publisher=str(entry.get("publisher") or ""),
        year=year,
        url=str(entry.get("url") or ""),
    )


def _wrong(path: Path, name: str, value: object, wanted: str) -> DocumentError:
    return DocumentError(f"{path}: front matter field {name!r} is {value!r}, not {wanted}; {_REMEDY}")


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return 2 + mark.line if mark is not None else 1


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).replace("\n", " ")
