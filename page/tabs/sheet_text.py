"""A Sheet -> Markdown, a page to print, and what the conversation shows of it. Every text is escaped here."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from html import escape

from page.tabs.sheet import ADVICE, TITLE, Part, Sheet, Source
from page.tabs.sheet_docx import TYPE, as_docx
from page.text import text

#: What Markdown would take for markup within a line, or at its beginning.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")
EMPTY = "There is nothing to take away yet: a sheet is made of what the answers of a conversation quote."


def as_markdown(sheet: Sheet) -> str:
    """Return the sheet as Markdown with boxes to tick."""
    lines = [f"# {TITLE}", "", _escaped(" · ".join((*sheet.subjects, sheet.day))), ""]
    for part in sheet.parts:
        lines += [f"## {part.heading}", ""]
        box = "[ ] " if part.ticked else ""
        lines += [f"- {box}{_escaped(item.text)} \\[{item.source}\\]" for item in part.items]
        lines.append("")
    lines += ["## Sources", ""]
    lines += [f"{s.number}. {_escaped(s.place)} ({_escaped(', '.join(s.facts))})" for s in sheet.sources]
    return "\n".join([*lines, "", ADVICE, ""])


def as_page(sheet: Sheet) -> str:
    """Return the sheet as an HTML page of its own, for the printer."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}, {sheet.day}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_PRINT}</style></head><body>"
        '<p class="no-print"><button type="button" onclick="print()">Print</button></p>'
        f"<header><span>Curbside</span><span>{sheet.day}</span></header>"
        f"<main>{_body(sheet, level=1)}</main></body></html>"
    )


def as_html(sheet: Sheet) -> str:
    """Return what the page shows: the sheet, and the ways to take it away, which ask nothing of the server."""
    if not sheet.parts:
        return f'<section class="cb-sheet" aria-label="{TITLE}"><p class="cb-empty">{EMPTY}</p></section>'
    name = f"curbside-sheet-{sheet.made.isoformat()}"
    markdown = _link(as_markdown(sheet).encode("utf-8"), "text/markdown;charset=utf-8")
    printed = escape(as_page(sheet), quote=True)
    return (
        f'<section class="cb-sheet" aria-label="{TITLE}"><div class="cb-tab-actions">'
        f'<button type="button" class="cb-button" data-sheet-page="{printed}">Print</button>'
        f'<a class="cb-button" download="{name}.docx" href="{_link(as_docx(sheet), TYPE)}">Word</a>'
        f'<a class="cb-button" download="{name}.md" href="{markdown}">Markdown</a></div>'
        f'<p class="cb-sheet-day">{sheet.day}</p>{_body(sheet, level=2)}</section>'
    )


def _body(sheet: Sheet, *, level: int) -> str:
    subjects = text(" · ".join(sheet.subjects))
    parts = "".join(_part(part, level + 1) for part in sheet.parts)
    sources = "".join(_source(source) for source in sheet.sources)
    return (
        f'<h{level}>{TITLE}</h{level}><p class="cb-sheet-subjects">{subjects}</p>{parts}'
        f"<h{level + 1}>Sources</h{level + 1}><ol>{sources}</ol>"
        f'<p class="cb-sheet-advice">{ADVICE}</p>'
    )


def _part(part: Part, level: int) -> str:
    shown: Callable[[str], str] = _ticked if part.ticked else "<li>{}</li>".format
    items = "".join(shown(f"{text(item.text)} <sup>[{item.source}]</sup>") for item in part.items)
    kind = ' class="cb-ticks"' if part.ticked else ""
    return f"<h{level}>{part.heading}</h{level}><ul{kind}>{items}</ul>"


def _ticked(content: str) -> str:
    return f'<li><label><input type="checkbox"><span>{content}</span></label></li>'


def _source(source: Source) -> str:
    return f'<li value="{source.number}">{text(source.place)} <small>({text(", ".join(source.facts))})</small></li>'


def _link(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


_PRINT = """
body { font: 11pt/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #111; background: #fff;
  max-width: 42rem; margin: 1.5rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; border-bottom: 1px solid #999;
  padding-bottom: .3rem; color: #444; }
h1 { font-size: 1.5rem; margin: 1rem 0 .2rem; } h2 { font-size: 1.1rem; margin: 1.1rem 0 .4rem; break-after: avoid; }
ul { padding-left: 1.2rem; margin: 0; } .cb-ticks { list-style: none; padding: 0; }
li { margin: .3rem 0; break-inside: avoid; }
label { display: flex; gap: .6rem; align-items: baseline; } input { flex: none; width: .9rem; height: .9rem; }
ol { padding-left: 1.4rem; font-size: .85rem; color: #444; } sup { color: #444; font-size: .7em; }
.cb-sheet-subjects, .cb-sheet-advice { color: #444; font-size: .9rem; margin: 0 0 .6rem; }
button { font: inherit; padding: .4rem 1rem; }
@media print { .no-print { display: none; } body { margin: 0; max-width: none; } @page { margin: 18mm; } }
"""
