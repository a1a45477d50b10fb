"""Related parties, what was dealt with them, and recusals over HTTP."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.disclosure.governance import errors, recusals, related
from app.disclosure.models import CouncilRecusal, RelatedEvent, RelatedParty
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.related import (
    CouncilRecusalIn,
    CouncilRecusalOut,
    RelatedConsentIn,
    RelatedEventIn,
    RelatedEventOut,
    RelatedPartyEndIn,
    RelatedPartyIn,
    RelatedPartyOut,
    RelatedQuery,
    RelatedWithdrawalIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "/related-parties",
    operation_id="record_related_party",
    summary="Record a related party",
    status_code=201,
    responses=problems.responses(errors.PartyNameMissing, errors.DaysOutOfOrder),
)
async def record_related_party(
    session: Writing, caller: Changer, request: Request, body: RelatedPartyIn
) -> RelatedPartyOut:
    """Record who is related to your organization; a person's name goes to the vault."""
    caller.must(at=body.organization_id)
    party = body.as_party(caller.label)
    await related.record(session, party, person=body.person(), explanation=body.explanation)
    return await _party(session, request, party)


@router.get("/related-parties", operation_id="list_related_parties", summary="List related parties")
async def list_related_parties(
    session: Reading, caller: Reader, asked: Annotated[OfOrganization, Query()]
) -> Page[RelatedPartyOut]:
    """List who is and was related to your organizations."""
    query = select(RelatedParty).where(
        RelatedParty.organization_id.in_(caller.visible(asked.organization_id))
    )
    found = await pages.page(session, query, [RelatedParty.starts_on, RelatedParty.id], asked)
    return found.told(await _parties(session, found.items))


@router.post(
    "/related-parties/{party_id}/end",
    operation_id="close_related_party",
    summary="End a relation",
    responses=problems.responses(errors.AppointmentOver),
)
async def close_related_party(
    session: Writing, caller: Changer, request: Request, party_id: UUID, body: RelatedPartyEndIn
) -> RelatedPartyOut:
    """Record the last day on which a party was related."""
    party = await related.get(session, party_id, lock=True)
    caller.must(at=party.organization_id)
    await related.end(session, party, on=body.ends_on)
    return await _party(session, request, party)


@router.post(
    "/related-parties/{party_id}/consent",
    operation_id="change_related_consent",
    summary="Change a party's consent",
    responses=problems.responses(errors.ConsentOfOfficer),
)
async def change_related_consent(
    session: Writing, caller: Changer, request: Request, party_id: UUID, body: RelatedConsentIn
) -> RelatedPartyOut:
    """Note that a party agrees to be named in public, or does no more; that counts in the next answer."""
    party = await related.get(session, party_id, lock=True)
    caller.must(at=party.organization_id)
    await related.agree(session, party, on=body.consented_on)
    return await _party(session, request, party)


@router.post(
    "/related-events",
    operation_id="record_related_event",
    summary="Record a dealing",
    status_code=201,
    responses=problems.responses(errors.NotRelatedThen, errors.HappenedAhead),
)
async def record_related_event(session: Writing, caller: Changer, body: RelatedEventIn) -> RelatedEventOut:
    """Record what was dealt with a related party; with an important one it is published within 30 days."""
    party = await related.get(session, body.party_id)
    caller.must(at=party.organization_id)
    event = await related.tell(session, party, body.as_event(party, caller.label))
    return (await _events(session, [event]))[0]


@router.get("/related-events", operation_id="list_related_events", summary="List dealings")
async def list_related_events(
    session: Reading, caller: Reader, asked: Annotated[RelatedQuery, Query()]
) -> Page[RelatedEventOut]:
    """List what your organizations dealt with related parties, and where a recusal is missing."""
    query = related.matching(caller.visible(asked.organization_id), asked.wanted())
    found = await pages.page(session, query, [RelatedEvent.happened_on, RelatedEvent.id], asked)
    return found.told(await _events(session, found.items))


@router.post(
    "/related-events/{event_id}/withdrawal",
    operation_id="withdraw_related_event",
    summary="Withdraw a dealing",
    responses=problems.responses(errors.RelatedEventWithdrawn),
)
async def withdraw_related_event(
    session: Writing, caller: Changer, request: Request, event_id: UUID, body: RelatedWithdrawalIn
) -> RelatedEventOut:
    """Note that it was recorded by mistake; what is owed for it lapses, and the record stays."""
    event = await related.event(session, event_id, lock=True)
    caller.must(at=event.organization_id)
    party = await related.get(session, event.party_id)
    await related.withdraw(session, party, event, reason=body.reason, by=caller.label)
    idempotency.concerns(request, related.holder(party))
    return (await _events(session, [event]))[0]


@router.post(
    "/recusals",
    operation_id="record_council_recusal",
    summary="Record a recusal",
    status_code=201,
    responses=problems.responses(errors.RecusalKnown, errors.RecusalUnrelated, errors.HappenedAhead),
)
async def record_council_recusal(
    session: Writing, caller: Changer, request: Request, body: CouncilRecusalIn
) -> CouncilRecusalOut:
    """Record that an officer kept away from a decision on what they are related to (Charity Law 14)."""
    caller.must(at=body.organization_id)
    recusal = await recusals.record(session, body.as_recusal(caller.label), reason=body.reason)
    idempotency.concerns(request, recusal.officer_id)
    return CouncilRecusalOut.of(recusal, body.reason)


@router.get("/recusals", operation_id="list_council_recusals", summary="List recusals")
async def list_council_recusals(
    session: Reading, caller: Reader, asked: Annotated[OfOrganization, Query()]
) -> Page[CouncilRecusalOut]:
    """List who kept away from which decisions of your organizations."""
    row = CouncilRecusal
    query = select(row).where(row.organization_id.in_(caller.visible(asked.organization_id)))
    found = await pages.page(session, query, [row.decided_on, row.id], asked)
    why = await recusals.why(session, found.items)
    return found.told([CouncilRecusalOut.of(one, why.get(one.id)) for one in found.items])


async def _party(session: ReadSession, request: Request, party: RelatedParty) -> RelatedPartyOut:
    idempotency.concerns(request, related.holder(party))
    return (await _parties(session, [party]))[0]


async def _parties(session: ReadSession, found: Sequence[RelatedParty]) -> list[RelatedPartyOut]:
    names = await related.names(session, found, public=False)
    told = await related.relations(session, found)
    return [RelatedPartyOut.of(one, names.get(one.id), told.get(one.id)) for one in found]


async def _events(session: ReadSession, found: Sequence[RelatedEvent]) -> list[RelatedEventOut]:
    missing, why = await recusals.missing(session, found), await related.why(session, found)
    return [RelatedEventOut.of(one, why.get(one.id), missing=one.id in missing) for one in found]
