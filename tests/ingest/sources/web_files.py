"""Web pages for tests: one article, set into pages that are built in different ways and are mostly something else."""

from __future__ import annotations

from itertools import cycle, islice

TITLE = "Choosing a mentor in residency"

#: The article's headings, paragraphs and list items, in order: tag and text.
ARTICLE: tuple[tuple[str, str], ...] = (
    ("p", "A mentor opens doors that you did not know were there. The first one is rarely the last one."),
    ("p", "Most programs assign an adviser in July. An adviser signs forms; a mentor knows what you want to become."),
    ("h2", "What to look for"),
    ("p", "Look for somebody who answers within a week. Seniority matters less than time, and time less than candour."),
    ("p", "Ask two former mentees how it went. They will tell you in ten minutes what a year would teach you:"),
    ("ul", "Whether drafts came back within two weeks|Who was first author of the papers|Whether hard news was given"),
    ("h2", "The first meeting"),
    ("p", "Bring one page with your goals, and send it two days ahead. Thirty minutes are enough for a first meeting."),
    ("ol", "Say what you hope to do in three years|Ask what your mentor would do in your place|Agree on the next date"),
    ("blockquote", "I never wanted a mentor who agreed with me. I wanted one who read what I had written."),
    ("h3", "How often to meet"),
    ("p", "Residents who met monthly kept their mentors twice as long as those who met when something was wrong."),
    ("table", "Year|Meetings|Length;PGY-1|Every month|30 minutes;PGY-2|Every two months|45 minutes"),
    ("h2", "When it does not work"),
    (
        "p",
        "Some pairs never find a rhythm. Thank your mentor, say what you learned, and ask who else would be a match.",
    ),
    ("p", "Nobody will hold it against you. Program directors have seen it often, and they would rather help early."),
)

_MENU = "Home|About us|Residency|Fellowships|Research|News|Events|Donate|Careers|Directory|Alumni|Give now"
_COOKIES = (
    "We and our 214 partners store and access cookies on your device to personalise advertising. By clicking Accept "
    "all you agree to the storing of cookies, and you can change your preferences at any time in our cookie policy."
)
_SHARE = "Share on Facebook|Share on Twitter|Share on LinkedIn|Email this page|Print"
_ADVERT = (
    "Refinance your student loans today with rates from 4.9 percent. Doctors save an average of 21,000 dollars over "
    "the life of a loan, and checking your rate takes two minutes."
)
_RELATED = (
    (
        "Seven podcasts for a long commute",
        "Our editors picked shows about wellness, gadgets and the weekend, for every taste.",
    ),
    (
        "The best scrubs of the season",
        "We tested nineteen pairs in three hospitals, and only four of them survived the laundry.",
    ),
    (
        "A cardiologist runs across Iceland",
        "Twelve days, one tent and a broken stove: how a hobby became an expedition.",
    ),
    (
        "What your badge reel says about you",
        "A light-hearted look at lanyards, reels and the people who decorate them.",
    ),
)
_COMMENTS = (
    "Great post, thanks for sharing! I have bookmarked your blog and told my sister about it yesterday evening.",
    "I completely disagree, my cousin did a fellowship in Ohio and the parking there was absolutely terrible.",
    "Does anybody know whether the webinar was recorded? I missed it because my train was late again.",
    "First! Also please visit my website for discount watches, genuine leather and very quick delivery worldwide.",
)
_FOOTER = (
    "Copyright 2024 Lakeside Health Network. All rights reserved.",
    "Privacy policy|Terms of use|Accessibility|Contact|Sitemap",
    "Lakeside Health Network is an equal opportunity employer and does not discriminate on any basis protected by law.",
)
_REPEATS = 5


def sentences() -> list[str]:
    """Return every sentence, item and cell of the article."""
    found: list[str] = []
    for tag, text in ARTICLE:
        if tag in ("p", "blockquote"):
            found += [part.strip(" .") for part in text.split(". ")]
        elif tag != "table":
            found += text.split("|")
        else:
            found += [cell for row in text.split(";")[1:] for cell in row.split("|")]
    return found


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return [word.strip(".,:;!?·-'\"()").casefold() for word in text.split() if word.strip(".,:;!?·-'\"()")]


def article_text() -> str:
    """Return all that the article says, its title and its table's labels too."""
    return " ".join([TITLE, *(text.replace("|", " ").replace(";", " ") for _, text in ARTICLE)])


def semantic_page() -> str:
    """Return a page of HTML5's own elements."""
    related = "".join(f"<article><h3><a href='/r'>{head}</a></h3><p>{text}</p></article>" for head, text in _related())
    comments = "".join(f"<li class='comment'><p>{text}</p></li>" for text in _comments())
    return _page(
        f"<div class='cookie-banner' role='dialog'><p>{_COOKIES}</p><button>Accept all</button></div>"
        f"<header><a href='/'>Lakeside Health</a><nav><ul>{_links(_MENU)}</ul></nav></header>"
        f"<main><article><header><h1>{TITLE}</h1><p class='byline'>By Pat Doe, 5 min read</p></header>"
        f"<div class='share-bar'><ul>{_links(_SHARE)}</ul></div>{_article()}"
        f"<aside class='advertisement'><p>{_ADVERT}</p></aside></article></main>"
        f"<section class='related-posts'><h2>Related articles</h2>{related}</section>"
        f"<section id='comments'><h2>{len(_comments())} comments</h2><ol>{comments}</ol></section>"
        f"<footer>{_footer()}</footer>"
    )


