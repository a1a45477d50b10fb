"""Honours: when the names of nominees and ambassadors and the words of objections have served their time."""

from uuid import UUID

from sqlalchemy import Integer, case, cast, func, select

from app.disclosure.models import Ambassador, AwardObjection, AwardScheme, Nominee, NomineeState
from app.disclosure.retention.subjects import Subjects
from app.kit import vault
from app.kit.database import WriteSession


def objections() -> Subjects:
    """Return the objections to commendations that were decided."""
    return (
        select(
            AwardObjection.id.label("subject_id"),
            AwardScheme.organization_id.label("organization_id"),
            AwardScheme.decided_on.label("ended_on"),
        )
        .join(AwardScheme, AwardScheme.id == AwardObjection.commendation_id)
        .where(AwardScheme.decided_on.is_not(None))
    )


async def forget_objection(session: WriteSession, subject_id: UUID) -> None:
    """Destroy the words of an objection; that there was one, and its answer, stays."""
    objection = await session.get_one(AwardObjection, subject_id)
    await vault.erase(session, objection.person_id)


def nominees() -> Subjects:
    """Return the people who were nominated and not commended; who was is on the record of honours."""
    # Of a commendation that nobody ever decided, the year and the one after it are time enough.
    given_up_on = func.make_date(cast(AwardScheme.year + 1, Integer), 12, 31)
    return (
        select(
            Nominee.id.label("subject_id"),
            AwardScheme.organization_id.label("organization_id"),
            func.coalesce(AwardScheme.decided_on, given_up_on).label("ended_on"),
        )
        .join(AwardScheme, AwardScheme.id == Nominee.commendation_id)
        .where(Nominee.person_id.is_not(None), Nominee.state != NomineeState.commended)
    )


async def forget_nominee(session: WriteSession, subject_id: UUID) -> None:
    """Destroy the name of somebody who was not commended."""
    nominee = await session.get_one(Nominee, subject_id)
    if nominee.person_id is not None:
        await vault.erase(session, nominee.person_id)


def ambassadors() -> Subjects:
    """Return the ambassadors, each with the day on which the term ends, ended early, or was refused."""
    refused_on = case((Ambassador.is_advertisement.is_(True), Ambassador.reviewed_on))
    return select(
        Ambassador.id.label("subject_id"),
        Ambassador.organization_id.label("organization_id"),
        func.coalesce(refused_on, Ambassador.ended_on, Ambassador.ends_on).label("ended_on"),
    )


async def forget_ambassador(session: WriteSession, subject_id: UUID) -> None:
    """Destroy the name of an ambassador; the contract and its days stay."""
    one = await session.get_one(Ambassador, subject_id)
    await vault.erase(session, one.person_id)
