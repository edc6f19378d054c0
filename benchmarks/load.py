"""A served app under load: people who each ask a question every few seconds, and how long a complete answer takes.

    python -m benchmarks.load [--people 50] [--seconds 120] [--every 5] [--until-it-breaks]

The app is started on loopback in a process of its own, with the default index, and is asked over HTTP by locust (the
extra ``load``), in this process and on the same cores. Printed: p50, p95 and the longest time to a complete answer,
questions a second, failures, and the server's memory at the start, after each minute and at the end.
``--until-it-breaks`` then doubles the people until the 95th percentile passes two seconds or one answer in a hundred
fails. Every load ends: by its time, and by the most people that are tried.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# first of all: it replaces the sockets of the standard library by its own
from locust import HttpUser, constant_pacing, task  # isort: skip

import gevent
import psutil
from locust.env import Environment

from assistant.settings import ROOT
from evals.cases import read_cases

_STARTED_WITHIN_S = 180
_MOST_PEOPLE = 1600
#: Seconds of each step of ``--until-it-breaks``.
_STEP_S = 20
_BROKEN_P95_MS, _BROKEN_FAILURES = 2000.0, 0.01
#: People who arrive in a second: all of them within ten seconds.
_ARRIVE_WITHIN_S = 10.0


@dataclass(frozen=True)
class Measured:
    """What a load came to."""

    people: int
    """How many asked."""
    questions: int
    """How many answers came, or failed."""
    failures: int
    """How many failed."""
    p50: float
    """Milliseconds to a complete answer."""
    p95: float
    """... at the 95th percentile."""
    longest: float
    """... of the slowest."""
    a_second: float
    """Questions a second."""
    memory: tuple[float, ...]
    """Resident MB of the server: at the start, after each minute, at the end."""

    @property
    def is_broken(self) -> bool:
        """Whether people would give up."""
        return self.p95 > _BROKEN_P95_MS or self.failures > _BROKEN_FAILURES * self.questions

    def __str__(self) -> str:
        """Return it on one line."""
        memory = " → ".join(f"{size:.0f}" for size in self.memory)
        return (
            f"{self.people:>5} people: p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms, longest {self.longest:.0f} ms, "
            f"{self.a_second:.1f} questions/s, {self.failures} of {self.questions} failed, memory {memory} MB"
        )


def person(questions: Sequence[str], *, every: float) -> type[HttpUser]:
    """Return the kind of user that asks one of the questions every so many seconds."""

    class Person(HttpUser):
        wait_time = constant_pacing(every)
        network_timeout = connection_timeout = 30.0

        @task
        def ask(self) -> None:
            with self.client.post("/v1/ask", json={"question": random.choice(questions)}, catch_response=True) as told:
                if told.status_code == 200 and not told.json()["text"]:
                    told.failure("an empty answer")

    return Person


def load(address: str, server: psutil.Process, *, people: int, seconds: float, every: float) -> Measured:
    """Return what ``people`` who ask for so many seconds find."""
    questions = [case.turns[-1] for case in read_cases(ROOT / "evals/case_sets/core.jsonl") if len(case.turns) == 1]
    environment = Environment(user_classes=[person(questions, every=every)], host=address)
    runner = environment.create_local_runner()
    memory = [_megabytes(server)]
    runner.start(people, spawn_rate=max(1.0, people / min(_ARRIVE_WITHIN_S, seconds / 2)))
    left = seconds
    while left > 0:
        gevent.sleep(min(60.0, left))
        left -= 60.0
        memory.append(_megabytes(server))
    runner.quit()
    total = environment.stats.total
    return Measured(
        people,
        total.num_requests,
        total.num_failures,
        total.get_response_time_percentile(0.5) or 0.0,
        total.get_response_time_percentile(0.95) or 0.0,
        total.max_response_time or 0.0,
        total.num_requests / seconds,
        tuple(memory),
    )


@contextmanager
def served() -> Iterator[tuple[str, psutil.Process]]:
    """Give the address and the process of an app that was started for this, and stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CURBSIDE_FEEDBACK": f"{folder}/feedback.sqlite"}
        log = Path(folder) / "log"
        with log.open("wb") as file:
            command = [sys.executable, "app.py", "--port", str(port)]
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
        try:
            _wait_for(port, server, log=log)
            yield f"http://127.0.0.1:{port}", psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(30)


def main() -> None:
    """Start the app, put the load on it and print what it came to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="A served app under load.")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between a person's questions")
    parser.add_argument("--until-it-breaks", action="store_true")
    wanted = parser.parse_args()
    with served() as (address, server):
        measured = load(
            address, server, people=min(wanted.people, _MOST_PEOPLE), seconds=wanted.seconds, every=wanted.every
        )
        print(measured, flush=True)
        while wanted.until_it_breaks and not measured.is_broken and measured.people * 2 <= _MOST_PEOPLE:
            measured = load(address, server, people=measured.people * 2, seconds=_STEP_S, every=wanted.every)
            print(measured, "BROKEN" if measured.is_broken else "", flush=True)


def _wait_for(port: int, server: subprocess.Popen[bytes], *, log: Path) -> None:
    for _ in range(_STARTED_WITHIN_S * 5):
        if server.poll() is not None:
            raise SystemExit(f"the app ended with exit code {server.returncode}:\n{log.read_text()[-2000:]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        gevent.sleep(0.2)
    raise SystemExit(f"the app did not listen on port {port} within {_STARTED_WITHIN_S} seconds")


def _megabytes(server: psutil.Process) -> float:
    return float(server.memory_info().rss) / (1 << 20)


if __name__ == "__main__":
    main()
