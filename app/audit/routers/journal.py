"""The journal over HTTP: pulled by the index of the public log, and exported."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from app.audit import exports, journal, mandates
from app.audit.journal import Extent
from app.audit.routers.pulls import PREFIX, Auditor
from app.audit.schemas.journal import LINES, ExportQuery, JournalQuery
from app.kit.database import Streaming
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.organizations.errors import OutsideMandate
from app.transparency import heads
from app.transparency.errors import LogNotBegun

router = APIRouter(prefix=PREFIX, tags=["audit"], route_class=LateRoute)
NDJSON, ZIP = "application/x-ndjson", "application/zip"
_REFUSALS = problems.responses(LogNotBegun, OutsideMandate)
_LINES: dict[Any, Any] = {200: {"content": {NDJSON: {"example": LINES}}}, **_REFUSALS}
FILE: dict[Any, Any] = {
    200: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}, "example": "(a ZIP file)"}}},
    **_REFUSALS,
}


@router.get("/journal", operation_id="export_journal", response_class=StreamingResponse, responses=_LINES)
async def export_journal(
    database: Streaming, caller: Auditor, asked: Annotated[JournalQuery, Query()]
) -> StreamingResponse:
    """Pull every entry of your mandate in the order of the public log, as NDJSON that ends in a trailer."""
    mandate = mandates.of(caller, since=asked.booked_on_from, until=asked.booked_on_to)
    async with database.reading() as session:
        checkpoint = await heads.latest(session)
    extent = Extent(mandate, checkpoint, asked.after, asked.limit)
    return StreamingResponse(journal.stream(database, extent), media_type=NDJSON)


@router.get("/export", operation_id="export_books", response_class=StreamingResponse, responses=FILE)
async def export_books(
    database: Streaming, caller: Auditor, asked: Annotated[ExportQuery, Query()]
) -> StreamingResponse:
    """Pull books as a ZIP: NDJSON or an hledger journal, with a manifest of rows, hashes and totals."""
    only = None if asked.organization is None else [asked.organization]
    mandate = mandates.of(caller, only, since=asked.first, until=asked.last)
    async with database.reading() as session:
        checkpoint = await heads.latest(session)
    files = exports.archive(database, Extent(mandate, checkpoint), asked.format)
    headers = {"Content-Disposition": f'attachment; filename="books-{checkpoint.size}.zip"'}
    return StreamingResponse(files, media_type=ZIP, headers=headers)
