"""A saved web page -> its article. One reader of ``sources``; nothing is fetched, whatever the page asks for.

The page is decoded and parsed here; ``pieces`` says what stands on it, ``article`` what of that is the article.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree, html
from trafilatura.utils import detect_encoding

from ingest.errors import DocumentError
from ingest.records import Block, Content
from ingest.sources.typed import could_head
from ingest.sources.web.article import Article, choose
from ingest.sources.web.pieces import Piece, is_sentence, read_page

#: Text and markup without scripts, styles and pictures; the longest handbook on one page has two.
_MOST_BYTES = 5 * 2**20
#: Parsers and browsers stop somewhere; no page that a person made comes near.
_DEEPEST = 150
_MOST_DROPPED = 200
_MOST_TITLE = 200
#: A page with less prose is a notice.
_NOTICE_WORDS = 150
_LOGIN_WORDS = 60

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
#: What browsers take these names for.
_AS_BROWSERS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
}
#: What no page is written in, and what the marks at its beginning say of themselves.
_NO_CHARSETS = ("idna", "punycode", "raw", "undefined", "unicode", "utf-16", "utf-32", "utf-7")
_NOT_TEXT = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"bplist00")
_ARCHIVE = re.compile(rb"^(?:From: .{0,500}?)?\s*(?:Snapshot-Content-Location|MIME-Version): ", re.DOTALL)
#: Pictures and fonts that were saved inside the page.
_INLINE_DATA = re.compile(r"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%_-]{200,}")
_UNSHOWN = re.compile(r"<(?:(?P<comment>!--)|(?P<tag>script|style|noscript)\b)", re.IGNORECASE)
_ENDS = {
    "": re.compile("-->"),
    **{tag: re.compile(rf"</{tag}\b[^>]{{0,300}}>", re.IGNORECASE) for tag in ("script", "style", "noscript")},
}
#: Characters that XML has no place for.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOTICE = re.compile(
    r"\b(404|403|500|502|503|(page |file |site )?not found|access denied|forbidden|just a moment|service unavailable"
    r"|are you (a robot|human)|captcha|(sign|log) ?in|session (has )?expired|server error|under maintenance)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")
#: What stands between a page's title and its site's name; a plain hyphen may be the title's own.
_BAR = re.compile(r"\s+[|»·•‹›]\s+|\s+::\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_NO_TITLES = frozenset({"home", "index", "untitled", "untitled document", "document", "new page", "welcome"})


def read_content(data: bytes) -> Content:
    """Return the article of a web page, and in ``dropped`` what stood around it.

    Raises DocumentError, with the reason only, where the bytes are no web page or hold no text.
    """
    tree = _parse(_decode(data))
    body = tree.find("body")
    if body is None:
        raise _no_text()
    page = read_page(body)
    article = choose(page, tree)
    if not article.kept:
        raise _no_text()
    blocks = _with_headings(article.kept)
    title = _title(tree, blocks)
    return Content(blocks, title, tuple(_notes(tree, title, article)), _dropped(article))


def _no_text() -> DocumentError:
    return DocumentError(
        "shows no text without its scripts; open it in a browser, and save it when all is there, or print it to PDF"
    )


def _decode(data: bytes) -> str:
    if data.startswith(_NOT_TEXT):
        raise DocumentError("is not a web page but another kind of file; give it the suffix of what it is")
    if _ARCHIVE.match(data[:2000]):
        raise DocumentError("is a web archive (MHTML); open it in a browser and save it as a web page of HTML only")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\x00" in data[:1000]:
        raise DocumentError("holds NUL bytes, so it is not a web page; save it anew from a browser")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= sum(character > "\x7f" for character in text) - broken:
        return text  # of more whole characters than broken ones it is UTF-8, whatever the page says
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def _encodings(data: bytes) -> Iterator[str]:
    """Yield the encodings that bytes other than UTF-8 may have: the declared one, the browsers' own, then guesses."""
    declared = _CHARSET.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        if not name.replace("_", "-").startswith(_NO_CHARSETS):
            yield _AS_BROWSERS.get(name, name)
    yield "cp1252"
    yield from detect_encoding(data)


