"""Months over HTTP: the checklist, the closing by two people, the reopening with its reason."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from sqlalchemy import select

from app.accounting import errors
from app.accounting.models import MonthStep
from app.accounting.months import checklist, closing
from app.accounting.schemas.months import (
    BookMonthOut,
    MonthChecklistOut,
    MonthClosingIn,
    MonthConfirmationIn,
    MonthReopeningIn,
    MonthsQuery,
    MonthStepOut,
    MonthStepsQuery,
    first_day,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import PeriodNotClosable, PeriodNotOpen
from app.ledger.models import Period
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/accounting/organizations/{organization_id}", tags=["accounting"], route_class=MoneyRoute
)

Month = Annotated[str, Path(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", examples=["2026-05"])]
Reader = Annotated[Asking, may(Permission.books_read)]
Closer = Annotated[Asking, may(Permission.months_close)]
Confirmer = Annotated[Asking, may(Permission.months_confirm)]


@router.get("/months", operation_id="list_months")
async def list_months(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[MonthsQuery, Query()]
) -> Page[BookMonthOut]:
    """List the months of the books that have been used, the first one first."""
    caller.must(at=organization_id)
    query = select(Period).where(Period.organization_id == organization_id)
    if asked.state:
        query = query.where(Period.state == asked.state)
    found = await pages.page(session, query, [Period.month], asked)
    return found.told([BookMonthOut.of(one) for one in found.items])


@router.get("/months/{month}/checklist", operation_id="read_month_checklist")
async def read_month_checklist(
    session: Reading, caller: Reader, organization_id: UUID, month: Month
) -> MonthChecklistOut:
    """Read what is looked at before a month is closed, as it stands now."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    items = await checklist.look(session, organization, first_day(month))
    return MonthChecklistOut.of(organization_id, month, items)


@router.post(
    "/months/{month}/closing-request",
    operation_id="request_month_closing",
    status_code=201,
    responses=problems.responses(errors.ChecklistOpen, PeriodNotOpen),
)
async def request_month_closing(
    session: Writing, caller: Closer, organization_id: UUID, month: Month, body: MonthClosingIn
) -> MonthStepOut:
    """Ask for a month to be closed, with its checklist; somebody else closes it."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    step = await closing.ask(session, organization, first_day(month), by=caller.id, reason=body.reason)
    return MonthStepOut.of(step)


@router.post(
    "/months/{month}/closing",
    operation_id="close_month",
    status_code=201,
    responses=problems.responses(
        *(errors.ChecklistOpen, errors.ClosingNotAsked, errors.ReviewedByItsMaker),
        *(PeriodNotOpen, PeriodNotClosable),
    ),
)
async def close_month(
    session: Writing,
    caller: Confirmer,
    organization_id: UUID,
    month: Month,
    body: MonthConfirmationIn | None = None,
) -> MonthStepOut:
    """Close a month that somebody else has asked to close; December closes the year with it.

    What blocks and is open is waived here, item by item, by who approves the close.
    """
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    waivers = body.as_waivers() if body else None
    step = await closing.close(session, organization, first_day(month), by=caller.id, waivers=waivers)
    return MonthStepOut.of(step)


@router.post(
    "/months/{month}/reopening",
    operation_id="reopen_month",
    status_code=201,
    responses=problems.responses(errors.YearPublished, PeriodNotOpen, PeriodNotClosable),
)
async def reopen_month(
    session: Writing, caller: Confirmer, organization_id: UUID, month: Month, body: MonthReopeningIn
) -> MonthStepOut:
    """Open a closed month again, with the reason that auditors will read; never in a published year."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    step = await closing.reopen(session, organization, first_day(month), by=caller.id, reason=body.reason)
    return MonthStepOut.of(step)


async def list_month_steps(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[MonthStepsQuery, Query()]
) -> Page[MonthStepOut]:
    """List who asked for closings, who closed and who reopened months, and why; the first step first."""
    caller.must(at=organization_id)
    month = first_day(asked.month) if asked.month else None
    first, last = caller.covered(month, month)
    query = select(MonthStep).where(MonthStep.organization_id == organization_id)
    query = query.where(MonthStep.month.between(first, last))
    if asked.kind:
        query = query.where(MonthStep.kind == asked.kind)
    found = await pages.page(session, query, [MonthStep.id], asked)
    return found.told([MonthStepOut.of(one) for one in found.items])


def history(prefix: str, tag: str, word: str) -> APIRouter:
    """Return the route that tells what happened to months, for another door."""
    made = APIRouter(prefix=prefix, tags=[tag], route_class=LateRoute)
    made.add_api_route("/month-steps", list_month_steps, operation_id=f"list_{word}month_steps")
    return made


router.add_api_route("/month-steps", list_month_steps, operation_id="list_month_steps")
