from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from serving.errors import ProblemError
from serving.gate import Gate


async def enter(gate: Gate, order: list[str], name: str) -> None:
    async with gate.place():
        order.append(name)


def enter_in_thread(gate: Gate, order: list[str], name: str) -> None:
    with gate.place_in_thread():
        order.append(name)


def test_loops_and_threads_stand_in_one_line() -> None:
    gate, order = Gate(at_once=1, waiting=2), list[str]()

    async def ask() -> None:
        async with gate.place():
            first = asyncio.create_task(asyncio.to_thread(enter_in_thread, gate, order, "thread"))
            await asyncio.sleep(0.2)
            second = asyncio.create_task(enter(gate, order, "loop"))
            await asyncio.sleep(0.2)
            assert order == []
        await asyncio.gather(first, second)

    asyncio.run(ask())
    assert order == ["thread", "loop"]


def test_the_next_one_is_refused_and_counted_where_too_many_wait() -> None:
    refused: list[int] = []
    gate = Gate(at_once=1, waiting=0, refused=lambda: refused.append(1))
    with gate.place_in_thread(), pytest.raises(ProblemError) as told:
        asyncio.run(enter(gate, [], "loop"))
    assert (told.value.status, told.value.headers["Retry-After"], refused) == (503, "2", [1])


def test_who_stops_waiting_leaves_the_line() -> None:
    gate, order = Gate(at_once=1, waiting=1), list[str]()

    async def ask() -> None:
        async with gate.place():
            waiting = asyncio.create_task(enter(gate, order, "gone"))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        await enter(gate, order, "next")

    asyncio.run(ask())
    assert order == ["next"]


def test_who_leaves_as_the_turn_comes_hands_it_on() -> None:
    gate, order = Gate(at_once=1, waiting=2), list[str]()

    async def ask() -> None:
        async with gate.place():
            waiting = [asyncio.create_task(enter(gate, order, name)) for name in ("gone", "next")]
            await asyncio.sleep(0)
        # the turn is the first one's by now, who has not heard of it
        waiting[0].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(ask())
    assert order == ["next"]


def test_no_more_than_the_places_are_inside_at_once() -> None:
    gate, inside, most = Gate(at_once=3, waiting=50), 0, 0

    def ask() -> None:
        nonlocal inside, most
        with gate.place_in_thread():
            inside += 1
            most = max(most, inside)
            time.sleep(0.02)
            inside -= 1

    with ThreadPoolExecutor(12) as pool:
        for asked in [pool.submit(ask) for _ in range(30)]:
            asked.result(20)
    assert most == 3
