"""Agency mandates over HTTP, and the vouchers for their money."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting.models import AgencyMandate
from app.accounting.parties import errors, mandates
from app.accounting.schemas.parties.mandates import (
    AgencyMandateIn,
    AgencyMandateOut,
    AgencyMandateQuery,
    AgencyMovementIn,
    AgencyVoucherOut,
)
from app.accounting.vouchers.errors import LineUnfit
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/agency-mandates", tags=["accounting"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]


async def _told(session: ReadSession, mandate: AgencyMandate) -> AgencyMandateOut:
    return AgencyMandateOut.of(mandate, (await mandates.standing(session, [mandate]))[mandate.id])


@router.post(
    "",
    operation_id="create_agency_mandate",
    status_code=201,
    responses=problems.responses(errors.NotACounterparty, errors.MandateCodeTaken),
)
async def create_agency_mandate(
    session: Writing, caller: Recorder, body: AgencyMandateIn
) -> AgencyMandateOut:
    """Record whose money is handed on, to whom, and by which agreement."""
    caller.must(at=body.organization_id)
    return await _told(session, await mandates.make(session, body.as_mandate(caller.label)))


@router.get("", operation_id="list_agency_mandates")
async def list_agency_mandates(
    session: Reading, caller: Reader, asked: Annotated[AgencyMandateQuery, Query()]
) -> Page[AgencyMandateOut]:
    """List the agency mandates with what came in and what was handed on, the newest first."""
    query = select(AgencyMandate).where(AgencyMandate.organization_id.in_(caller.visible()))
    for name in ("organization_id", "counterparty_id"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(AgencyMandate, name) == wanted)
    if asked.ended is not None:
        query = query.where(AgencyMandate.ended_at.is_not(None) == asked.ended)
    found = await pages.page(session, query, [AgencyMandate.id], asked, newest_first=True)
    stands = await mandates.standing(session, found.items)
    items = [AgencyMandateOut.of(one, stands[one.id]) for one in found.items]
    return found.told(items)


@router.get("/{mandate_id}", operation_id="read_agency_mandate")
async def read_agency_mandate(session: Reading, caller: Reader, mandate_id: UUID) -> AgencyMandateOut:
    """Read an agency mandate with what is still to be handed on."""
    mandate = await mandates.get(session, mandate_id)
    caller.must(at=mandate.organization_id)
    return await _told(session, mandate)


@router.post(
    "/{mandate_id}/vouchers",
    operation_id="create_agency_voucher",
    status_code=201,
    responses=problems.responses(errors.MandateEnded, LineUnfit),
)
async def create_agency_voucher(
    session: Writing, caller: Recorder, mandate_id: UUID, body: AgencyMovementIn
) -> AgencyVoucherOut:
    """Write the draft of a voucher for money that came in or is handed on (J18), or for its cost (J19)."""
    mandate = await mandates.get(session, mandate_id)
    caller.must(at=mandate.organization_id)
    voucher = await mandates.draft(session, mandate, body.movement(), actor=caller.label)
    return AgencyVoucherOut(voucher_id=voucher.id, template=voucher.template)


@router.post(
    "/{mandate_id}/ending",
    operation_id="close_agency_mandate",
    responses=problems.responses(errors.MandateEnded, errors.MandateHoldsMoney),
)
async def close_agency_mandate(session: Writing, caller: Recorder, mandate_id: UUID) -> AgencyMandateOut:
    """Take in no more for a mandate, once everything has been handed on."""
    mandate = await mandates.get(session, mandate_id)
    caller.must(at=mandate.organization_id)
    return await _told(session, await mandates.end(session, mandate, actor=caller.label))
