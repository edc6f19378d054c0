"""The styles and lists of a Word document -> what a paragraph is: heading, list item with its number, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_HEADING = re.compile(r"heading (?P<level>[1-9])")
_LIST = re.compile(r"list (?P<kind>bullet|number)(?: (?P<level>[2-5]))?")
_CONTENTS = re.compile(r"toc (\d|heading)|table of (figures|authorities)|index( \d| heading)?")
_OFF = frozenset({"0", "false", "off", "none"})
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where in which list a paragraph stands."""

    number: str
    """Id of the list."""
    level: int | None
    """Depth in it, from 0; None where only the list can say, by the paragraph's style."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted."""

    form: str = "bullet"
    start: int = 1
    style: str = ""
    shown: bool = True


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    properties: Any
    """The paragraph properties of the style, or None."""
    bold: bool | None
    sets_off_first_row: bool


class Styles:
    """The paragraph and character styles of a document."""

    def __init__(self, document: Document) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for element in document.styles.element.iter(qn("w:style")):
            style = element.get(qn("w:styleId"), "")
            self._styles[style] = _Style(
                name=value_of(element, "w:name").lower(),
                based_on=value_of(element, "w:basedOn"),
                properties=element.find(qn("w:pPr")),
                bold=switch(element.find(qn("w:rPr")), "w:b"),
                sets_off_first_row=any(
                    part.get(qn("w:type")) == "firstRow" and next(part.iter(qn("w:b"), qn("w:shd")), None) is not None
                    for part in element.iter(qn("w:tblStylePr"))
                ),
            )
            if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in ("1", "true"):
                self._default = style

    def of(self, paragraph: Any) -> str:
        """Return the id of a paragraph's style."""
        return value_of(paragraph.find(qn("w:pPr")), "w:pStyle") or self._default

    def is_title(self, style: str) -> bool:
        """Return whether a style is that of the document's title, or made from it."""
        return any(entry.name == "title" for entry in self._chain(style))

    def is_contents(self, style: str) -> bool:
        """Return whether a style is for lines of a table of contents or an index, which repeat other lines."""
        return any(_CONTENTS.fullmatch(entry.name) for entry in self._chain(style))

    def heading_level(self, style: str, properties: Any) -> int:
        """Return the level of a heading, 1 to 9, or 0 for what is none: as the paragraph says, else its style."""
        own = _outline(properties)
        if own is not None:
            return own
        for entry in self._chain(style):
            named = _HEADING.fullmatch(entry.name)
            level = int(named["level"]) if named else _outline(entry.properties)
            if level is not None:
                return level
        return 0

    def list_place(self, style: str, properties: Any) -> ListPlace | None:
        """Return the place that a paragraph or its style gives it in a list; id ``0`` takes it out of every list."""
        number, level = _numbering(properties)
        for entry in self._chain(style) if not number or not level else ():
            of_style, level_of_style = _numbering(entry.properties)
            number, level = number or of_style, level or level_of_style
        if not number:
            return None
        return ListPlace(number, min(int(level), _DEEPEST) if level.isdecimal() else None)

    def list_style(self, style: str) -> tuple[str, int] | None:
        """Return kind (``bullet`` or ``number``) and level of a built-in list style, or None for another style."""
        for entry in self._chain(style):
            named = _LIST.fullmatch(entry.name)
            if named:
                return named["kind"], int(named["level"] or 1)
        return None

    def is_bold(self, *styles: str) -> bool:
        """Return whether the first of some styles that says anything of it sets text in bold."""
        for style in styles:
            for entry in self._chain(style):
                if entry.bold is not None:
                    return entry.bold
        return False

    def sets_off_first_row(self, style: str) -> bool:
        """Return whether a table style sets its first row in bold or on a colour."""
        return any(entry.sets_off_first_row for entry in self._chain(style))

    def numbering_of(self, style: str) -> str:
        """Return the id of the list that a list style stands for, or an empty text."""
        return next((number for entry in self._chain(style) if (number := _numbering(entry.properties)[0])), "")

    def _chain(self, style: str) -> Iterator[_Style]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        root = _numbering_part(document)
        if root is None:
            return
        links: dict[str, str] = {}
        for element in root.iter(qn("w:abstractNum")):
            key = element.get(qn("w:abstractNumId"), "")
            self._levels[key] = dict(_level(level) for level in element.iter(qn("w:lvl")))
            links[key] = value_of(element, "w:numStyleLink")
        for element in root.iter(qn("w:num")):
            self._add_list(element)
        for key, style in links.items():
            target = self._lists.get(styles.numbering_of(style), "") if style else ""
            if target and not self._levels[key]:
                self._levels[key] = self._levels.get(target, {})

    def level_of(self, place: ListPlace, style: str) -> int:
        """Return the depth of a place, from 0: its own, else the one that its list keeps for a style."""
        levels = self._levels.get(self._lists.get(place.number, ""), {})
        tied = (level for level, entry in levels.items() if entry.style == style)
        return place.level if place.level is not None else next(tied, 0)

    def prefix(self, number: str, at: int) -> str:
        """Count one entry of a list at some depth, and return what is shown before it; empty where nothing is."""
        key = self._lists.get(number)
        if key is None:
            return "" if number == "0" else "- "
        level = self._levels[key].get(at, _Level())
        if not level.shown:
            return ""
        if level.form == "bullet":
            return "- "
        counts = self._counts.setdefault(key, {})
        start = self._starts.pop((number, at), None)
        counts[at] = start if start is not None else counts.get(at, level.start - 1) + 1
        for deeper in [entry for entry in counts if entry > at]:
            del counts[deeper]
        return f"{_counted(counts[at], level.form)}. "

    def _add_list(self, element: Any) -> None:
        number = element.get(qn("w:numId"), "")
        key = value_of(element, "w:abstractNumId")
        changed: dict[int, _Level] = {}
        for override in element.iter(qn("w:lvlOverride")):
            at = _integer(override.get(qn("w:ilvl")), 0)
            start = value_of(override, "w:startOverride")
            if start:
                self._starts[number, at] = _integer(start, 1)
            changed.update(_level(level) for level in override.iter(qn("w:lvl")))
        if changed:
            # a list with levels of its own is counted on its own
            self._levels[f"{key} {number}"] = {**self._levels.get(key, {}), **changed}
            key = f"{key} {number}"
        if key in self._levels:
            self._lists[number] = key


