from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import DocumentError
from ingest.records import Block, Facets, Mark, Reference
from ingest.sources.front_matter import check_marks, details, split

PATH = Path("a/file.md")


def test_front_matter_and_body_are_parted() -> None:
    fields, body, first_line = split(PATH, "---\ntitle: A title\ntopics: [a, b]\n---\n\nText.\n---\nMore.")
    assert fields == {"title": "A title", "topics": ["a", "b"]}
    assert body == "\nText.\n---\nMore."
    assert first_line == 5


@pytest.mark.parametrize(
    "text", ["Text.", "", " ---\na: b\n---\nText.", "----\na: b\n----\n", "Text.\n---\na: b\n---\n"]
)
def test_a_text_that_does_not_begin_with_a_fence_is_all_body(text: str) -> None:
    assert split(PATH, text) == ({}, text, 1)


def test_an_empty_front_matter_declares_nothing() -> None:
    assert split(PATH, "---  \n---\t\nText.") == ({}, "Text.", 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: A\n\nText.", r"a/file\.md:1: front matter is opened by --- and never closed"),
        ("---\nsummary: fine\ntitle: One: two\n---\n", r"a/file\.md:3: front matter is not YAML \(mapping values"),
        ("---\nsummary: fine\ntopics: [a\n---\n", r"a/file\.md:\d: front matter is not YAML"),
        ('---\ntitle: "a\x07"\n---\n', "front matter is not YAML"),
        ("---\n- a\n- b\n---\n", r"a/file\.md:2: front matter is not a list of 'name: value' lines; see corpus/README"),
        ("---\njust words\n---\n", "front matter is not a list of 'name: value' lines"),
        ("---\ntitle: A\nreviewed: 2026-02-30\n---\n", r"a/file\.md"),  # no such day
    ],
)
def test_front_matter_that_cannot_be_read_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        split(PATH, text)


def test_every_field_is_taken_over() -> None:
    fields, _, _ = split(
        PATH,
        """---
summary: " What it answers. "
setting: [academic]
stage: [resident, fellow]
topics:
  - buy-in
  - 1099
domains: [clinical]
evidence: experience
jurisdiction: United States
reviewed: 2026-11-22
review_by: 2027-11-22
sources:
  - {id: guide, title: A guide, publisher: A body, year: 2020, url: "https://example.org"}
  - {id: short, title: A note}
---""",
    )
    assert details(PATH, fields) == {
        "summary": "What it answers.",
        "facets": Facets(("academic",), ("resident", "fellow"), ("buy-in", "1099"), ("clinical",)),
        "evidence": "experience",
        "jurisdiction": "United States",
        "reviewed": date(2026, 11, 22),
        "review_by": date(2027, 11, 22),
        "references": (
            Reference("guide", "A guide", "A body", 2020, "https://example.org"),
            Reference("short", "A note", "", None, ""),
        ),
    }


def test_fields_that_are_not_there_or_empty_are_empty() -> None:
    fields, _, _ = split(PATH, "---\nsummary:\nsetting:\nreviewed:\nsources: []\n---")
    assert details(PATH, fields) == details(PATH, {})
    assert details(PATH, {})["references"] == ()
    assert details(PATH, {})["reviewed"] is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("summary: [a]", r"field 'summary' is \['a'\], not a line of text; see corpus/README\.md for the form"),
        ("setting: academic", r"field 'setting' is 'academic', not a list such as \[one, two\]"),
        ("topics: [buy-in, yes]", "field 'topics' is True, not a list of words"),
        ("topics: [[buy-in]]", r"field 'topics' is \['buy-in'\], not a list of words"),
        ("evidence: 1", "field 'evidence' is 1"),
        ("reviewed: last May", "field 'reviewed' is 'last May', not a day such as 2026-11-22"),
        ("review_by: 2026", "field 'review_by' is 2026, not a day"),
        ("reviewed: 2026-11-22 10:00:00", "field 'reviewed' is datetime"),
        ("sources: guide", "field 'sources' is 'guide', not a list"),
        ("sources: [guide]", "field 'sources' is 'guide', not entries with an id and a title"),
        ("sources: [{id: guide}]", "not entries with an id and a title"),
        ("sources: [{id: 1, title: A}]", "not entries with an id and a title"),
        ("sources: [{id: a, title: A, year: '2020'}]", "field 'sources: year' is '2020', not a year such as 2024"),
    ],
)
def test_a_field_of_another_form_is_named_with_the_value_seen(line: str, message: str) -> None:
    fields, _, _ = split(PATH, f"---\n{line}\n---\n")
    with pytest.raises(DocumentError, match=message):
        details(PATH, fields)


def test_a_mark_needs_an_entry_in_the_sources() -> None:
    blocks = [Block("item", "Pay rises.", marks=(Mark(9, "guide"), Mark(9, "other")))]
    guide, other = Reference("guide", "A guide", "A body"), Reference("other", "Another", "A body")
    check_marks(PATH, blocks, references=[guide, other], first_line=9)
    with pytest.raises(DocumentError, match=r"a/file\.md:9: \[\^other\] \(in “Pay rises\.…”\) is not in the front"):
        check_marks(PATH, blocks, references=[guide], first_line=9)
