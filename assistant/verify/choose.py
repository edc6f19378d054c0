"""The name of a verifier -> the verifier. The built-in one needs nothing but the encoder of the index."""

from __future__ import annotations

from assistant.records import Verifier
from assistant.verify.claims import BuiltInVerifier
from assistant.verify.nli import CrossEncoderVerifier
from ingest.embed import Encoder


def verifier_of(encoder: Encoder, name: str) -> Verifier:
    """Return the CrossEncoder of that name or folder, or for an empty name the built-in verifier.

    Raises SettingError where it cannot be loaded.
    """
    return CrossEncoderVerifier(name) if name else BuiltInVerifier(encoder)
