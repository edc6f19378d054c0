from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from ingest.errors import DocumentError
from ingest.records import Content
from ingest.sources.word import read_content
from tests.ingest.sources.word_files import (
    body_file,
    cell,
    listed,
    paragraph,
    part_of,
    run,
    saved,
    table,
    with_lists,
    with_part,
    word_file,
)


def lines(data: bytes) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.prefix + block.text) for block in read_content(data).blocks]


def texts(xml: str) -> list[str]:
    return [block.text for block in read_content(body_file(xml)).blocks]


def handbook(document: Document) -> None:
    """Write what most handbooks consist of."""
    document.add_heading("Resident handbook", 0)
    document.add_heading("Call", 1)
    document.add_paragraph("Residents work at most 80 hours a week.")
    document.add_heading("Night float", 2)
    document.add_paragraph("Bring these:", "List Bullet")
    document.add_paragraph("A badge", "List Bullet 2")
    document.add_paragraph("A coat", "List Bullet")
    document.add_paragraph("Sign in.", "List Number")
    document.add_paragraph("Take the pager.", "List Number")
    document.add_heading("Deep", 9)
    document.add_paragraph("The end.")


def test_headings_lists_and_paragraphs_come_in_reading_order() -> None:
    assert lines(word_file(handbook)) == [
        ("heading", 1, "Resident handbook"),
        ("heading", 1, "Call"),
        ("paragraph", 0, "Residents work at most 80 hours a week."),
        ("heading", 2, "Night float"),
        ("item", 1, "- Bring these:"),
        ("item", 2, "- A badge"),
        ("item", 1, "- A coat"),
        ("item", 1, "1. Sign in."),
        ("item", 1, "2. Take the pager."),
        ("heading", 6, "Deep"),
        ("paragraph", 0, "The end."),
    ]


def test_a_heading_is_known_by_its_outline_level_whatever_its_style_is_called() -> None:
    data = body_file(
        paragraph("Dienste", "berschrift")
        + paragraph("Nacht", "Own")
        + paragraph("Tag", properties='<w:outlineLvl w:val="2"/>')
        + paragraph("Text", "berschrift", '<w:outlineLvl w:val="9"/>')
    )
    styles = part_of(data, "word/styles.xml").replace(
        "</w:styles>",
        '<w:style w:type="paragraph" w:styleId="berschrift"><w:name w:val="Überschrift"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Heading2"/></w:style>'
        "</w:styles>",
    )
    assert lines(with_part(data, "word/styles.xml", styles)) == [
        ("heading", 1, "Dienste"),
        ("heading", 2, "Nacht"),
        ("heading", 3, "Tag"),
        ("paragraph", 0, "Text"),
    ]


def test_a_heading_as_long_as_a_paragraph_is_one() -> None:
    assert lines(body_file(paragraph("Residents may appeal. " * 15, "Heading1")))[0][0] == "paragraph"


def test_lists_in_lists_are_numbered_as_word_numbers_them() -> None:
    items = [("One", 0), ("a", 1), ("b", 1), ("i", 2), ("Two", 0), ("a again", 1)]
    body = "".join(listed(text, 7, level) for text, level in items)
    body += paragraph("Between.") + listed("Three", 7) + listed("Anew", 8) + listed("Point", 9)
    data = with_lists(
        body_file(body),
        {1: ("decimal", "lowerLetter", "upperRoman"), 2: ("bullet",)},
        {
            7: '<w:abstractNumId w:val="1"/>',
            8: '<w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
            9: '<w:abstractNumId w:val="2"/>',
        },
    )
    assert lines(data) == [
        ("item", 1, "1. One"),
        ("item", 2, "a. a"),
        ("item", 2, "b. b"),
        ("item", 3, "I. i"),
        ("item", 1, "2. Two"),
        ("item", 2, "a. a again"),
        ("paragraph", 0, "Between."),
        ("item", 1, "3. Three"),
        ("item", 1, "1. Anew"),
        ("item", 1, "- Point"),
    ]


