"""Addresses: where people who want it are written to, sealed in the vault like everything about a person."""

from collections.abc import Sequence
from uuid import UUID

from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.organizations.models import Staff

FIELD = "email"


async def put(session: WriteSession, staff: Staff, address: str | None) -> None:
    """Remember where a person is written to in place of an earlier address; None forgets it."""
    if address is None:
        await vault.forget(session, staff.id, [FIELD])
    else:
        await vault.keep(session, staff.id, {FIELD: address})


async def of(session: ReadSession, staff_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the addresses of those people who gave one."""
    found = await vault.read(session, staff_ids, [FIELD])
    return {staff_id: values[FIELD] for staff_id, values in found.items() if FIELD in values}
