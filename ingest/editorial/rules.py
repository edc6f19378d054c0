"""The rules that look at one document at a time: front matter, sections, sentences, facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from ingest.editorial import Finding
from ingest.editorial.readability import grade
from ingest.records import Block, Document
from ingest.sentences import sentence_spans

Rule = Callable[[Document, date], Iterator[Finding]]

SETTINGS = ("academic", "private-practice", "employed")
STAGES = ("student", "resident", "fellow", "early-career", "mid-career", "late-career", "mentor", "leader")
DOMAINS = ("academic", "clinical", "business-and-finance", "leadership", "personal")
EVIDENCE = ("law or policy", "study or survey", "professional consensus", "experience")

WORDS = range(500, 1001)
SECTIONS = range(6, 13)
MOST_SENTENCE_WORDS = 28
MOST_GRADE = 12.0
#: Law, money and visas are looked at again within a year, everything else within two.
SHORT_REVIEW, LONG_REVIEW = timedelta(days=366), timedelta(days=731)

_ALLOWED: Mapping[str, tuple[str, ...]] = {"setting": (*SETTINGS, "any"), "stage": STAGES, "domains": DOMAINS}
_LEANS = re.compile(
    r"^[“\"]?(?:It|Its|This|These|They|Their|That|Those|Such|Here|He|She|Also|However|Therefore|Thus|Then|Moreover"
    r"|Furthermore|Instead|Otherwise|Likewise|Similarly|Besides|Finally|Both|Another|Others|Either|Neither"
    r"|For this reason|In addition|As (?:above|below|mentioned|noted|described|said)|See (?:above|below)|And|But|So"
    r"|Or)\b"
    r"(?! (?:how|what|who|whether|whom|much|many)\b)"
)
_PEOPLE = (
    r"(?:physicians|residents|fellows|faculty|surgeons|students|women|men|mentors|mentees|programs|hospitals|practices"
    r"|states)"
)
#: Numbers that say something about the world: a year, a share or a count of people. "A 20-minute meeting" is advice.
_CLAIM = re.compile(
    r"(?<![-\w])(?:19|20)\d\d\b"
    rf"|\d ?(?:%|percent) of (?:[a-z]+ ){{0,3}}{_PEOPLE}\b"
    rf"|\b(?:\d{{3,}}|\d+,\d{{3}}) (?:[a-z]+ ){{0,2}}{_PEOPLE}\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|survey(?:s|ed)?|trials?|meta-analysis|systematic review)"
    r" (?:found|shows?|showed|reports?|reported|suggests?|linked)\b",
    re.IGNORECASE,
)
#: Kinds of sections whose numbers are made up on purpose or are the reader's own.
_NO_CLAIMS = ("example", "questions-to-ask")


def front_matter(document: Document, today: date) -> Iterator[Finding]:
    """Every field is there, uses the words of the policy, and the dates make sense."""
    facets = document.facets
    for name in ("setting", "stage", "topics", "domains"):
        values: tuple[str, ...] = getattr(facets, name)
        if not values:
            yield Finding(document.id, "front matter", f"{name} is missing; add it")
        for value in values:
            if name in _ALLOWED and value not in _ALLOWED[name]:
                yield Finding(
                    document.id, "front matter", f"{name} {value!r} is not one of {', '.join(_ALLOWED[name])}"
                )
    if document.evidence not in EVIDENCE:
        yield Finding(
            document.id, "front matter", f"evidence {document.evidence!r} is not one of {', '.join(EVIDENCE)}"
        )
    if not document.summary:
        yield Finding(document.id, "front matter", "summary is missing; add a sentence on what the document answers")
    yield from _dates(document, today)


def _dates(document: Document, today: date) -> Iterator[Finding]:
    if document.reviewed is None or document.review_by is None:
        yield Finding(document.id, "review date", "reviewed or review_by is missing; add both")
        return
    if document.reviewed > today:
        yield Finding(document.id, "review date", f"reviewed {document.reviewed} lies in the future")
    if document.review_by < today:
        yield Finding(document.id, "review date", f"was to be reviewed by {document.review_by}; review it", "warning")
    most = SHORT_REVIEW if document.jurisdiction or document.evidence == "law or policy" else LONG_REVIEW
    if not document.reviewed < document.review_by <= document.reviewed + most:
        yield Finding(
            document.id, "review date", f"review_by {document.review_by} is not within {most.days} days of the review"
        )


def sources(document: Document, today: date) -> Iterator[Finding]:
    """Every source is used, complete and has an address of the web or none."""
    used = {mark.reference for block in document.blocks for mark in block.marks}
    seen: set[str] = set()
    for reference in document.references:
        if reference.id in seen:
            yield Finding(document.id, "sources", f"the id {reference.id} stands twice; give each source its own")
        seen.add(reference.id)
        if reference.id not in used:
            yield Finding(document.id, "sources", f"{reference.id} is named by no sentence; mark one or take it out")
        if not reference.publisher:
            yield Finding(document.id, "sources", f"{reference.id} has no publisher; add it")
        if reference.url and not reference.url.startswith(("https://", "http://")):
            yield Finding(
                document.id, "sources", f"{reference.id} has the address {reference.url!r}; give one of the web"
            )
        if reference.year is not None and not 1900 <= reference.year <= today.year:
            yield Finding(document.id, "sources", f"{reference.id} has the year {reference.year}")


def sections(document: Document, today: date) -> Iterator[Finding]:  # noqa: ARG001 - every rule has the same form
    """Length, number and order of sections; a summary first; no unknown kind."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    words = sum(len(block.text.split()) for block in document.blocks)
    if words not in WORDS:
        yield Finding(document.id, "length", f"has {words} words, not {WORDS[0]} to {WORDS[-1]}")
    if len(headings) not in SECTIONS:
        yield Finding(document.id, "length", f"has {len(headings)} sections, not {SECTIONS[0]} to {SECTIONS[-1]}")
    if not headings or headings[0].section_kind != "summary" or document.blocks[0] is not headings[0]:
        yield Finding(document.id, "kind", "does not begin with a {.summary} section")
    if not any(block.kind == "item" for block in document.blocks):
        yield Finding(document.id, "kind", "has no list; most questions want one", "warning")
    for heading in headings:
        if "{" in heading.text:
            yield Finding(document.id, "kind", "unknown kind of section; see corpus/README.md", excerpt=heading.text)
        if heading.level != 2:
            yield Finding(document.id, "kind", "a section has a heading of level 2 (##)", excerpt=heading.text)


