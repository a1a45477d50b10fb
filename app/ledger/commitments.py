"""Commitments: what an entry says without saying it, so that it can be opened and proven later (proof.md)."""

import hashlib
import secrets
from collections.abc import Sequence

import rfc8785

from app.ledger.models import EntryKind

OPEN_KINDS = frozenset(
    {EntryKind.donation, EntryKind.refund, EntryKind.settlement, EntryKind.transfer, EntryKind.disbursement}
)
"""Kinds whose postings are published in clear; of all others only organization, kind and month are."""

_DOMAIN = b"zhengxinlu-commit/v1"


def commit(field: str, salt: bytes, value: bytes) -> bytes:
    """Return SHA-256("zhengxinlu-commit/v1" || 0x00 || field || 0x00 || salt || value)."""
    return hashlib.sha256(b"\x00".join((_DOMAIN, field.encode(), salt + value))).digest()


def new_salt() -> bytes:
    """Return a fresh salt of 256 bits."""
    return secrets.token_bytes(32)


def body(postings: Sequence[tuple[str, str, int]]) -> bytes:
    """Write (debit label, credit label, fen) as RFC 8785 canonical JSON, amounts as decimal strings."""
    return rfc8785.dumps(
        [{"debit": debit, "credit": credit, "amount": str(amount)} for debit, credit, amount in postings]
    )
