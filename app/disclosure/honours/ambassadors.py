"""Ambassadors: known people who speak for an organization, each under a contract that ends."""

import enum
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure.honours.errors import (
    AmbassadorNotReviewed,
    AmbassadorOver,
    AmbassadorReviewed,
    HonourAhead,
    OwnAmbassador,
)
from app.disclosure.models import Ambassador, NamedKind
from app.disclosure.naming import consents
from app.disclosure.naming.consents import Subject, Word
from app.disclosure.naming.errors import NamedAlready
from app.kit import vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.errors import OutOfSight

NAME = "ambassador"
TASK = "ambassador_review"


class AmbassadorState(enum.StrEnum):
    """Where an ambassador's term stands on a day; it is computed, so that it ends by itself."""

    proposed = "proposed"
    refused = "refused"
    upcoming = "upcoming"
    active = "active"
    ended = "ended"


def state_of(one: Ambassador, day: date) -> AmbassadorState:
    """Return where a term stands on a day."""
    if one.is_advertisement is None:
        return AmbassadorState.proposed
    if one.is_advertisement:
        return AmbassadorState.refused
    if (one.ended_on is not None and one.ended_on <= day) or one.ends_on < day:
        return AmbassadorState.ended
    return AmbassadorState.active if one.starts_on <= day else AmbassadorState.upcoming


async def propose(session: WriteSession, one: Ambassador, name: str) -> Ambassador:
    """Record an ambassador with their contract; nothing is public before somebody else has looked at it."""
    if one.ends_on <= one.starts_on:
        raise HonourAhead(ends_on=one.ends_on)
    await vault.keep(session, one.person_id, {NAME: name})
    session.add(one)
    await session.flush()
    if one.consented_on is not None:
        await consents.note(session, _subject(one), Word(one.consented_on), agreed=True, by=one.recorded_by)
    return one


async def review(
    session: WriteSession, one: Ambassador, *, is_advertisement: bool, finding: str, by: str
) -> None:
    """Answer whether it is a disguised advertisement, once, and not by whoever recorded it."""
    if one.reviewed_by is not None:
        raise AmbassadorReviewed
    if by == one.recorded_by:
        raise OwnAmbassador
    one.reviewed_by, one.reviewed_on = by, today()
    one.is_advertisement = is_advertisement
    await session.flush()
    await reasons.keep(session, _review(one), finding)


async def end(session: WriteSession, one: Ambassador, *, reason: str) -> None:
    """End a term before its day."""
    state = state_of(one, today())
    if state is AmbassadorState.proposed:
        raise AmbassadorNotReviewed
    if state in {AmbassadorState.refused, AmbassadorState.ended}:
        raise AmbassadorOver
    one.ended_on = today()
    await session.flush()
    await reasons.keep(session, _end(one), reason)


async def agree(session: WriteSession, one: Ambassador, word: Word, *, by: str) -> None:
    """Name an ambassador (locked by the caller) who agrees to that, from now on."""
    if one.named:
        raise NamedAlready
    await consents.note(session, _subject(one), word, agreed=True, by=by)
    one.consented_on, one.withdrawn_on = word.told_on, None
    await session.flush()


async def withdraw_consent(session: WriteSession, one: Ambassador, word: Word, *, by: str) -> None:
    """Stop naming an ambassador (locked by the caller) in public, at once."""
    if not one.named:
        raise AmbassadorOver
    await consents.note(session, _subject(one), word, agreed=False, by=by)
    one.withdrawn_on = word.told_on
    await session.flush()


async def get(session: ReadSession, ambassador_id: UUID, *, lock: bool = False) -> Ambassador:
    """Return an ambassador, or refuse."""
    found = await session.get(Ambassador, ambassador_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


def of_members(places: Collection[UUID]) -> Select[Ambassador]:
    """Return the query for the ambassadors of some organizations, proposed ones too."""
    return select(Ambassador).where(Ambassador.organization_id.in_(places))


def active(organization_id: UUID | None, day: date) -> Select[Ambassador]:
    """Return the query for those whose term runs on a day, as everybody may know of them."""
    query = select(Ambassador).where(
        Ambassador.is_advertisement.is_(False),
        Ambassador.starts_on <= day,
        Ambassador.ends_on >= day,
        (Ambassador.ended_on.is_(None)) | (Ambassador.ended_on > day),
    )
    return query if organization_id is None else query.where(Ambassador.organization_id == organization_id)


async def names(session: ReadSession, people: Sequence[Ambassador]) -> Mapping[UUID, Mapping[str, str]]:
    """Return the names of ambassadors by the vault's person; nothing of who was erased."""
    return await vault.read(session, [one.person_id for one in people], [NAME])


async def findings(session: ReadSession, people: Sequence[Ambassador]) -> Mapping[UUID, str]:
    """Return what reviewers found, by ambassador; nothing of who was erased."""
    return await reasons.read(session, map(_review, people))


async def endings(session: ReadSession, people: Sequence[Ambassador]) -> Mapping[UUID, str]:
    """Return why terms ended early, by ambassador; nothing of who was erased."""
    return await reasons.read(session, map(_end, people))


def _review(one: Ambassador) -> About:
    return About("ambassador_review", one.id, one.person_id)


def _end(one: Ambassador) -> About:
    return About("ambassador_end", one.id, one.person_id)


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return whose contracts somebody else has to look at, for those who may and did not record them."""
    return tasks.row(
        organization_id=Ambassador.organization_id,
        subject_id=Ambassador.id,
        title=tasks.named("形象大使待审查（是否变相广告）", Ambassador.contract),
        since_at=Ambassador.created_at,
    ).where(
        Ambassador.organization_id.in_(caller.holds(Permission.plans_review)),
        Ambassador.reviewed_by.is_(None),
        Ambassador.recorded_by != caller.label,
    )


def _subject(one: Ambassador) -> Subject:
    return Subject(NamedKind.ambassador, one.id, one.organization_id)