def lists(document: Document, today: date) -> Iterator[Finding]:  # noqa: ARG001 - every rule has the same form
    """Every list is introduced by a sentence with a colon, and every item is a whole sentence."""
    before: Block | None = None
    kind = ""
    for block in document.blocks:
        kind = block.section_kind or "" if block.kind == "heading" else kind
        if block.kind == "item":
            if before is not None and before.kind != "item" and not before.text.endswith(":"):
                yield Finding(document.id, "list", "no sentence with a colon introduces the list", excerpt=block.text)
            if not re.search(r"[.?!][”\"’')]*$", block.text):
                yield Finding(document.id, "list", "the item does not end like a sentence", excerpt=block.text)
            if kind == "questions-to-ask" and not re.search(r"\?[”\"’']*$", block.text):
                yield Finding(document.id, "list", "the item is no question", excerpt=block.text)
        before = block


def sentences(document: Document, today: date) -> Iterator[Finding]:  # noqa: ARG001 - every rule has the same form
    """Every sentence can be quoted alone, and is short."""
    for _, text, _ in _sentences(document):
        if _LEANS.match(text):
            yield Finding(
                document.id, "quotable alone", f"begins with “{text.split()[0]}”; name the subject", excerpt=text
            )
        if (words := len(text.split())) > MOST_SENTENCE_WORDS + 2:
            yield Finding(
                document.id, "sentence length", f"has {words} words; the most is {MOST_SENTENCE_WORDS}", excerpt=text
            )


def facts(document: Document, today: date) -> Iterator[Finding]:  # noqa: ARG001 - every rule has the same form
    """A number about the world, and what a study found, has a source; sample wording in quotation marks is not a
    claim."""
    for kind, text, sourced in _sentences(document):
        said = _QUOTED.sub("", text)
        if not sourced and kind not in _NO_CLAIMS and (_CLAIM.search(said) or _STUDY.search(said)):
            message = "states a figure or a finding; name its source, or say it without"
            yield Finding(document.id, "fact without a source", message, excerpt=text)


def reading(document: Document, today: date) -> Iterator[Finding]:  # noqa: ARG001 - every rule has the same form
    """The Flesch-Kincaid grade stays at 12 or below."""
    found = reading_grade(document)
    if found > MOST_GRADE:
        yield Finding(document.id, "reading level", f"has grade {found:.1f}; aim for {MOST_GRADE:.0f}", "warning")


def reading_grade(document: Document) -> float:
    """Return the Flesch-Kincaid grade of a document's sentences."""
    return grade([text for _, text, _ in _sentences(document)])


RULES: tuple[Rule, ...] = (front_matter, sources, sections, lists, sentences, facts, reading)


def _sentences(document: Document) -> Iterator[tuple[str, str, bool]]:
    """Yield (kind of section, sentence, whether it names a source)."""
    kind = "guidance"
    for block in document.blocks:
        if block.kind == "heading":
            kind = block.section_kind or "guidance"
            continue
        for start, end in sentence_spans(block.text):
            sourced = any(start < mark.offset <= end for mark in block.marks)
            yield kind, block.text[start:end], sourced