def test_a_list_style_without_a_list_behind_it_is_counted_by_its_name() -> None:
    xml = "".join(
        paragraph(text, style) for text, style in [("A", "ListNumber"), ("B", "ListNumber"), ("C", "ListBullet3")]
    )
    data = body_file(xml + paragraph("Stop.") + paragraph("D", "ListNumber"))
    bare = part_of(data, "word/styles.xml").replace("w:numPr>", "w:other>").replace("<w:numPr/>", "")
    assert lines(with_part(data, "word/styles.xml", bare)) == [
        ("item", 1, "1. A"),
        ("item", 1, "2. B"),
        ("item", 3, "- C"),
        ("paragraph", 0, "Stop."),
        ("item", 1, "1. D"),
    ]


def test_bullets_and_numbers_that_were_typed_make_items() -> None:
    xml = paragraph("•\tAsk early.".replace("\t", " ")) + paragraph("2) Ask again.") + paragraph("\uf0b7 Wait.")
    xml += paragraph("<w:r><w:t>Bring:</w:t><w:br/><w:t>- a badge</w:t><w:br/><w:t>- a coat</w:t></w:r>")
    assert [text for _, _, text in lines(body_file(xml))] == [
        "- Ask early.",
        "2. Ask again.",
        "- Wait.",
        "Bring:",
        "- a badge",
        "- a coat",
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>80</w:delText><w:t>81</w:t></w:r></w:del>"
    body = paragraph(run("Work at most ") + deleted + f"<w:ins>{run('60')}</w:ins>" + run(" hours."))
    body += paragraph(run("The first half "), properties="<w:rPr><w:del/></w:rPr>") + paragraph("and the second.")
    body += paragraph(f"<w:moveFrom>{run('Moved.')}</w:moveFrom>") + paragraph(f"<w:moveTo>{run('Moved.')}</w:moveTo>")
    content = read_content(body_file(body))
    assert [block.text for block in content.blocks] == [
        "Work at most 60 hours.",
        "The first half and the second.",
        "Moved.",
    ]
    assert content.notes == ("holds tracked changes: it is read as if all of them were accepted",)


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>", "One two three"),
        ("<w:r><w:t>mentor</w:t><w:softHyphen/><w:t>ship and soft\xadware</w:t></w:r>", "mentorship and software"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>worker</w:t></w:r>", "co\u2011worker"),
        (run("See ") + f"<w:hyperlink>{run('the policy')}</w:hyperlink>" + run("."), "See the policy."),
        (run("Seen ") + run("hidden", "<w:vanish/>") + run("here"), "Seen here"),
        (f"<w:sdt><w:sdtContent>{run('Chosen')}</w:sdtContent></w:sdt>", "Chosen"),
        (f"<w:smartTag>{run('Ohio')}</w:smartTag>", "Ohio"),
        ('<w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>', "Page 7"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText><w:t>code</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Section 2</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> says so</w:t></w:r>',
            "Section 2 says so",
        ),
        (
            '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="2192"/></w:r>' + run(" on"),
            "→ on",
        ),
        ("<w:r><w:t>eﬃcient “co‑worker’s”</w:t></w:r>", "eﬃcient “co‑worker’s”"),
    ],
)
def test_the_text_of_runs_is_joined_as_it_is_seen(xml: str, text: str) -> None:
    assert texts(paragraph(xml)) == [text]


def test_a_text_box_follows_the_paragraph_that_it_hangs_on_and_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Call the chief.')}</w:txbxContent>"
    xml = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent><w:t>When in doubt:</w:t></w:r>"
    )
    assert texts(paragraph(xml)) == ["When in doubt:", "Call the chief."]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    letter = paragraph("R", properties='<w:framePr w:dropCap="drop"/>')
    assert texts(letter + paragraph("esidents rotate.")) == ["Residents rotate."]


ROWS = [["Rotation", "Weeks"], ["Night float", "4"], ["Clinic", ""]]
LABELLED = ["Rotation: Night float · Weeks: 4", "Rotation: Clinic"]


