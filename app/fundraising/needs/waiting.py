"""Waiting: matches that wait for a side's answer, as tasks of its people, and what either side is told."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import case, or_

from app.fundraising.models import CommunityNeed, GoodsOffer, NeedMatch, NeedMatchState, NeedState, OfferState
from app.kit.clock import today
from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.organizations.access import Caller, Permission
from app.organizations.desk import notices, tasks
from app.organizations.desk.notices import Notice

S = NeedMatchState


async def _answers(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the matches to which a side of the caller's has not said yes or no.

    Whoever proposed has agreed: one side is left. What can't be agreed to any more, since need or offer is
    over, waits for nobody.
    """
    held = caller.holds(Permission.campaigns_change)
    match, need, offer = NeedMatch, CommunityNeed, GoodsOffer
    return (
        tasks.row(
            organization_id=case(
                (match.need_agreed_at.is_(None), match.need_organization_id),
                else_=match.offer_organization_id,
            ),
            subject_id=match.id,
            title=tasks.named("供需对接待答复", need.title),
            since_at=match.created_at,
        )
        .join(need, need.id == match.need_id)
        .join(offer, offer.id == match.offer_id)
        .where(
            or_(
                match.need_organization_id.in_(held) & match.need_agreed_at.is_(None),
                match.offer_organization_id.in_(held) & match.offer_agreed_at.is_(None),
            ),
            match.state == S.proposed,
            need.state == NeedState.open,
            offer.state == OfferState.open,
            or_(offer.open_until.is_(None), offer.open_until >= today()),
        )
    )


async def _asked(session: ReadSession, event: OutboxEvent) -> Iterable[UUID]:
    match = await _of(session, event)
    answered = {
        match.need_organization_id: match.need_agreed_at,
        match.offer_organization_id: match.offer_agreed_at,
    }
    # What was answered before anybody was told of it, waits for nobody.
    waits = match.state is S.proposed and any(
        at == event.organization_id and agreed is None for at, agreed in answered.items()
    )
    return await _people(session, event) if waits else set()


async def _proposer(session: ReadSession, event: OutboxEvent) -> Iterable[UUID]:
    match = await _of(session, event)
    answering = {match.need_agreed_by, match.offer_agreed_by, match.ended_by} - {match.proposed_by}
    return notices.named(match.proposed_by) & await _people(session, event) if any(answering) else set()


async def _both(session: ReadSession, event: OutboxEvent) -> Iterable[UUID]:
    match = await _of(session, event)
    return await _people(session, event) - notices.named(match.ended_by or "")


async def _of(session: ReadSession, event: OutboxEvent) -> NeedMatch:
    return await session.get_one(NeedMatch, UUID(event.subject.rpartition(":")[2]))


async def _people(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    return await notices.holders(session, event, Permission.campaigns_change)


SOURCES: Mapping[str, tasks.Source] = {"need_match_answer": _answers}

NOTICES: Mapping[str, Notice] = {
    "need_match.proposed": Notice(
        "A match of a need and an offer waits for your answer", "有一项供需对接待您答复", _asked
    ),
    "need_match.agreed": Notice("Your match was agreed to", "您提出的供需对接已获确认", _proposer),
    "need_match.declined": Notice("Your match was declined", "您提出的供需对接被谢绝", _proposer),
    "need_match.fallen_through": Notice(
        "A match you agreed on fell through", "已约定的供需对接未能履行", _both
    ),
}
"""Which events about matches are told, and to whom."""
