"""Answer -> Markdown with its sources, to be pasted elsewhere or kept as a file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cite import layout
from assistant.records import Answer, Citation
from ingest.records import Reference
from page.sources import by_place, facts, numbers, place

_MARKED = re.compile(r"([\\`*_\[\]<>#|])")


def answer_markdown(answer: Answer) -> str:
    """Return the question, the answer with its marks, also what is folded away on the page, and the list of sources."""
    body = layout(answer.claims, headings=True) if answer.claims else answer.text
    written = [f"## {_escaped(' '.join(answer.question.split()))}", _escaped(answer.care)]
    written.append(_escaped(body, keep_marks=True))
    if answer.citations:
        written += [
            "Sources:",
            "\n".join(_source(run, quoted=not answer.model) for run in by_place(answer.citations).values()),
        ]
    return "\n\n".join(part for part in written if part) + "\n"


def _source(run: Sequence[Citation], *, quoted: bool) -> str:
    """Return a line for the citations of a place; with their sentences where the answer does not quote them."""
    works = dict.fromkeys(_work(entry) for citation in run for entry in citation.references)
    own = "" if quoted else "".join(f" [{c.number}] “{_escaped(' '.join(c.quote.split()))}”" for c in run)
    about = f"{_escaped(place(run[0]))}. {_escaped(facts(run[0]))}."
    return f"- [{numbers(run)}] {about}{own}" + "".join(f" {work}." for work in works)


def _work(entry: Reference) -> str:
    parts = (_escaped(entry.title), _escaped(entry.publisher), str(entry.year or ""))
    address = f" <{entry.url}>" if _is_web(entry.url) else ""
    return ", ".join(part for part in parts if part) + address


def _is_web(address: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s<>]+", address))


def _escaped(plain: str, *, keep_marks: bool = False) -> str:
    r"""Return a text that Markdown shows as it is; ``keep_marks`` leaves the ``[1]`` of citations bare."""
    escaped = _MARKED.sub(r"\\\1", plain)
    return re.sub(r"\\\[(\d+)\\\]", r"[\1]", escaped) if keep_marks else escaped
