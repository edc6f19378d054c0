"""The Gradio layout and its events: questions in, growing answers out. Knows the assistant by two of its methods."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from assistant.chain import Ask, Assistant
from assistant.errors import QuestionError
from assistant.question import MOST_CHARACTERS
from assistant.records import Answer, Turn
from page.render import answer_html, message_html, question_html

_HERE = Path(__file__).parent
_LOG = logging.getLogger("curbside")

EXAMPLES = (
    "What should I ask about buy-in terms?",
    "How do I approach a possible mentor?",
    "My mentor keeps canceling. What do I do?",
    "What is tail coverage, and who pays for it?",
)

Messages = list[dict[str, str]]
Turns = tuple[Turn, ...]


def build_blocks(assistant: Assistant) -> gr.Blocks:
    """Return the page over an assistant."""
    blocks: gr.Blocks
    with gr.Blocks(title="Curbside", fill_height=True, analytics_enabled=False) as blocks:
        turns = gr.State(())
        with gr.Row(elem_id="cb-top"):
            gr.HTML(_header(assistant.build.manifest.documents), padding=False)
            fresh = gr.Button("New conversation", elem_id="cb-new", size="sm", scale=0, min_width=150)
        with gr.Row(elem_id="cb-main", equal_height=False):
            with gr.Column(scale=3, min_width=300, elem_id="cb-left"):
                chat = _chat()
                question = _question()
                gr.HTML(_FOOT, padding=False)
            with gr.Column(scale=2, min_width=280, elem_id="cb-right"):
                gr.HTML(_PANEL, padding=False)

        def ask(text: str, messages: Messages, before: Turns) -> Iterator[tuple[str, Messages, Turns]]:
            yield from _converse(assistant, text, messages=messages, before=before)

        def example(choice: gr.SelectData) -> str:
            return str(choice.value["text"])

        inputs, outputs = [question, chat, turns], [question, chat, turns]
        question.submit(ask, inputs, outputs, api_name="ask", concurrency_limit=4)
        chat.example_select(example, None, question).then(ask, inputs, outputs, api_visibility="private")
        for begin_again in (fresh.click, chat.clear):
            begin_again(lambda: ("", [], ()), None, outputs, api_visibility="private").then(
                None, js="() => window.curbside && window.curbside.close()"
            )
    return blocks


def style() -> str:
    """Return the style sheet."""
    return (_HERE / "style.css").read_text("utf-8")


def head() -> str:
    """Return what stands in the page's head: the script that opens sources."""
    return f"<script>{(_HERE / 'script.js').read_text('utf-8')}</script>"


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


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="cb-chat",
        label="Conversation",
        show_label=False,
        height="auto",
        min_height=320,
        layout="panel",
        buttons=[],
        latex_delimiters=[],
        # every text is escaped in page.render, which builds the markup itself
        sanitize_html=False,
        placeholder=_WELCOME,
        examples=[{"text": example} for example in EXAMPLES],
    )


def _question() -> gr.Textbox:
    return gr.Textbox(
        elem_id="cb-question",
        label="Your question",
        show_label=False,
        placeholder="Ask about mentors, contracts, offers …",
        submit_btn="Ask",
        lines=1,
        max_lines=6,
        autofocus=True,
        html_attributes=gr.InputHTMLAttributes(spellcheck=True),
    )


def _converse(
    assistant: Assistant, text: str, *, messages: Messages, before: Turns
) -> Iterator[tuple[str, Messages, Turns]]:
    """Yield (text field, messages, turns) as the answer grows; the field is emptied once the question is taken."""
    shown = [*messages, {"role": "user", "content": question_html(text[:MOST_CHARACTERS])}]
    try:
        name = f"cb-{uuid.uuid4().hex[:12]}"
        answer: Answer | None = None
        for answer in assistant.stream(Ask(text, before)):
            yield "", [*shown, {"role": "assistant", "content": answer_html(answer, name, done=False)}], before
        if answer is not None:
            done = [*shown, {"role": "assistant", "content": answer_html(answer, name)}]
            yield "", done, (*before, answer.as_turn())
    except QuestionError as error:
        # what was typed stays in the field, to be mended; an empty question leaves no trace in the conversation
        told = [{"role": "assistant", "content": message_html(str(error))}]
        yield text, [*(shown if text.strip() else messages), *told], before
    except Exception:  # noqa: BLE001 - the page's boundary
        # the reader gets a sentence, the log the reason, and the question stays out of the log
        _LOG.exception("a question could not be answered")
        told = [{"role": "assistant", "content": message_html(_FAULT)}]
        yield text, [*shown, *told], before


def _header(documents: int) -> str:
    return (
        '<div class="cb-brand"><h1>Curbside</h1>'
        f"<p>Career and mentorship guidance for physicians, quoted from {documents} reviewed documents.</p></div>"
    )


_FAULT = (
    "Something went wrong on this side, and the question was not answered. Try again; if it stays, tell the operator."
)

_WELCOME = (
    '<div class="cb-welcome"><h2>What would you ask a colleague at the curb?</h2>'
    "<p>Every sentence of an answer is a quotation. Its number opens the source at that sentence.</p></div>"
)

_FOOT = (
    '<p class="cb-foot">General guidance, not legal, financial or medical advice. In an emergency call your local '
    "emergency number; in a crisis in the United States, call or text 988.</p>"
)

_PANEL = (
    '<aside id="cb-panel" role="region" aria-label="Source" aria-live="polite" tabindex="-1">'
    '<button type="button" id="cb-close" aria-label="Close the source" hidden>✕</button>'
    '<div id="cb-panel-body"><p class="cb-empty">Choose a number in an answer to read the source here.</p></div>'
    "</aside>"
)
