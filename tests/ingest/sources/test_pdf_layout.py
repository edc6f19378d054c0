from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfmetrics

from ingest.errors import DocumentError
from ingest.sources.pdf import read_content
from tests.ingest.sources.pdf_files import BODY, BOLD, Sheets, bare

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PROSE = "Residents meet their mentors four times a year and decide together what comes next."


def kinds(sheets: Sheets) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.prefix + block.text) for block in read_content(sheets.data()).blocks]


def texts(sheets: Sheets) -> list[str]:
    return [text for _, _, text in kinds(sheets)]


# headings


def test_headings_are_ranked_by_size_then_weight_then_number() -> None:
    sheets = Sheets()
    sheets.write(72, 60, "The title", size=24)
    lines = (
        ("1 One", BOLD, 16.0),
        ("Inner", BOLD, 13.0),
        ("Inmost", BOLD, 11.0),
        ("2 Two", BOLD, 16.0),
        ("2.1 More", BOLD, 16.0),
    )
    for i, (line, font, size) in enumerate(lines):
        sheets.write(72, 100 + i * 100, line, font=font, size=size)
        sheets.lines(72, 130 + i * 100, [PROSE])
    headings = [(level, text) for kind, level, text in kinds(sheets) if kind == "heading"]
    assert headings == [(1, "The title"), (2, "1 One"), (3, "Inner"), (4, "Inmost"), (2, "2 Two"), (3, "2.1 More")]


@pytest.mark.parametrize("line", ["LEAVE OF ABSENCE", "2.1 Leave of absence", "Section 4: Leave of absence"])
def test_capitals_and_numbers_make_a_heading_of_a_line_that_stands_apart(line: str) -> None:
    sheets = Sheets()
    top = sheets.lines(72, 100, [PROSE, PROSE])
    sheets.lines(72, top + 20, [line])
    sheets.lines(72, top + 40, [PROSE, PROSE])
    assert [kind for kind, _, _ in kinds(sheets)] == ["paragraph", "heading", "paragraph"]


def test_a_heading_of_two_lines_is_one_heading() -> None:
    sheets = Sheets()
    sheets.lines(72, 60, [PROSE])
    sheets.write(72, 120, "A very long heading that runs on over the end of its line to", font=BOLD, size=16)
    sheets.write(72, 139, "the next one", font=BOLD, size=16)
    sheets.lines(72, 170, [PROSE])
    assert "A very long heading that runs on over the end of its line to the next one" in texts(sheets)


def test_a_paragraph_that_begins_heavily_is_no_heading() -> None:
    sheets = Sheets()
    sheets.write(72, 100, "Residents who are absent for longer than two weeks must tell the office before", font=BOLD)
    sheets.lines(
        72, 114, ["the end of the first week, because the boards count every week of every year that", "they train."]
    )
    assert [kind for kind, _, _ in kinds(sheets)] == ["paragraph"]


def test_a_document_in_heavy_type_has_no_headings_for_it() -> None:
    sheets = Sheets()
    sheets.lines(72, 100, [PROSE, PROSE, "In bold."], font=BOLD)
    assert [kind for kind, _, _ in kinds(sheets)] == ["paragraph"]


# paragraphs


def test_paragraphs_are_parted_by_a_gap_an_indent_or_a_line_that_stopped_short() -> None:
    sheets = Sheets()
    full = "This line is as wide as the column so that the next one goes on with it and"
    sheets.lines(72, 100, [full, "ends here with some words that do not fill. But it is the last one of"])
    sheets.lines(72, 142, [full, "stops."])
    sheets.lines(72, 170, [full, "stops too, almost at the edge of the whole column of text, as it is so."])
    sheets.lines(90, 198, ["Indented, this one begins anew and then runs on to the edge of it all"])
    sheets.lines(72, 212, ["and over."])
    assert [text.split()[0] + " " + text.split()[-1] for text in texts(sheets)] == [
        "This of",
        "This stops.",
        "This so.",
        "Indented, over.",
    ]


