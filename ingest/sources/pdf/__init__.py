"""PDF -> content: the text layer of a file, put back into headings, paragraphs, lists and tables.

A PDF says where characters stand and not what they are. The steps, in order: ``file`` opens it, ``drawing`` follows
each page's operators to words with their places, ``tables`` takes out what stands between ruled lines, ``lines`` puts
words together, ``running`` takes headers and footers out, ``columns`` finds the order of reading, ``parts`` and
``blocks`` tell headings, paragraphs, items and rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.errors import DocumentError
from ingest.records import Content
from ingest.sources.pdf.blocks import Outline, read_outline
from ingest.sources.pdf.columns import Line, read_order
from ingest.sources.pdf.contents import without_contents
from ingest.sources.pdf.drawing import Drawing
from ingest.sources.pdf.file import OpenFile, open_file
from ingest.sources.pdf.joining import Vocabulary
from ingest.sources.pdf.lines import read_stretches
from ingest.sources.pdf.parts import measure, read_parts
from ingest.sources.pdf.running import PageText, part
from ingest.sources.pdf.tables import Table, ruled_tables

_NO_TITLE = re.compile(
    r"^(microsoft \w+ - .*|untitled.*|document\s*\d*|print(ing)?|about:blank|(power\w*point )?presentation\s*\d*"
    r"|(slide|book|sheet|layout|draft)\s*\d*|https?://.*|.*\.(docx?|pdf|indd|pptx?|xlsx?|rtf|odt|html?|pages|tex|dvi|pub|qxd))$",
    re.IGNORECASE,
)
_NO_TEXT = "have no text layer"
_NO_MEANING = "have a text layer whose characters have no meaning"
_BROKEN = "cannot be read"
#: Share of a page's characters without meaning above which its text layer cannot be read.
_MOST_LOST = 0.3
_MOST_DROPPED = 20
_TITLE_LETTERS = 4


def read_content(data: bytes) -> Content:
    """Return what a PDF holds. Raises DocumentError, with the reason only, where it cannot be used."""
    with open_file(data) as file:
        return _read(file)


def _read(file: OpenFile) -> Content:
    dropped: dict[str, None] = {}
    pages: list[PageText] = []
    tables: dict[int, tuple[Table, ...]] = {}
    lost: dict[str, list[int]] = {_NO_TEXT: [], _NO_MEANING: [], _BROKEN: []}
    for number in range(1, file.pages + 1):
        drawing = file.drawing(number)
        trouble = _trouble(drawing)
        if trouble:
            lost[trouble].append(number)
        if drawing is None or trouble:
            continue
        ruled = ruled_tables(drawing.words, drawing.rules, page=number)
        tables[number] = ruled.tables
        stretches = read_stretches(ruled.words, drawing.dots)
        pages.append(PageText(number, drawing.width, drawing.height, tuple(stretches)))
        edges = [stretch.text for stretch in read_stretches(drawing.running)]
        dropped.update(dict.fromkeys(text for text in (*edges, drawing.across) if len(text) > 2))
    if not any(page.stretches or tables[page.number] for page in pages):
        raise DocumentError(_refusal(lost))
    kept = part(pages, body_size=_body_size(pages))
    dropped.update(dict.fromkeys(kept.dropped))
    outline, contents = _outline(kept.pages, tables)
    dropped.update(dict.fromkeys(contents))
    return Content(
        blocks=outline.blocks,
        title=_title(file.title, outline),
        notes=tuple(_note(trouble, numbers) for trouble, numbers in lost.items() if numbers),
        dropped=tuple(dropped)[:_MOST_DROPPED],
    )


def _outline(pages: Sequence[PageText], tables: Mapping[int, Sequence[Table]]) -> tuple[Outline, tuple[str, ...]]:
    """Return the outline of the pages' text, and the lines of their table of contents."""
    elements: list[Line | Table] = []
    region = 0
    for page in pages:
        found = read_order(page, tables[page.number], first_region=region)
        region = max((element.region for element in found if isinstance(element, Line)), default=region)
        elements += found
    parted = without_contents(elements)
    lines = [element for element in parted.elements if isinstance(element, Line)]
    measured = measure(lines)
    parts = read_parts(parted.elements, measured)
    vocabulary = Vocabulary(line.text for line in lines)
    return read_outline(parts, vocabulary, body_size=measured.size), parted.contents


def _trouble(drawing: Drawing | None) -> str:
    """Return what is wrong with a page, or nothing."""
    if drawing is None:
        return _BROKEN
    letters = sum(len(word.text) for word in drawing.words)
    if not letters and not drawing.running and not drawing.lost:
        return "" if drawing.is_blank else _NO_TEXT
    return _NO_MEANING if drawing.lost > _MOST_LOST * (letters + drawing.lost) else ""


def _refusal(lost: Mapping[str, Sequence[int]]) -> str:
    if lost[_BROKEN]:
        return "is a PDF whose pages are broken; save it anew from the program that made it"
    if lost[_NO_MEANING]:
        return "has a text layer whose characters have no meaning; run OCR on it, and add the result"
    return "has no text layer, as a scan has none; run OCR on it, and add the result"


def _body_size(pages: Sequence[PageText]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for stretch in page.stretches:
            sizes[round(2 * stretch.size) / 2] += len(stretch.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def _title(declared: str, outline: Outline) -> str:
    """Return the title: the declared one unless a program made it up, or the text begins with more words of it."""
    if len(re.findall(r"[^\W\d_]", declared)) < _TITLE_LETTERS or _NO_TITLE.match(declared):
        return outline.title
    # one word without a capital, or with a low line, is the name of a file
    if outline.title and " " not in declared and (declared.islower() or "_" in declared):
        return outline.title
    return outline.title if declared.casefold() in outline.title.casefold() else declared


def _note(trouble: str, numbers: Sequence[int]) -> str:
    shown = trouble if len(numbers) > 1 else re.sub("^have", "has", trouble)
    return f"{_pages(numbers)} {shown}"


def _pages(numbers: Sequence[int]) -> str:
    """Return page numbers in words: "page 3", "pages 3, 4 and so on" with runs of three and more shortened."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(texts)}"
