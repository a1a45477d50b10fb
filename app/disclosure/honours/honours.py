"""Honours: what organizations were honoured with, as the public reads it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from app.disclosure.honours.errors import HonourAhead, HonourWithdrawn
from app.disclosure.models import Honour
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def record(session: WriteSession, honour: Honour) -> Honour:
    """Record what an organization was honoured with."""
    if honour.awarded_on > today() or (
        honour.expires_on is not None and honour.expires_on <= honour.awarded_on
    ):
        raise HonourAhead(awarded_on=honour.awarded_on)
    session.add(honour)
    await session.flush()
    return honour


async def withdraw(session: WriteSession, honour: Honour, *, on: date, reason: str) -> None:
    """Note that an honour was taken back; it stays to be read."""
    if honour.withdrawn_on is not None:
        raise HonourWithdrawn
    if not honour.awarded_on <= on <= today():
        raise HonourAhead(withdrawn_on=on)
    honour.withdrawn_on, honour.withdrawn_reason = on, reason
    await session.flush()


async def get(session: WriteSession, honour_id: UUID) -> Honour:
    """Return an honour that nobody else changes until the transaction ends, or refuse."""
    found = await session.get(Honour, honour_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise OutOfSight
    return found


def listing(organization_id: UUID | None, *, held_on: date | None) -> Select[Honour]:
    """Return the query for honours, of one organization or held on a day."""
    query = select(Honour)
    if organization_id is not None:
        query = query.where(Honour.organization_id == organization_id)
    if held_on is not None:
        query = query.where(
            Honour.awarded_on <= held_on,
            (Honour.expires_on.is_(None)) | (Honour.expires_on > held_on),
            (Honour.withdrawn_on.is_(None)) | (Honour.withdrawn_on > held_on),
        )
    return query


async def held(session: ReadSession, places: Collection[UUID], on: date) -> Sequence[Honour]:
    """Return what some organizations held on a day: the figure F14 of its year."""
    query = listing(None, held_on=on).where(Honour.organization_id.in_(places))
    return (await session.scalars(query.order_by(Honour.awarded_on, Honour.id))).all()


async def began(session: ReadSession, places: Collection[UUID]) -> date | None:
    """Return the first day on which one of some organizations was awarded an honour that is on record."""
    return await session.scalar(select(func.min(Honour.awarded_on)).where(Honour.organization_id.in_(places)))
