"""A text -> its addresses and numbers that lead to a person: mail, web, street, telephone, licences and records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.mask.spans import Span

_TOP = r"(?:com|org|net|edu|gov|io|co|me|info|health|md|uk|ca|us|in|de|ie|au)"
#: Sites of public bodies, which an answer may need.
_PUBLIC_SITE = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:[\w-]+\.)*(?:[\w-]+\.gov|acgme\.org|aamc\.org|ama-assn\.org|nrmp\.org|usmle\.org|ecfmg\.org|"
    r"fsmb\.org|abim\.org|abms\.org|fsphp\.org|988lifeline\.org|physiciansupportline\.com|mgma\.com)(?:[/?#]|$)",
    re.IGNORECASE,
)
_AT = r"(?:\s?@\s?|\s?[\[(]\s?at\s?[\])]\s?|\sat\s)"
_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    rf"|\b\w{{1,40}}(?:(?:\s(?:dot|underscore|dash)\s|[._-])\w{{1,40}}){{0,4}}{_AT}\w[\w-]{{0,63}}(?:(?:\s?[\[(]\s?dot\s?[\])]\s?|\sdot\s)\w{{1,40}}){{1,4}}",
    re.IGNORECASE,
)
_URL = re.compile(
    rf"https?://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.{_TOP}/[^\s<>\"')\]]+"
    rf"|(?<![\w-])[\w-]{{3,63}}\.(?:com|org|net|edu|health)\b|(?<![\w.])@[A-Za-z]\w{{2,}}",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b\d{1,5}\s+(?:[NSEW]\.?\s+)?(?!(?:a|the|of|in|per|on|my|to|hours?|days?|years?|weeks?|months?)\b)(?:\w+\s+){1,3}?"
    r"(?:street|avenue|road|lane|blvd|boulevard|(?-i:St|Ave|Rd|Ln|Drive|Dr|Court|Ct|Way|Place|Terrace|Parkway|Pkwy)|ave|rd|pkwy)\b\.?"
    r"(?:,?\s+(?:apt|unit|suite|ste|#)\.?\s*\w+)?|\bp\.?\s?o\.? box \d+|\b(?-i:[A-Z]{2}) \d{5}(?:-\d{4})?\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w$.,-])(?:"
    r"\+\d[\d\s().-]{6,17}\d"
    r"|(?:\+?1[\s.-]*)?\(?\b\d{3}\)?[\s.-]*\d{3}[\s.-]\s?\d{4}"
    r"|\d{3}[-.]\d{4}|0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}"
    r")(?![\w-]|[.,]\d)"
)
_CALLED = re.compile(
    r"\b(?:pager|page me|beeper|phone|telephone|tel|cell|mobile|fax|whatsapp|ext|extension|text me|call me|reach me)\b"
    r"(?:\s+(?:number|no\.?|num|is|at|on|to|me))*\s*[.:#]*\s*(\+?\(?\d[\d().-]*(?:[ -]\d{3,})*)(?!\w)",
    re.IGNORECASE,
)
_BARE_TELEPHONE = re.compile(r"(?<![\w$.,-])1?[2-9]\d{9}(?![\w-])")
_RECORD = re.compile(
    r"\b(?:npi|dea|lic(?:en[cs]e)?s?|acgme|aamc|ecfmg|usmle|nrmp|eras|mrn|ssn|social security|medical record|case|"
    r"claim|chart|policy|employee|badge|member|account|passport|sevis|alien|visa|caqh|id|registration)\b"
    r"(?:\s*(?:number|no\.?|num|nbr|id|code|is|was|it's|:|#|=|,|-|–)\s*)*\s*"
    r"((?:[A-Za-z]{1,4}[ -]?)?\d(?:[\d.-]|\s(?=\d)){2,}\d\w*)(?!\w|,\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w$-])(?:\d{3}-\d{2}-\d{4}|\d-\d{3}-\d{3}-\d|[A-Za-z]{2}\d{7}|[A-Za-z]{1,3}-?\d{5,9}|\d{7,}|\d{2,4}-\d{5,8})(?![\w-])"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*(?:-|–|to|and)\s*(?:19|20)?\d\d)?")


def number_spans(text: str) -> Iterator[Span]:
    """The spans of a text that are addresses or numbers of a person, the surest kind first."""
    for match in _MAIL.finditer(text):
        yield Span(match.start(), match.end(), "EMAIL")
    for match in _URL.finditer(text):
        trimmed = match.group().rstrip(".,;:?!")
        if not _PUBLIC_SITE.match(trimmed):
            yield Span(match.start(), match.start() + len(trimmed), "URL")
    for match in _STREET.finditer(text):
        yield Span(match.start(), match.end(), "ADDRESS")
    yield from _labelled(text)
    for pattern, kind in ((_TELEPHONE, "PHONE"), (_BARE_TELEPHONE, "PHONE"), (_NUMBER, "LICENCE")):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), kind)


def _labelled(text: str) -> Iterator[Span]:
    """Numbers that a word before them names, so that a pager's five digits count and a year does not."""
    for pattern, kind, least in ((_RECORD, "LICENCE", 4), (_CALLED, "PHONE", 3)):
        for match in pattern.finditer(text):
            number = match.group(1).rstrip(" .-")
            digits = sum(character.isdigit() for character in number)
            if digits >= least and not _YEARS.fullmatch(number) and number not in ("988", "911", "1099"):
                yield Span(match.start(1), match.start(1) + len(number), kind)
