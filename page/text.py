"""Text -> HTML, escaped. Whatever was typed or read passes through here before it becomes part of the page."""

from __future__ import annotations

import html
import re
from itertools import groupby

_BREAK = re.compile(r"\s*\n\s*")
#: What an item of a list begins with in a fixed text.
BULLET = "- "
#: Telephone numbers as the fixed texts write them.
_PHONE = re.compile(r"(?<![\d-])(?:1-\d{3}-\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|911|988|112|999)(?![\w-])")
#: Sites as they write them.
_SITE = re.compile(r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:org|gov|com)(?![\w-]|\.\w)")


def text(plain: str) -> str:
    """Return a text on one line, as the content of an element."""
    return html.escape(_BREAK.sub(" ", plain), quote=False)


def attribute(plain: str) -> str:
    """Return a text on one line, as the value of an attribute."""
    return html.escape(_BREAK.sub(" ", plain), quote=True)


def passage(plain: str, *, start: int, end: int) -> str:
    """Return a passage as paragraphs and lists, with the span ``[start, end)`` of it marked."""
    parts: list[str] = []
    at = 0
    for is_item, run in groupby(plain.split("\n"), key=lambda line: line.startswith(BULLET)):
        written = []
        for line in run:
            low, high = (min(max(place - at, 0), len(line)) for place in (start, end))
            skip = len(BULLET) if is_item else 0
            written.append(_marked(line[skip:], max(low - skip, 0), max(high - skip, 0)))
            at += len(line) + 1
        tag = "li" if is_item else "p"
        shown = "".join(f"<{tag}>{line}</{tag}>" for line in written)
        parts.append(f"<ul>{shown}</ul>" if is_item else shown)
    return "".join(parts)


def paragraphs(plain: str, *, phones: bool = False) -> str:
    """Return a fixed text: paragraphs, and lists of its lines that begin with a dash.

    ``phones`` makes links of its telephone numbers and sites.
    """
    shown = _with_links if phones else text
    parts = []
    for block in plain.split("\n\n"):
        for is_item, run in groupby(block.split("\n"), key=lambda line: line.startswith(BULLET)):
            written = [shown(line.removeprefix(BULLET)) for line in run]
            if is_item:
                parts.append("<ul>" + "".join(f"<li>{line}</li>" for line in written) + "</ul>")
            else:
                parts.append(f"<p>{' '.join(written)}</p>")
    return "\n".join(parts)


def link(address: str, shown: str) -> str:
    """Return a link to a page elsewhere, or only its words where the address is none of the web.

    A corpus is text, and text may say ``javascript:``.
    """
    if not address.startswith(("https://", "http://")):
        return text(shown)
    return f'<a href="{html.escape(address, quote=True)}" target="_blank" rel="noopener noreferrer">{text(shown)}</a>'


def _marked(line: str, start: int, end: int) -> str:
    if start >= end:
        return text(line)
    return f"{text(line[:start])}<mark>{text(line[start:end])}</mark>{text(line[end:])}"


def _with_links(plain: str) -> str:
    called = _PHONE.sub(lambda number: f'<a href="tel:{number[0].replace("-", "")}">{number[0]}</a>', text(plain))
    return _SITE.sub(lambda site: link(f"https://{site[0]}", site[0]), called)
