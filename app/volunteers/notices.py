"""Notices: what volunteers are told of that others decided, and what of it they have read."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, func, select, update

from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.errors import OutOfSight
from app.volunteers.models import NoticeKind, RequestedCertificate, SignUp, SignUpState, VolunteerNotice

ANSWERED = {
    SignUpState.confirmed: NoticeKind.sign_up_accepted,
    SignUpState.waiting: NoticeKind.sign_up_waiting,
    SignUpState.declined: NoticeKind.sign_up_declined,
}
"""What whoever asked for a place is told, by what became of the sign-up."""


async def tell_of_sign_up(
    session: WriteSession, sign_up: SignUp, kind: NoticeKind, organization_id: UUID
) -> None:
    """Tell a volunteer what became of a sign-up, if and only if the caller's transaction commits."""
    session.add(
        VolunteerNotice(
            volunteer_id=sign_up.volunteer_id,
            organization_id=organization_id,
            kind=kind,
            sign_up_id=sign_up.id,
        )
    )
    await session.flush()


async def tell_of_request(session: WriteSession, request: RequestedCertificate, kind: NoticeKind) -> None:
    """Tell a volunteer how a request for a certificate was answered, once the transaction commits."""
    session.add(
        VolunteerNotice(
            volunteer_id=request.volunteer_id,
            organization_id=request.organization_id,
            kind=kind,
            certificate_request_id=request.id,
        )
    )
    await session.flush()


def of_volunteer(volunteer_id: UUID, *, unread: bool | None = None) -> Select[VolunteerNotice]:
    """Return the query for what a volunteer was told."""
    query = select(VolunteerNotice).where(VolunteerNotice.volunteer_id == volunteer_id)
    if unread is not None:
        query = query.where(VolunteerNotice.read_at.is_(None) == unread)
    return query


async def mark(session: WriteSession, volunteer_id: UUID, notice_ids: Collection[UUID]) -> None:
    """Note that a volunteer has read these; anybody else's do not exist for them.

    They are named one by one: what is told meanwhile, in a transaction that began earlier, stays unread.
    """
    ids = set(notice_ids)
    mine = of_volunteer(volunteer_id).where(VolunteerNotice.id.in_(ids))
    if await session.scalar(select(func.count()).select_from(mine.subquery())) != len(ids):
        raise OutOfSight
    await session.execute(
        update(VolunteerNotice)
        .where(VolunteerNotice.id.in_(ids), VolunteerNotice.read_at.is_(None))
        .values(read_at=now())
    )
