from __future__ import annotations

from dataclasses import replace

from assistant.records import Message
from page.render import answer_html
from tests.fakes import make_answer, make_hit

QUOTED = make_answer(make_hit("Meet once a month."))
EVIL = "<script>alert(1)</script>\n\n[x](javascript:1) & more"


def test_what_was_sent_stands_escaped_and_whole_behind_a_closed_disclosure() -> None:
    shown = answer_html(replace(QUOTED, sent=(Message("system", "The rules."), Message("human", EVIL))), "a")
    assert '<details class="cb-sent"><summary>What was sent to the model</summary>' in shown
    assert "<dt>system</dt><dd>The rules.</dd>" in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br><br>[x](javascript:1) &amp; more" in shown
    assert "\n\n" not in shown


def test_what_was_sent_is_shown_once_the_answer_is_done() -> None:
    assert "cb-sent" not in answer_html(replace(QUOTED, sent=(Message("human", "x"),)), "a", done=False)
    assert "cb-sent" not in answer_html(QUOTED, "a")


def test_the_reader_is_told_what_went_wrong_with_the_model() -> None:
    shown = answer_html(replace(QUOTED, notice="The server is <busy>."), "a")
    assert '<p class="cb-note cb-notice">The server is &lt;busy&gt;.</p>' in shown
    assert "cb-notice" not in answer_html(QUOTED, "a")
