from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commands.plain import shipped_library
from ingest.editorial.check import check_corpus, line_of
from ingest.editorial.corpus import as_table
from ingest.editorial.readability import grade, syllables
from tests.fakes import write_corpus

TODAY = date(2026, 11, 22)
#: The day on which the newest documents of the shipped corpus were reviewed.
NEWEST_REVIEW = date(2026, 11, 26)
FILLER = "A resident can ask a mentor about plans at work and write down what the mentor said. "

GOOD = """---
title: Talking to a mentor
summary: How to talk to a mentor.
setting: [any]
stage: [resident]
topics: [talk]
domains: [personal]
evidence: professional consensus
reviewed: 2026-11-01
review_by: 2028-10-01
sources:
  - {{id: guide, title: A guide, publisher: A body, year: 2020, url: "https://example.org"}}
---

## How to talk {{.summary}}

A survey found that talks help [^guide]. {filler}

## Questions to ask a mentor {{.questions-to-ask}}

Ask a mentor these questions:

- What would you do in my place?

## Three

{filler}

## Four

{filler}

## Five

{filler}

## Six

{sixth}
"""


def document(sixth: str = "Mentors like questions.", **changes: str) -> str:
    """A document that keeps every rule, with changes."""
    text = GOOD.format(filler=FILLER * 7, sixth=sixth)
    for old, new in (change.split("=>") for change in changes.values()):
        assert old in text
        text = text.replace(old, new)
    return text


def found(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    """(rule, message) of every finding in a corpus of one document."""
    folder = write_corpus(tmp_path, {"mentorship/talk.md": text})
    return [(finding.rule, finding.message) for finding in check_corpus(folder, today=TODAY).findings]


def test_a_document_that_keeps_every_rule_gives_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, document()) == []


@pytest.mark.parametrize(
    ("change", "rule", "said"),
    [
        ("setting: [any]=>setting: [hospital]", "front matter", "'hospital'"),
        ("evidence: professional consensus=>evidence: hearsay", "front matter", "'hearsay'"),
        ("review_by: 2028-10-01=>review_by: 2030-01-01", "review date", "731 days"),
        ("reviewed: 2026-11-01=>reviewed: 2027-01-01", "review date", "future"),
        ("evidence: professional consensus=>evidence: law or policy", "review date", "366 days"),
        (" [^guide]=>", "sources", "guide is named by no sentence"),
        ("https://example.org=>javascript:x", "sources", "one of the web"),
        ("publisher: A body, =>", "sources", "no publisher"),
        ("{.summary}=>", "kind", "does not begin with a {.summary}"),
        ("{.questions-to-ask}=>{.questions}", "kind", "unknown kind"),
        ("- What would you do in my place?=>- Plans", "list", "does not end like a sentence"),
        ("Ask a mentor these questions:=>Ask a mentor these.", "list", "no sentence with a colon"),
    ],
)
def test_a_broken_rule_is_found(tmp_path: Path, change: str, rule: str, said: str) -> None:
    assert any(name == rule and said in message for name, message in found(tmp_path, document(change=change)))


@pytest.mark.parametrize("sentence", ["It helps a lot.", "These are useful.", "As above, ask early.", "However, ask."])
def test_a_sentence_that_leans_on_another_is_found(tmp_path: Path, sentence: str) -> None:
    assert [rule for rule, _ in found(tmp_path, document(sentence))] == ["quotable alone"]


@pytest.mark.parametrize(
    "sentence",
    ["In 2019 most residents had a mentor.", "About 40% of residents have one.", "One study found that mentors help."],
)
def test_a_figure_or_finding_without_a_source_is_found(tmp_path: Path, sentence: str) -> None:
    assert [rule for rule, _ in found(tmp_path, document(sentence))] == ["fact without a source"]


def test_advice_with_a_number_needs_no_source(tmp_path: Path) -> None:
    assert found(tmp_path, document("Ask for 20 minutes, and say, “We met in 2019.”")) == []


def test_a_passed_review_date_is_a_warning_not_an_error(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, {"mentorship/talk.md": document()})
    checked = check_corpus(folder, today=date(2029, 1, 1))
    assert [(f.rule, f.severity) for f in checked.findings] == [("review date", "warning")]
    assert checked.errors == 0


def test_documents_that_repeat_each_other_are_found(tmp_path: Path) -> None:
    other = document(change="title: Talking to a mentor=>title: Another")
    folder = write_corpus(tmp_path, {"mentorship/a.md": document(), "mentorship/b.md": other})
    messages = [f.message for f in check_corpus(folder, today=TODAY).findings if f.rule == "repetition"]
    assert any("the sentence stands in mentorship/a too" in message for message in messages)
    assert any("is nearly “Three” of mentorship/a" in message for message in messages)


def test_a_link_to_a_document_that_is_not_there_is_found(tmp_path: Path) -> None:
    assert ("link", "there is no gone.md; mend the link") in found(tmp_path, document("Mentors read [this](gone.md)."))


def test_a_finding_names_the_line(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path, {"mentorship/talk.md": document("It helps.")})
    (finding,) = check_corpus(folder, today=TODAY).findings
    lines = (folder / "mentorship/talk.md").read_text("utf-8").splitlines()
    assert lines[line_of(folder, finding) - 1] == "It helps."


def test_syllables_and_grade_agree_with_a_hand_count() -> None:
    counts = {"mentor": 2, "cake": 1, "residency": 4, "table": 2, "see": 1, "the": 1}
    assert {word: syllables(word) for word in counts} == counts
    # 6 words, 1 sentence, 7 syllables: 0.39 * 6 + 11.8 * 7 / 6 - 15.59
    assert grade(["The cat sat on the table."]) == pytest.approx(0.39 * 6 + 11.8 * 7 / 6 - 15.59)
    assert grade([]) == 0


def test_the_shipped_corpus_keeps_the_policy_and_its_readme_shows_the_coverage() -> None:
    folder = shipped_library().folder
    checked = check_corpus(folder, today=NEWEST_REVIEW)
    assert [finding for finding in checked.findings if finding.severity == "error"] == []
    assert as_table(checked.coverage) in (folder / "README.md").read_text("utf-8")
