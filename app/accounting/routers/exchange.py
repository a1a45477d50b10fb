"""Exchange with other bookkeeping programs over HTTP."""

from collections.abc import AsyncGenerator
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from app.accounting.exchange import imports, layouts, mappings
from app.accounting.models import Program, VoucherNumber
from app.accounting.schemas.vouchers.exchange import (
    ExportQuery,
    ImportedOut,
    ImportQuery,
    MappingIn,
    MappingOut,
)
from app.accounting.vouchers import register
from app.accounting.vouchers.errors import MovedElsewhere
from app.kit.database import Reading, Streaming, Transactions, Writing
from app.kit.http import formats, problems
from app.kit.http.doors import LateRoute
from app.kit.http.formats import Format
from app.kit.sheets import received, workbooks
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.sheets.workbooks import Sheet
from app.kit.tables import TableUnreadable
from app.ledger.periods import month_of
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/accounting/organizations/{organization_id}", tags=["vouchers"], route_class=LateRoute
)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]
AT_ONCE = 200
_WORKBOOK: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            Format.xlsx.value: {"schema": {"type": "string", "format": "binary"}, "example": "(an XLSX file)"}
        },
    }
}


@router.get("/account-mappings/{program}", operation_id="read_account_mapping")
async def read_account_mapping(
    session: Reading, caller: Reader, organization_id: UUID, program: Program
) -> MappingOut:
    """Read what another bookkeeping program calls an organization's accounts."""
    caller.must(at=organization_id)
    return MappingOut(codes=await mappings.of(session, organization_id, program))


@router.put("/account-mappings/{program}", operation_id="change_account_mapping")
async def change_account_mapping(
    session: Writing, caller: Recorder, organization_id: UUID, program: Program, body: MappingIn
) -> MappingOut:
    """Tell what another bookkeeping program calls an organization's accounts, all at once."""
    caller.must(at=organization_id)
    await mappings.replace(session, organization_id, program, body.codes)
    return MappingOut(codes=body.codes)


@router.get(
    "/voucher-exports",
    operation_id="export_vouchers",
    response_class=Response,
    responses=formats.also(Format.xlsx),
)
async def export_vouchers(
    session: Reading,
    streaming: Streaming,
    caller: Reader,
    organization_id: UUID,
    asked: Annotated[ExportQuery, Query()],
) -> Response:
    """Hand out a month's numbered vouchers as XLSX in the layout of another bookkeeping program."""
    caller.must(at=organization_id)
    codes = await mappings.of(session, organization_id, asked.program)
    month = month_of(asked.month)
    rows = _rows(streaming, organization_id, month, asked.program, codes)
    sheet = Sheet(layouts.SHEETS[asked.program], layouts.COLUMNS[asked.program], rows)
    name = f"vouchers-{asked.program.value}-{month:%Y%m}.xlsx"
    return formats.streamed(workbooks.astream([sheet]), name, Format.xlsx)


async def _rows(
    database: Transactions, organization_id: UUID, month: date, program: Program, codes: dict[str, str]
) -> AsyncGenerator[list[object]]:
    # A short transaction for each part: a long download must not hold one open.
    last = 0
    while True:
        query = select(VoucherNumber).where(
            VoucherNumber.organization_id == organization_id,
            VoucherNumber.month == month,
            VoucherNumber.number > last,
        )
        async with database.reading() as session:
            part = list(await session.scalars(query.order_by(VoucherNumber.number).limit(AT_ONCE)))
            printed = await register.printed(session, part)
        for one in printed:
            for row in layouts.rows(program, one, codes):
                yield row
        if len(part) < AT_ONCE:
            return
        last = part[-1].number


@router.post(
    "/voucher-imports",
    operation_id="import_vouchers",
    responses=problems.responses(TableUnreadable, WorkbookFaulty, MovedElsewhere),
    openapi_extra=_WORKBOOK,
)
async def import_vouchers(
    session: Writing,
    caller: Recorder,
    request: Request,
    organization_id: UUID,
    asked: Annotated[ImportQuery, Query()],
) -> ImportedOut:
    """Write drafts of another program's vouchers, all or none; what is wrong is told by line and column."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    async with received.on_disk(await request.body()) as path:
        sheetful = await imports.read(path)
    made_by = None if asked.dry_run else caller.label
    done = await imports.carry_out(session, organization, asked.program, sheetful, made_by=made_by)
    ids = [voucher.id for voucher in done.vouchers]
    return ImportedOut(dry_run=asked.dry_run, voucher_count=done.voucher_count, voucher_ids=ids)
