"""The page of a report: whole by itself, everything escaped, the worst cases first, and no wider than a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser, sync_playwright

from evals.records import Case, Comparison, Found, GateResult, Header, Latency, Relevant, Report, Run, Score, Verdict
from evals.report.html import as_html
from evals.report.worst import shown
from tests.page.conftest import BROWSER_FLAGS, find_browser

PASSAGE = "First. A buy-in is the price of a share. Last."
CITATION = {
    "number": 1, "title": "Buy-in", "heading_path": ["What it is"], "passage_id": "p1", "passage": PASSAGE, "start": 7,
    "end": 40, "quote": "A buy-in is the price of a share.",
}  # fmt: skip
ANSWER = {"outcome": "answered", "text": "A buy-in is the price of a share. [1]", "citations": [CITATION]}
REPORT = Report(
    header=Header("core", "this assistant", "0123456789ab", "fedc"),
    scores=[
        Score("grounding", 1.0, 0.6, 1.0, {"good": 1.0, "short": 1.0}),
        Score("answer completeness", 0.75, 0.5, 1.0, {"good": 1.0, "short": 0.5}, 1, {"broken": "errored"}),
        Score("area under risk-coverage", 0.1, 0.0, 0.3, {"good": 0.9, "short": 0.8, "odd": 0.2}, is_mean=False),
    ],
    verdict=Verdict(
        1,
        "a gate was missed: case odd is answered",
        [
            GateResult("grounding", 1.0, 1.0, True),
            GateResult("odd", 1.0, 0.0, False, "case", "case odd is answered, expected declined"),
        ],
    ),
    cases=[
        Case("good", ("what is a buy-in",), "answered", (Relevant("d", "h"),), ("practice",)),
        Case("short", ("and how is it paid",), "answered", (Relevant("d", "h"),), ("practice",), ("bank loan",)),
        Case("odd", ("<script>alert(1)</script>",), "declined", tags=("off-topic",)),
        Case("broken", ("crash",), "declined"),
    ],
    runs=[
        Run("good", ANSWER, passages={"p1": PASSAGE}),
        Run("short", ANSWER, passages={"p1": "Another text."}),
        Run("odd", {"outcome": "answered", "text": "<b>bold</b>"}, (Found("d", "h & co", "p1"),)),
        Run("broken", None, error="ValueError: <out of> luck"),
    ],
    comparisons=[
        Comparison(
            "answer completeness", 0.9, 0.75, -0.3, -0.01, None, 2, ("short",), (), (), "worse",
        )
    ],
    baseline="2026-11-26, run 77: a reason",
    latency=Latency(12.4, 40.0, 3),
    digest="d1ge57",
    must_pass=frozenset({"odd"}),
)  # fmt: skip
#: Elements that have no end.
_VOID = {"meta", "input", "br", "link", "img"}


class _Parsed(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [str(value) for name, value in attrs if name in ("src", "href", "action", "srcset")]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_asks_for_nothing_from_elsewhere() -> None:
    page = as_html(REPORT)
    parsed = _Parsed(page)
    assert (parsed.open, parsed.addresses) == ([], [])
    assert not {"script", "link", "img", "iframe", "object"} & set(parsed.tags)
    assert re.findall(r"url\(|@import|https?://", page) == []


def test_what_was_asked_and_answered_is_shown_as_text() -> None:
    page = as_html(REPORT)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "ValueError: &lt;out of&gt; luck" in page


def test_the_verdict_the_scores_and_the_change_are_told() -> None:
    page = as_html(REPORT)
    assert "Evaluation of core: missed" in page
    assert "A gate was missed: case odd is answered." in page
    assert "0.500 to 1.000" in page
    assert '<span class="bad-word">-0.150 (-0.300 to -0.010): worse</span> <small>worse: short</small>' in page
    assert "Compared with the baseline of 2026-11-26, run 77: a reason" in page


def test_errors_come_first_then_wrong_outcomes_then_what_lost_most() -> None:
    found = shown(replace(REPORT, must_pass=frozenset()))
    assert [entry.case.id for entry in found] == ["broken", "odd", "short", "good"]
    assert [entry.verdict for entry in found] == [
        "error: ValueError: <out of> luck", "answered, expected declined", "answered, as expected",
        "answered, as expected",
    ]  # fmt: skip
    assert found[2].scores == (("answer completeness", 0.5),)


def test_a_case_without_anything_against_it_is_not_among_the_worst() -> None:
    assert "3 of the 3 cases that have anything against them" in as_html(REPORT)
    fine = replace(REPORT, scores=REPORT.scores[:1], cases=REPORT.cases[:1], runs=REPORT.runs[:1])
    assert "No case has anything against it" in as_html(fine)


def test_no_tag_that_has_something_against_it_is_an_empty_page() -> None:
    cases = [Case(f"c{number}", ("why",), "declined", tags=("many",)) for number in range(30)]
    cases += [
        Case("rare", ("why not",), "answered", points=("x",), tags=("few",)),
        Case("fine", ("ok",), "open", tags=("ok",)),
    ]
    runs = [Run(case.id, {"outcome": "answered", "text": "x"}) for case in cases]
    scores = [Score("answer completeness", 0.5, 0.5, 0.5, {"rare": 0.5})]
    page = as_html(replace(REPORT, cases=cases, runs=runs, scores=scores, must_pass=frozenset()))
    assert page.count("<article") == 21
    assert '<p class="turns">why not</p>' in page
    assert ("few <small>1 of 1</small>" in page, "ok <small>0 of 1</small>" in page) == (True, True)
    assert page.count("No case of this tag has anything against it") == 1


def test_a_quote_is_marked_in_the_text_of_the_index_and_one_that_is_not_there_is_called_so() -> None:
    sources = {entry.case.id: entry.sources for entry in shown(REPORT)}
    (good,), (short,), (odd,) = sources["good"], sources["short"], sources["odd"]
    assert (good.before, good.quote, good.after) == ("First. ", CITATION["quote"], " Last.")
    assert "the quote is not in the index" in short.title
    assert (odd.label, odd.title) == ("found 1", "d › h & co")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert as_html(REPORT) == as_html(replace(REPORT))


def test_a_report_without_scores_cases_or_tags_is_a_page_still() -> None:
    empty = Report(Header("own"), [], Verdict(2, "could not be evaluated: nothing was scored"), [], [])
    page = as_html(empty)
    assert _Parsed(page).open == []
    assert "Evaluation of own: not evaluated" in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no browser is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, headless=True, args=BROWSER_FLAGS)
        yield started
        started.close()


@pytest.mark.e2e
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_is_wider_than_the_window(browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(as_html(REPORT))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    caption = page.locator("caption").first.bounding_box()
    assert caption is not None
    assert caption["width"] > width / 2
    page.close()


@pytest.mark.e2e
def test_the_filter_by_tag_works_where_no_script_may_run(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(as_html(REPORT))
    assert [page.locator("article").nth(place).is_visible() for place in range(3)] == [True, True, True]
    page.get_by_label("practice").check()
    assert page.locator("article:visible .turns").all_inner_texts() == ["and how is it paid"]
    page.get_by_label("everything").check()
    assert page.locator("article:visible").count() == 3
    context.close()
