"""The Gradio layout and its events: questions in, growing answers out. Knows the assistant by two of its methods."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.chain import Assistant
from assistant.errors import QuestionError
from assistant.records import Answer
from page import layout
from page.conversation import audience, growing, read_ask, whole
from page.follow_ups import follow_ups
from page.render import message_html
from page.tabs import library, mentor_map, report, sheet
from page.tabs.sheet_text import as_html

_HERE = Path(__file__).parent
_LOG = logging.getLogger("curbside")

#: A rating with its reason, and the question and the answer that it is of.
Feedback = Callable[[Mapping[str, Any]], None]


def build_blocks(assistant: Assistant, *, feedback: Feedback | None = None) -> gr.Blocks:
    """Return the page over an assistant; ``feedback`` stores a reader's rating, and without it none is asked for."""
    manifest = assistant.build.manifest
    blocks: gr.Blocks
    with gr.Blocks(title="Curbside", fill_width=True, analytics_enabled=False) as blocks:
        gr.HTML(layout.header(manifest.documents), elem_id="cb-header", apply_default_css=False)
        with gr.Tabs(elem_id="cb-tabs", overflow_behavior="wrap"):
            with gr.Tab("Ask", id="ask", elem_id="cb-tab-ask"):
                written = (
                    layout.thread(),
                    layout.composer([library.name for library in manifest.libraries]),
                    layout.panel(),
                    layout.history(),
                    layout.sheet(),
                    layout.feedback(wanted=feedback is not None),
                )
                gr.HTML("".join(written), elem_id="cb-main", apply_default_css=False)
            with gr.Tab("Mentor map", id="map"):
                mentor_map.build(assistant)
            with gr.Tab("Library", id="library"):
                library.build(assistant)
            with gr.Tab("How well it works", id="report"):
                report.build(assistant)

        def ask(question: str, turns: list, facets: dict) -> Iterator[dict]:  # type: ignore[type-arg]
            yield from _answer(assistant, question, turns=turns, facets=facets)

        # the browser calls these by Gradio's own routes, so that it can stop one by closing the connection; how many
        # run at once is said where the page is put into its application
        api(ask, api_name="ask")
        api(_sheet_of(assistant), api_name="sheet", api_visibility="undocumented")
        if feedback is not None:

            def rate(rating: dict) -> bool:  # type: ignore[type-arg]
                feedback(rating)
                return True

            api(rate, api_name="feedback", api_visibility="undocumented")
    return blocks


def style() -> str:
    """Return the style sheet: the page's own parts, then those of the tabs, each in the order of their names."""
    return "\n".join(path.read_text("utf-8") for path in _parts("css"))


def head() -> str:
    """Return what stands in the page's head: the scripts, in the same order."""
    return "".join(f"<script>{path.read_text('utf-8')}</script>" for path in _parts("js"))


def theme() -> gr.themes.Base:
    """Return the colours and fonts; fonts of the system only, so that none is fetched."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.slate,
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"],
        font_mono=["ui-monospace", "Menlo", "monospace"],
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_md,
    )


def _parts(suffix: str) -> list[Path]:
    return [path for folder in ("static", "tabs") for path in sorted((_HERE / folder).glob(f"*.{suffix}"))]


def _sheet_of(assistant: Assistant) -> Callable[[list], dict]:  # type: ignore[type-arg]
    def make(records: list) -> dict:  # type: ignore[type-arg]
        return {"html": as_html(sheet.make(records, sheet.passage_finder(assistant.build.passages)))}

    return make


def _answer(
    assistant: Assistant, question: str, *, turns: list[Any], facets: dict[str, Any]
) -> Iterator[dict[str, object]]:
    """Yield what the browser shows of an answer as it grows, then what it keeps, then what to ask next."""
    name = f"cb-{uuid.uuid4().hex[:12]}"
    try:
        ask = read_ask(question, turns=turns, facets=facets)
        whom = audience(ask)
        answer: Answer | None = None
        shown = time.monotonic()
        for answer in assistant.stream(ask):
            # a quoted answer is there at once and grows for nobody's eyes
            if time.monotonic() - shown > _GLANCE_S:
                yield growing(answer, name, audience=whom)
                shown = time.monotonic()
        if answer is not None:
            yield whole(answer, name, audience=whom)
            asked = frozenset(turn.question.casefold() for turn in ask.turns)
            found = follow_ups(answer, lambda text: assistant.retriever.search(text, only=ask.only).hits, asked=asked)
            yield {"follow_ups": found}
    except QuestionError as error:
        # what was typed goes back to the field, to be mended
        yield {"html": message_html(str(error)), "done": True, "problem": True}
    except Exception:  # noqa: BLE001 - the page's boundary
        # the reader gets a sentence, the log the reason, and the question stays out of the log
        _LOG.exception("a question could not be answered")
        yield {"html": message_html(_FAULT), "done": True, "problem": True}


#: Seconds between two states of a growing answer; what comes faster is not seen.
_GLANCE_S = 0.15
_FAULT = (
    "Something went wrong on this side, and the question was not answered. Try again; if it stays, tell the operator."
)
