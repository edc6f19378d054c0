from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from lxml import html

from ingest.errors import DocumentError
from ingest.records import Content
from ingest.sources.web import read_content
from tests.ingest.sources import web_files

#: Pages of the same article, and the share of their text that is not the article's.
PAGES = {
    "semantic": (web_files.semantic_page, 0.8),
    "blog": (web_files.blog_page, 0.8),
    "bare": (web_files.bare_page, 0.8),
    "layout-table": (web_files.layout_table_page, 0.6),
}


def outline(body: str) -> list[tuple[str, int, str]]:
    content = read_content(web_files.plain_page(body).encode())
    return [(block.kind, block.level, block.prefix + block.text) for block in content.blocks]


def shown(content: Content) -> str:
    return "\n".join(block.text for block in content.blocks)


def visible_words(page: str) -> Counter[str]:
    tree = html.fromstring(page)
    for element in tree.iter("script", "style", "title"):
        element.text = ""
    return Counter(web_files.words(" ".join(tree.itertext())))


@pytest.mark.parametrize(("make_page", "boilerplate"), PAGES.values(), ids=PAGES)
def test_an_article_is_kept_whole_and_what_stands_around_it_is_not(
    make_page: Callable[[], str], boilerplate: float
) -> None:
    page = make_page()
    article = Counter(web_files.words(web_files.article_text()))
    around = visible_words(page) - article
    assert around.total() >= boilerplate * visible_words(page).total()
    text = shown(read_content(page.encode()))
    sentences = web_files.sentences()
    assert sum(sentence in text for sentence in sentences) >= 0.97 * len(sentences)
    assert (Counter(web_files.words(text)) - article).total() <= 0.03 * around.total()


@pytest.mark.parametrize(("make_page", "boilerplate"), PAGES.values(), ids=PAGES)
def test_an_article_keeps_its_structure(make_page: Callable[[], str], boilerplate: float) -> None:
    blocks = [
        (block.kind, block.level, block.prefix + block.text) for block in read_content(make_page().encode()).blocks
    ]
    headings = [(1, web_files.TITLE), *((int(tag[1]), text) for tag, text in web_files.ARTICLE if tag[0] == "h")]
    assert [block[1:] for block in blocks if block[0] == "heading"] == headings
    assert ("item", 1, "- Who was first author of the papers") in blocks
    assert ("item", 1, "3. Agree on the next date") in blocks
    assert ("row", 0, "Year: PGY-1 · Meetings: Every month · Length: 30 minutes") in blocks


@pytest.mark.parametrize(("make_page", "boilerplate"), PAGES.values(), ids=PAGES)
def test_a_pages_title_stands_without_its_sites_name(make_page: Callable[[], str], boilerplate: float) -> None:
    assert read_content(make_page().encode()).title == web_files.TITLE


def test_what_was_left_out_is_listed_once_and_in_order() -> None:
    dropped = read_content(web_files.semantic_page().encode()).dropped
    assert len(dropped) == len(set(dropped)) <= 200
    assert dropped.index("Fellowships") < dropped.index("Share on Twitter")
    assert "Written by a script, for nobody." not in dropped


def test_of_very_many_texts_left_out_the_longest_are_listed() -> None:
    menu = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in range(300))
    long = "<div class='cookie-notice'><p>This site uses cookies and would like you to agree to all of them.</p></div>"
    page = web_files.plain_page(f"<nav><ul>{menu}</ul></nav>{long}<p>Residents meet their mentor every month.</p>")
    dropped = read_content(page.encode()).dropped
    assert len(dropped) == 200
    assert dropped[-1].startswith("This site uses cookies")


def test_lists_in_lists_are_deeper_and_later_paragraphs_of_an_item_are_paragraphs() -> None:
    body = (
        "<ol start='3'><li>Ask.<ul><li>Early.<ul><li>And often.</li></ul></li></ul></li><li value='7'><p>Wait.</p>"
        "<p>It takes a week.</p></li><li>Go.</li></ol>"
    )
    assert outline(body) == [
        ("item", 1, "3. Ask."),
        ("item", 2, "- Early."),
        ("item", 3, "- And often."),
        ("item", 1, "7. Wait."),
        ("paragraph", 0, "It takes a week."),
        ("item", 1, "8. Go."),
    ]


