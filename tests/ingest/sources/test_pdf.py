from __future__ import annotations

import random
import time
import zlib
from contextlib import suppress

import pytest

from ingest.errors import DocumentError
from ingest.records import Content
from ingest.sources.pdf import read_content
from tests.ingest.sources.pdf_files import Sheets, bare, handbook, memo, picture, scan


def outline(content: Content) -> list[tuple[int, str, int, str]]:
    return [(block.page, block.kind, block.level, block.prefix + block.text) for block in content.blocks]


def texts(sheets: Sheets) -> list[str]:
    return [block.prefix + block.text for block in read_content(sheets.data()).blocks]


def kinds(sheets: Sheets) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.prefix + block.text) for block in read_content(sheets.data()).blocks]


def test_a_handbook_is_read_in_order_with_its_headings_lists_and_tables() -> None:
    assert outline(read_content(handbook())) == [
        (1, "heading", 1, "Handbook of the Residency, 2026"),
        (1, "heading", 2, "1 Mentorship"),
        (
            1,
            "paragraph",
            0,
            "Every resident has a mentor. The mentoring programme is led by the associate director. Meetings are "
            "confidential and one-to-one. Nothing is written down, and well-being comes before research; the "
            "mentoring ends with the residency.",
        ),
        (1, "paragraph", 0, "Bring to the first meeting:"),
        (1, "item", 1, "- a curriculum vitae;"),
        (1, "item", 1, "- two questions:"),
        (1, "item", 2, "- one about the year"),
        (1, "item", 2, "- one about what comes after the residency."),
        (1, "heading", 3, "1.1 Changing mentors"),
        (
            1,
            "paragraph",
            0,
            "You may change at any time, and nobody asks for a reason. If it does not work, tell the ombudsperson, "
            "who is not part of the department.",
        ),
        (1, "heading", 2, "2 Offices"),
        (1, "paragraph", 0, "The ﬁrst ofﬁce is on the left."),
        (1, "item", 1, "1. Find the office."),
        (1, "item", 1, "2. Knock, and wait until you are asked to come in."),
        (1, "item", 1, "3. Sit down."),
        (2, "heading", 2, "3 Salary"),
        (
            2,
            "row",
            0,
            "Year: PGY-1 · Salary: $68,100 · Allowance: $500 for books, board reviews and subscriptions",
        ),
        (2, "row", 0, "Year: PGY-2 · Salary: $70,900"),
        (2, "heading", 2, "4 Leave"),
        (
            2,
            "paragraph",
            0,
            "Residents have four weeks of vacation a year, which are granted in the order in which they are asked "
            "for, by the chief residents. More than two weeks at a time are rarely granted.",
        ),
    ]


def test_headers_footers_and_page_numbers_are_left_out_and_told() -> None:
    content = read_content(handbook())
    assert content.dropped == ("Department of Medicine", "Page 1 of 3")
    assert content.notes == ()


def test_a_memo_of_one_page_is_read() -> None:
    content = read_content(memo())
    assert content.title == "Changes to the call schedule"
    assert outline(content) == [
        (1, "heading", 1, "Changes to the call schedule"),
        (
            1,
            "paragraph",
            0,
            "From January, night float is shared by two residents, and nobody is on call for more than twenty-four "
            "hours.",
        ),
        (1, "heading", 2, "What you need to do"),
        (1, "item", 1, "- Check the new schedule."),
        (
            1,
            "item",
            1,
            "- Tell the chief residents about conflicts before the end of the week, so that they can be resolved.",
        ),
        (1, "paragraph", 0, "Questions are welcome."),
    ]


# titles


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("Rules for residents", "Rules for residents"),
        ("RULES", "Rules of the house"),  # the text says more
        ("Microsoft Word - rules v3.docx", "Rules of the house"),
        ("Untitled document", "Rules of the house"),
        ("rules.indd", "Rules of the house"),
        ("rules_2026_final", "Rules of the house"),
        ("PowerPoint Presentation", "Rules of the house"),
        ("123", "Rules of the house"),
    ],
)
def test_the_declared_title_counts_where_it_looks_like_one(declared: str, title: str) -> None:
    sheets = Sheets(title=declared)
    sheets.write(72, 80, "Rules of the house", size=20)
    sheets.write(72, 120, "Be kind to each other, and come on time to the morning report.")
    assert read_content(sheets.data()).title == title


