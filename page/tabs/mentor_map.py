"""The mentor map's tab: the form and the drawing are the browser's, and so is what is typed; cited guidance is ours.

For each career domain the assistant is asked two questions, where to find such a mentor and what to ask. They are
fixed, so no word about anybody's mentors comes here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Protocol

import gradio as gr

from assistant.chain import Assistant
from assistant.records import Answer
from page.render import answer_html
from page.text import attribute, text


class Asked(Protocol):
    """What answers a question."""

    def invoke(self, input: str) -> Answer:
        """Return the answer."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of a career that a mentor can help with."""

    key: str
    """Name in the corpus's front matter."""
    name: str
    """Name that is shown."""
    about: str
    """What belongs to it, in a few words."""
    find: str
    """Question on where to find such a mentor, one that the corpus answers."""
    ask: str
    """Question on what to ask there, one that the corpus answers."""


DOMAINS = (
    Domain(
        "academic",
        "Academic",
        "research, teaching, grants, promotion",
        "Where do I find a mentor in an academic setting?",
        "What should I ask a research mentor?",
    ),
    Domain(
        "clinical",
        "Clinical",
        "skills, hard cases, standing among colleagues",
        "How do I turn a clinic preceptor into a mentor?",
        "What should I ask a preceptor at the start?",
    ),
    Domain(
        "business-and-finance",
        "Business and finance",
        "contracts, pay, buy-in, loans",
        "How do I find a business mentor?",
        "What should I ask about a practice's financial statements?",
    ),
    Domain(
        "leadership",
        "Leadership",
        "committees, managing people, roles",
        "How do I earn sponsorship?",
        "What should I ask before accepting a leadership role?",
    ),
    Domain(
        "personal",
        "Personal",
        "family, health, where to live, saying no",
        "Which mentor should I look for outside work, for family and personal life?",
        "How do I judge whether a mentor fits?",
    ),
)
#: What a person on the map is to you, in the words of the corpus's guidance on mentor maps.
ROLES = ("mentor", "sponsor", "coach", "peer", "paid professional")


def build(assistant: Assistant) -> None:
    """Put the tab's content into the Gradio block that is open."""
    kept: dict[str, str] = {}

    def guidance(_: object) -> str:
        build = assistant.build.manifest.build
        if build not in kept:
            kept.clear()
            kept[build] = guidance_html(assistant)
        return kept[build]

    gr.HTML(
        frame_html(),
        elem_id="cb-map",
        apply_default_css=False,
        js_on_load="window.curbsideTabs.map(element, server)",
        server_functions=[guidance],
    )


def guidance_html(assistant: Asked) -> str:
    """Return for each domain what the corpus says on finding such a mentor and on what to ask."""
    return "".join(_domain_html(domain, assistant) for domain in DOMAINS)


def frame_html() -> str:
    """Return the form, the place of the drawing and that of its table."""
    domains = "".join(
        f'<label class="cb-check"><input type="checkbox" name="domain" value="{domain.key}">'
        f"<span>{domain.name}<small>{domain.about}</small></span></label>"
        for domain in DOMAINS
    )
    roles = "".join(f"<option>{role}</option>" for role in ROLES)
    named = attribute(json.dumps([{"key": d.key, "name": d.name, "about": d.about} for d in DOMAINS]))
    return _FRAME.format(domains=domains, roles=roles, named=named)


def _domain_html(domain: Domain, assistant: Asked) -> str:
    answers = ""
    for part, question in (("find", domain.find), ("ask", domain.ask)):
        answer = _first(assistant.invoke(question))
        answers += f"<h4>{text(question)}</h4>{answer_html(answer, f'cb-map-{domain.key}-{part}')}"
    return (
        f'<details class="cb-topic" data-domain="{domain.key}"><summary><span>{domain.name}</span> '
        f'<span class="cb-soft cb-gap"></span></summary>{answers}</details>'
    )


def _first(answer: Answer) -> Answer:
    """Return an answer with its first part shown and the rest kept for who asks for more."""
    if not answer.claims:
        return answer
    first = answer.claims[0].section
    claims = tuple(replace(claim, more=claim.more or claim.section != first) for claim in answer.claims)
    return replace(answer, claims=claims, query=answer.question)


_FRAME = """
<div class="cb-tab" data-domains="{named}">
  <h2>Your mentor map</h2>
  <p class="cb-soft">Who advises you, in which part of your career? Initials are enough. The map stays in this browser;
    nothing of it is sent.</p>
  <div class="cb-map-columns">
    <div class="cb-map-left">
      <form class="cb-map-form" autocomplete="off">
        <label class="cb-map-field">Initials or name<input name="who" maxlength="24" required></label>
        <label class="cb-map-field">Is to you a<select name="role">{roles}</select></label>
        <fieldset><legend>Helps with</legend>{domains}</fieldset>
        <label class="cb-check"><input type="checkbox" name="recent" checked>
          <span>We talked within the past six months</span></label>
        <p class="cb-map-fault" role="alert" hidden></p>
        <div class="cb-tab-actions"><button type="submit" class="cb-button cb-main">Add to the map</button>
          <button type="button" class="cb-button" data-do="cancel" hidden>Cancel</button></div>
      </form>
    </div>
    <div class="cb-map-right">
      <div class="cb-map-drawing"></div>
      <p class="cb-map-gaps" role="status" aria-live="polite"></p>
      <div class="cb-tab-actions">
        <button type="button" class="cb-button" data-do="picture">Save picture</button>
        <button type="button" class="cb-button" data-do="markdown">Save Markdown</button>
        <button type="button" class="cb-button" data-do="clear">Clear</button>
      </div>
    </div>
  </div>
  <table class="cb-table cb-map-table"><caption>The map as a table</caption>
    <thead><tr><th scope="col">Domain</th><th scope="col">Who</th></tr></thead><tbody></tbody></table>
  <h3>Where to find a mentor, and what to ask</h3>
  <div class="cb-map-guidance"><p class="cb-empty" role="status">The guidance is being fetched …</p></div>
</div>
"""