@pytest.mark.parametrize(
    "xml",
    [
        table(ROWS, head="<w:tblHeader/>"),
        table([[paragraph(run(text, "<w:b/>")) for text in ROWS[0]], *ROWS[1:]]),
        table([[cell(text, '<w:shd w:val="clear" w:fill="D9D9D9"/>') for text in ROWS[0]], *ROWS[1:]]),
        table(ROWS).replace(
            "<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="LightGrid"/><w:tblLook w:firstRow="1"/></w:tblPr>'
        ),
        table([[paragraph(text, "Heading3") for text in ROWS[0]], *ROWS[1:]]),
        f"<w:sdt><w:sdtContent>{table(ROWS, head='<w:tblHeader/>')}</w:sdtContent></w:sdt>",
    ],
)
def test_a_row_says_what_its_cells_are_where_the_table_has_a_header(xml: str) -> None:
    assert [text for kind, _, text in lines(body_file(xml)) if kind == "row"] == LABELLED


@pytest.mark.parametrize(
    ("xml", "rows"),
    [
        (table(ROWS), ["Rotation · Weeks", "Night float · 4", "Clinic"]),
        (table([["Phone", "555-0100"], ["Pager", "17"]]), ["Phone · 555-0100", "Pager · 17"]),
        (table([["A", "B"]], head="<w:tblHeader/>"), ["A · B"]),
        (
            table([["A", "B"], [cell("both", '<w:gridSpan w:val="2"/>')], ["1", "2"]], head="<w:tblHeader/>"),
            ["both", "A: 1 · B: 2"],
        ),
        (
            table(
                [["A", "B"], [cell("1", '<w:vMerge w:val="restart"/>'), "2"], [cell("", "<w:vMerge/>"), "3"]],
                head="<w:tblHeader/>",
            ),
            ["A: 1 · B: 2", "B: 3"],
        ),
        (
            table([["A", cell("B", '<w:gridSpan w:val="2"/>')], ["1", "2", "3"]], head="<w:tblHeader/>"),
            ["A: 1 · B: 2 · B: 3"],
        ),
        (
            table(
                [
                    [cell("A", '<w:vMerge w:val="restart"/>'), cell("B", '<w:gridSpan w:val="2"/>')],
                    [cell("", "<w:vMerge/>"), "b", "c"],
                    ["1", "2", "3"],
                ],
                head="<w:tblHeader/>",
            ),
            ["A: 1 · B b: 2 · B c: 3"],
        ),
        (table([["A", "B"], ["1", table([["x", "y"], ["z", "w"]]) + "<w:p/>"]]), ["A · B", "1 · x · y z · w"]),
        (
            table([["A", "B"], ["1", listed("x", 1) + listed("y", 1)]]).replace("<w:p><w:pPr/><w:p>", "<w:p>"),
            ["A · B", "1 · x; y"],
        ),
        (
            table([["A", "B"], ["1", "2"]]).replace(
                '<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">1',
                '<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">1',
            ),
            ["A · B"],
        ),
    ],
)
def test_merged_nested_and_deleted_cells_are_said_once_or_not_at_all(xml: str, rows: list[str]) -> None:
    assert texts(xml) == rows


@pytest.mark.parametrize(
    "rows",
    [
        [["One text."], ["Another text."]],
        [[paragraph("On the left", "Heading2") + paragraph("One text."), "Another text."]],
        [["One text. " * 20, "Another text."]],
        [["One text.", ""], ["Another text.", ""]],
    ],
)
def test_a_table_that_only_places_texts_is_read_as_texts(rows: list[list[str]]) -> None:
    found = lines(body_file(table(rows)))
    assert {kind for kind, _, _ in found} <= {"heading", "paragraph"}
    assert found[-1] == ("paragraph", 0, "Another text.")


def test_short_lines_in_bold_are_headings_where_a_document_has_no_others() -> None:
    bold = [paragraph(run(text, "<w:b/>")) for text in ("Resident handbook", "Night float", "Read all of this today.")]
    body = bold[0] + paragraph("Welcome.") + bold[1] + paragraph("It lasts four weeks.") + bold[2]
    assert lines(body_file(body)) == [
        ("heading", 1, "Resident handbook"),
        ("paragraph", 0, "Welcome."),
        ("heading", 2, "Night float"),
        ("paragraph", 0, "It lasts four weeks."),
        ("paragraph", 0, "Read all of this today."),
    ]


