"""Two articles saved from the web, as a program director would save them; they are not part of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.records import Document, Passage
from ingest.settings import SplitSettings
from ingest.sources import read_file
from ingest.split import split
from tests.fakes import HashEncoder, source_file

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
COMPARISON, INTERVIEWS = "mentorship-academic-vs-private", "why-mentors-matter"

#: The lines of the interviews' page between which the article stands.
BORDERS = ("Why mentors are", "Tagged as")
#: Words of the longest line on either page that belongs to no paragraph of the articles.
LONGEST_SHORT_LINE = 16

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the saved articles are not here (shared/samples)")


def ingested(name: str) -> Document:
    return clean(read_file(source_file(SAMPLES / f"{name}.txt"), library="Samples").document)


def source_lines(name: str, opens: str, closes: str) -> list[str]:
    lines = [" ".join(line.split()) for line in (SAMPLES / f"{name}.txt").read_text("utf-8").splitlines()]
    first = next(number for number, line in enumerate(lines) if line.startswith(opens))
    last = next(number for number, line in enumerate(lines) if line.startswith(closes))
    return lines[first + 1 : last]


def passages_of(document: Document) -> list[Passage]:
    return split(document, SplitSettings(), count_tokens=HashEncoder().count_tokens)


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "heading"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (COMPARISON, "Maximizing Career Growth: The Impact of Mentorship in Medicine"),
        (INTERVIEWS, "Why mentors are so important in medicine"),
    ],
)
def test_the_title_is_the_one_of_the_article(name: str, title: str) -> None:
    assert ingested(name).title == title
    assert title not in ingested(name).text


@pytest.mark.parametrize(
    ("name", "opens", "closes"), [(COMPARISON, "Maximizing Career Growth", "SmartPick -"), (INTERVIEWS, *BORDERS)]
)
def test_the_article_is_kept_from_its_first_words_to_its_last(name: str, opens: str, closes: str) -> None:
    paragraphs = [line for line in source_lines(name, opens, closes) if len(line.split()) > LONGEST_SHORT_LINE]
    text = ingested(name).text
    assert len(paragraphs) > 10
    assert text.startswith(paragraphs[0])
    assert text.endswith(paragraphs[-1])
    assert [paragraph for paragraph in paragraphs if paragraph.lstrip("•- ") not in text] == []


@pytest.mark.parametrize(
    ("name", "clutter"),
    [
        (COMPARISON, ["SmartPick", "Smarter"]),
        (INTERVIEWS, ["Skip to content", "Podcast", "Privacy Policy", "Most Popular", "Related Posts", "Tagged as"]),
        (INTERVIEWS, ["ADVERTISEMENT", "sponsored", "Share", "Tweet", "December 8, 2018", "Subscribe", "KevinMD"]),
    ],
)
def test_menus_advertisements_and_footers_are_not_ingested(name: str, clutter: list[str]) -> None:
    document = ingested(name)
    assert [words for words in clutter if words in document.text] == []


def test_the_headings_of_the_interviews_are_recovered() -> None:
    assert headings(ingested(INTERVIEWS)) == [
        "Mentors are necessary",
        "Mentor the aspect, not the person",
        "Have more than one mentor",
        "Find the right mentors the right way",
        "There are benefits to being a mentor",
    ]


def test_headings_of_the_comparison_are_recovered_with_those_above_them() -> None:
    paths = {passage.heading_path[-1:]: passage.heading_path for passage in passages_of(ingested(COMPARISON))}
    assert paths[("Peer mentorship",)] == ("Types of Mentorship in Academic Medicine", "Peer mentorship")
    assert paths[("Being a Strong Mentee",)][0].startswith("Building Your Mentorship Network")
    questions = [path[-1] for path in paths.values() if path and path[0] == "Frequently Asked Questions (FAQs)"]
    assert len(questions) == 5
    assert all(question.endswith("?") for question in questions)


def test_bullets_are_list_items_and_the_sentence_above_introduces_them() -> None:
    source = (SAMPLES / f"{COMPARISON}.txt").read_text("utf-8")
    document = ingested(COMPARISON)
    bullets = [line.removeprefix("- ").strip() for line in source.splitlines() if line.startswith("- ")]
    assert [block.text for block in document.blocks if block.kind == "item" and block.text in bullets] == bullets
    section = [p for p in passages_of(document) if p.heading_path[-1:] == ("Core Elements of Effective Mentorship",)]
    assert [s.role[0] for p in section for s in p.sentences] == [*"liiii", *"liiiii", "s"]


def test_examples_steps_and_warning_signs_are_known_by_their_headings() -> None:
    kinds = {passage.heading_path[-1]: passage.kind for passage in passages_of(ingested(COMPARISON))[1:]}
    assert kinds["Academic Mentorship in Action: A Brief Example"] == "example"
    assert kinds["How to Approach a Potential Mentor"] == "steps"
    assert {kind for heading, kind in kinds.items() if "isn’t working" in heading} == {"warning-signs"}


@pytest.mark.parametrize("name", [COMPARISON, INTERVIEWS])
def test_every_passage_and_sentence_is_a_slice_of_the_cleaned_text(name: str) -> None:
    document = ingested(name)
    passages = passages_of(document)
    for passage in passages:
        assert passage.text == document.text[passage.start : passage.end]
        for sentence in passage.sentences:
            assert passage.quote(sentence) in document.text
            assert len(passage.quote(sentence).split()) > 1
    assert sum(len(passage.sentences) for passage in passages) > 40


@pytest.mark.parametrize("name", [COMPARISON, INTERVIEWS])
def test_abbreviations_of_the_articles_end_no_sentence(name: str) -> None:
    passages = passages_of(ingested(name))
    quotes = [passage.quote(sentence) for passage in passages for sentence in passage.sentences]
    assert [quote for quote in quotes if re.search(r"\b(Dr|e\.g|vs|L|Inc)\.$", quote)] == []
    assert [quote for quote in quotes if re.match(r"[a-z,;)]", quote)] == []
