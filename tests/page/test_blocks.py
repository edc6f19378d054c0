"""The page's events, without a browser."""

from __future__ import annotations

from assistant.chain import Assistant
from page.blocks import build_blocks


def test_how_many_are_answered_at_once_is_set_where_the_page_is_served(assistant: Assistant) -> None:
    blocks = build_blocks(assistant).queue(default_concurrency_limit=7)
    ask = next(event for event in blocks.fns.values() if event.api_name == "ask")
    assert ask.concurrency_limit == "default"
    blocks._queue.create_event_queue_for_fn(ask)
    assert blocks._queue.event_queue_per_concurrency_id[ask.concurrency_id].concurrency_limit == 7
