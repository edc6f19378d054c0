"""A server: Curbside's ``POST /v1/ask``, or any that speaks OpenAI's ``/v1/chat/completions``."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from evals.errors import EvalError
from evals.marks import as_record
from evals.records import Case, Reply

_ASK, _CHAT = "/v1/ask", "/v1/chat/completions"
_SECONDS = 120.0


def open_http(url: str, *, model: str = "") -> CurbsideSubject | ChatSubject:
    """Return the subject behind an address: told apart by its path, or else by asking which of the two it has.

    A whole address is taken as it is. Raises EvalError where it cannot be reached or has neither.
    """
    client = httpx.Client(timeout=_SECONDS)
    base = url.rstrip("/")
    # a whole address is believed, whatever it says to this method; that nobody is there is told before the first case
    if base.endswith(("/chat/completions", "/ask")):
        _is_there(client, base)
    if base.endswith("/chat/completions"):
        return ChatSubject(client, base, model or "default")
    if base.endswith("/ask"):
        return CurbsideSubject(client, base)
    base = base.removesuffix("/v1")
    if _is_there(client, base + _ASK):
        return CurbsideSubject(client, base + _ASK)
    if _is_there(client, base + _CHAT):
        return ChatSubject(client, base + _CHAT, model or "default")
    raise EvalError(f"--subject {url}: neither {_ASK} nor {_CHAT} answers there; give the whole address of one")


@dataclass(frozen=True, slots=True)
class CurbsideSubject:
    """Curbside's own API. The passages cited are read again over ``GET /v1/passages/{id}``, where the server has it."""

    client: httpx.Client
    """What sends the requests."""
    address: str
    """Where questions go."""

    def reply(self, case: Case) -> Reply:
        """Return the record of the last turn. Raises httpx.HTTPError where the server refuses or is gone."""
        turns: list[dict[str, object]] = []
        facets = case.facets
        asked = {"stage": facets.stage, "setting": facets.setting, "topic": facets.topic, "only": facets.libraries}
        chosen = {name: list(v) if isinstance(v, tuple) else v for name, v in asked.items() if v}
        record: Mapping[str, Any] = {}
        before = 0.0
        for question in case.turns:
            before = time.perf_counter()
            found = self.client.post(self.address, json={"question": question, "turns": turns, **chosen})
            found.raise_for_status()
            record = found.json()
            claims = [claim["text"] for claim in record.get("claims", ()) if not claim.get("more")]
            turns.append({"question": question, "claims": claims})
        return Reply(record, None, self._texts(record), _times(record, before))

    def _texts(self, record: Mapping[str, Any]) -> dict[str, str] | None:
        texts = {}
        for name in sorted({str(citation["passage_id"]) for citation in record.get("citations", ())}):
            found = self.client.get(f"{self.address.removesuffix('/ask')}/passages/{name}")
            if found.status_code == httpx.codes.NOT_FOUND:
                continue
            found.raise_for_status()
            text = found.json().get("text")
            if not isinstance(text, str):
                return None
            texts[name] = text
        return texts


@dataclass(frozen=True, slots=True)
class ChatSubject:
    """A server of OpenAI's form; a record under the key ``curbside`` of its reply is taken for the answer's."""

    client: httpx.Client
    """What sends the requests."""
    address: str
    """Where messages go."""
    model: str
    """Name that is sent."""

    def reply(self, case: Case) -> Reply:
        """Return the last turn's answer as a record. Raises httpx.HTTPError where the server refuses or is gone."""
        messages: list[dict[str, str]] = []
        said: Mapping[str, Any] = {}
        text = ""
        before = 0.0
        for question in case.turns:
            before = time.perf_counter()
            messages.append({"role": "user", "content": question})
            found = self.client.post(self.address, json={"model": self.model, "messages": messages})
            found.raise_for_status()
            said = found.json()
            text = str(said["choices"][0]["message"]["content"] or "")
            messages.append({"role": "assistant", "content": text})
        own = said.get("curbside")
        record = own if isinstance(own, dict) else as_record(case.turns[-1], text)
        return Reply(record, timings_ms=_times(record, before))


def _times(record: Mapping[str, Any], before: float) -> dict[str, float]:
    return {**record.get("timings_ms", {}), "total": (time.perf_counter() - before) * 1000}


def _is_there(client: httpx.Client, address: str) -> bool:
    try:
        # both routes take POST alone: another method is refused where the route is there, and unknown where it is not
        return client.get(address).status_code not in (httpx.codes.NOT_FOUND, httpx.codes.BAD_GATEWAY)
    except httpx.HTTPError as error:
        raise EvalError(f"--subject {address}: cannot be reached ({error}); start the server first") from error
