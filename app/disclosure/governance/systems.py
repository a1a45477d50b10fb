"""Systems: an organization's internal rules (内部管理制度), each until it is replaced or repealed."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_

from app.disclosure import rounds
from app.disclosure.governance.errors import DaysOutOfOrder, HappenedAhead, SystemKnown, SystemOver
from app.disclosure.models import ManagementSystem
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

KIND = "management_system"
"""Under this name the documents of systems lie; `app/wiring.py` says who reads them."""

_KNOWN = {
    "management_systems_organization_id_title_effective_from_key": SystemKnown(),
    "management_systems_replaces_id_key": SystemOver(),
    "management_systems_replaces_fkey": OutOfSight(),
    "management_systems_dates_check": DaysOutOfOrder(),
    "management_systems_ended_check": DaysOutOfOrder(),
}


async def adopt(
    session: WriteSession, system: ManagementSystem, *, documents: Sequence[UUID]
) -> ManagementSystem:
    """Record a system with its document; the one of the same kind that it replaces ends the day before."""
    if system.adopted_on > today():
        raise HappenedAhead(day=system.adopted_on)
    async with constraints.told(session, _KNOWN):
        if system.replaces_id is not None:
            before = await get(session, system.replaces_id, lock=True)
            if before.organization_id != system.organization_id:
                raise OutOfSight
            if before.ends_on is not None:
                raise SystemOver(ends_on=before.ends_on)
            before.ends_on = system.effective_from - timedelta(days=1)
        session.add(system)
    if documents:
        owner = Owner(KIND, system.id, system.organization_id)
        await files.attach(session, documents, owner, by=system.recorded_by)
    await rounds.anew(session, system.organization_id)
    return system


async def repeal(session: WriteSession, system: ManagementSystem, *, on: date) -> None:
    """Record the last day of a system that nothing replaces."""
    if system.ends_on is not None:
        raise SystemOver(ends_on=system.ends_on)
    if on > today():
        raise HappenedAhead(day=on)
    async with constraints.told(session, _KNOWN):
        system.ends_on = on
    await rounds.anew(session, system.organization_id)


async def get(session: ReadSession, system_id: UUID, *, lock: bool = False) -> ManagementSystem:
    """Return a system, or refuse."""
    found = await session.get(
        ManagementSystem, system_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


def in_force(day: date) -> ColumnElement[bool]:
    """Return what is true of the systems that hold on a day, the last one included."""
    row = ManagementSystem
    return (row.effective_from <= day) & or_(row.ends_on.is_(None), row.ends_on >= day)