def value_of(element: Any, child: str) -> str:
    """Return the ``w:val`` of an element's child, or an empty text."""
    found = element.find(qn(child)) if element is not None else None
    return "" if found is None else found.get(qn("w:val"), "")


def switch(properties: Any, name: str) -> bool | None:
    """Return whether properties turn something on or off, or None where they do not speak of it."""
    found = properties.find(qn(name)) if properties is not None else None
    return None if found is None else found.get(qn("w:val"), "1") not in _OFF


def _outline(properties: Any) -> int | None:
    """Return the outline level as a heading's, 0 for text, or None where nothing is said."""
    level = value_of(properties, "w:outlineLvl")
    if not level.isdecimal():
        return None
    return int(level) + 1 if int(level) < 9 else 0


def _numbering(properties: Any) -> tuple[str, str]:
    """Return list and level as the properties have them, empty where they have none."""
    found = properties.find(qn("w:numPr")) if properties is not None else None
    return value_of(found, "w:numId"), value_of(found, "w:ilvl")


def _numbering_part(document: Document) -> Any:
    parts = (part for part in document.part.package.iter_parts() if part.partname == "/word/numbering.xml")
    return next((part.element for part in parts), None)


def _level(element: Any) -> tuple[int, _Level]:
    form = value_of(element, "w:numFmt") or next((n.get(qn("w:val"), "") for n in element.iter(qn("w:numFmt"))), "")
    text = element.find(qn("w:lvlText"))
    shown = form == "bullet" or (form != "none" and (text is None or text.get(qn("w:val"), "") != ""))
    start = _integer(value_of(element, "w:start"), 1)
    return _integer(element.get(qn("w:ilvl")), 0), _Level(
        form or "decimal", start, value_of(element, "w:pStyle"), shown
    )


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else otherwise


def _counted(number: int, form: str) -> str:
    """Return a number as a list of some form shows it: 3, c, C, iii, III."""
    shown = str(number)
    if form.endswith("Letter") and number > 0:
        shown = _LETTERS[(number - 1) % 26] * min((number - 1) // 26 + 1, 3)
    elif form.endswith("Roman") and 0 < number < 400:
        shown = ""
        for value, letters in _ROMAN:
            shown += letters * (number // value)
            number %= value
    return shown.upper() if form.startswith("upper") else shown