def test_a_paragraph_goes_on_over_a_page_and_over_the_notes_at_its_foot() -> None:
    sheets = Sheets()
    sheets.lines(
        72, 100, [PROSE, PROSE, "The committee decides about every exception that is asked for, which means that"]
    )
    sheets.write(72, 700, "1 Not counting holidays.", size=8)
    sheets.turn()
    sheets.lines(72, 100, ["nobody else does.", PROSE])
    first, note, last = read_content(sheets.data()).blocks
    assert first.text.endswith("which means that nobody else does.")
    assert (note.text, last.text) == ("1 Not counting holidays.", PROSE)
    assert [first.page, note.page, last.page] == [1, 1, 2]


def test_a_sentence_that_ended_on_a_page_is_not_joined_with_the_next_page() -> None:
    sheets = Sheets()
    sheets.lines(72, 100, [PROSE])
    sheets.turn()
    sheets.lines(72, 100, ["nobody begins so, but still."])
    assert len(texts(sheets)) == 2


def test_letters_that_are_drawn_one_by_one_make_words() -> None:
    content = b"BT /F 12 Tf 72 700 Td [(R) 20 (esi) -10 (dents) -260 (meet)] TJ ET BT /F 12 Tf 150 700 Td (ing) Tj ET"
    assert [block.text for block in read_content(bare(content)).blocks] == ["Residents meeting"]


def test_words_set_twice_to_look_heavy_are_read_once() -> None:
    content = b"BT /F 12 Tf 72 700 Td (Once only) Tj 0.3 0 Td (Once only) Tj ET"
    assert [block.text for block in read_content(bare(content)).blocks] == ["Once only"]


def test_a_mark_for_a_footnote_stays_raised() -> None:
    content = b"BT /F 12 Tf 72 700 Td (Paid leave) Tj /F 7 Tf 5 Ts (12) Tj /F 12 Tf 0 Ts ( is granted.) Tj ET"
    assert [block.text for block in read_content(bare(content)).blocks] == ["Paid leave¹² is granted."]


# lists


def test_bullets_of_every_kind_and_numbers_are_items() -> None:
    sheets = Sheets()
    marks = ("•", "–", "*", "o", "1.", "2)", "(3)", "a.", "b)")
    for i, mark in enumerate(marks):
        sheets.write(72, 100 + 30 * i, mark)
        sheets.write(90, 100 + 30 * i, f"Entry {i}")
    prefixes = ["- ", "- ", "- ", "- ", "1. ", "2. ", "3. ", "a. ", "b. "]
    assert kinds(sheets) == [("item", 1, f"{prefix}Entry {i}") for i, prefix in enumerate(prefixes)]


def test_items_are_as_deep_as_they_are_indented() -> None:
    sheets = Sheets()
    for i, left in enumerate((72, 90, 108, 90, 72)):
        sheets.lines(left, 100 + 14 * i, [f"•  Entry {i}"])
    assert [level for _, level, _ in kinds(sheets)] == [1, 2, 3, 2, 1]


def test_bullets_that_are_drawn_as_shapes_are_bullets() -> None:
    sheets = Sheets()
    for top in (100, 114):
        sheets.canvas.circle(80, 792 - top + 3, 2, fill=1)
        sheets.write(90, top, "An entry")
    assert kinds(sheets) == [("item", 1, "- An entry")] * 2


def test_a_number_in_running_text_begins_no_item() -> None:
    sheets = Sheets()
    sheets.lines(
        72,
        100,
        ["The committee met for the last time this year on Wednesday, the day of December", "24. It decided nothing."],
    )
    assert [kind for kind, _, _ in kinds(sheets)] == ["paragraph"]


