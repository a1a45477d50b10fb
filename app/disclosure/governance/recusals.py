"""Recusals: who kept away from which decision, and who should have (Charity Law 14)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from app.disclosure.governance.errors import HappenedAhead, RecusalKnown, RecusalUnrelated
from app.disclosure.models import CouncilRecusal, Officer, RelatedEvent, RelatedParty
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight
from app.projects.models import PayeeRelation


async def record(session: WriteSession, recusal: CouncilRecusal, *, reason: str) -> CouncilRecusal:
    """Record that an officer kept away from a decision.

    Where disbursements keep them away from a payee too, that relation is named: it must be the same person's
    (RecusalUnrelated). Raises RecusalKnown.
    """
    if recusal.decided_on > today():
        raise HappenedAhead(day=recusal.decided_on)
    officer = await session.get(Officer, recusal.officer_id)
    if officer is None or officer.organization_id != recusal.organization_id:
        raise OutOfSight
    if recusal.event_id is not None:
        event = await session.get(RelatedEvent, recusal.event_id)
        if event is None or event.organization_id != recusal.organization_id:
            raise OutOfSight
    if recusal.payee_relation_id is not None:
        await _must_be_theirs(session, officer, recusal.payee_relation_id)
    known = {"council_recusals_officer_id_event_id_key": RecusalKnown()}
    async with constraints.told(session, known):
        session.add(recusal)
    await reasons.keep(session, _about(recusal), reason)
    return recusal


async def why(session: ReadSession, recusals: Collection[CouncilRecusal]) -> Mapping[UUID, str]:
    """Return what officers are related to who kept away, by recusal."""
    return await reasons.read(session, map(_about, recusals))


def _about(recusal: CouncilRecusal) -> About:
    return About("council_recusal", recusal.id, recusal.officer_id)


async def missing(session: ReadSession, events: Collection[RelatedEvent]) -> set[UUID]:
    """Return the events with an officer of which nobody wrote down that this officer kept away."""
    kept_away = (
        select(CouncilRecusal.id)
        .where(
            CouncilRecusal.event_id == RelatedEvent.id, CouncilRecusal.officer_id == RelatedParty.officer_id
        )
        .exists()
    )
    query = (
        select(RelatedEvent.id)
        .join(RelatedParty, RelatedParty.id == RelatedEvent.party_id)
        .where(
            RelatedEvent.id.in_([one.id for one in events]), RelatedParty.officer_id.is_not(None), ~kept_away
        )
    )
    return set(await session.scalars(query))


async def _must_be_theirs(session: WriteSession, officer: Officer, relation_id: UUID) -> None:
    relation = await session.get(PayeeRelation, relation_id)
    if relation is None or relation.organization_id != officer.organization_id:
        raise OutOfSight
    if relation.staff_id != officer.staff_id:
        raise RecusalUnrelated
