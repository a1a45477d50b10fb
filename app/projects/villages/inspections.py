"""Inspections: the county looks at a village, and sees that what it found is set right."""

from datetime import date
from uuid import UUID

from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.errors import OutOfSight
from app.projects.models import Village, VillageInspection
from app.projects.villages.errors import RemedyNotDue, VillageDayOutside


async def record(session: WriteSession, village: Village, row: VillageInspection) -> VillageInspection:
    """Write down what the county found, and by when it is to be set right if anything is."""
    if not village.started_on <= row.inspected_on <= today():
        raise VillageDayOutside(day=row.inspected_on)
    if row.due_on is not None and row.due_on < row.inspected_on:
        raise VillageDayOutside(day=row.due_on)
    session.add(row)
    await session.flush()
    return row


async def get(session: WriteSession, village: Village, inspection_id: UUID) -> VillageInspection:
    """Return an inspection of a village, held until the transaction ends, or refuse."""
    found = await session.get(
        VillageInspection, inspection_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if found is None or found.village_id != village.id:
        raise OutOfSight
    return found


async def remedy(
    session: WriteSession, row: VillageInspection, *, on: date, words: str, by: str
) -> VillageInspection:
    """Write down that what was found has been set right."""
    if row.due_on is None or row.remedied_on is not None:
        raise RemedyNotDue(inspection=row.id)
    if not row.inspected_on <= on <= today():
        raise VillageDayOutside(day=on)
    row.remedied_on, row.remedy, row.remedied_by = on, words, by
    await session.flush()
    return row


def late(row: VillageInspection) -> bool:
    """Return whether something should have been set right by now and was not."""
    return row.due_on is not None and row.remedied_on is None and row.due_on < today()
