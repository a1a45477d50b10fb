"""Posts: who holds which from when until when, and the roster that everybody may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from app.disclosure import rounds
from app.disclosure.governance import elections, limits, officers
from app.disclosure.governance.errors import (
    AppointmentOver,
    BothBodies,
    CouncilFull,
    DaysOutOfOrder,
    ElectionMissing,
    PostFilled,
    PostHeld,
    PostOutsideTerm,
)
from app.disclosure.models import (
    COUNCIL_POSTS,
    Appointment,
    CouncilTerm,
    ElectionKind,
    Officer,
    PostKind,
)
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization

_AUDITED = {ElectionKind.re_election, ElectionKind.representative_change}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines of a roster; what is None does not narrow."""

    on: date | None = None
    term_id: UUID | None = None
    post: PostKind | None = None
    officer_id: UUID | None = None


async def appoint(session: WriteSession, organization: Organization, one: Appointment) -> Appointment:
    """Record that an officer takes a post; overlaps are refused by the database, of two at once too.

    Raises PostHeld, PostFilled, BothBodies, PostOutsideTerm, CouncilFull, ElectionMissing.
    """
    await _must_be_theirs(session, organization, one)
    if one.term_id is not None:
        await _must_have_a_seat(session, organization, one)
    if one.post is PostKind.legal_representative:
        await _must_be_elected(session, organization, one)
    known = {
        "appointments_same_post_excl": PostHeld(),
        "appointments_one_holder_excl": PostFilled(post=one.post),
        "appointments_both_bodies_excl": BothBodies(),
        "appointments_term_check": PostOutsideTerm(post=one.post),
        "appointments_dates_check": DaysOutOfOrder(),
        "appointments_election_id_organization_id_fkey": OutOfSight(),
        "appointments_term_id_organization_id_body_fkey": PostOutsideTerm(post=one.post),
    }
    async with constraints.told(session, known):
        session.add(one)
    await rounds.anew(session, organization.id)
    return one


async def get(session: ReadSession, appointment_id: UUID, *, lock: bool = False) -> Appointment:
    """Return an appointment, or refuse."""
    found = await session.get(
        Appointment, appointment_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


async def end(session: WriteSession, one: Appointment, *, on: date, reason: str, by: str) -> None:
    """Record the last day of an appointment, and why it is that."""
    if one.ended_by is not None or on < one.starts_on or (one.ends_on is not None and on > one.ends_on):
        raise AppointmentOver(starts_on=one.starts_on, ends_on=one.ends_on)
    one.ends_on, one.ended_by = on, by
    await session.flush()
    await reasons.keep(session, officers.leaving(one), reason)
    await rounds.anew(session, one.organization_id)


async def why(session: ReadSession, ended: Sequence[Appointment]) -> Mapping[UUID, str]:
    """Return why appointments ended, by appointment."""
    return await reasons.read(session, [officers.leaving(one) for one in ended])


def held(wanted: Wanted) -> Select[Appointment]:
    """Return the query for appointments of any organization, to be narrowed to those in sight."""
    query = select(Appointment)
    if wanted.on is not None:
        query = query.where(
            Appointment.starts_on <= wanted.on,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= wanted.on),
        )
    for name in ("term_id", "post", "officer_id"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Appointment, name) == value)
    return query


def public(organization_id: UUID, wanted: Wanted) -> Select[Appointment]:
    """Return the query for what everybody may read of an organization's roster.

    The members of the bodies that decide, carry out and supervise are named by law (Charity Law 78). A
    commissioner is of none of them, and is named as long as they agree (82).
    """
    query = held(wanted).join(Officer, Officer.id == Appointment.officer_id)
    named = or_(Appointment.post != PostKind.commissioner, Officer.consented_on.is_not(None))
    return query.where(Appointment.organization_id == organization_id, named)


async def term_numbers(session: ReadSession, organization_id: UUID) -> dict[UUID, int]:
    """Return the numbers of an organization's terms."""
    query = select(CouncilTerm.id, CouncilTerm.number).where(CouncilTerm.organization_id == organization_id)
    return dict((await session.execute(query)).all())


ORDER: list[Any] = [Appointment.rank, Appointment.starts_on, Appointment.id]
"""A roster begins with the president."""


async def _must_be_theirs(session: WriteSession, organization: Organization, one: Appointment) -> None:
    officer = await session.get(Officer, one.officer_id)
    if officer is None or officer.organization_id != organization.id:
        raise OutOfSight


async def _must_have_a_seat(session: WriteSession, organization: Organization, one: Appointment) -> None:
    # Locked: of two who take the last seat at once, one waits and finds it taken.
    term = await session.get(CouncilTerm, one.term_id, with_for_update=True, populate_existing=True)
    if term is None or term.organization_id != organization.id:
        raise OutOfSight
    if one.starts_on < term.starts_on or (term.closed_on is not None and one.starts_on > term.closed_on):
        raise PostOutsideTerm(term_starts_on=term.starts_on, term_closed_on=term.closed_on)
    if term.closed_on is not None and (one.ends_on is None or one.ends_on > term.closed_on):
        raise PostOutsideTerm(term_starts_on=term.starts_on, term_closed_on=term.closed_on)
    bounds = await limits.on(session, organization, one.starts_on)
    if bounds.seats_max is None or one.post not in COUNCIL_POSTS:
        return
    query = select(Appointment).where(Appointment.term_id == term.id, Appointment.post.in_(COUNCIL_POSTS))
    seated = [*(await session.scalars(query)).all(), one]
    if _most(seated) > bounds.seats_max:
        raise CouncilFull(seats_max=bounds.seats_max, article=bounds.article, mark=bounds.mark)


def _most(seated: list[Appointment]) -> int:
    """Return how many people sit at once at most; somebody with two posts takes one seat."""
    return max(len({other.officer_id for other in seated if _holds(other, one.starts_on)}) for one in seated)


def _holds(one: Appointment, day: date) -> bool:
    return one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)


async def _must_be_elected(session: WriteSession, organization: Organization, one: Appointment) -> None:
    before = select(Appointment.id).filter_by(
        organization_id=organization.id, post=PostKind.legal_representative
    )
    if await session.scalar(before.limit(1)) is None:
        # As the organization is found.
        return
    if one.election_id is None:
        raise ElectionMissing
    election = await elections.get(session, organization, one.election_id)
    if election.kind not in _AUDITED or election.held_on > one.starts_on:
        raise ElectionMissing(kind=election.kind, held_on=election.held_on)
