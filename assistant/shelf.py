"""The published build, opened for reading; a newer one takes its place as soon as it is published.

Every question is answered from one build from beginning to end. A look at the pointer costs some microseconds; where
it has changed, the next question opens the new build, and questions that are under way keep the one that they began
with.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from assistant.retrieve import HybridRetriever
from assistant.settings import AssistantSettings
from ingest.build import OpenBuild, close, open_build, published_id
from ingest.errors import IngestError

_LOG = logging.getLogger(__name__)
_SECONDS_UNTIL_AGAIN = 10.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A build with its retriever."""

    build: OpenBuild
    """The build."""
    retriever: HybridRetriever
    """What finds passages in it."""


class Shelf:
    """Holds the build that is read; safe to share between threads."""

    def __init__(self, settings: AssistantSettings) -> None:
        """Open the published build; raises what ``open_build`` raises."""
        self._settings = settings
        self._lock = threading.Lock()
        self._reading = self._open()
        self._before: Reading | None = None
        self._refused, self._again = "", 0.0

    def current(self) -> Reading:
        """Return the published build, opened.

        Where a newer one cannot be opened, the one that was read before stays, the reason is logged, and the newer one
        is tried again after some seconds.
        """
        newest = published_id(self._settings.ingest.index)
        if newest in ("", self._reading.build.manifest.build):
            return self._reading
        with self._lock:
            if newest != self._reading.build.manifest.build and not self._is_refused(newest):
                self._take(newest)
            return self._reading

    def _is_refused(self, build: str) -> bool:
        return build == self._refused and time.monotonic() < self._again

    def _take(self, newest: str) -> None:
        try:
            fresh = self._open()
        except IngestError as error:
            # what failed may be passing, such as a server that is started anew
            self._refused, self._again = newest, time.monotonic() + _SECONDS_UNTIL_AGAIN
            _LOG.warning("the new build %s is not read, the one before answers: %s", newest, error)
            return
        if self._before is not None:
            # nobody has read it for a whole build
            close(self._before.build)
        self._before, self._reading = self._reading, fresh

    def _open(self) -> Reading:
        build = open_build(self._settings.ingest)
        return Reading(build, HybridRetriever(build=build, settings=self._settings.retrieve))


class PinnedShelf(Shelf):
    """Holds one build, whatever is published after it: the cases of an evaluation are asked of the same passages."""

    def __init__(self, reading: Reading) -> None:
        """Hold a build that is open already."""
        # nothing is opened, so the shelf's own beginning has nothing to do
        self._reading = reading

    def current(self) -> Reading:
        """Return the build that is held."""
        return self._reading
