"""PDFs for the tests of their reader, drawn line by line."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import reportlab
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

BODY, BOLD = "Times-Roman", "Times-Bold"
#: A font with ligatures, which the standard ones do not have.
LIGATURES = "Vera"
WIDTH, HEIGHT = letter


class Sheets:
    """Paper to draw on: places are in points from the left and from the top."""

    def __init__(self, *, title: str = "", password: str | None = None, packed: bool = False) -> None:
        self._file = BytesIO()
        encryption = None if password is None else StandardEncryption(password, ownerPassword="owner", strength=128)
        self.canvas = Canvas(self._file, pagesize=letter, encrypt=encryption, pageCompression=int(packed), invariant=1)
        self.canvas.setTitle(title or "untitled")

    def write(self, left: float, top: float, text: str, *, font: str = BODY, size: float = 11) -> None:
        """Write one line."""
        if font == LIGATURES and font not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(font, Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, HEIGHT - top, text)

    def lines(self, left: float, top: float, lines: Sequence[str], *, font: str = BODY, leading: float = 14) -> float:
        """Write lines one below the other; return where the next one would stand."""
        for i, line in enumerate(lines):
            self.write(left, top + i * leading, line, font=font)
        return top + len(lines) * leading

    def justified(self, left: float, top: float, lines: Sequence[str], *, width: float) -> float:
        """Write lines as wide as a column, but for the last one; return where the next one would stand."""
        for i, line in enumerate(lines):
            gaps = line.count(" ")
            spare = width - pdfmetrics.stringWidth(line, BODY, 11)
            text = self.canvas.beginText(left, HEIGHT - top - 14 * i)
            text.setFont(BODY, 11)
            text.setWordSpace(spare / gaps if gaps and i < len(lines) - 1 else 0)
            text.textOut(line)
            self.canvas.drawText(text)
        return top + len(lines) * 14

    def grid(self, lefts: Sequence[float], tops: Sequence[float]) -> None:
        """Rule the lines of a table."""
        self.canvas.grid(list(lefts), [HEIGHT - top for top in tops])

    def raw(self, code: str) -> None:
        """Write operators as they are."""
        self.canvas._code.append(code)

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self._file.getvalue()


def memo() -> bytes:
    """Return a memo of one page."""
    sheets = Sheets(title="Microsoft Word - memo_final.docx")
    sheets.write(72, 80, "Changes to the call schedule", font=BOLD, size=16)
    opening = (
        "From January, night float is shared by two residents, and nobody is on call for",
        "more than twenty-four hours.",
    )
    top = sheets.lines(72, 110, opening)
    sheets.write(72, top + 14, "What you need to do", font=BOLD)
    top = sheets.lines(
        72, top + 34, ["•  Check the new schedule.", "•  Tell the chief residents about conflicts before"]
    )
    top = sheets.lines(80, top, ["the end of the week, so that they can be resolved."])
    sheets.lines(72, top + 10, ["Questions are welcome."])
    return sheets.data()


def scan(*, pages: int = 2) -> bytes:
    """Return pages that show a picture and nothing else."""
    sheets = Sheets()
    for _ in range(pages):
        picture(sheets)
        sheets.turn()
    return sheets.data()


def picture(sheets: Sheets) -> None:
    """Cover a page with a picture."""
    file = BytesIO()
    Image.new("L", (60, 80), 200).save(file, "PNG")
    file.seek(0)
    sheets.canvas.drawImage(ImageReader(file), 0, 0, width=WIDTH, height=HEIGHT)


HANDBOOK_TITLE = "Handbook of the Residency"
_LEFT, _RIGHT, _COLUMN = 72.0, 318.0, 222.0


def handbook(*, packed: bool = False) -> bytes:
    """Return a handbook of three pages: a title over two columns, then a table, then one column."""
    sheets = Sheets(title=HANDBOOK_TITLE, packed=packed)
    _first_page(sheets)
    _edges(sheets, 1)
    sheets.turn()
    _second_page(sheets)
    _edges(sheets, 2)
    sheets.turn()
    sheets.justified(72, 100, ["the chief residents.", "More than two weeks at a time are rarely granted."], width=468)
    _edges(sheets, 3)
    return sheets.data()


def _edges(sheets: Sheets, number: int) -> None:
    sheets.write(72, 40, "Department of Medicine", size=9)
    sheets.write(72, 760, f"Page {number} of 3", size=9)


def _first_page(sheets: Sheets) -> None:
    sheets.write(150, 90, HANDBOOK_TITLE + ", 2026", font=BOLD, size=24)
    sheets.write(_LEFT, 130, "1  Mentorship", font=BOLD, size=14)
    left = (
        "Every resident has a mentor. The men-",
        "toring programme is led by the associate di-",
        "rector. Meetings are confidential and one-",
        "to-one. Nothing is written down, and well-",
        "being comes before research; the mentoring",
        "ends with the residency.",
    )
    top = sheets.justified(_LEFT, 150, left, width=_COLUMN)
    top = sheets.lines(_LEFT, top + 8, ["Bring to the first meeting:", "•  a curriculum vitae;", "•  two questions:"])
    top = sheets.lines(_LEFT + 18, top, ["–  one about the year", "–  one about what comes after the"])
    top = sheets.lines(_LEFT + 27, top, ["residency."])
    sheets.write(_LEFT, top + 16, "1.1  Changing mentors", font=BOLD)
    cut = ("You may change at any time, and nobody", "asks for a reason. If it does not work, tell")
    sheets.justified(_LEFT, top + 34, [*cut, ""], width=_COLUMN)
    top = sheets.justified(_RIGHT, 130, ["the ombudsperson, who is not part of the", "department."], width=_COLUMN)
    sheets.write(_RIGHT, top + 16, "2  Offices", font=BOLD, size=14)
    sheets.write(_RIGHT, top + 36, "The ﬁrst ofﬁce is on the left.", font=LIGATURES, size=11)
    steps = ("1.  Find the office.", "2.  Knock, and wait until you are asked to", "3.  Sit down.")
    sheets.lines(_RIGHT, top + 56, steps[:2])
    sheets.lines(_RIGHT + 17, top + 84, ["come in."])
    sheets.lines(_RIGHT, top + 98, steps[2:])


def _second_page(sheets: Sheets) -> None:
    sheets.write(72, 90, "3  Salary", font=BOLD, size=14)
    sheets.grid([72, 172, 272, 500], [110, 130, 164, 184])
    cells = (
        ("Year", "Salary", "Allowance"),
        ("PGY-1", "$68,100", "$500 for books, board reviews"),
        ("PGY-2", "$70,900", ""),
    )
    for top, row in zip((124, 144, 178), cells, strict=True):
        for left, cell in zip((76, 176, 276), row, strict=True):
            sheets.write(left, top, cell, font=BOLD if top == 124 else BODY)
    sheets.write(276, 158, "and subscriptions")
    sheets.write(72, 220, "4  Leave", font=BOLD, size=14)
    text = (
        "Residents have four weeks of vacation a year, which are granted in the order in which they are asked for, by",
    )
    sheets.justified(72, 700, [*text, ""], width=468)


def bare(content: bytes, *, details: str = "") -> bytes:
    """Return a PDF of one page with the content as it is; ``details`` are entries of its dictionary."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), details.encode(), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    data, places = b"%PDF-1.7\n", []
    for number, entry in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end
