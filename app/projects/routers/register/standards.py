"""Aid standards over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.models import AidStandard, AidStandardNotice
from app.projects.register import errors, projects, standards
from app.projects.schemas.register.standards import (
    AidStandardIn,
    AidStandardNoticeIn,
    AidStandardNoticeOut,
    AidStandardOut,
)

router = APIRouter(
    prefix="/v1/projects/{project_id}/standards", tags=["aid standards"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
Asked = Annotated[PageQuery, Query()]


@router.post(
    "",
    operation_id="add_aid_standard",
    summary="Add an aid standard",
    status_code=201,
    responses=problems.responses(
        errors.StandardDayTaken, errors.StandardNotAfterLast, errors.ProjectNotInState
    ),
)
async def add_aid_standard(
    session: Writing, caller: Changer, project_id: UUID, body: AidStandardIn
) -> AidStandardOut:
    """Add the next version of whom the project helps, by how much, and how one asks."""
    project = await projects.get(session, project_id, lock=True)
    caller.must(at=project.organization_id)
    return AidStandardOut.of(await standards.add(session, project, body.as_standard(project, caller.label)))


@router.get("", operation_id="list_aid_standards", summary="List aid standards")
async def list_aid_standards(
    session: Reading, caller: Reader, project_id: UUID, asked: Asked
) -> Page[AidStandardOut]:
    """List every version of a project's aid standard, the first one first."""
    project = await projects.seen(session, project_id, caller.visible())
    query = select(AidStandard).where(AidStandard.project_id == project.id)
    found = await pages.page(session, query, [AidStandard.number, AidStandard.id], asked)
    return found.told([AidStandardOut.of(one) for one in found.items])


@router.post(
    "/{standard_id}/notices",
    operation_id="record_aid_standard_notice",
    summary="Record that beneficiaries were told",
    status_code=201,
    response_model=AidStandardNoticeOut,
    responses=problems.responses(errors.DayAhead),
)
async def record_aid_standard_notice(
    session: Writing, caller: Changer, project_id: UUID, standard_id: UUID, body: AidStandardNoticeIn
) -> AidStandardNotice:
    """Record when, how and to whom a version was told: before that nobody is given aid by it."""
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    standard = await standards.get(session, project, standard_id)
    return await standards.tell(session, standard, body.as_notice(standard, caller.label))


@router.get(
    "/{standard_id}/notices",
    operation_id="list_aid_standard_notices",
    summary="List when beneficiaries were told",
    response_model=Page[AidStandardNoticeOut],
)
async def list_aid_standard_notices(
    session: Reading, caller: Reader, project_id: UUID, standard_id: UUID, asked: Asked
) -> Slice[AidStandardNotice]:
    """List when, how and to whom a version of the aid standard was told."""
    project = await projects.seen(session, project_id, caller.visible())
    standard = await standards.get(session, project, standard_id)
    query = select(AidStandardNotice).where(AidStandardNotice.standard_id == standard.id)
    return await pages.page(session, query, [AidStandardNotice.told_on, AidStandardNotice.id], asked)
