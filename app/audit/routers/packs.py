"""Audit packs over HTTP: everything about a project in one ZIP."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from app.audit import mandates, packs
from app.audit.journal import Extent
from app.audit.routers.journal import FILE, ZIP
from app.audit.routers.pulls import PREFIX, Auditor
from app.audit.schemas.journal import Span
from app.kit.attachments.stores import Store
from app.kit.database import Streaming
from app.kit.http.doors import LateRoute
from app.transparency import heads

router = APIRouter(prefix=PREFIX, tags=["audit"], route_class=LateRoute)


@router.get(
    "/projects/{project_id}/audit-pack",
    operation_id="export_audit_pack",
    response_class=StreamingResponse,
    responses=FILE,
)
async def export_audit_pack(
    database: Streaming,
    request: Request,
    caller: Auditor,
    project_id: UUID,
    asked: Annotated[Span, Query()],
) -> StreamingResponse:
    """Pull a project: its journal, vouchers as PDF with their files, approvals, and a manifest of hashes."""
    async with database.reading() as session:
        project = await packs.project(session, project_id)
        caller.must(at=packs.owner(project))
        ids = await packs.members(session, project) & caller.caller.holds(caller.permission)
        mandate = mandates.of(caller, ids, since=asked.booked_on_from, until=asked.booked_on_to)
        extent = Extent(mandate, await heads.latest(session), project_id=project.id)
    store = cast("Store", request.app.state.store)
    files = packs.archive(packs.Pack(database, store, caller.caller, project, extent))
    headers = {"Content-Disposition": f'attachment; filename="audit-pack-{project.id}.zip"'}
    return StreamingResponse(files, media_type=ZIP, headers=headers)
