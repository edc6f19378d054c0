"""Word files for tests, made by python-docx and, where it has no words for something, by XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_NAMESPACES = nsdecls("w")


def word_file(*fills: Callable[[Document], object], title: str = "") -> bytes:
    """Return a file that the given functions have written into, one after the other."""
    document = docx.Document()
    document.core_properties.title = title
    for fill in fills:
        fill(document)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return a document as a file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def body_file(xml: str, *, title: str = "") -> bytes:
    """Return a file whose body is the given XML, with ``w`` for Word's namespace."""

    def fill(document: Document) -> None:
        body = parse_xml(f"<w:body {_NAMESPACES}>{xml}</w:body>")
        for child in reversed(list(body)):
            document.element.body.insert(0, child)

    return word_file(fill, title=title)


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """Return the XML of a paragraph; text that is XML already is put in as it is."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return the XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, level: int = 0) -> str:
    """Return the XML of a list item."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(rows: Sequence[Sequence[str]], *, head: str = "") -> str:
    """Return the XML of a table; ``head`` are properties of its first row, and cells of XML are put in as they are."""
    lines = []
    for number, row in enumerate(rows):
        properties = f"<w:trPr>{head}</w:trPr>" if number == 0 and head else ""
        cells = "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{_in_cell(cell)}</w:tc>" for cell in row)
        lines.append(f"<w:tr>{properties}{cells}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(lines)}</w:tbl>"


def cell(text: str, properties: str) -> str:
    """Return the XML of a cell with properties."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_in_cell(text)}</w:tc>"


def with_lists(data: bytes, levels: Mapping[int, Sequence[str]], nums: Mapping[int, str]) -> bytes:
    """Return a file with lists: the forms of the levels of each abstract list, and of each list its XML."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">'
        + "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{at + 1}"/></w:lvl>'
            for at, form in enumerate(forms)
        )
        + "</w:abstractNum>"
        for key, forms in levels.items()
    )
    lists = "".join(f'<w:num w:numId="{number}">{xml}</w:num>' for number, xml in nums.items())
    return with_part(data, "word/numbering.xml", f"<w:numbering {_NAMESPACES}>{abstracts}{lists}</w:numbering>")


def with_part(data: bytes, name: str, part: str | bytes | None) -> bytes:
    """Return a file with one of its parts changed, or without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in given.namelist():
            if entry != name:
                changed.writestr(entry, given.read(entry))
        if part is not None:
            changed.writestr(name, part)
    return made.getvalue()


def part_of(data: bytes, name: str) -> str:
    """Return a part of a file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def _in_cell(text: str) -> str:
    return text if text.startswith("<w:p>") or text.startswith("<w:tbl>") else paragraph(text)
