"""What can go wrong with a request, as a problem that says what to do about it."""

from __future__ import annotations

from collections.abc import Mapping


class ServingError(Exception):
    """Base class of every error that this package raises on purpose."""


class FeedbackError(ServingError):
    """The feedback cannot be read or written: mend the file, or set another."""


class AccountsError(ServingError):
    """The file of accounts cannot be used: mend it."""


class ExtraMissingError(ServingError):
    """An optional package is not installed: install the extra that the message names."""


class ProblemError(ServingError):
    """A request that cannot be served; the detail is a sentence for whoever sent it."""

    def __init__(
        self, status: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None, kind: str = "request"
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = dict(headers or {})
        self.kind = kind


def full(seconds: int = 2) -> ProblemError:
    """Return the problem of a server that has no place left, with the time after which to come again."""
    return ProblemError(
        503,
        "Busy",
        f"Too many questions are waiting. Ask again in {seconds} seconds.",
        headers={"Retry-After": str(seconds)},
        kind="busy",
    )