def test_an_item_goes_on_over_a_page() -> None:
    sheets = Sheets()
    sheets.lines(72, 700, ["•  Tell the chief residents about every conflict with the schedule as soon as it is"])
    sheets.turn()
    sheets.lines(82, 100, ["known to you."])
    assert texts(sheets) == [
        "- Tell the chief residents about every conflict with the schedule as soon as it is known to you."
    ]


# columns


def test_columns_that_were_drawn_line_by_line_are_read_one_by_one() -> None:
    sheets = Sheets()
    left = ("one two three four five six seven", "eight nine ten eleven twelve thir-", "teen fourteen fifteen sixteen.")
    right = ("red orange yellow green blue indi-", "go violet black white brown grey", "pink purple turquoise gold.")
    for i, pair in enumerate(zip(left, right, strict=True)):
        sheets.write(72, 100 + 14 * i, pair[0])
        sheets.write(300, 100 + 14 * i, pair[1])
    assert texts(sheets) == [
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen.",
        "red orange yellow green blue indigo violet black white brown grey pink purple turquoise gold.",
    ]


def test_a_heading_over_both_columns_parts_them() -> None:
    sheets = Sheets()
    for part, top in enumerate((100, 260)):
        sheets.write(72, top, f"Part {part}", font=BOLD, size=16)
        for left, side in ((72, "left"), (320, "right")):
            sheets.lines(
                left,
                top + 30,
                [f"The {side} column of part {part} is filled", "with prose that stands in it, and", "then it ends."],
            )
    assert [text[:23] for text in texts(sheets)] == [
        "Part 0",
        "The left column of part",
        "The right column of par",
        "Part 1",
        "The left column of part",
        "The right column of par",
    ]


def test_three_columns_are_read_one_by_one() -> None:
    sheets = Sheets()
    for left, name in ((72, "first"), (240, "second"), (410, "third")):
        sheets.lines(
            left,
            100,
            [f"The {name} column is filled", "with prose that is set", "narrowly, line by line,", "until it ends."],
        )
    assert [text.split()[1] for text in texts(sheets)] == ["first", "second", "third"]


# tables


def test_rows_of_aligned_cells_are_a_table() -> None:
    sheets = Sheets()
    rows = (
        ("Rotation", "Weeks", "Site"),
        ("Wards", "12", "University"),
        ("Clinic", "8", "Downtown"),
        ("Elective", "4", ""),
    )
    for i, row in enumerate(rows):
        for left, cell in zip((72, 200, 300), row, strict=True):
            sheets.write(left, 100 + 16 * i, cell)
    assert kinds(sheets) == [
        ("row", 0, "Rotation: Wards · Weeks: 12 · Site: University"),
        ("row", 0, "Rotation: Clinic · Weeks: 8 · Site: Downtown"),
        ("row", 0, "Rotation: Elective · Weeks: 4"),
    ]


def test_a_table_without_a_header_has_plain_rows() -> None:
    sheets = Sheets()
    rows = (("Director", "Room 3", "x 4100"), ("Chiefs", "Room 4", "x 4177"), ("Office", "Room 5", "x 4199"))
    for i, row in enumerate(rows):
        for left, cell in zip((72, 200, 300), row, strict=True):
            sheets.write(left, 100 + 16 * i, cell)
    assert texts(sheets) == ["Director · Room 3 · x 4100", "Chiefs · Room 4 · x 4177", "Office · Room 5 · x 4199"]


def test_lines_of_a_cell_stay_together() -> None:
    sheets = Sheets()
    for i, (left, right) in enumerate(
        (
            ("Vacation", "four weeks a year, asked"),
            ("", "for in advance"),
            ("Sickness", "as needed"),
            ("", "with a note"),
            ("Boards", "five days"),
        )
    ):
        top = 100 + 12 * i + 10 * (i > 1) + 10 * (i > 3)
        sheets.write(72, top, left)
        sheets.write(160, top, right)
    assert texts(sheets) == [
        "Vacation · four weeks a year, asked for in advance",
        "Sickness · as needed with a note",
        "Boards · five days",
    ]


