"""HTTP Basic for everything but the health checks, where there is a file of accounts.

One lock on one door: the page, its own routes, the interface and the metrics. A browser asks for name and password by
itself and sends them along with everything that the page fetches. Clients that know only a key, as OpenAI's do, send
``name:password`` as the bearer token.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import anyio
import anyio.to_thread
from starlette._utils import get_route_path
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.accounts import Accounts
from serving.errors import ProblemError
from serving.problems import problem_response

OPEN_PATHS = frozenset({"/healthz", "/livez"})
#: Passwords checked at once: each costs 32 MiB and a tenth of a second, and somebody may send thousands.
_AT_ONCE = 2
_POLICY_VIOLATION = 1008
_LOGIN = {"WWW-Authenticate": 'Basic realm="Curbside", charset="UTF-8"'}


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request says of who sent it."""

    name: str
    """Name of the account."""
    password: str
    """Its password."""


class Guard:
    """Lets a request through whose credentials are right."""

    def __init__(self, app: ASGIApp, *, accounts: Accounts) -> None:
        self._app = app
        self._accounts = accounts
        self._limiter: anyio.CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer it with 401."""
        if scope["type"] == "lifespan" or get_route_path(scope) in OPEN_PATHS or await self._is_let_in(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            problem = ProblemError(401, "Who is asking?", "Send the name and password of an account.", headers=_LOGIN)
            await problem_response(problem)(scope, receive, send)

    async def _is_let_in(self, scope: Scope) -> bool:
        given = credentials(dict(scope["headers"]).get(b"authorization", b""))
        if given is None:
            return False
        # made here, because it belongs to the event loop
        self._limiter = self._limiter or anyio.CapacityLimiter(_AT_ONCE)
        return await anyio.to_thread.run_sync(self._accounts.match, given.name, given.password, limiter=self._limiter)


def credentials(header: bytes) -> Credentials | None:
    """Return what an ``Authorization`` header holds, or None where it holds no name and password."""
    scheme, _, value = header.strip().partition(b" ")
    try:
        if scheme.lower() == b"basic":
            value = base64.b64decode(value.strip(), validate=True)
        elif scheme.lower() != b"bearer":
            return None
        name, colon, password = value.decode("utf-8").strip("\r\n").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return Credentials(name, password) if colon else None
