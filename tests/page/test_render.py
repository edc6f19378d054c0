from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qsl

import pytest

from assistant.chain import Assistant
from assistant.cite import NOT_COVERED
from assistant.records import Answer, Hit
from assistant.safety import CARE_TEXT
from assistant.safety.texts import MISTREATMENT_TEXT
from ingest.records import Reference
from page.render import answer_html, message_html
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
        message_html(EVIL),
    ],
)
def test_nothing_that_was_typed_or_read_becomes_markup(markup: str) -> None:
    page = Page(markup)
    assert page.opened == []
    assert {tag for tag, _ in page.tags} <= {
        "div", "p", "ul", "li", "button", "details", "summary", "h2", "blockquote", "mark", "span", "a",
        "dl", "dt", "dd",
    }  # fmt: skip
    assert all(address.startswith("#document=") for address in page.values("href"))
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert EVIL in page.text


def test_a_quotation_mark_in_a_title_does_not_end_its_attribute() -> None:
    labels = Page(answer_html(_evil_answer(), "a")).values("aria-label")
    assert labels[0] == f"Source 1: {EVIL}"
    assert all(EVIL in label for label in labels)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://a", "data:text/html,x", "/x"])
def test_an_address_that_is_not_of_the_web_is_no_link(url: str) -> None:
    assert [a for a in Page(answer_html(_referring(url), "a")).values("href") if not a.startswith("#document=")] == []


def test_an_address_of_the_web_is_a_link_that_leaves_the_page_alone() -> None:
    url = 'https://example.org/a?b=1&c="2"'
    page = Page(answer_html(_referring(url), "a"))
    links = [attributes for tag, attributes in page.tags if tag == "a" and "target" in attributes]
    assert links[0] == {"href": url, "target": "_blank", "rel": "noopener noreferrer"}
    assert "A study, A journal, 2020" in page.text


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
        '<blockquote class="cb-passage"><p>A buy-in buys a share.</p><p><mark>Ask:</mark></p>'
        "<p>Who sets the price?</p><p>Who pays?</p></blockquote>"
    )


def test_a_source_says_where_it_is_from_and_when_it_was_reviewed() -> None:
    answer = make_answer(LISTED)
    dated = replace(answer, citations=tuple(replace(c, reviewed="2026-11-02") for c in answer.citations))
    assert "Reviewed2026-11-02LibraryTestFilea/document" in Page(answer_html(dated, "a")).text
    assert "Reviewedno date" in Page(answer_html(answer, "a")).text


def test_sentences_become_paragraphs_and_items_a_list() -> None:
    body = re.sub(r"<(button)[^>]*>\d+</\1>|&nbsp;|</?span[^>]*>", "", answer_html(make_answer(LISTED), "a")).split(
        "\n"
    )[1:3]
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


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "1 sentence removed: not supported by its"), (2, "2 sentences removed: not supported by their")],
)
def test_the_reader_sees_that_sentences_were_removed(count: int, told: str) -> None:
    assert f"{told} source" in answer_html(replace(make_answer(LISTED), removed=count), "a")
    assert "removed" not in answer_html(make_answer(LISTED), "a")


def test_related_passages_are_offered_only_where_nothing_answers() -> None:
    missing = Answer("a", "a", "not_covered", NOT_COVERED, related=(LISTED,))
    assert "Related, not an answer:A title › A heading" in Page(answer_html(missing, "a")).text
    assert "Related" not in answer_html(replace(make_answer(LISTED), related=(LISTED,)), "a")


def test_a_related_passage_is_opened_in_the_library() -> None:
    missing = Answer("a", "a", "not_covered", NOT_COVERED, related=(LISTED,))
    (opened,) = Page(answer_html(missing, "a")).values("href")
    assert dict(parse_qsl(opened.removeprefix("#"))) == {
        "document": LISTED.document.id, "library": LISTED.document.library, "passage": LISTED.passage.id,
    }  # fmt: skip


def test_a_fixed_text_keeps_its_paragraphs_and_lists() -> None:
    markup = answer_html(Answer("a", "a", "declined", "Stop.\n\n- Call 911\n- Call 988\n\nOne\ntwo."), "a")
    assert markup.split("\n")[1:-1] == [
        "<p>Stop.</p>", "<ul><li>Call 911</li><li>Call 988</li></ul>", "<p>One two.</p>",
    ]  # fmt: skip


def test_the_telephone_numbers_and_sites_of_the_care_text_are_links() -> None:
    text = "Call 1-888-409-0141, or text 988. See 988lifeline.org; not 5-988-1, 19112, me@a.org or a.organ."
    page = Page(answer_html(Answer("a", "a", "care", text), "a"))
    assert page.values("href") == ["tel:18884090141", "tel:988", "https://988lifeline.org"]
    assert text in page.text


def test_only_a_fixed_text_has_links_to_sites() -> None:
    assert Page(answer_html(Answer("a", "a", "declined", "See example.org."), "a")).values("href") == []


def test_whom_an_answer_is_for_is_said_unless_somebody_needs_help_now() -> None:
    assert "For: fellow · academic" in Page(answer_html(make_answer(LISTED), "a", audience="fellow · academic")).text
    assert "For:" not in answer_html(Answer("a", "a", "care", CARE_TEXT), "a", audience="fellow")


def test_a_word_that_is_longer_than_a_line_may_break_before_its_mark() -> None:
    assert 'class="cb-end"' not in answer_html(make_answer(make_hit("See " + "x" * 200)), "a")


def test_a_stale_source_is_marked_so_in_its_panel() -> None:
    answer = make_answer(LISTED)
    old = replace(answer.citations[0], reviewed="2020-01-01", review_by="2021-01-01", stale=True)
    markup = answer_html(replace(answer, citations=(old,)), "a")
    assert "<div class=cb-stale><dt>Reviewed</dt><dd>2020-01-01 (stale: due again by 2021-01-01)</dd></div>" in markup


def test_a_source_leads_to_its_whole_document_in_the_library() -> None:
    (first, *_) = [a for a in Page(answer_html(make_answer(LISTED), "a")).values("href") if a.startswith("#")]
    assert first == f"#document=a/document&library=Test&passage={LISTED.passage.id}"


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
    assert answer.claims[0].text in Page(shown).text
    assert answer.claims[-1].text in Page(f"<div><details>{folded}").text
    assert "Show more" not in answer_html(answer, "a")


def test_a_part_that_is_not_covered_is_named_with_what_is_near_it() -> None:
    answer = replace(make_answer(LISTED), uncovered=("who <pays>?",), related=(LISTED,))
    shown = answer_html(answer, "a")
    assert "Not covered: “who &lt;pays&gt;?”" in shown
    assert "Related, not an answer" in shown


def test_a_long_notice_shows_danger_and_whom_to_tell_first_and_folds_the_rest() -> None:
    shown = answer_html(replace(make_answer(), care=MISTREATMENT_TEXT), "a")
    opens, folded = shown.split("<details", 1)
    assert all(told in opens for told in ("911", "1-800-656-4673", "Ombuds"))
    assert ("EEOC" in opens, "EEOC" in folded) == (False, True)
    assert folded.index("Retaliation for complaining") < folded.index("</details>")


def test_a_short_notice_is_whole() -> None:
    shown = answer_html(replace(make_answer(), care="Call.\n- 988\n- 911\n- A friend"), "a")
    assert "<details" not in shown.split("</aside>")[0]
