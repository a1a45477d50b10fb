"""Registrations: changes that are applied for with the authority, until it has registered them."""

from datetime import date
from uuid import UUID

from app.disclosure.governance.errors import ChangeRegistered, HappenedAhead
from app.disclosure.models import ChangeRegistration
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def file(session: WriteSession, change: ChangeRegistration) -> ChangeRegistration:
    """Record that a change was applied for."""
    if change.filed_on > today():
        raise HappenedAhead(day=change.filed_on)
    async with constraints.told(session, {"change_registrations_filed_check": ChangeRegistered()}):
        session.add(change)
    return change


async def get(session: ReadSession, change_id: UUID, *, lock: bool = False) -> ChangeRegistration:
    """Return a change that was applied for, or refuse."""
    found = await session.get(
        ChangeRegistration, change_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


async def complete(session: WriteSession, change: ChangeRegistration, *, on: date, reference: str) -> None:
    """Record when and under which number the authority registered a change."""
    if change.registered_on is not None:
        raise ChangeRegistered(registered_on=change.registered_on)
    if on > today():
        raise HappenedAhead(day=on)
    async with constraints.told(session, {"change_registrations_registered_check": ChangeRegistered()}):
        change.registered_on, change.reference = on, reference
