"""A Sheet -> a Word document: headings, boxes that can be ticked, sources, and the day in the header."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Cm, Pt, RGBColor

from page.tabs.sheet import ADVICE, TITLE, Item, Part, Sheet

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARGIN_CM, _BODY_PT, _SMALL_PT, _INDENT_CM = 2.0, 11, 9, 0.8
_SOFT = RGBColor(0x47, 0x55, 0x69)
_INK = RGBColor(0x0F, 0x17, 0x2A)
#: A check box of Word's own, not ticked; other programs show the sign in it.
_BOX = (
    '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w:alias w:val={label}/>'
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr><w:t>☐</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)


def as_docx(sheet: Sheet) -> bytes:
    """Return the file. It names no author."""
    document = Document()
    _lay_out(document, sheet)
    document.add_heading(TITLE, level=0)
    _small(document, " · ".join(sheet.subjects))
    for part in sheet.parts:
        document.add_heading(part.heading, level=1)
        for item in part.items:
            _add_item(document, part, item)
    document.add_heading("Sources", level=1)
    for source in sheet.sources:
        _small(document, f"[{source.number}] {source.place} ({', '.join(source.facts)})")
    _small(document, ADVICE)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Any, sheet: Sheet) -> None:
    page = document.sections[0]
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Cm(_MARGIN_CM))
    page.header.paragraphs[0].text = f"Curbside\t\t{sheet.day}"
    document.styles["Normal"].font.size = Pt(_BODY_PT)
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = _INK
    about = document.core_properties
    # the library's template names its own author and day
    about.author, about.last_modified_by, about.comments, about.title = "", "", "", TITLE
    about.created = about.modified = datetime(sheet.made.year, sheet.made.month, sheet.made.day, tzinfo=UTC)


def _add_item(document: Any, part: Part, item: Item) -> None:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent, layout.first_line_indent, layout.space_after = Cm(_INDENT_CM), Cm(-_INDENT_CM), Pt(4)
    layout.tab_stops.add_tab_stop(Cm(_INDENT_CM))
    if part.ticked:
        paragraph._p.append(parse_xml(_BOX.format(label=quoteattr(item.text[:60]))))
        paragraph.add_run("\t")
    else:
        paragraph.add_run("•\t")
    paragraph.add_run(f"{item.text} ")
    mark = paragraph.add_run(f"[{item.source}]")
    mark.font.size, mark.font.color.rgb = Pt(_SMALL_PT), _SOFT


def _small(document: Any, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(_SMALL_PT), _SOFT
