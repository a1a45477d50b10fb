"""Signatures: Standard Webhooks 1.0, by which sender and receiver of an event prove who sent it."""

import base64
import hmac
import re
import secrets as randomness
from collections.abc import Sequence
from datetime import datetime

from app.kit.errors import Unauthenticated

PREFIX = "whsec_"
SECRET_BYTES = 32
WINDOW_SECONDS = 300
SIGNATURES_MAX = 16
"""A sender has a few live secrets; a header of a thousand signatures would only make us compute."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class SignatureInvalid(Unauthenticated):
    """The event is not signed with a secret that we share."""

    title_zh = "事件签名无效"


class SignatureOutsideWindow(Unauthenticated):
    """The event was signed too long ago, or in the future."""

    title_zh = "事件时间戳超出允许范围"


def new_secret() -> str:
    """Return a fresh secret as it is handed to a partner."""
    return PREFIX + base64.b64encode(randomness.token_bytes(SECRET_BYTES)).decode()


def read_secret(text: str) -> bytes:
    """Return the bytes of a secret in writing; ValueError if it is not one of at least 24 bytes."""
    try:
        secret = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except ValueError:
        raise ValueError("not a webhook secret") from None
    if not 24 <= len(secret) <= 64:
        raise ValueError("a webhook secret has 24 to 64 bytes")
    return secret


def sign(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of one message as it stands in `webhook-signature`."""
    return "v1," + base64.b64encode(_digest(secret, message_id, str(timestamp), body)).decode()


def verify(
    secrets: Sequence[bytes],
    *,
    message_id: str,
    timestamp: str,
    signatures: str,
    body: bytes,
    now: datetime,
) -> None:
    """Refuse unless one of the signatures was made with one of the live secrets within five minutes of now.

    `timestamp` and `signatures` are the headers as they came. Comparing takes the same time wherever two
    signatures differ, and every secret is tried on every signature.
    """
    if not (message_id and f"{message_id}{signatures}".isascii() and _TIMESTAMP.fullmatch(timestamp)):
        raise SignatureInvalid
    given = [value.encode() for version, value in _split(signatures) if version == "v1"]
    genuine = False
    for secret in secrets:
        expected = base64.b64encode(_digest(secret, message_id, timestamp, body))
        for signature in given:
            genuine |= hmac.compare_digest(expected, signature)
    if not genuine:
        raise SignatureInvalid
    # Asked last: who cannot sign learns nothing about our clock.
    if abs(now.timestamp() - int(timestamp)) > WINDOW_SECONDS:
        raise SignatureOutsideWindow


def _digest(secret: bytes, message_id: str, timestamp: str, body: bytes) -> bytes:
    return hmac.digest(secret, f"{message_id}.{timestamp}.".encode() + body, "sha256")


def _split(signatures: str) -> list[tuple[str, str]]:
    parts = signatures.split(" ", SIGNATURES_MAX)[:SIGNATURES_MAX]
    return [(version, value) for version, _, value in (part.partition(",") for part in parts)]
