"""A file of ``name:hash`` lines -> whether a password belongs to a name. scrypt, from the standard library.

    ada:scrypt$n=32768,r=8,p=3$SALT$KEY        salt and key in base64

There is no default account. A password that was right once is remembered by a keyed digest for as long as the process
lives, so that only a login, and not each request, costs the tenth of a second that makes guessing slow.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from serving.errors import AccountsError

#: OWASP's "Password Storage Cheat Sheet" gives this as one of its equal choices for scrypt; it needs 32 MiB.
_N, _R, _P = 1 << 15, 8, 3
_KEY_BYTES = 32
_FORM = re.compile(r"scrypt\$n=(\d{1,8}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)")
_NAME = re.compile(r"[^\s:#][^\s:]*")
#: A file that asks for more memory than this, in bytes, is a mistake or an attack.
_MOST_MEMORY = 256 << 20
SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """What is kept of a password."""

    n: int
    """Cost in time and memory, a power of two."""
    r: int
    """Block size."""
    p: int
    """How often it is done."""
    salt: bytes
    """Random bytes that make equal passwords differ."""
    key: bytes
    """What the password must give."""

    def __str__(self) -> str:
        """Return the form in which it is written into the file."""
        salt, key = (base64.b64encode(part).decode() for part in (self.salt, self.key))
        return f"scrypt$n={self.n},r={self.r},p={self.p}${salt}${key}"

    def matches(self, password: str) -> bool:
        """Return whether the password gives the key, in a time that does not tell how near it is."""
        return hmac.compare_digest(_derive(password, self), self.key)


class Accounts:
    """The people who may ask; safe to share between threads."""

    def __init__(self, hashes: Mapping[str, PasswordHash]) -> None:
        self._hashes = dict(hashes)
        self._secret = secrets.token_bytes(32)
        self._right: dict[str, bytes] = {}
        # an unknown name costs as much time as a known one
        self._nobody = hash_password(secrets.token_urlsafe(16))

    @classmethod
    def read(cls, path: Path) -> Accounts:
        """Return the accounts of a file. Raises AccountsError, with file and line, where it cannot be used."""
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise AccountsError(f"CURBSIDE_AUTH={path}: cannot be read ({error}); give a file of name:hash") from error
        hashes: dict[str, PasswordHash] = {}
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith("#"):
                continue
            name, _, written = line.strip().partition(":")
            if name in hashes or not is_name(name):
                raise AccountsError(f"{path}:{number}: the name is missing or stands twice; write name:hash")
            hashes[name] = _parse(written, where=f"{path}:{number}")
        if not hashes:
            raise AccountsError(f"{path}: holds no account; add a line with curbside serve hash-password NAME")
        return cls(hashes)

    def match(self, name: str, password: str) -> bool:
        """Return whether the password is the one of the name; takes a tenth of a second where it is not known yet."""
        seen = hmac.digest(self._secret, f"{name}:{password}".encode("utf-8", "surrogatepass"), "sha256")
        if hmac.compare_digest(seen, self._right.get(name, b"")):
            return True
        known = self._hashes.get(name)
        right = (known or self._nobody).matches(password) and known is not None
        if right:
            self._right[name] = seen
        return right


def hash_password(password: str) -> PasswordHash:
    """Return what to keep of a password, with a fresh salt."""
    fresh = PasswordHash(_N, _R, _P, secrets.token_bytes(16), b"")
    return PasswordHash(_N, _R, _P, fresh.salt, _derive(password, fresh))


def is_name(name: str) -> bool:
    """Return whether a name can stand in the file: no colon, no space, no number sign in front."""
    return _NAME.fullmatch(name) is not None


def _derive(password: str, how: PasswordHash) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=how.salt,
        n=how.n,
        r=how.r,
        p=how.p,
        # what scrypt needs, and as much again for what the library adds
        maxmem=2 * 128 * how.n * how.r,
        dklen=_KEY_BYTES,
    )


def _parse(written: str, *, where: str) -> PasswordHash:
    match = _FORM.fullmatch(written)
    advice = "make the line with curbside serve hash-password NAME"
    if match is None:
        raise AccountsError(f"{where}: not a hash of the form scrypt$n=…,r=…,p=…$salt$key; {advice}")
    n, r, p = (int(match[group]) for group in (1, 2, 3))
    if n < 2 or n & (n - 1) or not r or not p or 128 * n * r > _MOST_MEMORY:
        raise AccountsError(f"{where}: scrypt cannot use n={n}, r={r}, p={p}; {advice}")
    try:
        salt, key = (base64.b64decode(match[group], validate=True) for group in (4, 5))
    except binascii.Error as error:
        raise AccountsError(f"{where}: salt or key is not base64 ({error}); {advice}") from error
    if len(key) != _KEY_BYTES or len(salt) < 8:
        raise AccountsError(f"{where}: salt or key is too short ({len(salt)} and {len(key)} bytes); {advice}")
    return PasswordHash(n, r, p, salt, key)