def blog_page() -> str:
    """Return a page of divs that say by their classes what they are, as blog programs make them."""
    related = "".join(
        f"<div class='jp-post'><h4><a href='/r'>{head}</a></h4><p>{text}</p></div>" for head, text in _related()
    )
    comments = "".join(f"<div class='comment-body'><p>{text}</p></div>" for text in _comments())
    content = (
        f"<div class='post type-post hentry'><h1 class='entry-title'>{TITLE}</h1>"
        f"<div class='entry-meta'>Posted on 3 May 2024 by <a href='/a'>admin</a></div>"
        f"<div class='entry-content'>{_article()}<div class='sharedaddy'><h3>Share this:</h3><ul>{_links(_SHARE)}</ul>"
        f"</div><div class='ads-wrap'><p>{_ADVERT}</p></div></div></div>"
    )
    return _page(
        f"<div id='cookie-law-info-bar'><span>{_COOKIES}</span></div><div id='masthead'>"
        f"<div class='site-title'>Lakeside</div><div class='main-navigation'><ul class='menu'>{_links(_MENU)}</ul>"
        f"</div></div><div id='content'>{content}<div id='jp-relatedposts'><h3>Related</h3>{related}"
        f"</div><div id='comments' class='comments-area'><h2>Thoughts on mentors</h2>{comments}</div></div>"
        f"<div id='secondary' class='widget-area sidebar'><div class='widget'><h2>Recent posts</h2>"
        f"<ul>{_links(_MENU)}</ul><p>{_ADVERT}</p></div></div><div class='site-footer'>{_footer()}</div>"
    )


def bare_page() -> str:
    """Return a page of divs without a name."""
    related = "".join(f"<div><div><a href='/r'>{head}</a></div><div>{text}</div></div>" for head, text in _related())
    comments = "".join(f"<div><div>User {n} wrote</div><div>{text}</div></div>" for n, text in enumerate(_comments()))
    menu = "".join(f"<div><a href='/{item}'>{item}</a></div>" for item in _MENU.split("|"))
    share = "".join(f"<div><a href='/{item}'>{item}</a></div>" for item in _SHARE.split("|"))
    article = _article().replace("<p>", "<div>").replace("</p>", "</div>")
    return _page(
        f"<div><div>{menu}</div></div><div><div><h1>{TITLE}</h1></div><div>{share}</div><div>{article}</div>"
        f"<div><h2>You may also like</h2>{related}</div><div><h2>Comments</h2>{comments}</div></div>"
        f"<div>{_footer()}</div>"
    )


def layout_table_page() -> str:
    """Return a page whose parts are cells of tables, as pages were made before 2005."""
    menu = "".join(
        f"<tr><td><a href='{item}.htm'><font size=1>{item}</font></a></td></tr>" for item in _MENU.split("|")
    )
    related = "".join(f"<li><a href='r.htm'>{head}: {text}</a></li>" for head, text in _related())
    return _page(
        f"<table width=800><tr><td colspan=2><img src=logo.gif></td></tr><tr><td><table>{menu}</table></td>"
        f"<td><h1><font color=navy>{TITLE}</font></h1>{_article()}<hr><ul>{related}</ul></td></tr>"
        f"<tr><td colspan=2><font size=1>{_footer()}</font></td></tr></table>"
    )


def _page(body: str) -> str:
    head = f"<meta charset='utf-8'><title>{TITLE} | Lakeside Health Network</title><style>p {{ margin: 0 }}</style>"
    script = "<script>document.write('<p>Written by a script, for nobody.</p>')</script>"
    return f"<!DOCTYPE html><html><head>{head}</head><body class='single has-sidebar'>{script}{body}</body></html>"


def _article() -> str:
    return "".join(_element(tag, text) for tag, text in ARTICLE)


def _element(tag: str, text: str) -> str:
    if tag in ("ul", "ol"):
        return f"<{tag}>{''.join(f'<li>{item}</li>' for item in text.split('|'))}</{tag}>"
    if tag == "table":
        head, *rows = (row.split("|") for row in text.split(";"))
        top = "".join(f"<th>{cell}</th>" for cell in head)
        return (
            f"<table><tr>{top}</tr>"
            + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in r)}</tr>" for r in rows)
            + "</table>"
        )
    return f"<blockquote><p>{text}</p></blockquote>" if tag == "blockquote" else f"<{tag}>{text}</{tag}>"


def _links(items: str) -> str:
    return "".join(f"<li><a href='/{item}'>{item}</a></li>" for item in items.split("|"))


def _related() -> list[tuple[str, str]]:
    return [(f"{head} ({n})", text) for n, (head, text) in enumerate(islice(cycle(_RELATED), 4 * _REPEATS))]


def _comments() -> list[str]:
    return [f"{text} ({n} likes)" for n, text in enumerate(islice(cycle(_COMMENTS), 6 * _REPEATS))]


def _footer() -> str:
    owner, links, notice = _FOOTER
    return f"<ul>{_links(links)}</ul><p>{owner}</p><p>{notice}</p>"


def plain_page(body: str, *, title: str = "", charset: str = "utf-8") -> str:
    """Return a page with a body and nothing around it."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>{title}</title></head><body>{body}</body></html>"
    )
