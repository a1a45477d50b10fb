"""Records: minutes that volunteers gave, reported, then confirmed by who organised it (67号令)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from app.kit import constraints
from app.kit.clock import legal_day, now, today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight
from app.volunteers import totals
from app.volunteers.errors import (
    MinutesImpossible,
    RecordNotReported,
    RecordTwice,
    ServedAhead,
    TeamOfAnotherOrganization,
)
from app.volunteers.models import (
    Activity,
    CheckIn,
    RecordSource,
    RecordState,
    SignUp,
    TimeRecord,
)
from app.volunteers.totals import Served

DAY_MINUTES = 24 * 60
COUNTED = frozenset({RecordState.confirmed, RecordState.certified})
"""The states in which minutes count."""


async def report(session: WriteSession, record: TimeRecord) -> TimeRecord:
    """Report time that was given; nothing counts before somebody of the organization has confirmed it."""
    if record.served_on > today():
        raise ServedAhead(served_on=record.served_on.isoformat())
    refusals = {
        "time_records_minutes_check": MinutesImpossible(minutes=record.minutes),
        "time_records_organization_id_reference_key": RecordTwice(reference=record.reference),
        "time_records_team_fkey": TeamOfAnotherOrganization(),
        "time_records_activity_fkey": OutOfSight(),
    }
    async with constraints.told(session, refusals):
        session.add(record)
    return record


async def report_check_in(
    session: WriteSession,
    activity: Activity,
    sign_up: SignUp,
    minutes: int,
    check_in: CheckIn,
    *,
    actor: str,
) -> TimeRecord:
    """Report what a check-in and its check-out tell."""
    record = TimeRecord(
        organization_id=activity.organization_id,
        volunteer_id=sign_up.volunteer_id,
        activity_id=activity.id,
        team_id=activity.team_id,
        sign_up_id=sign_up.id,
        category=activity.category,
        title=activity.title,
        place=activity.place,
        served_group=activity.served_group,
        responsible=activity.responsible,
        served_on=legal_day(check_in.checked_in_at),
        minutes=minutes,
        source=RecordSource.check_in,
        reported_by=actor,
    )
    return await report(session, record)


async def confirm(session: WriteSession, records: Sequence[TimeRecord], *, actor: str) -> None:
    """Confirm records of the organization that organised the service: from now on their minutes count.

    They have been locked by whoever calls, in the order of their ids.
    """
    waiting = [one for one in records if one.state is not RecordState.reported]
    if waiting:
        raise RecordNotReported(records=[str(one.id) for one in waiting])
    for record in records:
        record.state = RecordState.confirmed
        record.confirmed_at, record.confirmed_by = now(), actor
    await session.flush()
    await totals.serve(session, count(records, 1))


async def decline(session: WriteSession, record: TimeRecord, *, actor: str) -> None:
    """Decline a record that was reported: it never counts, and stays on record."""
    if record.state is not RecordState.reported:
        raise RecordNotReported(records=[str(record.id)])
    record.state = RecordState.declined
    record.confirmed_by = actor
    await session.flush()


def count(records: Iterable[TimeRecord], sign: int) -> list[Served]:
    """Return what records add to the totals, or with `sign` -1 take away from them."""
    return [
        Served(
            organization_id=one.organization_id,
            volunteer_id=one.volunteer_id,
            team_id=one.team_id,
            category=one.category.value,
            on=one.served_on,
            minutes=sign * one.minutes,
            count=sign,
        )
        for one in records
    ]


async def lock(session: WriteSession, record_ids: Sequence[UUID]) -> Sequence[TimeRecord]:
    """Return records in the order of their ids, unchanged by others until the transaction ends, or refuse."""
    query = select(TimeRecord).where(TimeRecord.id.in_(record_ids)).order_by(TimeRecord.id)
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = (await session.scalars(query)).all()
    if len(found) != len(set(record_ids)):
        raise OutOfSight
    return found


async def get(session: ReadSession, record_id: UUID) -> TimeRecord:
    """Return a record, or refuse."""
    found = await session.get(TimeRecord, record_id)
    if found is None:
        raise OutOfSight
    return found


def within(places: frozenset[UUID]) -> Select[TimeRecord]:
    """Return the query for the records of some organizations."""
    return select(TimeRecord).where(TimeRecord.organization_id.in_(places))


def of_volunteer(volunteer_id: UUID) -> Select[TimeRecord]:
    """Return the query for the records of a volunteer."""
    return select(TimeRecord).where(TimeRecord.volunteer_id == volunteer_id)
