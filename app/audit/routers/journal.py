"""The journal over HTTP: pulled by the index of the public log, exported, and shown to the audited."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from sqlalchemy import select

from app.audit import exports, journal, mandates
from app.audit.errors import OutsideMandate
from app.audit.journal import Extent
from app.audit.models import Pull
from app.audit.schemas.journal import LINES, ExportQuery, JournalQuery, PullOut
from app.kit.database import Reading, Streaming
from app.kit.http import pages, problems
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.transparency import heads
from app.transparency.errors import LogNotBegun

router = APIRouter(prefix="/v1/audit", tags=["audit"])
Auditor = Annotated[Asking, may(Permission.books_read)]
NDJSON, ZIP = "application/x-ndjson", "application/zip"
_REFUSALS = problems.responses(LogNotBegun, OutsideMandate)
_LINES: dict[Any, Any] = {200: {"content": {NDJSON: {"example": LINES}}}, **_REFUSALS}
_FILE: dict[Any, Any] = {
    200: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}, "example": "(a ZIP file)"}}},
    **_REFUSALS,
}


@router.get("/journal", operation_id="export_journal", response_class=StreamingResponse, responses=_LINES)
async def export_journal(
    database: Streaming, caller: Auditor, asked: Annotated[JournalQuery, Query()]
) -> StreamingResponse:
    """Pull every entry of your mandate in the order of the public log, as NDJSON that ends in a trailer."""
    mandate = mandates.of(caller).within(asked.booked_on_from, asked.booked_on_to)
    async with database.reading() as session:
        checkpoint = await heads.latest(session)
    async with database.writing() as session:
        said = asked.model_dump_json(exclude_none=True)
        await mandates.log(session, caller, mandate.organization_ids, door="journal", asked=said)
    extent = Extent(mandate, checkpoint, asked.after, asked.limit)
    return StreamingResponse(journal.stream(database, extent), media_type=NDJSON)


@router.get("/export", operation_id="export_books", response_class=StreamingResponse, responses=_FILE)
async def export_books(
    database: Streaming, caller: Auditor, asked: Annotated[ExportQuery, Query()]
) -> StreamingResponse:
    """Pull books as a ZIP: NDJSON or an hledger journal, with a manifest of rows, hashes and totals."""
    mandate = mandates.of(caller, asked.organization).within(asked.booked_on_from, asked.booked_on_to)
    async with database.reading() as session:
        checkpoint = await heads.latest(session)
    async with database.writing() as session:
        said = asked.model_dump_json(exclude_none=True)
        await mandates.log(session, caller, mandate.organization_ids, door="export", asked=said)
    files = exports.archive(database, Extent(mandate, checkpoint), asked.format)
    headers = {"Content-Disposition": f'attachment; filename="books-{checkpoint.size}.zip"'}
    return StreamingResponse(files, media_type=ZIP, headers=headers)


@router.get("/organizations/{organization_id}/pulls", operation_id="list_pulls", response_model=Page[PullOut])
async def list_pulls(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[Pull]:
    """List who pulled what of this member's books, the latest first: the audited see it too."""
    caller.must(at=organization_id)
    query = select(Pull).where(Pull.organization_id == organization_id)
    return await pages.page(session, query, [Pull.id], asked, newest_first=True)
