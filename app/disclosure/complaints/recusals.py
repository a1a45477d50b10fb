"""Recusals: whom a complaint is about does not see it, and others look into it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from app.disclosure.models import Complaint, ComplaintRecusal, RecusalGround
from app.kit.database import ReadSession, WriteSession
from app.kit.vault import normalised
from app.organizations import organizations
from app.organizations.access import Permission
from app.organizations.desk import notices
from app.organizations.errors import OutOfSight
from app.organizations.models import Grant, Staff

NAME_LENGTH_MIN = 2
"""A name of one character would be found in every text."""


def hidden(caller_id: UUID) -> ColumnElement[bool]:
    """Return what is true of the complaints that somebody may not see."""
    return exists().where(
        ComplaintRecusal.complaint_id == Complaint.id, ComplaintRecusal.staff_id == caller_id
    )


async def is_hidden(session: ReadSession, complaint: Complaint, caller_id: UUID) -> bool:
    """Return whether somebody may not see a complaint."""
    return await session.get(ComplaintRecusal, (complaint.id, caller_id)) is not None


async def add(
    session: WriteSession, complaint: Complaint, staff_ids: Iterable[UUID], *, ground: RecusalGround, by: str
) -> Sequence[UUID]:
    """Hide a complaint from some people; return from whom it was not hidden before."""
    rows = [
        {"complaint_id": complaint.id, "staff_id": one, "ground": ground, "recorded_by": by}
        for one in sorted(set(staff_ids))
    ]
    if not rows:
        return []
    put = insert(ComplaintRecusal).values(rows).on_conflict_do_nothing()
    return (await session.scalars(put.returning(ComplaintRecusal.staff_id))).all()


async def named(session: ReadSession, organization_id: UUID, words: str) -> set[UUID]:
    """Return who works at an organization, or above it, and is named in some words; namesakes too."""
    line = organizations.reaching_up([organization_id])
    held = select(Grant.staff_id).where(Grant.organization_id.in_(line), Grant.revoked_at.is_(None))
    people = await session.execute(
        select(Staff.id, Staff.name).where(Staff.id.in_(held) | Staff.organization_id.in_(line))
    )
    text = _bare(words)
    return {one.id for one in people if len(_bare(one.name)) >= NAME_LENGTH_MIN and _bare(one.name) in text}


async def handlers(session: ReadSession, complaint: Complaint, at: UUID) -> set[UUID]:
    """Return who may look into a complaint at an organization, and is not whom it is about."""
    may = await notices.holders_at(session, at, Permission.complaints_answer)
    apart = select(ComplaintRecusal.staff_id).where(ComplaintRecusal.complaint_id == complaint.id)
    return may - set(await session.scalars(apart))


async def place(session: WriteSession, complaint: Complaint) -> bool:
    """Give a complaint to the nearest organization where somebody is free to look into it.

    It is the organization itself, or one above it; return whether that changed. Where nobody is free all the
    way up, it stays where it is until somebody is.
    """
    above = await organizations.ancestors(session, complaint.organization_id)
    for at in (complaint.organization_id, *(one.id for one in reversed(above))):
        if await handlers(session, complaint, at):
            moved = complaint.handled_by != at
            complaint.handled_by = at
            return moved
    return False


async def must_exist(session: ReadSession, staff_id: UUID) -> None:
    """Refuse who is nobody of ours."""
    if await session.get(Staff, staff_id) is None:
        raise OutOfSight


async def count(session: ReadSession, complaint: Complaint) -> int:
    """Return from how many people a complaint is hidden."""
    query = select(func.count()).where(ComplaintRecusal.complaint_id == complaint.id)
    return await session.scalar(query) or 0


def _bare(text: str) -> str:
    return "".join(normalised(text).split())