def _parse(text: str) -> Any:
    shown = unicodedata.normalize("NFC", _CONTROL.sub("", _INLINE_DATA.sub("data:,", _without_unshown(text))))
    encoded = shown.encode("utf-8")
    if len(encoded) > _MOST_BYTES:
        size, most = len(encoded) / 2**20, _MOST_BYTES / 2**20
        raise DocumentError(f"has {size:.0f} MiB of text and markup, and the most is {most:.0f}; split it")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(encoded, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise _no_text() from error
    depth = _depth(tree)
    if depth > _DEEPEST:
        raise DocumentError(
            f"nests its elements {depth} deep, and the most is {_DEEPEST}; open it in a browser and print it to PDF"
        )
    return tree


def _without_unshown(text: str) -> str:
    """Return a page without comments, scripts and styles; one that is not closed stays, for the parser to judge."""
    parts = []
    position = search = 0
    unclosed: set[str] = set()
    while found := _UNSHOWN.search(text, search):
        kind = (found["tag"] or "").lower()
        end = None if kind in unclosed else _ENDS[kind].search(text, found.start() + 2)
        if end is None:
            unclosed.add(kind)  # nor is any later one, and looking for it again would take for ever
            search = found.end()
            continue
        parts.append(text[position : found.start()])
        position = search = end.end()
    return "".join([*parts, text[position:]])


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _with_headings(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Return the blocks of an article; short lines in bold are its headings where it has no others."""
    blocks = [piece.block for piece in pieces]
    if any(block.kind == "heading" and block.level > 1 for block in blocks):
        return tuple(blocks)
    for i, piece in enumerate(pieces[:-1]):
        heads = piece.block.kind == "paragraph" and piece.bold > 0.95 and could_head(piece.block.text)
        if heads and not (i and blocks[i - 1].kind == "heading" and blocks[i - 1].level > 1):
            blocks[i] = Block("heading", piece.block.text, 2)
    return tuple(blocks)


def _title(tree: Any, blocks: Sequence[Block]) -> str:
    """Return the page's title without its site's name: as its first heading has it, where the two agree."""
    shown = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    declared = _meta(tree, "og:title") or _text(tree.findtext(".//title"))
    title = _without_site(declared[: 2 * _MOST_TITLE], _meta(tree, "og:site_name"))
    if not title or title.casefold() in _NO_TITLES or (shown and declared.casefold().startswith(shown.casefold())):
        title = shown
    return title[:_MOST_TITLE]


def _without_site(title: str, site: str) -> str:
    parts = [part for part in _BAR.split(title) if part and part.casefold() != site.casefold()]
    if not parts:
        return title
    kept = parts[0] if len(parts[0].split()) > 1 else max(parts, key=len)
    while dashes := list(_DASH.finditer(kept)):
        before, after = kept[: dashes[-1].start()], kept[dashes[-1].end() :]
        if after.casefold() != site.casefold() and (len(before.split()) < 3 or not _is_name(after)):
            break
        kept = before
    return kept


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) <= 4 and all(word[0].isupper() or word in ("of", "the", "and", "for", "&") for word in words)


def _meta(tree: Any, name: str) -> str:
    for element in tree.iter("meta"):
        if name in (element.get("property"), element.get("name")):
            return _text(element.get("content"))
    return ""


def _text(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()


def _notes(tree: Any, title: str, article: Article) -> Iterator[str]:
    words = sum(len(piece.raw.split()) for piece in article.kept if is_sentence(piece.block))
    login = words < _LOGIN_WORDS and tree.find(".//input[@type='password']") is not None
    if login or (words < _NOTICE_WORDS and _NOTICE.search(title)):
        yield f"looks like an error or login page: {title or article.kept[0].block.text}"
    if any("\ufffd" in piece.raw for piece in article.kept):
        yield "holds characters that could not be decoded; save it anew as UTF-8"


def _dropped(article: Article) -> tuple[str, ...]:
    """Return the texts around the article, each once and shortened, the longer ones where there are many."""
    texts = list(dict.fromkeys(piece.raw[:_MOST_TITLE] for piece in article.dropped))
    longest = set(sorted(texts, key=len, reverse=True)[:_MOST_DROPPED])
    return tuple(text for text in texts if text in longest)
