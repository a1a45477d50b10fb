"""Charters: the versions of an organization's charter, each with the document that was approved."""

from collections.abc import Sequence
from uuid import UUID

from app.disclosure import rounds
from app.disclosure.governance.errors import (
    CharterKnown,
    DaysOutOfOrder,
    HappenedAhead,
    ReplacedAlready,
    SeatsUnfit,
)
from app.disclosure.models import Charter
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

KIND = "charter"
"""Under this name the documents of charters lie; `app/wiring.py` says who reads them."""


async def record(session: WriteSession, charter: Charter, *, documents: Sequence[UUID]) -> Charter:
    """Record a version that the authority approved, with its document; what was in force before stays."""
    if charter.approved_on > today():
        raise HappenedAhead(day=charter.approved_on)
    known = {
        "charters_number_idx": CharterKnown(),
        "charters_effective_from_idx": CharterKnown(),
        "charters_dates_check": DaysOutOfOrder(),
        "charters_seats_check": SeatsUnfit(),
    }
    async with constraints.told(session, known):
        session.add(charter)
    if documents:
        owner = Owner(KIND, charter.id, charter.organization_id)
        await files.attach(session, documents, owner, by=charter.recorded_by)
    await rounds.anew(session, charter.organization_id)
    return charter


async def correct(
    session: WriteSession, wrong: Charter, right: Charter, *, documents: Sequence[UUID], reason: str
) -> Charter:
    """Put a version in the place of one that was recorded wrongly (locked by the caller), also for its day.

    The wrong one stays to be read as replaced. Raises ReplacedAlready, and what `record` does.
    """
    if wrong.replaced_on is not None:
        raise ReplacedAlready(replaced_on=wrong.replaced_on)
    wrong.replaced_on, wrong.replaced_by, wrong.replaced_reason = today(), right.recorded_by, reason
    # First it gives its number and its day up, then the other takes them.
    await session.flush()
    right.replaces_id = wrong.id
    return await record(session, right, documents=documents)


async def get(session: ReadSession, charter_id: UUID, *, lock: bool = False) -> Charter:
    """Return a version of a charter, or refuse."""
    found = await session.get(Charter, charter_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found