def test_text_without_a_title_has_none() -> None:
    sheets = Sheets()
    sheets.write(72, 120, "Be kind to each other, and come on time to the morning report.")
    assert read_content(sheets.data()).title == ""


def test_a_title_that_stands_below_other_lines_of_the_cover_comes_first() -> None:
    sheets = Sheets()
    sheets.write(72, 80, "University Hospital", size=14)
    sheets.write(72, 120, "Rules of the", size=24)
    sheets.write(72, 148, "house", size=24)
    sheets.write(72, 200, "Be kind to each other, and come on time to the morning report of the department.")
    assert kinds(sheets)[:2] == [("heading", 1, "Rules of the house"), ("heading", 2, "University Hospital")]


# files that cannot be used


def test_a_scan_is_refused_and_ocr_advised() -> None:
    with pytest.raises(
        DocumentError, match=r"^has no text layer, as a scan has none; run OCR on it, and add the result"
    ):
        read_content(scan())


def test_a_protected_file_is_refused() -> None:
    sheets = Sheets(password="secret")
    sheets.write(72, 80, "Hidden")
    with pytest.raises(
        DocumentError, match=r"^is encrypted or protected by a password; save a copy without protection"
    ):
        read_content(sheets.data())


def test_a_file_that_opens_without_a_password_is_read() -> None:
    sheets = Sheets(password="")
    sheets.write(72, 80, "Shown to everybody")
    assert texts(sheets) == ["Shown to everybody"]


@pytest.mark.parametrize("data", [b"", b"Not a PDF.", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", memo()[:600], b"\x00" * 5000])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(
        DocumentError, match=r"^is (not a PDF that can be read|a PDF w.*); save it anew from the program"
    ):
        read_content(data)


def test_pages_without_a_text_layer_are_told_and_blank_ones_are_not() -> None:
    sheets = Sheets()
    for number in range(1, 8):
        if number in (1, 7):
            sheets.write(72, 80, "Some text.")
        elif number != 6:
            picture(sheets)
        sheets.turn()
    content = read_content(sheets.data())
    assert content.notes == ("pages 2-5 have no text layer",)
    assert [block.page for block in content.blocks] == [1, 7]


def test_one_page_without_a_text_layer_is_told() -> None:
    sheets = Sheets()
    sheets.write(72, 80, "Some text.")
    sheets.turn()
    picture(sheets)
    assert read_content(sheets.data()).notes == ("page 2 has no text layer",)


def test_a_page_with_too_much_on_it_is_told() -> None:
    sheets = Sheets()
    sheets.write(72, 80, "Some text.")
    sheets.turn()
    sheets.raw("0 0 m 1 1 l S " * 80_000)
    start = time.monotonic()
    assert read_content(sheets.data()).notes == ("page 2 cannot be read",)
    assert time.monotonic() - start < 20


def test_content_that_unpacks_to_a_thousand_times_its_size_is_not_unpacked() -> None:
    bomb = bare(zlib.compress(b"0 0 m " * 20_000_000, 9), details="/Filter /FlateDecode")
    assert len(bomb) < 200_000
    with pytest.raises(DocumentError, match=r"^is a PDF whose pages are broken; save it anew"):
        read_content(bomb)


def test_a_form_that_draws_itself_ends() -> None:
    sheets = Sheets()
    sheets.canvas.beginForm("loop")
    sheets.write(72, 80, "Round and round.")
    sheets.raw("/FormXob.loop Do")
    sheets.canvas.endForm()
    sheets.canvas.doForm("loop")
    assert texts(sheets)[0] == "Round and round."


def test_damaged_files_are_read_or_refused() -> None:
    chance = random.Random(7)
    whole = [handbook(), handbook(packed=True), memo()]
    for round_ in range(63):
        data = bytearray(whole[round_ % 3])
        if round_ % 4 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.choice((1, 5, 50, 500))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        start = time.monotonic()
        with suppress(DocumentError):
            content = read_content(bytes(data))
            assert all(block.text and block.text == " ".join(block.text.split()) for block in content.blocks)
            assert all(block.text.encode() and block.page for block in content.blocks)
        assert time.monotonic() - start < 10