def test_a_ruled_table_goes_on_over_a_page_under_its_header() -> None:
    sheets = Sheets()
    sheets.grid([72, 200, 400], [690, 710, 730])
    for top, row in ((704, ("Topic", "Who")), (724, ("Leave", "The office and"))):
        for left, cell in zip((76, 204), row, strict=True):
            sheets.write(left, top, cell, font=BOLD if row[0] == "Topic" else BODY)
    sheets.turn()
    sheets.grid([72, 200, 400], [90, 110, 130, 150])
    for top, row in ((104, ("Topic", "Who")), (124, ("", "the chiefs")), (144, ("Pay", "The dean"))):
        for left, cell in zip((76, 204), row, strict=True):
            sheets.write(left, top, cell, font=BOLD if row[0] == "Topic" else BODY)
    assert texts(sheets) == ["Topic: Leave · Who: The office and the chiefs", "Topic: Pay · Who: The dean"]


def test_a_cell_over_several_rows_belongs_to_each_of_them() -> None:
    sheets = Sheets()
    for x in (72, 150, 250):
        sheets.canvas.line(x, 792 - 100, x, 792 - 160)
    for y in (100, 160):
        sheets.canvas.line(72, 792 - y, 250, 792 - y)
    for y in (120, 140):
        sheets.canvas.line(150, 792 - y, 250, 792 - y)
    sheets.write(76, 134, "PGY-1")
    for i, cell in enumerate(("Wards", "Clinic", "Nights")):
        sheets.write(154, 114 + 20 * i, cell)
    assert texts(sheets) == ["PGY-1 · Wards", "PGY-1 · Clinic", "PGY-1 · Nights"]


def test_a_box_around_prose_is_no_table() -> None:
    sheets = Sheets()
    sheets.grid([60, 560], [80, 130])
    sheets.lines(72, 100, [PROSE])
    assert kinds(sheets) == [("paragraph", 0, PROSE)]


# what is not the author's


def test_headers_that_change_with_the_chapter_and_count_the_pages_go() -> None:
    sheets = Sheets()
    for page in range(1, 11):
        left, right = (str(page + 6), f"Chapter {page // 4}") if page % 2 else ("Handbook", str(page + 6))
        sheets.write(72, 40, left, size=9)
        sheets.write(400, 40, right, size=9)
        sheets.lines(72, 100, [WORDS[page] + " stands on this page and on no other page of the file."])
        sheets.turn()
    assert len(texts(sheets)) == 10


def test_large_lines_that_differ_from_page_to_page_are_headings() -> None:
    sheets = Sheets()
    for page in range(1, 5):
        sheets.write(72, 60, f"Rotation {page}", font=BOLD, size=18)
        sheets.lines(72, 100, [WORDS[page] + " stands on this page and on no other page of the file."])
        sheets.turn()
    assert [text for text in texts(sheets) if text.startswith("Rotation")] == [
        f"Rotation {page}" for page in range(1, 5)
    ]


def test_the_title_stays_where_the_header_repeats_it() -> None:
    sheets = Sheets()
    for page in range(1, 4):
        sheets.write(72, 60, "Rules of the house", size=20 if page == 1 else 9)
        sheets.lines(72, 100, [WORDS[page] + " stands on this page and on no other page of the file."])
        sheets.turn()
    assert [text for text in texts(sheets) if text.startswith("Rules")] == ["Rules of the house"]


def test_a_table_of_contents_goes() -> None:
    sheets = Sheets()
    sheets.write(72, 60, "Contents", font=BOLD, size=16)
    sheets.lines(72, 90, ["1 Mentorship . . . . . . . . . . . . 3", "2 Leave ............................... 12"])
    sheets.turn()
    sheets.write(72, 60, "1 Mentorship", font=BOLD, size=16)
    sheets.lines(72, 90, [PROSE])
    content = read_content(sheets.data())
    assert [block.text for block in content.blocks] == ["1 Mentorship", PROSE]
    assert content.dropped == ("Contents", "1 Mentorship … 3", "2 Leave … 12")


