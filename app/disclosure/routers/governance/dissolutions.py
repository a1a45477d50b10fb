"""Dissolutions over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.dissolutions import dissolutions, errors
from app.disclosure.governance.errors import DaysOutOfOrder, HappenedAhead
from app.disclosure.models import Dissolution
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.dissolutions import (
    DeregistrationIn,
    DissolutionOut,
    DissolutionWithdrawalIn,
    LiquidationEndIn,
    LiquidationGroupIn,
    OrganizationDissolutionIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/disclosure/governance/dissolutions", tags=["governance"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]
_STEP = (errors.DissolutionStepOther, DaysOutOfOrder, HappenedAhead)


@router.post(
    "",
    operation_id="record_dissolution",
    summary="Record that an organization ends",
    status_code=201,
    responses=problems.responses(errors.DissolutionKnown, HappenedAhead),
)
async def record_dissolution(
    session: Writing, caller: Changer, body: OrganizationDissolutionIn
) -> DissolutionOut:
    """Record why and since when an organization ends; a liquidation group is owed within thirty days."""
    caller.must(at=body.organization_id)
    return DissolutionOut.of(await dissolutions.record(session, body.as_dissolution(caller.label)))


@router.get("", operation_id="list_dissolutions", summary="List dissolutions")
async def list_dissolutions(
    session: Reading, caller: Reader, asked: Annotated[OfOrganization, Query()]
) -> Page[DissolutionOut]:
    """List which of your organizations end, and how far their winding up has come."""
    places = set(caller.visible())
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    query = select(Dissolution).where(Dissolution.organization_id.in_(places))
    found = await pages.page(session, query, [Dissolution.occurred_on, Dissolution.id], asked)
    items = [DissolutionOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/{dissolution_id}/liquidation-group",
    operation_id="record_liquidation_group",
    summary="Record the liquidation group",
    responses=problems.responses(*_STEP),
)
async def record_liquidation_group(
    session: Writing, caller: Changer, dissolution_id: UUID, body: LiquidationGroupIn
) -> DissolutionOut:
    """Record when the liquidation group was formed, and when and where that was announced."""
    one = await _held(session, caller, dissolution_id)
    await dissolutions.form_group(
        session,
        one,
        on=body.group_formed_on,
        announced_on=body.announced_on,
        where=body.announced_in,
        by=caller.label,
    )
    return DissolutionOut.of(one)


@router.post(
    "/{dissolution_id}/liquidation-end",
    operation_id="record_liquidation_end",
    summary="Record the end of the liquidation",
    responses=problems.responses(*_STEP, errors.RemainderHomeless),
)
async def record_liquidation_end(
    session: Writing, caller: Changer, dissolution_id: UUID, body: LiquidationEndIn
) -> DissolutionOut:
    """Record when the liquidation ended, what is left, and which charity of like purpose has it."""
    one = await _held(session, caller, dissolution_id)
    await dissolutions.end_liquidation(
        session, one, body.as_remainder(), on=body.liquidated_on, by=caller.label
    )
    return DissolutionOut.of(one)


@router.post(
    "/{dissolution_id}/deregistration",
    operation_id="record_deregistration",
    summary="Record that an organization was struck off",
    responses=problems.responses(*_STEP),
)
async def record_deregistration(
    session: Writing, caller: Changer, dissolution_id: UUID, body: DeregistrationIn
) -> DissolutionOut:
    """Record when and under which number an organization was struck off the register."""
    one = await _held(session, caller, dissolution_id)
    await dissolutions.deregister(
        session, one, on=body.deregistered_on, number=body.deregistration_no, by=caller.label
    )
    return DissolutionOut.of(one)


@router.post(
    "/{dissolution_id}/withdrawal",
    operation_id="withdraw_dissolution",
    summary="Withdraw a dissolution",
    responses=problems.responses(errors.DissolutionStepOther),
)
async def withdraw_dissolution(
    session: Writing, caller: Changer, dissolution_id: UUID, body: DissolutionWithdrawalIn
) -> DissolutionOut:
    """Note that an organization does not end after all: what is owed for it lapses."""
    one = await _held(session, caller, dissolution_id)
    await dissolutions.withdraw(session, one, reason=body.reason, by=caller.label)
    return DissolutionOut.of(one)


async def _held(session: ReadSession, caller: Asking, dissolution_id: UUID) -> Dissolution:
    one = await dissolutions.get(session, dissolution_id, lock=True)
    caller.must(at=one.organization_id)
    return one
