"""Imports of lists of goods over HTTP."""

import asyncio
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile
from sqlalchemy import select

from app.fundraising.goods import errors, warehouses
from app.fundraising.goods.imports import columns, readings, runs
from app.fundraising.models.goods import GoodsImport, GoodsImportKind, GoodsImportRow
from app.fundraising.schemas.goods.imports import (
    CSV,
    GoodsImportOrder,
    GoodsImportOut,
    GoodsImportQuery,
    GoodsImportReport,
    GoodsRowOut,
    GoodsRowQuery,
)
from app.kit.database import Reading, Writing
from app.kit.http import formats, pages, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import FRAME, Page
from app.kit.sheets import forms, received
from app.kit.tables import HeaderNotFound, SeveralLists, TableUnreadable
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/fundraising/goods/imports", tags=["goods"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]
Sheet = Annotated[UploadFile, File(description="CSV (UTF-8 or GB18030) or XLSX.", examples=[CSV])]


@router.get(
    "/template",
    operation_id="read_goods_template",
    response_class=Response,
    dependencies=[public],
    responses=formats.also(Format.xlsx),
)
async def read_goods_template(
    kind: GoodsImportKind = GoodsImportKind.received,
    language: Annotated[Literal["zh", "en"], Query()] = "zh",
) -> Response:
    """Download the sheet to fill in; its first page explains every column."""
    content = forms.template([columns.FORMS[kind]], language)
    return formats.file(content, f"goods-{kind}-{language}.xlsx", Format.xlsx)


@router.post(
    "",
    operation_id="import_goods",
    responses=problems.responses(
        HeaderNotFound,
        SeveralLists,
        TableUnreadable,
        errors.GoodsListTooLong,
        errors.WarehouseClosed,
        errors.DayUnfit,
        errors.GoodsReferenceTaken,
    ),
)
async def import_goods(
    session: Writing, caller: Recorder, told: Annotated[GoodsImportOrder, Query()], file: Sheet
) -> GoodsImportReport:
    """Take in a list of goods received or handed out, each row once; `dry_run` only tells what would be."""
    warehouse = await warehouses.get(session, told.warehouse_id)
    caller.must(at=warehouse.organization_id)
    async with received.on_disk(file) as path:
        name = (file.filename or "list")[:200]
        reading = await asyncio.to_thread(readings.read, path, told.kind, file_name=name)
    order = runs.Order(warehouse=warehouse, kind=told.kind, on=told.happened_on, actor=caller.label)
    return GoodsImportReport.of(await runs.take_in(session, order, reading, dry_run=told.dry_run))


@router.get("", operation_id="list_goods_imports")
async def list_goods_imports(
    session: Reading, caller: Reader, asked: Annotated[GoodsImportQuery, Query()]
) -> Page[GoodsImportOut]:
    """List the imports of goods, the latest first."""
    exact = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = select(GoodsImport).where(GoodsImport.organization_id.in_(caller.visible())).filter_by(**exact)
    found = await pages.page(session, query, [GoodsImport.id], asked, newest_first=True)
    return found.told([GoodsImportOut.of(one) for one in found.items])


@router.get("/{import_id}/rows", operation_id="list_goods_import_rows")
async def list_goods_import_rows(
    session: Reading, caller: Reader, import_id: UUID, asked: Annotated[GoodsRowQuery, Query()]
) -> Page[GoodsRowOut]:
    """List the rows of an import in the order of the file, such as those that are unmatched."""
    made = await runs.get(session, import_id)
    caller.must(at=made.organization_id)
    query = runs.rows(made, asked.outcome)
    found = await pages.page(session, query, [GoodsImportRow.line, GoodsImportRow.id], asked)
    return found.told([GoodsRowOut.of(one) for one in found.items])
