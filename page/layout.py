"""The markup of the page around the conversation: header, question field, source panel, history. No texts of others."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.prefer import SETTINGS, STAGES
from page.starters import STARTERS
from page.text import attribute, text

#: What may be wrong with an answer: value kept -> what the reader chooses.
REASONS = {
    "wrong-source": "The source does not say this",
    "off-target": "It answers another question",
    "should-answer": "This should be answered",
    "incomplete": "Something important is missing",
    "out-of-date": "It is out of date",
    "unsafe": "It could do harm",
    "other": "Something else",
}


def header(documents: int) -> str:
    """Return the top of the page."""
    return (
        '<a class="cb-skip" href="#cb-field">Skip to the question</a>'
        '<header class="cb-top"><div class="cb-brand"><h1>Curbside</h1>'
        f"<p>Career and mentorship guidance for physicians, quoted from {documents} reviewed documents</p></div>"
        '<div class="cb-tools" role="group" aria-label="Conversation and display">'
        '<button type="button" id="cb-new" class="cb-tool" data-cb="new" aria-label="New conversation">New</button>'
        '<button type="button" class="cb-tool" data-cb="history" aria-haspopup="dialog">History</button>'
        '<button type="button" class="cb-tool" data-cb="theme" aria-pressed="false" aria-label="Dark colours">Dark'
        "</button></div></header>"
    )


def thread() -> str:
    """Return the place of the conversation, which the browser fills."""
    starters = attribute(json.dumps({stage: list(questions) for stage, questions in STARTERS.items()}))
    return (
        '<p id="cb-status" class="cb-unseen" role="status" aria-live="polite"></p>'
        f'<section class="cb-welcome" id="cb-welcome" data-starters="{starters}">'
        "<h2>What would you ask a colleague at the curb?</h2>"
        "<p>Every sentence of an answer is a quotation. Its number opens the source at that sentence.</p>"
        f'<ul class="cb-starters" id="cb-starters" aria-label="Questions to begin with">{_starters()}</ul></section>'
        '<div id="cb-thread" role="log" aria-live="off" aria-label="Conversation"></div>'
        '<div class="cb-take" id="cb-take" role="group" aria-label="Take this conversation with you" hidden>'
        '<button type="button" class="cb-quiet" data-cb="sheet">Make a sheet</button>'
        '<button type="button" class="cb-quiet" data-cb="export">Save as Markdown</button>'
        '<button type="button" class="cb-quiet" data-cb="print">Print</button></div>'
    )


def composer(libraries: Sequence[str]) -> str:
    """Return the question field with what the answers are for."""
    chosen = _select("only", "Library", "All libraries", libraries) if len(libraries) > 1 else ""
    return (
        '<form id="cb-ask" class="cb-ask"><p class="cb-editing" id="cb-editing" hidden>'
        "Asking again drops what came after. "
        '<button type="button" class="cb-quiet" data-cb="edit-cancel">Cancel</button></p>'
        '<div class="cb-facets" role="group" aria-label="Answers for">'
        f"{_select('stage', 'Career stage', 'Any stage', STAGES)}"
        f"{_select('setting', 'Work setting', 'Any setting', SETTINGS)}{chosen}"
        '<label class="cb-chip"><input type="checkbox" id="cb-unkept"> <span class="cb-narrow">Not kept</span> '
        '<span class="cb-roomy">Do not keep this chat</span></label></div>'
        '<div class="cb-field" id="cb-question"><label class="cb-unseen" for="cb-field">Your question</label>'
        '<textarea id="cb-field" rows="1" enterkeyhint="send" autocomplete="off" spellcheck="true" '
        'placeholder="Ask about mentors, contracts, offers …"></textarea>'
        '<button type="submit" class="cb-send" id="cb-send">Ask</button>'
        '<button type="button" class="cb-send cb-stop" data-cb="stop" hidden>Stop</button></div></form>'
        '<p class="cb-foot">General guidance, not legal, financial or medical advice. In an emergency call your local '
        'emergency number; in a crisis in the United States, call or text <a href="tel:988">988</a>.</p>'
    )


def panel() -> str:
    """Return the source panel, its scrim on a phone, and the quotation that a mark shows in passing."""
    return (
        '<div id="cb-scrim" data-cb="close" hidden></div>'
        '<aside id="cb-panel" aria-label="Source" tabindex="-1" hidden>'
        f"{_cross('close', 'Close the source', id_='cb-close')}"
        '<div id="cb-panel-body"></div></aside>'
        '<div id="cb-pop" role="tooltip" hidden></div>'
    )


def history() -> str:
    """Return the dialog of earlier conversations."""
    return (
        '<dialog id="cb-history" aria-labelledby="cb-history-title"><div class="cb-dialog-head">'
        '<h2 id="cb-history-title">Earlier conversations</h2>'
        f"{_cross('history-close', 'Close')}</div>"
        '<p class="cb-hint">Kept in this browser only.</p>'
        '<label class="cb-unseen" for="cb-search">Search conversations</label>'
        '<input id="cb-search" type="search" placeholder="Search" autocomplete="off">'
        '<ul id="cb-kept"></ul><p id="cb-none" class="cb-hint" hidden></p>'
        '<button type="button" class="cb-quiet cb-danger" data-cb="delete-all">Delete all</button></dialog>'
    )


def sheet() -> str:
    """Return the dialog of a sheet to take to a meeting."""
    return (
        '<dialog id="cb-sheet" aria-label="Sheet"><div class="cb-dialog-head">'
        f"{_cross('sheet-close', 'Close the sheet')}</div>"
        '<div id="cb-sheet-body"></div></dialog>'
    )


def feedback(*, wanted: bool) -> str:
    """Return the pattern of what is asked under an answer; empty where nobody would store it."""
    if not wanted:
        return ""
    reasons = "".join(
        f'<label><input type="radio" name="cb-reason" value="{value}"> {text(shown)}</label>'
        for value, shown in REASONS.items()
    )
    return (
        '<template id="cb-feedback"><form class="cb-feedback"><fieldset><legend>What is wrong?</legend>'
        f'{reasons}</fieldset><label>More, if you like <textarea maxlength="500" rows="2"></textarea></label>'
        '<p class="cb-hint">Sends this question and its answer to the operator.</p>'
        '<div><button type="submit" class="cb-tool">Send</button>'
        '<button type="button" class="cb-quiet" data-cb="feedback-cancel">Cancel</button></div></form></template>'
    )


def _cross(act: str, label: str, *, id_: str = "") -> str:
    """Return a button with a cross, which its label names for who cannot see it."""
    named = f' id="{id_}"' if id_ else ""
    return f'<button type="button"{named} class="cb-tool cb-cross" data-cb="{act}" aria-label="{label}">✕</button>'


def _starters() -> str:
    return "".join(
        f'<li><button type="button" class="cb-starter" data-ask="{attribute(question)}">{text(question)}</button></li>'
        for question in STARTERS[""]
    )


def _select(name: str, label: str, anything: str, values: Sequence[str]) -> str:
    options = "".join(
        f'<option value="{attribute(value)}">{text(value if name == "only" else _words(value))}</option>'
        for value in values
    )
    return (
        f'<select class="cb-chip" data-facet="{name}" aria-label="{label}">'
        f'<option value="">{anything}</option>{options}</select>'
    )


def _words(value: str) -> str:
    shown = value.replace("-", " ")
    return shown[:1].upper() + shown[1:]
