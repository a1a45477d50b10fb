"""Identifiers: UUIDs that sort by the moment they were made, and codes that people can read out."""

import secrets
from datetime import datetime
from uuid import UUID

import uuid_utils
from uuid_utils.compat import uuid7

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = bytes(ord(CROCKFORD[byte & 31]) for byte in range(256))
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_id() -> UUID:
    """Return a fresh UUIDv7, so that primary keys append instead of scatter."""
    return uuid7()


def new_name() -> str:
    """Return a fresh UUIDv7 in writing: a fifth of the time, as no object is made around it."""
    return str(uuid_utils.uuid7())


def first_id(moment: datetime) -> UUID:
    """Return the smallest UUIDv7 of a moment: whatever was made before it has a smaller one."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62)


def new_code(length: int = 20) -> str:
    """Return a random code of `length` Crockford base32 characters, five random bits each."""
    return secrets.token_bytes(length).translate(_LETTERS).decode()


def read_code(text: str) -> str:
    """Return a code as it was issued from what a person typed: any case, dashes, O for 0, I or L for 1."""
    return text.upper().translate(_LOOKALIKES)