def test_a_reversed_list_counts_down() -> None:
    assert [text for _, _, text in outline("<ol reversed><li>Third.<li>Second.<li>First.</ol>")] == [
        "3. Third.",
        "2. Second.",
        "1. First.",
    ]


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        ("<tr><th>Site<th>Weeks<tr><td>Ward B<td>4<tr><td>Clinic<td>", ["Site: Ward B · Weeks: 4", "Site: Clinic"]),
        ("<thead><tr><td>Site<td>Weeks<tbody><tr><td>Ward B<td>4", ["Site: Ward B · Weeks: 4"]),
        ("<tr><td><b>Site</b><td><b>Weeks</b><tr><td>Ward B<td>4", ["Site: Ward B · Weeks: 4"]),
        ("<tr><td>Ward B<td>4<tr><td>Clinic<td>2", ["Ward B · 4", "Clinic · 2"]),
        ("<tr><th>Ward B<td>4<tr><th>Clinic<td>2", ["Ward B · 4", "Clinic · 2"]),
        ("<tr><th>A<th colspan=2>B<tr><td>1<td>2<td>3", ["A: 1 · B: 2 · B: 3"]),
        ("<tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3", ["A: 1 · B: 2", "B: 3"]),
        ("<tr><th rowspan=2>A<th colspan=2>B<tr><th>b<th>c<tr><td>1<td>2<td>3", ["A: 1 · B b: 2 · B c: 3"]),
        ("<tr><th>A<th>B<tr><td colspan=2>Interns<tr><td>1<td>2", ["Interns", "A: 1 · B: 2"]),
        ("<tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><td>2", ["A: x; y · B: 2"]),
    ],
)
def test_a_row_of_a_table_says_what_its_cells_are(cells: str, rows: list[str]) -> None:
    body = f"<p>This is how the weeks of a year are divided among the sites.</p><table>{cells}</table>"
    assert [text for kind, _, text in outline(body) if kind == "row"] == rows


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>{0}</td></tr><tr><td>{1}</td></tr></table>",
        "<table role='presentation'><tr><td>{0}</td><td>{1}</td></tr></table>",
        "<table><tr><td>{0}</td><td><table><tr><td>{1}</td></tr></table></td></tr></table>",
        "<table><tr><td><h2>One</h2>{0}</td><td>{1}</td></tr></table>",
    ],
)
def test_a_table_that_only_places_texts_is_read_as_texts(table: str) -> None:
    first = "A night of call ends at ten in the morning."
    second = "Nobody takes call on the day before an examination."
    texts = [(kind, text) for kind, _, text in outline(table.format(first, second)) if kind != "heading"]
    assert texts == [("paragraph", first), ("paragraph", second)]


def test_a_short_definition_stands_beside_its_term_and_a_long_one_below_it() -> None:
    long = "<p>It covers claims that come after you left.</p><p>It costs twice a year's premium.</p>"
    body = f"<dl><dt>Tail:</dt><dd>Cover for later claims.</dd><dt>Prior acts</dt><dd>{long}</dd></dl>"
    assert outline(body) == [
        ("item", 1, "- Tail: Cover for later claims."),
        ("paragraph", 0, "Prior acts"),
        ("paragraph", 0, "It covers claims that come after you left."),
        ("paragraph", 0, "It costs twice a year's premium."),
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "<h3>{0}</h3><p>{1}</p>",
        "<details><summary>{0}</summary><p>{1}</p></details>",
        "<button class='accordion' aria-expanded='false'>{0}</button><div class='panel' style='display:none'>{1}</div>",
        "<h3><button aria-controls='a'>{0}</button></h3><div class='accordion-body' id='a' hidden>{1}</div>",
        "<dl><dt>{0}</dt><dd>{1}</dd></dl>",
    ],
)
def test_questions_and_answers_are_headings_and_paragraphs_even_when_they_are_folded(entry: str) -> None:
    questions = [
        ("May I moonlight as an intern?", "No. It begins in the second year."),
        ("Who signs?", "The director."),
    ]
    body = "<h1>Moonlighting</h1><h2>Questions</h2>" + "".join(entry.format(*pair) for pair in questions)
    assert [text for _, _, text in outline(body)[2:]] == [text for pair in questions for text in pair]
    assert [kind for kind, _, _ in outline(body)[2:]] == ["heading", "paragraph"] * 2


def test_a_checklist_without_a_sentence_is_kept() -> None:
    items = [
        "State licence",
        "DEA number",
        "Immunisation record",
        "Copy of diploma",
        "Two references",
        "Photo for badge",
    ]
    body = "<div id='main'><h1>Before you start</h1><ul>" + "".join(f"<li>{item}" for item in items) + "</ul></div>"
    assert [text for _, _, text in outline(body)] == ["Before you start", *(f"- {item}" for item in items)]


