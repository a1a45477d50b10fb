"""Opening balances over HTTP: entered by one person, looked over and booked by another."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting import errors, opening_sheets
from app.accounting.books import charts
from app.accounting.models import OpeningSheet
from app.accounting.schemas.openings import OpeningQuery, OpeningSheetIn, OpeningSheetOut
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import AlreadyBooked, BooksNotOpened, EntryUnfit
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["accounting"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Maker = Annotated[Asking, may(Permission.openings_record)]
Reviewer = Annotated[Asking, may(Permission.openings_review)]


@router.post(
    "/organizations/{organization_id}/openings",
    operation_id="record_opening",
    status_code=201,
    responses=problems.responses(errors.OpeningUnequal, EntryUnfit),
)
async def record_opening(
    session: Writing, caller: Maker, organization_id: UUID, body: OpeningSheetIn
) -> OpeningSheetOut:
    """Enter opening balances that tie; they are booked when a second person has looked them over."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    chart = await charts.in_force(session, organization, body.opened_on)
    opening = body.as_opening(organization, chart)
    return OpeningSheetOut.of(await opening_sheets.enter(session, opening, made_by=caller.id))


@router.get("/organizations/{organization_id}/openings", operation_id="list_openings")
async def list_openings(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[OpeningQuery, Query()]
) -> Page[OpeningSheetOut]:
    """List the opening balances that were entered, the oldest first."""
    caller.must(at=organization_id)
    query = select(OpeningSheet).where(OpeningSheet.organization_id == organization_id)
    if asked.reviewed is not None:
        query = query.where(OpeningSheet.reviewed_by.is_not(None) == asked.reviewed)
    found = await pages.page(session, query, [OpeningSheet.id], asked)
    return found.told([OpeningSheetOut.of(one) for one in found.items])


@router.get("/openings/{opening_id}", operation_id="read_opening")
async def read_opening(session: Reading, caller: Reader, opening_id: UUID) -> OpeningSheetOut:
    """Read opening balances."""
    sheet = await opening_sheets.get(session, opening_id)
    caller.must(at=sheet.organization_id)
    return OpeningSheetOut.of(sheet)


@router.post(
    "/openings/{opening_id}/booking",
    operation_id="confirm_opening",
    responses=problems.responses(
        *(errors.OpeningUnequal, errors.OpeningReviewed, errors.ReviewedByItsMaker),
        *(AlreadyBooked, BooksNotOpened),
    ),
)
async def confirm_opening(session: Writing, caller: Reviewer, opening_id: UUID) -> OpeningSheetOut:
    """Book opening balances that somebody else has entered."""
    sheet = await opening_sheets.get(session, opening_id)
    caller.must(at=sheet.organization_id)
    return OpeningSheetOut.of(
        await opening_sheets.book(session, sheet, reviewed_by=caller.id, actor=caller.label)
    )
