"""Runs <-> ``run.jsonl``: written before anything is scored, so that scoring can be done again without asking.

The first line is the header, each other line a run. Another system's answers can be written in the same form:
``{"run": 1, "suite": "core"}``, and then ``{"case": "…", "text": "An answer with marks. [1]"}`` a line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.errors import EvalError
from evals.lines import read_lines
from evals.marks import as_record
from evals.records import Found, Header, Run

#: Version of the file's form.
FORMAT = 1
_HEADER = '{"run": 1, "suite": "core"}'
_FORM = '{"case": "…", "record": {"outcome": "…", "text": "…"}} or {"case": "…", "text": "…"}'


def write_run(path: Path, header: Header, *, runs: Iterable[Run]) -> Iterator[Run]:
    """Write a run line by line as it comes in, and yield each; what was answered before a stop is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.write(_line({"run": FORMAT, **asdict(header)}))
        for run in runs:
            file.write(_line(_as_data(run)))
            file.flush()
            yield run


def read_run(path: Path) -> tuple[Header, list[Run]]:
    """Return the header and the runs of a file. Raises EvalError, with file and line, where one has another form."""
    rows = read_lines(path, expected="the run.jsonl of a run")
    if not rows:
        raise EvalError(f"{path}: is empty; its first line is a header such as {_HEADER}")
    header = _header(*rows[0])
    runs: dict[str, Run] = {}
    for where, line in rows[1:]:
        run = _run(where, _data(where, line))
        if run.case in runs:
            raise EvalError(f"{where}: the case {run.case!r} stands twice; keep one of the two")
        runs[run.case] = run
    return header, list(runs.values())


def digest_of(header: Header, runs: Iterable[Run]) -> str:
    """Return 16 hex digits that change with anything but the times: the same inputs give the same digest."""
    found = hashlib.sha256(_line({"run": FORMAT, **asdict(header)}).encode())
    for run in runs:
        found.update(_line({name: v for name, v in _as_data(run).items() if name != "timings_ms"}).encode())
    return found.hexdigest()[:16]


def _line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n"


def _as_data(run: Run) -> dict[str, Any]:
    data = asdict(run)
    data["timings_ms"] = {name: round(value, 3) for name, value in run.timings_ms.items()}
    return data


def _header(where: str, line: str) -> Header:
    data = _data(where, line)
    if data.get("run") != FORMAT or not isinstance(data.get("suite"), str):
        raise EvalError(f"{where}: not the header of a run; the first line is {_HEADER}")
    known = {name: data[name] for name in Header.__dataclass_fields__ if name in data}
    return Header(**known)


def _run(where: str, data: Mapping[str, Any]) -> Run:
    case, record = data.get("case"), data.get("record")
    if not isinstance(case, str):
        raise EvalError(f'{where}: "case" is {case!r}, not the id of a case; a line is {_FORM}')
    if record is None and isinstance(data.get("text"), str):
        record = as_record(str(data.get("question", "")), data["text"])
    error = str(data.get("error") or "")
    if not error and not (isinstance(record, dict) and "outcome" in record and "text" in record):
        raise EvalError(f"{where}: has neither an answer nor an error; a line is {_FORM}")
    try:
        retrieved = None if data.get("retrieved") is None else tuple(Found(**entry) for entry in data["retrieved"])
    except TypeError as found:
        raise EvalError(f'{where}: "retrieved" has another form ({found}); each names its section') from found
    return Run(case, None if error else record, retrieved, error, data.get("passages"), data.get("timings_ms") or {})


def _data(where: str, line: str) -> Mapping[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise EvalError(f"{where}: not JSON ({error}); mend the line or run again") from error
    if not isinstance(data, dict):
        raise EvalError(f"{where}: not an object; a line is {_FORM}")
    return data