def test_short_lines_in_bold_are_headings_where_a_page_has_no_others() -> None:
    body = (
        "<h1>Call</h1><p><b>Night float</b></p><p>It lasts four weeks.</p><p><strong>Note:</strong> Bring a coat.</p>"
    )
    assert outline(body)[1:] == [
        ("heading", 2, "Night float"),
        ("paragraph", 0, "It lasts four weeks."),
        ("paragraph", 0, "Note: Bring a coat."),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Some <em>light</em> and <b>strong</b> words that last", "Some light and strong words that last"),
        ("A <a href='/x'>link</a> in the middle of words", "A link in the middle of words"),
        ("A line<br>that goes on\n   here and there", "A line that goes on here and there"),
        ("Soft&shy;ware keeps co‑workers and ﬁles as written", "Software keeps co‑workers and ﬁles as written"),
        (
            "Pay rose<sup><a href='#1'>[1]</a></sup> by a tenth in 2<sup>nd</sup> year",
            "Pay rose by a tenth in 2nd year",
        ),
        ("See <span class='sr-only'>opens in a new tab</span>the full policy", "See the full policy"),
        ("Seen <!-- not this --> here <script>nor()</script> and there now", "Seen here and there now"),
    ],
)
def test_markup_goes_and_its_words_stay(source: str, text: str) -> None:
    assert outline(f"<p>{source}</p>") == [("paragraph", 0, text)]


def test_paragraphs_and_bullets_that_were_typed_with_line_breaks_are_found() -> None:
    body = "<div>Bring these to your first day at work:<br>• a badge<br>• a coat<br><br>The rest will be there.</div>"
    assert outline(body)[1:] == [
        ("item", 1, "- a badge"),
        ("item", 1, "- a coat"),
        ("paragraph", 0, "The rest will be there."),
    ]


def test_the_mark_of_a_headings_own_address_is_no_part_of_it() -> None:
    heading = "<h2>Sharing notes<a href='#sharing-notes'>¶</a></h2>"
    body = f"<section id='sharing-notes'>{heading}<p>Share them daily.</p></section>"
    assert outline(body) == [("heading", 2, "Sharing notes"), ("paragraph", 0, "Share them daily.")]


def test_a_page_that_is_one_form_is_read() -> None:
    text = "Vacation is requested three months ahead. The chief residents answer within two weeks."
    body = f"<form id='aspnetForm'><div><h1>Vacation</h1><p>{text}</p></div><input type='submit' value='Go'></form>"
    assert outline(body)[-1] == ("paragraph", 0, text)


def test_a_page_of_links_is_read_and_one_of_menus_only_is_refused() -> None:
    links = "".join(
        f"<li><a href='/{name}.pdf'>{name} policy</a></li>" for name in ("Leave", "Call", "Travel", "Dress")
    )
    assert [text for _, _, text in outline(f"<h1>Policies</h1><ul>{links}</ul>")][1:3] == [
        "- Leave policy",
        "- Call policy",
    ]
    with pytest.raises(DocumentError, match="shows no text"):
        outline(f"<nav><ul>{links}</ul></nav><div id='app'></div><footer>{links}</footer>")


def test_questions_that_are_links_keep_their_answers() -> None:
    answers = {
        "May I moonlight?": "Yes, from the second year on, with the director's leave.",
        "Who signs?": "Your chief.",
    }
    body = "".join(f"<h3><a href='/q'>{question}</a></h3><p>{answer}</p>" for question, answer in answers.items())
    assert [text for _, _, text in outline(f"<h1>Questions</h1>{body}")][1:] == [
        t for pair in answers.items() for t in pair
    ]


def test_addresses_of_people_are_no_menu() -> None:
    row = "<tr><td>{0}</td><td><a href='mailto:{0}@example.org'>{0}@example.org</a></td></tr>"
    body = f"<h1>Contacts</h1><table>{row.format('chief')}{row.format('office')}</table>"
    assert [text for _, _, text in outline(body)][1:] == ["chief · chief@example.org", "office · office@example.org"]


ACCENTED = "Déjà vu – the program’s “café rounds” begin at seven, and naïve residents bring their résumé."


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),  # as every browser reads it
        ("utf-8", "utf-8"),
        ("windows-1252", "utf-8"),  # saved anew by an editor
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("no-such-encoding", "cp1252"),
        ("punycode", "cp1252"),
    ],
)
def test_a_page_is_decoded_as_it_was_saved(declared: str, encoding: str) -> None:
    page = web_files.plain_page(f"<p>{ACCENTED}</p>", charset=declared)
    assert shown(read_content(page.encode(encoding))) == ACCENTED


def test_a_page_that_does_not_say_its_encoding_is_decoded_as_browsers_do() -> None:
    page = f"<html><body><h1>Café</h1><p>{ACCENTED}</p></body></html>"
    assert ACCENTED in shown(read_content(page.encode("cp1252")))


