"""Pay and standards over HTTP: what staff record."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.governance import errors, papers, registers
from app.disclosure.governance.years import pay
from app.disclosure.models import StaffTotal
from app.disclosure.schemas.governance.councils import OfOrganization
from app.disclosure.schemas.governance.pay import (
    ExpenseStandardIn,
    ExpenseStandardOut,
    PayListIn,
    PayListOut,
    StaffTotalIn,
    StaffTotalOut,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/disclosure/governance", tags=["governance"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.governance_read)]
Changer = Annotated[Asking, may(Permission.governance_change)]


@router.post(
    "/pay-lists",
    operation_id="record_pay_list",
    summary="Record the highest pay",
    status_code=201,
    responses=problems.responses(
        errors.PublicQualificationMissing, errors.PayUnordered, errors.HappenedAhead
    ),
)
async def record_pay_list(session: Writing, caller: Changer, body: PayListIn) -> PayListOut:
    """Publish the five highest pays of a year by post; said again, the later version counts."""
    caller.must(at=body.organization_id)
    return PayListOut.of(await pay.publish(session, body.as_list(caller.label)))


@router.post(
    "/staff-totals",
    operation_id="record_staff_total",
    summary="Record totals of staff",
    status_code=201,
    responses=problems.responses(errors.HappenedAhead, errors.SeatsUnfit),
)
async def record_staff_total(session: Writing, caller: Changer, body: StaffTotalIn) -> StaffTotalOut:
    """Record how many worked for you in a year and what all together were paid, for the annual report."""
    caller.must(at=body.organization_id)
    return StaffTotalOut.of(await pay.total(session, body.as_total(caller.label)))


@router.get("/staff-totals", operation_id="list_staff_totals", summary="List totals of staff")
async def list_staff_totals(
    session: Reading, caller: Reader, asked: Annotated[OfOrganization, Query()]
) -> Page[StaffTotalOut]:
    """List your organizations' totals of staff and pay, year by year, in all their versions."""
    places = set(caller.visible())
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    query = select(StaffTotal).where(StaffTotal.organization_id.in_(places))
    found = await pages.page(session, query, [StaffTotal.year, StaffTotal.id], asked)
    items = [StaffTotalOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/standards",
    operation_id="record_expense_standard",
    summary="Record a standard",
    status_code=201,
    responses=problems.responses(
        errors.StandardKnown, errors.HappenedAhead, errors.DaysOutOfOrder, AttachmentNotFree
    ),
)
async def record_expense_standard(
    session: Writing, caller: Changer, body: ExpenseStandardIn
) -> ExpenseStandardOut:
    """Record a version of what may be spent on travel, vehicles, reception or training; it is public."""
    caller.must(at=body.organization_id)
    standard = await registers.adopt(session, body.as_standard(caller.label), documents=body.documents)
    files = await papers.of(session, registers.KIND, [standard.id], public=True)
    return ExpenseStandardOut.of(standard, files.get(standard.id, ()))
