"""A paragraph of a Word document -> its text as it stands once all tracked changes are accepted. Called by ``word``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from ingest.sources.word.styles import Styles, switch, value_of

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT_BOX = qn("w:txbxContent")
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
#: Elements that stand around text without changing it.
_AROUND = {
    qn(name)
    for name in ("w:ins", "w:moveTo", "w:sdtContent", "w:smartTag", "w:customXml", "w:hyperlink", "w:fldSimple")
} | {qn(name) for name in ("w:bdo", "w:dir", "w:ruby", "w:rubyBase")}
_TAKEN_OUT = {qn("w:del"), qn("w:moveFrom")}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "\u2011"}
#: Marks that are seen at the end of a line only, or never.
_INVISIBLE = re.compile("[\xad\u200b\ufeff]")
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph says."""

    text: str = ""
    """Its text, with line feeds for typed line breaks."""
    bold: bool = False
    """True where all of it is set in bold."""
    boxes: list[Any] = field(default_factory=list)
    """Text boxes that are anchored in it."""
    footnotes: int = 0
    """Footnotes and endnotes that it refers to."""


def shown_children(element: Iterable[Any]) -> Iterator[Any]:
    """Yield what a reader sees of an element's children: without deletions, and with what wrappers wrap."""
    for child in element:
        tag = child.tag
        if tag in _TAKEN_OUT or not isinstance(tag, str):
            continue
        if tag in _AROUND:
            yield from shown_children(child)
        elif tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            yield from shown_children(content) if content is not None else ()
        elif tag == f"{_COMPATIBILITY}AlternateContent":
            # the same content twice, for newer and for older programs
            choice = next((entry for entry in child if entry.tag == f"{_COMPATIBILITY}Choice" and len(entry)), None)
            fallback = child.find(f"{_COMPATIBILITY}Fallback")
            yield from shown_children(choice if choice is not None else fallback if fallback is not None else ())
        else:
            yield child


def read_paragraph(paragraph: Any, styles: Styles) -> ParagraphText:
    """Return what a paragraph says."""
    read = ParagraphText()
    parts: list[str] = []
    bold: list[bool] = []
    fields: list[bool] = []  # for each field that is open, whether its instruction is over
    for child in shown_children(paragraph):
        if child.tag == qn("w:r"):
            before = len(parts)
            _read_run(child, parts, fields, read)
            if "".join(parts[before:]).strip():
                bold.append(_is_bold(child, paragraph, styles))
        elif child.tag.endswith(("}oMath", "}oMathPara")):
            parts.extend(entry.text or "" for entry in child.iter(_FORMULA_TEXT))
            bold.append(False)
    read.text = _INVISIBLE.sub("", "".join(parts))
    read.bold = bool(bold) and all(bold)
    return read


def _read_run(run: Any, parts: list[str], fields: list[bool], read: ParagraphText) -> None:
    if switch(run.find(qn("w:rPr")), "w:vanish"):
        return
    for node in shown_children(run):
        tag = node.tag
        if tag == qn("w:fldChar"):
            _turn_field(node.get(qn("w:fldCharType")), fields)
        elif not all(fields):
            continue  # what a field computes, not what it shows
        elif tag == qn("w:t"):
            parts.append(node.text or "")
        elif tag in _BREAKS:
            parts.append(_BREAKS[tag])
        elif tag == qn("w:sym"):
            parts.append(_symbol(node.get(qn("w:char"))))
        elif tag == qn("w:r"):
            _read_run(node, parts, fields, read)
        elif tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
            read.boxes.extend(_boxes(node))
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            read.footnotes += 1


def _turn_field(kind: str | None, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif kind == "separate" and fields:
        fields[-1] = True
    elif kind == "end" and fields:
        fields.pop()


def _boxes(node: Any) -> Iterator[Any]:
    """Yield the text boxes of a drawing; boxes in boxes are found when the outer one is read."""
    outer = next(node.iterancestors(_TEXT_BOX), None)
    for box in node.iter(_TEXT_BOX):
        if next(box.iterancestors(_TEXT_BOX), None) is outer:
            yield box


def _symbol(code: str | None) -> str:
    number = int(code, 16) if code and re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0
    # a symbol font's own letters mean nothing without it
    return "" if number < 32 or number in _PRIVATE_USE or 0xD800 <= number < 0xE000 else chr(number)


def _is_bold(run: Any, paragraph: Any, styles: Styles) -> bool:
    properties = run.find(qn("w:rPr"))
    own = switch(properties, "w:b")
    return own if own is not None else styles.is_bold(value_of(properties, "w:rStyle"), styles.of(paragraph))
