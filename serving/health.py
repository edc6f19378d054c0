"""Whether a question could be answered now: a word is embedded, and a passage is found and read."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass

from assistant.chain import Assistant
from ingest.errors import IngestError
from serving.logs import describe_error, log_event

#: Seconds for which a finding holds, so that nobody can keep the encoder busy by asking how it is.
_HOLDS = 1.0
#: Seconds after which an index that does not answer counts as not ready.
_PATIENCE = 10.0
_WORD = "mentor"


@dataclass(frozen=True, slots=True)
class Health:
    """What was found."""

    ready: bool
    """Whether a question could be answered."""
    build: str = ""
    """The build that it would be answered from."""
    reason: str = ""
    """Why not, or empty."""

    def as_record(self) -> dict[str, str]:
        """Return it as plain data."""
        told = {"build": self.build} if self.ready else {"reason": self.reason}
        return {"status": "ready" if self.ready else "not ready", **told}


class HealthCheck:
    """Looks, and remembers what it saw for a second."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._seen: Health | None = None
        self._until = 0.0

    async def look(self) -> Health:
        """Return whether a question could be answered."""
        if self._seen is None or time.monotonic() >= self._until:
            self._seen = await self._fresh()
            self._until = time.monotonic() + _HOLDS
        return self._seen

    async def _fresh(self) -> Health:
        work = asyncio.wait_for(asyncio.to_thread(_find, self._assistant), _PATIENCE)
        # whatever goes wrong is the finding, so it is taken as a value
        (found,) = await asyncio.gather(work, return_exceptions=True)
        if isinstance(found, BaseException):
            log_event("not ready", level=logging.WARNING, error=describe_error(found))
            # who asks may be anybody: the lines that failed stay in the log
            reason = str(found) if isinstance(found, IngestError) else f"{type(found).__name__}; the log says more"
            return Health(ready=False, reason=reason)
        return found


def _find(assistant: Assistant) -> Health:
    build = assistant.build
    (vector,) = build.encoder.encode([_WORD])
    nearest = build.vectors.nearest(vector, 1)
    if not nearest or not build.passages.passages([nearest[0].id])[0].passage.text:
        return Health(ready=False, reason="the index holds no passage; run curbside ingest")
    return Health(ready=True, build=build.manifest.build)
