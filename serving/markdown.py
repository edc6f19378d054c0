"""An answer -> Markdown for programs that show chat: the text with its marks, then the sources by number."""

from __future__ import annotations

import re

from assistant.records import Answer, Citation

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def as_markdown(answer: Answer) -> str:
    """Return the whole answer with its list of sources, where it has any."""
    return above(answer) + answer.text + sources(answer)


def above(answer: Answer) -> str:
    """Return the fixed text that stands above an answer, with a rule below it, or nothing."""
    return f"{answer.care}\n\n---\n\n" if answer.care else ""


def sources(answer: Answer) -> str:
    """Return the list of sources with a blank line before it, or nothing; those of what is not shown are left out."""
    marks = {number for claim in answer.claims if not claim.more for number in claim.citations}
    lines = [_line(citation) for citation in answer.citations if citation.number in marks]
    notice = f"\n\n_{_plain(answer.notice)}_" if answer.notice else ""
    return notice + ("\n\n**Sources**\n\n" + "\n".join(lines) if lines else "")


def _line(citation: Citation) -> str:
    path = " › ".join((citation.title, *citation.heading_path))
    reviewed = f", reviewed {citation.reviewed}" if citation.reviewed else ""
    stale = ", overdue for review" if citation.stale else ""
    where = f"{_plain(path)} ({_plain(citation.library)}{reviewed}{stale})"
    return f"- [{citation.number}] {where}: “{_plain(citation.quote)}”"


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
