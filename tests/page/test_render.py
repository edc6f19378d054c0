from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from assistant.chain import Assistant
from assistant.cite import NOT_COVERED
from assistant.records import Answer, Hit
from assistant.safety import CARE_TEXT
from ingest.records import Reference
from page.render import answer_html, message_html, question_html
from tests.fakes import make_answer, make_hit

EVIL = "</p><script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\""
LISTED = make_hit("A buy-in buys a share.", "Ask:", "Who sets the price?", "Who pays?", roles="slii")


class Page(HTMLParser):
    """The tags, attributes and texts of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.opened: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the tag."""
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.opened.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that tags are closed in order."""
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember the text."""
        self.text += data

    def values(self, attribute: str) -> list[str]:
        """Return the values of an attribute, in order."""
        return [value for _, attributes in self.tags if (value := attributes.get(attribute)) is not None]


def _evil_hit() -> Hit:
    hit = make_hit(EVIL, "- [link](javascript:alert(1)) **bold** <b>", roles="si")
    document = replace(
        hit.document, id=EVIL, title=EVIL, library=EVIL, references=(Reference("r", EVIL, EVIL, 2020, EVIL),)
    )
    marked = tuple(replace(sentence, references=("r",)) for sentence in hit.passage.sentences)
    return replace(hit, document=document, passage=replace(hit.passage, heading_path=(EVIL,), sentences=marked))


def _evil_answer() -> Answer:
    hit = _evil_hit()
    return replace(make_answer(hit), question=EVIL, query=EVIL + " more", removed=2, related=(hit,))


@pytest.mark.parametrize(
    "markup",
    [
        answer_html(_evil_answer(), "a"),
        answer_html(Answer(EVIL, EVIL, "not_covered", EVIL, related=(_evil_hit(),)), "a"),
        question_html(EVIL),
        message_html(EVIL),
    ],
)
def test_nothing_that_was_typed_or_read_becomes_markup(markup: str) -> None:
    page = Page(markup)
    assert page.opened == []
    assert {tag for tag, _ in page.tags} <= {
        "div", "p", "ul", "li", "button", "details", "summary", "h2", "blockquote", "mark", "br", "span",
    }  # fmt: skip
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert EVIL in page.text


def test_a_quotation_mark_in_a_title_does_not_end_its_attribute() -> None:
    labels = Page(answer_html(_evil_answer(), "a")).values("aria-label")
    assert labels[0] == f"Source 1: {EVIL}"
    assert all(EVIL in label for label in labels)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://a", "data:text/html,x", "/x"])
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    assert Page(answer_html(_referring(url), "a")).values("href") == []


def test_an_address_of_the_web_is_a_link_that_leaves_the_page_alone() -> None:
    url = 'https://example.org/a?b=1&c="2"'
    page = Page(answer_html(_referring(url), "a"))
    (link,) = [attributes for tag, attributes in page.tags if tag == "a"]
    assert link == {"href": url, "target": "_blank", "rel": "noopener noreferrer"}
    assert "A study, A journal, 2020" in page.text


@pytest.mark.parametrize(
    "typed",
    [
        "# no heading",
        "*not* _emphasised_ ~~struck~~ `code`",
        "- no list",
        "1. no list",
        "> no quote",
        "[no](https://example.org) ![no](x) <https://example.org>",
        "a | b",
        "$x^2$ and \\(y\\)",
        "&lt;b&gt; &amp; <b>",
        "www.example.org, https://example.org, me@example.org",
        "\\*",
        "first line\n\nsecond line",
        "first line\n\n    second line <b>",
        "no heading\n===",
        "no heading\n---",
    ],
)
def test_a_question_is_shown_as_typed_also_by_markdown(typed: str) -> None:
    markdown = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    page = Page(markdown.render(question_html(typed)))
    assert page.text.split() == typed.split()
    assert {tag for tag, _ in page.tags} <= {"p", "span", "br"}


@pytest.mark.parametrize(
    "answer",
    [
        _evil_answer(),
        make_answer(LISTED, make_hit("Meet once a month.")),
        Answer("a", "a", "care", CARE_TEXT),
        Answer("a", "a", "not_covered", NOT_COVERED, related=(LISTED,), removed=1),
    ],
)
def test_an_answer_has_no_blank_line_and_markdown_leaves_it_alone(answer: Answer) -> None:
    markup = answer_html(answer, "a")
    assert not re.search(r"\n\s*\n", markup)
    assert MarkdownIt("commonmark", {"html": True}).render(markup).strip() == markup


def test_a_title_of_several_paragraphs_leaves_no_blank_line_either() -> None:
    hit = replace(LISTED, document=replace(LISTED.document, title="One\n\n    two"))
    assert not re.search(r"\n\s*\n", answer_html(make_answer(hit), "a"))


def test_every_citation_mark_has_its_hidden_source() -> None:
    page = Page(answer_html(make_answer(LISTED, make_hit("Meet once a month.", "Bring an agenda.")), "cb-1"))
    sources = [attributes["id"] for _, attributes in page.tags if "hidden" in attributes]
    assert sources == [f"cb-1-{number}" for number in range(1, 7)]
    assert set(page.values("data-source")) == set(sources)


@pytest.mark.parametrize("question", ["what should I ask about buy-in terms", "signs that I am burning out"])
def test_every_citation_mark_has_its_source_while_the_answer_still_grows(assistant: Assistant, question: str) -> None:
    for part in assistant.stream(question):
        page = Page(answer_html(part, "a"))
        assert set(page.values("data-source")) == {f"a-{n}" for n in range(1, len(part.claims) + 1)}
        assert set(page.values("data-source")) == set(page.values("id"))
        assert page.opened == []


