"""An element of a web page -> what speaks against it: its name, its role, its class, or that it is hidden."""

from __future__ import annotations

import re
from typing import Any, Literal

#: What an element looks like. A ``sure`` one stands beside an article and seldom around it; a ``likely`` one has a name
#: that containers of whole pages have too; of a ``header`` only the title is kept, and of an article's ``opening`` what
#: is not byline, date and share bar.
Clutter = Literal["sure", "likely", "header", "opening"]

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

_SURE = frozenset(
    """
        addthis addtoany ads adsbygoogle advert advertisement advertisements advertising adverts breadcrumb breadcrumbs
        byline ccpa comment comments consent cookie cookies disqus gdpr jp-relatedposts lightbox modal newsletter
        onetrust outbrain pager pagination paywall popular popup promo promos promoted recirc recommendations
        recommended related replies respond share sharedaddy shares sharing signup skip social socials sponsored
        subscribe subscription taboola teaser teasers toast trending
    """.split()  # noqa: SIM905 - a list of 60 quoted words is no easier to read
)
_LIKELY = frozenset(
    """
        ad author banner banners bottombar caption categories colophon copyright credits footer login masthead menu
        menubar menus meta nav navbar navigation search sidebar sidebars sponsor sponsors submenu tagcloud tags toc
        toolbar topbar widget widgets
    """.split()  # noqa: SIM905
)
_TAGS: dict[str, Clutter] = {
    "aside": "likely",
    "dialog": "sure",
    "figcaption": "likely",
    "footer": "likely",
    "form": "likely",
    "menu": "likely",
    "nav": "likely",
    "search": "likely",
}
_ROLES: dict[str, Clutter] = {
    "alertdialog": "sure",
    "banner": "header",
    "complementary": "likely",
    "contentinfo": "likely",
    "dialog": "sure",
    "menu": "likely",
    "menubar": "likely",
    "navigation": "likely",
    "search": "likely",
    "toolbar": "likely",
}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: For readers who listen, or for editors.
_UNSEEN = re.compile(r"sr-only|visually-?hidden|screen-reader|mw-editsection", re.IGNORECASE)
#: Folds are saved closed, and what is in them is text all the same.
_FOLD = re.compile(r"accordion|collaps|tab-?pane|panel|toggle|expand|faq|answer", re.IGNORECASE)
#: A page names a section by its heading: <section id="sharing-notes">.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def clutter_of(element: Any, *, in_article: bool) -> Clutter | None:
    """Return what an element looks like, or None where nothing speaks against it."""
    if element.tag in ("html", "body", "main", "article", *_HEADINGS):
        return None
    if element.tag == "header":
        return "opening" if in_article else "header"
    if is_hidden(element):
        return "sure"
    found = _TAGS.get(element.tag) or _ROLES.get(element.get("role", ""))
    return found or _by_name(element.get("class", "")) or _by_id(element)


def is_hidden(element: Any) -> bool:
    """Return whether a reader does not see an element; a closed fold is one click away and counts as seen."""
    name = f"{element.get('class', '')} {element.get('id', '')}"
    if _UNSEEN.search(name):
        return True
    hidden = (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(element.get("style", ""))
    )
    return bool(hidden) and element.get("role") not in ("region", "tabpanel") and not _FOLD.search(name)


def _by_name(name: str) -> Clutter | None:
    if not name:
        return None
    words = {word.lower() for word in _WORD.findall(name[:1000])}
    if words & _SURE:
        return "sure"
    return "likely" if words & _LIKELY else None


def _by_id(element: Any) -> Clutter | None:
    name = element.get("id", "")
    found = _by_name(name)
    if found is None:
        return None
    heading = next((child for child in element if child.tag in _HEADINGS), None)
    return None if heading is not None and _letters("".join(heading.itertext())) == _letters(name) else found


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
