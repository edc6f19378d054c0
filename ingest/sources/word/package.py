"""Bytes of a Word file -> an opened document, or a refusal. Before ``word``.

A Word file is an archive of XML parts. What it would expand to is checked before anything is expanded, and python-docx
is given the parts that hold text and nothing else: it reads every part that it can reach, pictures too, and stops at
the first that is missing.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Any

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.constants import CONTENT_TYPE, NAMESPACE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from ingest.errors import DocumentError

_MOST_EXPANDED = 256 * 2**20
#: Office's own files are packed to a tenth; what is packed to less than this was made to burst.
_MOST_RATIO, _RATIO_FROM = 200, 10 * 2**20
#: A handbook of a thousand pages has 20 MiB of text and markup.
_MOST_PART = 40 * 2**20
_DEEPEST = 120
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
#: Word can save the same words under the names of the standard's strict form, which python-docx does not know.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
#: What broken archives and parts make zipfile, lxml and python-docx raise.
FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.LxmlError,
    OpcError,
    PythonDocxError,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
)
_ANEW = "open it in Word and save it anew"


def open_document(data: bytes) -> Document:
    """Return the document in a file. Raises DocumentError, with the reason only, where there is none to be read."""
    if data.startswith(_OLE):
        raise DocumentError("is encrypted or in the old .doc format; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
            document = docx.Document(io.BytesIO(_text_parts(archive)))
    except FAILURES as error:
        raise broken() from error
    if _depth(document.element) > _DEEPEST:
        raise DocumentError(f"nests its tables or text boxes too deeply; {_ANEW} with fewer of them")
    return document


def broken() -> DocumentError:
    """Return the refusal of a file that cannot be read."""
    return DocumentError(f"is no Word document, or a broken one; {_ANEW}")


def _check_size(archive: zipfile.ZipFile) -> None:
    if sum(member.file_size for member in archive.infolist()) > _MOST_EXPANDED:
        raise DocumentError(f"would expand to more than {_MOST_EXPANDED >> 20} MiB; split it")
    for member in archive.infolist():
        if member.file_size > _RATIO_FROM and member.file_size > _MOST_RATIO * max(1, member.compress_size):
            raise DocumentError(f"holds a part that would expand more than {_MOST_RATIO} times; {_ANEW}")


def _text_parts(archive: zipfile.ZipFile) -> bytes:
    """Return an archive of the parts that hold text and its structure."""
    names = set(archive.namelist())
    of_package = _relations(archive, names, "")
    main = of_package.get("officeDocument", "word/document.xml")
    if main not in names:
        raise DocumentError(f"holds no {main}, so it is no Word document; give it the suffix of what it is")
    of_document = _relations(archive, names, main)
    parts = [
        ("word/document.xml", main, CONTENT_TYPE.WML_DOCUMENT_MAIN),
        ("word/styles.xml", of_document.get("styles", ""), CONTENT_TYPE.WML_STYLES),
        ("word/numbering.xml", of_document.get("numbering", ""), CONTENT_TYPE.WML_NUMBERING),
        ("docProps/core.xml", of_package.get("core-properties", ""), CONTENT_TYPE.OPC_CORE_PROPERTIES),
    ]
    found = [(name, _part(archive, source), kind) for name, source, kind in parts if source in names]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as copy:
        copy.writestr("[Content_Types].xml", _types({name: kind for name, _, kind in found}))
        for name, part, _ in found:
            copy.writestr(name, part)
        present = {name for name, _, _ in found}
        copy.writestr("_rels/.rels", _links(_OF_PACKAGE, present))
        copy.writestr("word/_rels/document.xml.rels", _links(_OF_DOCUMENT, present))
    return kept.getvalue()


_OF_PACKAGE = {
    "word/document.xml": RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    "docProps/core.xml": RELATIONSHIP_TYPE.CORE_PROPERTIES,
}
_OF_DOCUMENT = {"word/styles.xml": RELATIONSHIP_TYPE.STYLES, "word/numbering.xml": RELATIONSHIP_TYPE.NUMBERING}


def _relations(archive: zipfile.ZipFile, names: set[str], part: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the last word of the kind of relation."""
    folder, file = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{file}.rels")
    if source not in names:
        return {}
    found: dict[str, str] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for element in etree.fromstring(_part(archive, source), parser).iter("{*}Relationship"):
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.setdefault(element.get("Type", "").rpartition("/")[2], path)
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    member = archive.getinfo(name)
    if member.flag_bits & 1:
        raise DocumentError("is protected by a password; save it without one")
    with archive.open(member) as file:
        part = file.read(_MOST_PART + 1)  # whatever the archive says of its size
    if len(part) > _MOST_PART:
        raise DocumentError(f"holds more than {_MOST_PART >> 20} MiB of text and markup; split it")
    if any(mark in part for mark in _DOCTYPES):
        raise DocumentError(f"declares entities, which Word never does; {_ANEW}")
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _types(kinds: dict[str, str]) -> str:
    parts = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    rels = f'<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>'
    return f'<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}">{rels}{parts}</Types>'


def _links(kinds: dict[str, str], present: set[str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="/{name}"/>'
        for number, (name, kind) in enumerate(kinds.items())
        if name in present
    )
    return f'<Relationships xmlns="{NAMESPACE.OPC_RELATIONSHIPS}">{links}</Relationships>'