def test_a_few_broken_characters_do_not_change_the_encoding_of_a_page() -> None:
    data = web_files.plain_page(f"<p>{ACCENTED}</p>").encode().replace("naïve".encode(), b"na\xc3ve")
    content = read_content(data)
    assert shown(content).startswith("Déjà vu – the program’s “café rounds”")
    assert content.notes == ("holds characters that could not be decoded; save it anew as UTF-8",)


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("Tail cover | GME Handbook", "<p>x", "Tail cover"),
        ("Tail cover - What to ask before you sign", "<p>x", "Tail cover - What to ask before you sign"),
        ("How tail cover works - Lakeside Health", "<p>x", "How tail cover works"),
        ("GME Handbook | Tail cover", "<meta property='og:site_name' content='GME Handbook'><p>x", "Tail cover"),
        ("Home", "<h1>Tail cover</h1><p>x", "Tail cover"),
        ("", "<h1>Tail cover</h1><p>x", "Tail cover"),
        ("", "<p>x", ""),
    ],
)
def test_a_title_is_the_pages_own(title: str, body: str, found: str) -> None:
    assert read_content(web_files.plain_page(f"{body} y z is here.", title=title).encode()).title == found


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("404 Not Found", "<h1>Not found</h1><p>The page that you look for is not here.</p>"),
        ("Lakeside Health", "<h1>Welcome</h1><p>Please enter your name.</p><form><input type='password'></form>"),
    ],
)
def test_an_error_or_login_page_is_read_with_a_note(title: str, body: str) -> None:
    (note,) = read_content(web_files.plain_page(body, title=title).encode()).notes
    assert note.startswith("looks like an error or login page")


def test_an_article_about_errors_gets_no_note() -> None:
    text = "<p>Most errors at sign-out come from haste, and a written list halves them. </p>" * 20
    body = "".join(text.replace("Most", f"Of {n} most") for n in range(20))
    assert read_content(web_files.plain_page(body, title="When a page is not found").encode()).notes == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "shows no text"),
        (
            b"<html><head><title>x</title></head><body><div id='root'></div><script>go()</script></body></html>",
            "shows no text",
        ),
        (b"<html><frameset><frame src='a.html'></frameset></html>", "shows no text"),
        (b"%PDF-1.7 ...", "another kind of file"),
        (b"PK\x03\x04...", "another kind of file"),
        (b"\x00\x01\x02\x03<html>", "NUL bytes"),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.org/\r\nMIME-Version: 1.0\r\n", "MHTML"),
        (b"<div>" * 1000 + b"deep", "nests its elements"),
        (b"<p>" + b"word " * 1_200_000, "MiB of text and markup"),
    ],
)
def test_what_is_no_page_with_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_content(data)


def test_pictures_and_scripts_inside_a_page_do_not_count_towards_its_size() -> None:
    inside = f"<img src='data:image/png;base64,{'A' * 4_000_000}'><script>{'x = 1; ' * 600_000}</script>"
    assert outline(f"{inside}<p>Residents meet their mentor every month.</p>")[0][0] == "paragraph"


def test_nothing_outside_of_the_page_is_opened() -> None:
    page = (
        "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]><html><head>"
        "<link rel='stylesheet' href='http://127.0.0.1:9/a.css'></head><body><p>It says &secret; and no more.</p>"
        "<iframe src='http://127.0.0.1:9/'></iframe></body></html>"
    )
    assert "root:" not in shown(read_content(page.encode()))


@pytest.mark.parametrize(
    "unit",
    [
        "<ul><li>x",
        "<table><tr><td>x",
        "<b>x",
        "<a href=x>y</a>",
        "<script>",
        "<!--",
        "<dl><dd>x",
        "<p>- x<br>",
        "&amp;",
    ],
)
def test_the_time_for_a_page_does_not_grow_with_the_square_of_its_size(unit: str) -> None:
    start = time.monotonic()
    try_reading((unit * (200_000 // len(unit))).encode())
    assert time.monotonic() - start < 10


def test_broken_pages_are_read_or_refused() -> None:
    random.seed(20)
    pages = [make_page().encode() for make_page, _ in PAGES.values()]
    start = time.monotonic()
    for page, kind in product(pages, range(15)):
        data = bytearray(page[: random.randrange(len(page))] if kind % 2 else page)
        for _ in range(random.randrange(1, 60)):
            data[random.randrange(len(data))] = random.randrange(256)
        try_reading(bytes(data))
    assert time.monotonic() - start < 20


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