def test_a_watermark_goes_and_a_page_on_its_side_is_read() -> None:
    sheets = Sheets()
    sheets.canvas.rotate(90)
    sheets.canvas.setFont(BODY, 11)
    sheets.canvas.drawString(100, -200, "This page lies on its side")
    sheets.canvas.drawString(100, -214, "and is read all the same.")
    sheets.canvas.rotate(-45)
    sheets.canvas.drawString(300, 100, "DRAFT")
    content = read_content(sheets.data())
    assert [block.text for block in content.blocks] == ["This page lies on its side and is read all the same."]
    assert content.dropped == ("DRAFT",)


def test_what_the_file_marks_as_header_goes() -> None:
    content = (
        b"/Artifact <</Type /Pagination /Subtype /Header>> BDC BT /F 9 Tf 72 760 Td (A header) Tj ET EMC "
        b"/P <</MCID 0>> BDC BT /F 12 Tf 72 700 Td (The text.) Tj ET EMC"
    )
    read = read_content(bare(content))
    assert [block.text for block in read.blocks] == ["The text."]
    assert read.dropped == ("A header",)


def test_what_the_file_says_in_place_of_what_is_drawn_is_read() -> None:
    content = b"BT /F 12 Tf 72 700 Td (The o) Tj /Span <</ActualText (ffi)>> BDC (x) Tj EMC (ce.) Tj ET"
    assert [block.text for block in read_content(bare(content)).blocks] == ["The office."]


def test_a_header_on_one_page_with_its_number_at_a_distance_goes() -> None:
    sheets = Sheets()
    sheets.write(72, 60, "Rules of the house", size=20)
    sheets.lines(72, 200, [PROSE])
    sheets.turn()
    sheets.write(72, 60, "2 HOW TO ASK", size=10)
    sheets.write(500, 60, "2", size=10)
    sheets.lines(72, 200, [PROSE])
    content = read_content(sheets.data())
    assert [block.text for block in content.blocks] == ["Rules of the house", PROSE, PROSE]
    assert content.dropped == ("2 HOW TO ASK 2",)


def test_prose_without_an_end_mark_goes_on_over_a_page_with_a_capital() -> None:
    sheets = Sheets()
    sheets.lines(72, 700, ["The boards count every week of every year in which residents train, and that since"])
    sheets.turn()
    sheets.lines(72, 100, ["September of last year."])
    assert len(texts(sheets)) == 1


def test_words_that_are_drawn_one_by_one_in_justified_lines_stay_in_their_column() -> None:
    sheets = Sheets()
    lines = ("This line has words", "that stand far apart", "as narrow lines do.", "It is short by now.")
    for start in (72, 320):
        for i, line in enumerate(lines):
            left = float(start)
            for word in line.split():
                sheets.write(left, 200 + 14 * i, word + " ")
                left += pdfmetrics.stringWidth(word, BODY, 11) + 14
    assert texts(sheets) == [" ".join(lines)] * 2


def test_a_bullet_from_a_font_without_meaning_is_a_bullet() -> None:
    content = b"BT /Missing 12 Tf 72 700 Td /F 12 Tf (\x01) Tj 18 0 Td (An entry) Tj ET"
    assert [block.prefix + block.text for block in read_content(bare(content)).blocks] == ["- An entry"]


def test_text_whose_characters_have_no_meaning_is_refused() -> None:
    content = b"BT /Missing 12 Tf 72 700 Td (Nobody knows what this says) Tj ET"
    with pytest.raises(DocumentError, match=r"^has a text layer whose characters have no meaning; run OCR on it"):
        read_content(bare(content))
