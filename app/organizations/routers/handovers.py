"""Handovers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Select, select

from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, page
from app.organizations import people
from app.organizations.access import Asking, Caller, Permission
from app.organizations.desk import handovers
from app.organizations.desk.errors import (
    HandoverDrafted,
    HandoverEnded,
    HandoverOutdated,
    HandoverUnsigned,
    SuccessorUnfit,
)
from app.organizations.errors import DutiesNotSeparate, OutOfSight, PersonHoldsMore
from app.organizations.models import Handover
from app.organizations.schemas.handovers import HandoverIn, HandoverOut, HandoverQuery, SignatureIn
from app.organizations.signin import may, signed_in

router = APIRouter(
    prefix="/organizations/{organization_id}/handovers", tags=["handovers"], route_class=IdempotentRoute
)
Changing = Annotated[Asking, may(Permission.grants_change)]
Looking = Annotated[Asking, may(Permission.grants_read)]
SignedIn = Annotated[Caller, signed_in]


@router.post(
    "",
    operation_id="create_handover",
    responses=problems.responses(HandoverDrafted, HandoverOutdated, SuccessorUnfit, PersonHoldsMore),
    summary="Draft a handover",
    status_code=201,
)
async def create_handover(
    session: Writing, caller: Changing, organization_id: UUID, body: HandoverIn
) -> HandoverOut:
    """List everything that somebody who leaves has in hand, each with who takes it over."""
    caller.must(at=organization_id)
    leaver = await people.get(session, organization_id, body.leaver_id)
    # An account that is closed holds nothing elsewhere: that is handed over there first.
    await people.held_within(session, leaver, seen=frozenset({organization_id}))
    made = await handovers.draft(
        session,
        leaver,
        organization_id,
        body.successor_id,
        others=body.by_thing(),
        made_by=caller.label,
    )
    return await _told(session, made)


@router.get("", operation_id="list_handovers", summary="List handovers")
async def list_handovers(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[HandoverQuery, Query()]
) -> Page[HandoverOut]:
    """Return the handovers at an organization, the latest first."""
    caller.must(at=organization_id)
    found = await page(session, _listed(organization_id, asked), [Handover.id], asked, newest_first=True)
    ids = [one.id for one in found.items]
    items, signatures = await handovers.items(session, ids), await handovers.signatures(session, ids)
    shown = [HandoverOut.of(one, items, signatures) for one in found.items]
    return found.told(shown)


@router.get(
    "/{handover_id}",
    operation_id="read_handover",
    summary="Read a handover",
    responses=problems.responses(OutOfSight),
)
async def read_handover(
    session: Reading, caller: SignedIn, organization_id: UUID, handover_id: UUID
) -> HandoverOut:
    """Return a list, for those whom it concerns and for admins."""
    handover = await handovers.get(session, organization_id, handover_id)
    shown = await _told(session, handover)
    concerned = {shown.leaver_id, *(one.successor_id for one in shown.lines)}
    if caller.id not in concerned and organization_id not in caller.holds(Permission.grants_read):
        raise OutOfSight
    return shown


@router.post(
    "/{handover_id}/signature",
    operation_id="sign_handover",
    responses=problems.responses(HandoverEnded, HandoverOutdated, OutOfSight),
    summary="Sign a handover",
)
async def sign_handover(
    session: Writing, caller: SignedIn, organization_id: UUID, handover_id: UUID, body: SignatureIn
) -> HandoverOut:
    """Stand for the list that you have read, as who leaves or who takes over, in your own sign-in."""
    handover = await handovers.get(session, organization_id, handover_id)
    await handovers.sign(session, handover, caller.id, digest=body.digest)
    return await _told(session, handover)


@router.post(
    "/{handover_id}/execution",
    operation_id="close_handover",
    responses=problems.responses(
        HandoverEnded, HandoverOutdated, HandoverUnsigned, DutiesNotSeparate, PersonHoldsMore
    ),
    summary="Carry out a handover",
)
async def close_handover(
    session: Writing, caller: Changing, organization_id: UUID, handover_id: UUID
) -> HandoverOut:
    """Pass on everything that a signed list names and close the leaver's account: all of it, or nothing."""
    caller.must(at=organization_id)
    handover = await handovers.get(session, organization_id, handover_id)
    leaver = await people.get(session, organization_id, handover.leaver_id)
    await people.held_within(session, leaver, seen=frozenset({organization_id}))
    await handovers.carry_out(session, handover, by=caller.label)
    return await _told(session, handover)


@router.post(
    "/{handover_id}/cancellation",
    operation_id="withdraw_handover",
    responses=problems.responses(HandoverEnded),
    summary="Cancel a handover",
)
async def withdraw_handover(
    session: Writing, caller: Changing, organization_id: UUID, handover_id: UUID
) -> HandoverOut:
    """Give up a list that was not carried out."""
    caller.must(at=organization_id)
    handover = await handovers.get(session, organization_id, handover_id)
    await handovers.cancel(session, handover, by=caller.label)
    return await _told(session, handover)


async def _told(session: ReadSession, handover: Handover) -> HandoverOut:
    items = await handovers.items(session, [handover.id])
    return HandoverOut.of(handover, items, await handovers.signatures(session, [handover.id]))


def _listed(organization_id: UUID, asked: HandoverQuery) -> Select[Handover]:
    query = select(Handover).where(Handover.organization_id == organization_id)
    if asked.leaver_id is not None:
        query = query.where(Handover.leaver_id == asked.leaver_id)
    if asked.state is not None:
        query = query.where(Handover.state == asked.state)
    return query
