"""A village fund's public book and its statements, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute, KeyRequired
from app.kit.http.pages import Page, Paging
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public
from app.projects.claims import reckonings
from app.projects.models import VillageBookLine, VillageStatement
from app.projects.schemas.villages.books import (
    BookLineIn,
    BookReversalIn,
    VillageBookLineOut,
    VillageStatementIn,
    VillageStatementOut,
)
from app.projects.schemas.villages.reckonings import VillageReckoning
from app.projects.villages import books, errors, homes, statements

router = APIRouter(
    prefix="/v1/projects/villages/{village_id}", tags=["villages"], route_class=IdempotentRoute
)

Changer = Annotated[Asking, may(Permission.projects_change)]
_BOOKING = problems.responses(
    *(errors.VillageEnded, errors.VillageDayOutside, errors.VillageFundMissing, errors.VillageFundShort),
    *(errors.QuarterClosed, errors.RequestNotInState, errors.RequestSpent),
)


@router.post(
    "/book",
    operation_id="record_village_book_line",
    summary="Book a line",
    status_code=201,
    dependencies=[KeyRequired],
    responses=_BOOKING,
)
async def record_village_book_line(
    session: Writing, caller: Changer, village_id: UUID, body: BookLineIn
) -> VillageBookLineOut:
    """Book what came into a village's fund or left it; an expense may name the request that it spends."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    return VillageBookLineOut.of(await books.book(session, village, body.as_booked(caller.label)))


@router.get(
    "/book",
    operation_id="list_village_book_lines",
    summary="Read a village's public book",
    dependencies=[public],
    responses=problems.responses(OutOfSight),
)
async def list_village_book_lines(
    session: Reading, village_id: UUID, asked: Paging, response: Response
) -> Page[VillageBookLineOut]:
    """Read every line of a village's fund, from the first, with what it held after each."""
    village = await homes.get(session, village_id)
    query = select(VillageBookLine).where(VillageBookLine.village_id == village.id)
    found = await pages.page(session, query, [VillageBookLine.number, VillageBookLine.id], asked)
    response.headers["Cache-Control"] = "public, max-age=60"
    items = [VillageBookLineOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/book/{line_id}/reversal",
    operation_id="reverse_village_book_line",
    summary="Take a line back",
    status_code=201,
    dependencies=[KeyRequired],
    responses=_BOOKING | problems.responses(errors.LineReversed),
)
async def reverse_village_book_line(
    session: Writing, caller: Changer, village_id: UUID, line_id: UUID, body: BookReversalIn
) -> VillageBookLineOut:
    """Take a line back by another one that says why; both stay in the book."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    line = await books.line(session, village, line_id)
    back = await books.reverse(session, village, line, on=body.booked_on, words=body.words, by=caller.label)
    return VillageBookLineOut.of(back)


@router.post(
    "/statements",
    operation_id="open_village_statement",
    summary="Publish a quarter's statement",
    status_code=201,
    responses=problems.responses(errors.QuarterRunning, errors.QuarterOutOfOrder, errors.VillageFundMissing),
)
async def open_village_statement(
    session: Writing, caller: Changer, village_id: UUID, body: VillageStatementIn
) -> VillageStatementOut:
    """Publish what a village's fund took in and spent in a quarter; nothing is booked into it any more."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    row = await statements.publish(session, village, year=body.year, quarter=body.quarter, by=caller.label)
    return VillageStatementOut.of(row)


@router.get(
    "/statements",
    operation_id="list_village_statements",
    summary="Read a village's statements",
    dependencies=[public],
    responses=problems.responses(OutOfSight),
)
async def list_village_statements(
    session: Reading, village_id: UUID, asked: Paging, response: Response
) -> Page[VillageStatementOut]:
    """Read the statements of a village's fund, the first one first."""
    village = await homes.get(session, village_id)
    query = select(VillageStatement).where(VillageStatement.village_id == village.id)
    keys = [VillageStatement.year, VillageStatement.quarter, VillageStatement.id]
    found = await pages.page(session, query, keys, asked)
    response.headers["Cache-Control"] = "public, max-age=60"
    items = [VillageStatementOut.of(one) for one in found.items]
    return found.told(items)


@router.get(
    "/reckoning",
    operation_id="read_village_reckoning",
    summary="Compare a county's books with a village's",
    dependencies=[public],
    responses=problems.responses(OutOfSight),
)
async def read_village_reckoning(session: Reading, village_id: UUID, response: Response) -> VillageReckoning:
    """Read what the county paid a village by its own books, beside the village's, and whether both agree."""
    village = await homes.get(session, village_id)
    response.headers["Cache-Control"] = "public, max-age=60"
    return VillageReckoning.of(village, await reckonings.of(session, village))
