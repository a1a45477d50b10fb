"""Boards: when what is known of officers besides their names has served its time."""

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app.disclosure.governance import officers
from app.disclosure.models import Appointment, Officer, PartyKind, RelatedParty
from app.disclosure.retention.subjects import Subjects, legal_date
from app.kit.database import WriteSession


def left() -> Subjects:
    """Return the last appointment of each officer whose posts all end on a known day.

    It is the appointment that is the record: who is appointed anew has a new one, which ends on its own day.
    """
    later = aliased(Appointment)
    newer = select(later.id).where(
        later.officer_id == Appointment.officer_id,
        or_(
            later.ends_on.is_(None),
            later.ends_on > Appointment.ends_on,
            and_(later.ends_on == Appointment.ends_on, later.id > Appointment.id),
        ),
    )
    return select(
        Appointment.id.label("subject_id"),
        Appointment.organization_id.label("organization_id"),
        Appointment.ends_on.label("ended_on"),
    ).where(Appointment.ends_on.is_not(None), ~newer.exists())


async def forget(session: WriteSession, subject_id: UUID) -> None:
    """Delete how to reach an officer who has left; the name is on the record of the posts they held."""
    post = await session.get_one(Appointment, subject_id)
    await officers.forget_contact(session, post.officer_id)


def never_appointed() -> Subjects:
    """Return the officers who were entered, as candidates are, and never held a post."""
    held = select(Appointment.id).where(Appointment.officer_id == Officer.id)
    return select(
        Officer.id.label("subject_id"),
        Officer.organization_id.label("organization_id"),
        legal_date(Officer.created_at).label("ended_on"),
    ).where(~held.exists())


def related() -> Subjects:
    """Return the people whose relation is over and who are no officers: their names are their own record."""
    return select(
        RelatedParty.id.label("subject_id"),
        RelatedParty.organization_id.label("organization_id"),
        RelatedParty.ends_on.label("ended_on"),
    ).where(
        RelatedParty.kind == PartyKind.person,
        RelatedParty.officer_id.is_(None),
        RelatedParty.ends_on.is_not(None),
    )