def test_two_answers_of_a_page_do_not_share_a_source() -> None:
    first, second = (Page(answer_html(make_answer(LISTED), name)) for name in ("a", "b"))
    assert not set(first.values("id")) & set(second.values("id"))


def test_a_source_shows_the_passage_with_only_the_quoted_span_marked() -> None:
    markup = answer_html(make_answer(LISTED), "a")
    source = re.findall(r"<blockquote.*?</blockquote>", markup)[1]
    assert source == (
        '<blockquote class="cb-passage">A buy-in buys a share.<br><mark>Ask:</mark><br>'
        "Who sets the price?<br>Who pays?</blockquote>"
    )


def test_a_source_says_where_it_is_from_and_when_it_was_reviewed() -> None:
    answer = make_answer(LISTED)
    dated = replace(answer, citations=tuple(replace(c, reviewed="2026-11-02") for c in answer.citations))
    assert "Reviewed 2026-11-02 · Test · a/document" in Page(answer_html(dated, "a")).text
    assert "No review date · Test · a/document" in Page(answer_html(answer, "a")).text


def test_sentences_become_paragraphs_and_items_a_list() -> None:
    body = re.sub(r"<(button)[^>]*>\d+</\1>|&nbsp;", "", answer_html(make_answer(LISTED), "a")).split("\n")[1:3]
    assert body == ["<p>A buy-in buys a share. Ask:</p>", "<ul><li>Who sets the price?</li><li>Who pays?</li></ul>"]


def test_citations_of_one_section_are_listed_as_one_source() -> None:
    other = make_hit("Meet once a month.")
    apart = replace(other, passage=replace(other.passage, heading_path=("Another heading",)))
    assert "\n1 source1–4 A title › A heading" in Page(answer_html(make_answer(LISTED), "a")).text
    text = Page(answer_html(make_answer(LISTED, apart), "a")).text
    assert "2 sources" in text
    assert "1–4 A title › A heading" in text
    assert "5 A title › Another heading" in text


def test_a_section_that_is_cited_again_later_is_counted_once() -> None:
    other = make_hit("Meet once a month.")
    apart = replace(other, passage=replace(other.passage, heading_path=("Another heading",)))
    assert "2 sources" in Page(answer_html(make_answer(LISTED, apart, make_hit("Bring an agenda.")), "a")).text


def test_the_reader_sees_how_a_follow_up_was_understood() -> None:
    answer = make_answer(LISTED)
    assert "Understood as: a question tail" in Page(answer_html(replace(answer, query="a question tail"), "a")).text
    assert "Understood as" not in answer_html(answer, "a")


@pytest.mark.parametrize(("count", "told"), [(1, "1 sentence removed"), (2, "2 sentences removed")])
def test_the_reader_sees_that_sentences_were_removed(count: int, told: str) -> None:
    assert f"{told}: not supported by the source." in answer_html(replace(make_answer(LISTED), removed=count), "a")
    assert "removed" not in answer_html(make_answer(LISTED), "a")


def test_related_passages_are_offered_only_where_nothing_answers() -> None:
    missing = Answer("a", "a", "not_covered", NOT_COVERED, related=(LISTED,))
    assert "Related, not an answer:A title › A heading" in Page(answer_html(missing, "a")).text
    assert "Related" not in answer_html(replace(make_answer(LISTED), related=(LISTED,)), "a")


def test_a_fixed_text_keeps_its_paragraphs_and_lists() -> None:
    markup = answer_html(Answer("a", "a", "care", "Stop.\n\n- Call 911\n- Call 988\n\nOne\ntwo."), "a")
    assert markup.split("\n")[1:-1] == [
        "<p>Stop.</p>", "<ul><li>Call 911</li><li>Call 988</li></ul>", "<p>One two.</p>",
    ]  # fmt: skip


def test_an_answer_says_by_its_classes_what_it_is_and_whether_it_still_grows() -> None:
    growing, whole = (answer_html(make_answer(LISTED), "a", done=done) for done in (False, True))
    assert Page(growing).values("class")[0].split() == ["cb-answer", "cb-answered"]
    assert Page(whole).values("class")[0].split() == ["cb-answer", "cb-answered", "cb-done"]
    assert growing.replace("cb-answered", "") == whole.replace("cb-answered cb-done", "")


def _referring(url: str) -> Answer:
    answer = make_answer(make_hit("Meet once a month."))
    study = Reference("study", "A study", "A journal", 2020, url)
    return replace(answer, citations=(replace(answer.citations[0], references=(study,)),))


def test_the_sides_of_a_comparison_stand_beside_each_other_under_their_names() -> None:
    answer = make_answer(LISTED)
    sides = ("rent <b>", "buy")
    claims = tuple(replace(claim, column=side) for claim, side in zip(answer.claims[:2], sides, strict=True))
    shown = answer_html(replace(answer, claims=claims), "a")
    assert shown.count('<div class="cb-side">') == 2
    assert "<h3>Rent &lt;b&gt;</h3>" in shown
    assert "<h3>Buy</h3>" in shown


def test_what_is_kept_for_later_is_folded_away() -> None:
    answer = make_answer(LISTED)
    claims = (*answer.claims[:-1], replace(answer.claims[-1], more=True))
    shown, _, folded = answer_html(replace(answer, claims=claims), "a").partition("<summary>Show more</summary>")
    assert answer.claims[0].text in shown
    assert answer.claims[-1].text in folded
    assert "Show more" not in answer_html(answer, "a")


def test_a_part_that_is_not_covered_is_named_with_what_is_near_it() -> None:
    answer = replace(make_answer(LISTED), uncovered=("who <pays>?",), related=(LISTED,))
    shown = answer_html(answer, "a")
    assert "Not covered: “who &lt;pays&gt;?”" in shown
    assert "Related, not an answer" in shown
