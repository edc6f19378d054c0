from __future__ import annotations

import re

import pytest

from assistant.chain import Assistant
from assistant.records import Answer
from page.tabs.mentor_map import DOMAINS, frame_html, guidance_html
from tests.page.test_render import Page

#: For each question the document that answers it first: found by reading the corpus.
ANSWERED_BY = {
    "academic": ("practice/academic-or-private-practice-mentors", "academic/research-niche-and-first-projects"),
    "clinical": ("mentorship/preceptors-and-teachers", "mentorship/preceptors-and-teachers"),
    "business-and-finance": ("practice/business-skills-and-mentors", "practice/business-skills-and-mentors"),
    "leadership": ("mentorship/sponsorship", "academic/leadership-roles"),
    "personal": ("mentorship/mentor-map", "mentorship/finding-a-mentor"),
}


class Declining:
    """Answers nothing, as an assistant over other documents may."""

    def invoke(self, input: str) -> Answer:
        """Return an answer without claims."""
        return Answer(input, input, "not_covered", "The corpus does not answer this question.")


def test_the_domains_are_those_of_the_corpus(assistant: Assistant) -> None:
    used = {name for document in assistant.build.passages.documents() for name in document.facets.domains}
    assert {domain.key for domain in DOMAINS} == used


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda domain: domain.key)
def test_every_question_of_a_domain_is_answered_from_the_section_meant(domain, assistant: Assistant) -> None:  # type: ignore[no-untyped-def]
    found = [assistant.invoke(question) for question in (domain.find, domain.ask)]
    assert [answer.outcome for answer in found] == ["answered", "answered"]
    assert tuple(answer.citations[0].document for answer in found) == ANSWERED_BY[domain.key]


def test_the_guidance_of_each_domain_is_cited(assistant: Assistant) -> None:
    page = Page(guidance_html(assistant))
    assert page.opened == []
    assert page.values("data-domain") == [domain.key for domain in DOMAINS]
    sources = page.values("data-source")
    assert set(sources) <= set(page.values("id"))
    assert {source.rsplit("-", 2)[0] for source in sources} == {f"cb-map-{domain.key}" for domain in DOMAINS}


def test_over_other_documents_the_guidance_says_that_there_is_none() -> None:
    page = Page(guidance_html(Declining()))
    assert page.text.count("The corpus does not answer this question.") == 2 * len(DOMAINS)
    assert page.values("data-source") == []


def test_every_field_of_the_form_stands_in_a_label_of_its_own() -> None:
    labels = re.findall(r"<label.*?</label>", frame_html(), re.DOTALL)
    fields = [re.findall(r"<(?:input|select)\b", label) for label in labels]
    assert [len(found) for found in fields] == [1] * 8
    assert len(re.findall(r"<(?:input|select)\b", frame_html())) == 8
