"""Projects and sites by the sheetful, over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response, UploadFile

from app.kit.database import Writing
from app.kit.http import formats, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import IdempotentRoute
from app.kit.sheets import forms, received
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.tables import TableUnreadable
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public
from app.projects.register import sheets as project_sheets
from app.projects.register.errors import ProjectCodeTaken
from app.projects.schemas.register.sheets import ProjectsTakenOut, SitesTakenOut
from app.projects.sites import sheets as site_sheets
from app.projects.sites.errors import SiteCodeTaken

router = APIRouter(prefix="/v1/projects/sheets", tags=["project sheets"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.projects_change)]
DryRun = Annotated[bool, Query(description="Only look whether the sheet could be taken in.")]


def _sent(name: str) -> dict[str, Any]:
    return {"requestBody": {"content": {"multipart/form-data": {"example": {"file": name}}}}}


@router.get(
    "/projects",
    operation_id="export_projects_form",
    summary="Get the form for projects",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_projects_form() -> Response:
    """Return an empty workbook to fill in projects, with its columns explained."""
    return formats.file(forms.template([project_sheets.FORM], "zh"), "项目导入表.xlsx", Format.xlsx)


@router.post(
    "/projects",
    operation_id="import_projects",
    summary="Take a sheet of projects in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable, ProjectCodeTaken),
    openapi_extra=_sent("projects.xlsx"),
)
async def import_projects(
    session: Writing, caller: Changer, organization_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> ProjectsTakenOut:
    """Take every project of a filled form (XLSX or CSV), or none: what is wrong is told with its place."""
    caller.must(at=organization_id)
    member = await organizations.get(session, organization_id)
    async with received.on_disk(file) as path:
        taken = await project_sheets.take_in(session, member, path, actor=caller.label, dry_run=dry_run)
    return ProjectsTakenOut.model_validate(taken)


@router.get(
    "/sites",
    operation_id="export_sites_form",
    summary="Get the form for sites",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_sites_form() -> Response:
    """Return an empty workbook to fill in sites, with its columns explained."""
    return formats.file(forms.template([site_sheets.FORM], "zh"), "点位导入表.xlsx", Format.xlsx)


@router.post(
    "/sites",
    operation_id="import_sites",
    summary="Take a sheet of sites in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable, SiteCodeTaken),
    openapi_extra=_sent("sites.xlsx"),
)
async def import_sites(
    session: Writing, caller: Changer, organization_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> SitesTakenOut:
    """Take every site of a filled form (XLSX or CSV), or none: what is wrong is told with its place."""
    caller.must(at=organization_id)
    member = await organizations.get(session, organization_id)
    async with received.on_disk(file) as path:
        taken = await site_sheets.take_in(session, member, path, actor=caller.label, dry_run=dry_run)
    return SitesTakenOut.model_validate(taken)
