"""Lists of volunteers and of their time over HTTP, as spreadsheets."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, UploadFile

from app.kit.database import Reading, Streaming, Transactions, Writing
from app.kit.http import formats, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import IdempotentRoute
from app.kit.sheets import forms, received, workbooks
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.tables import TableUnreadable
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public
from app.volunteers import lists, rosters, volunteers
from app.volunteers.models import Volunteer
from app.volunteers.schemas.lists import RosterOut, SheetOut

router = APIRouter(prefix="/v1/volunteers", tags=["volunteer lists"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]
DryRun = Annotated[bool, Query(description="Only look whether the sheet could be taken in.")]
ROWS_AT_ONCE = 1000


@router.get(
    "/sheets/records",
    operation_id="export_records_form",
    summary="Get the form for records",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_records_form() -> Response:
    """Return an empty workbook to fill in records of time given, with its columns explained."""
    return formats.file(forms.template([lists.FORM], "zh"), "服务记录.xlsx", Format.xlsx)


@router.post(
    "/sheets/records",
    operation_id="record_sheet",
    summary="Take a sheet of records in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable),
    openapi_extra={
        "requestBody": {"content": {"multipart/form-data": {"example": {"file": "records.xlsx"}}}}
    },
)
async def record_sheet(
    session: Writing, caller: Changer, organization_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> SheetOut:
    """Report every line of a filled form, or none: what is wrong is told with its line and column."""
    caller.must(at=organization_id)
    async with received.on_disk(file) as path:
        taken = await lists.take_in(session, organization_id, path, actor=caller.label, dry_run=dry_run)
    return SheetOut(record_count=taken.record_count, minutes=taken.minutes, dry_run=taken.dry_run)


@router.get(
    "/sheets/volunteers/form",
    operation_id="export_volunteers_form",
    summary="Get the form for volunteers",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_volunteers_form() -> Response:
    """Return an empty workbook to fill in volunteers, with its columns explained."""
    return formats.file(forms.template([rosters.FORM], "zh"), "志愿者登记表.xlsx", Format.xlsx)


@router.post(
    "/sheets/volunteers",
    operation_id="record_roster",
    summary="Take a roster in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable),
    openapi_extra={
        "requestBody": {"content": {"multipart/form-data": {"example": {"file": "volunteers.xlsx"}}}}
    },
)
async def record_roster(
    session: Writing, caller: Changer, organization_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> RosterOut:
    """Register everybody on a filled form (XLSX or CSV, 2,000 lines), or nobody: each fault has its place."""
    caller.must(at=organization_id)
    async with received.on_disk(file) as path:
        taken = await rosters.take_in(session, organization_id, path, actor=caller.label, dry_run=dry_run)
    return RosterOut(volunteer_count=taken.volunteer_count, new_count=taken.new_count, dry_run=taken.dry_run)


@router.get(
    "/sheets/volunteers",
    operation_id="export_volunteers",
    summary="Export volunteers",
    response_class=Response,
    responses=formats.also(Format.xlsx),
)
async def export_volunteers(
    session: Reading, caller: Reader, organization_id: UUID, database: Streaming
) -> Response:
    """Return an organization's volunteers as a workbook, sent while it is written, however many they are."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    sheet = lists.sheet(_lines(database, organization_id), organization.name)
    answer = formats.streamed(workbooks.astream([sheet]), "志愿者名册.xlsx", Format.xlsx)
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _lines(database: Transactions, organization_id: UUID) -> AsyncIterator[Sequence[object]]:
    # One short transaction per page: none of ours lasts as long as a client is slow.
    query = volunteers.within(frozenset({organization_id})).order_by(Volunteer.number)
    last = ""
    while True:
        async with database.reading() as session:
            page = await lists.lines(session, query.where(Volunteer.number > last).limit(ROWS_AT_ONCE))
        for line in page:
            yield line
        if len(page) < ROWS_AT_ONCE:
            return
        last = str(page[-1][0])