def test_bold_lines_are_text_where_a_document_has_headings() -> None:
    body = paragraph("Call", "Heading1") + paragraph(run("Night float", "<w:b/>")) + paragraph("It lasts four weeks.")
    assert lines(body_file(body))[1] == ("paragraph", 0, "Night float")


def test_a_table_of_contents_is_left_out() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    entry = paragraph(run("Call") + "<w:r><w:tab/></w:r>" + run("3"))
    body = f"<w:sdt>{gallery}<w:sdtContent>{entry}</w:sdtContent></w:sdt>" + paragraph("Call", "TOC1")
    data = body_file(body + paragraph("Call", "Heading1") + paragraph("It begins at seven."))
    toc = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    data = with_part(data, "word/styles.xml", part_of(data, "word/styles.xml").replace("</w:styles>", toc))
    assert [text for _, _, text in lines(data)] == ["Call", "It begins at seven."]
    assert read_content(data).dropped == ("Call 3", "Call")


def test_headers_footers_comments_and_footnotes_are_not_read() -> None:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Confidential"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        spoken = document.add_paragraph("Residents rotate.")
        document.add_comment(spoken.runs, text="Really?")

    assert [text for _, _, text in lines(word_file(fill))] == ["Residents rotate."]
    data = body_file(paragraph(run("Pay rose.") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    assert read_content(data).notes == ("holds footnotes (1), which are not read",)


@pytest.mark.parametrize(
    ("given", "shown", "title"),
    [
        ("Handbook of the residency", "", "Handbook of the residency"),
        ("Resident handbook 2024", "Resident handbook", "Resident handbook 2024"),
        ("Invitation to the summer party", "Resident handbook", "Resident handbook"),
        ("Microsoft Word - draft7.docx", "", ""),
        ("Word Document", "", ""),
        ("Untitled", "Resident handbook", "Resident handbook"),
        ("", "Resident handbook", "Resident handbook"),
        ("", "", ""),
    ],
)
def test_a_title_is_the_property_unless_nobody_chose_it(given: str, shown: str, title: str) -> None:
    body = (paragraph(shown, "Title") if shown else "") + paragraph("Residents rotate.")
    assert read_content(body_file(body, title=given)).title == title


def test_the_only_first_heading_is_the_title_where_none_was_given() -> None:
    first = paragraph("Night float", "Heading1") + paragraph("It lasts four weeks.")
    assert read_content(body_file(first)).title == "Night float"
    assert read_content(body_file(first + paragraph("Clinic", "Heading1") + paragraph("Daily."))).title == ""


def test_the_strict_form_and_other_names_of_parts_are_read() -> None:
    data = word_file(handbook)
    body = part_of(data, "word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    moved = with_part(with_part(data, "word/document.xml", None), "word/document2.xml", body)
    links = part_of(data, "_rels/.rels").replace("word/document.xml", "word/document2.xml")
    moved = with_part(moved, "_rels/.rels", links)
    moved = with_part(moved, "word/_rels/document2.xml.rels", part_of(data, "word/_rels/document.xml.rels"))
    assert lines(moved) == lines(data)


def test_a_missing_picture_or_part_does_not_matter() -> None:
    data = word_file(handbook)
    links = part_of(data, "word/_rels/document.xml.rels").replace(
        "</Relationships>", '<Relationship Id="x" Type="http://x/image" Target="NULL"/></Relationships>'
    )
    assert lines(with_part(data, "word/_rels/document.xml.rels", links)) == lines(data)
    assert lines(with_part(data, "docProps/core.xml", None)) == lines(data)
    assert lines(with_part(data, "word/styles.xml", None))[2] == lines(data)[2]


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def bomb() -> bytes:
    return with_part(word_file(handbook), "word/media/image1.png", bytes(11 * 2**20))


def many_parts() -> bytes:
    return zipped(**{f"part{n}": bytes(9 * 2**20) for n in range(30)})


def lying_about_its_size() -> bytes:
    """Return a file whose document expands to 11 MiB, and which says that it has ten bytes."""
    data = bytearray(with_part(word_file(handbook), "word/document.xml", b"<" + b" " * (11 * 2**20)))
    at = data.rfind(b"word/document.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def protected() -> bytes:
    data = bytearray(word_file(handbook))
    at = data.rfind(b"word/document.xml") - 46
    data[at + 8] |= 1
    return bytes(data)


def entities() -> bytes:
    declared = "<!DOCTYPE w:document [<!ENTITY a 'aaaaaaaaaa'>]>"
    body = part_of(word_file(handbook), "word/document.xml")
    return with_part(word_file(handbook), "word/document.xml", body.replace("?>", f"?>{declared}", 1))


def nested(depth: int) -> bytes:
    inner = paragraph("Deep.")
    for _ in range(depth):
        inner = table([[inner, "x"]]) + "<w:p/>"
    return body_file(inner)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "is no Word document"),
        (lambda: b"PK\x03\x04 and no more", "is no Word document"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is encrypted or in the old .doc format"),
        (lambda: zipped(mimetype=b"application/epub+zip"), "holds no word/document.xml"),
        (lambda: with_part(word_file(handbook), "word/document.xml", None), "holds no word/document.xml"),
        (lambda: with_part(word_file(handbook), "word/document.xml", "<w:document"), "or a broken one"),
        (lambda: with_part(word_file(handbook), "word/document.xml", "<html/>"), "or a broken one"),
        (lambda: word_file(handbook)[:-200], "or a broken one"),
        (bomb, "would expand more than 200 times"),
        (many_parts, "would expand to more than 256 MiB"),
        (lying_about_its_size, "or a broken one"),
        (protected, "protected by a password"),
        (entities, "declares entities"),
        (lambda: nested(45), "too deeply"),
        (lambda: with_part(nested(1), "word/document.xml", "<w>" * 300 + "</w>" * 300), "or a broken one"),
        (lambda: word_file(), "holds no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        read_content(make())
    assert ";" in str(caught.value)


def test_tables_in_tables_are_read_as_deep_as_anybody_makes_them() -> None:
    assert "Deep." in texts_of(nested(8))


def texts_of(data: bytes) -> str:
    return " ".join(block.text for block in read_content(data).blocks)


def rich(document: Document) -> None:
    """Write a table too, so that broken files break everything that is read."""
    handbook(document)
    grid = document.add_table(3, 3)
    grid.style = "Light Grid"
    for number, entry in enumerate(entry for row in grid.rows for entry in row.cells):
        entry.text = f"Cell {number}"


def test_broken_files_are_read_or_refused() -> None:
    random.seed(21)
    data = word_file(rich)
    start = time.monotonic()
    for kind in range(30):
        broken = bytearray(data[: random.randrange(len(data))] if kind % 3 == 0 else data)
        for _ in range(random.randrange(1, 20)):
            broken[random.randrange(len(broken))] = random.randrange(256)
        try_reading(bytes(broken))
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"])
def test_broken_parts_are_read_or_refused(name: str) -> None:
    random.seed(22)
    data = word_file(rich)
    part = part_of(data, name)
    for _ in range(10):
        words = part.split('"')
        for _ in range(5):  # values that no program writes
            words[random.randrange(len(words) // 2) * 2 + 1 - len(words) % 2] = random.choice(
                ["", "-1", "x", "99999999999"]
            )
        try_reading(with_part(data, name, '"'.join(words)))
        cut = random.randrange(len(part))
        try_reading(with_part(data, name, part[:cut] + part[cut + random.randrange(200) :]))


def try_reading(data: bytes) -> None:
    content, refusal = Content(()), ""
    try:
        content = read_content(data)
    except DocumentError as error:
        refusal = str(error)
    assert bool(content.blocks) != (";" in refusal)
    for block in content.blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert (block.prefix != "") == (block.kind == "item")


def test_a_document_of_a_thousand_pages_is_read_in_time() -> None:
    xml = "".join(
        paragraph(f"Section {n}", "Heading2") + paragraph("Residents rotate every month. " * 20) for n in range(4000)
    )
    start = time.monotonic()
    assert len(read_content(body_file(xml)).blocks) == 8000
    assert time.monotonic() - start < 20


def test_saved_again_a_document_is_the_same() -> None:
    data = word_file(rich)
    assert lines(saved(docx.Document(io.BytesIO(data)))) == lines(data)
