"""Beneficiaries and benefits by the sheetful, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, UploadFile

from app.kit.database import Writing
from app.kit.fields import MoneyOut
from app.kit.http import formats, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import IdempotentRoute
from app.kit.sheets import forms, received
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.tables import TableUnreadable
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public
from app.projects.beneficiaries import lists, rosters
from app.projects.register import projects
from app.projects.routers.beneficiaries.benefits import RECORDING
from app.projects.schemas.beneficiaries.benefits import BenefitSheetOut
from app.projects.schemas.beneficiaries.persons import BeneficiarySheetOut

router = APIRouter(prefix="/v1/projects", tags=["beneficiaries"], route_class=IdempotentRoute)

Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
DryRun = Annotated[bool, Query(description="Only look whether the sheet could be taken in.")]
_SHEET = {"requestBody": {"content": {"multipart/form-data": {"example": {"file": "list.xlsx"}}}}}


@router.get(
    "/sheets/beneficiaries",
    operation_id="export_beneficiaries_form",
    summary="Get the form for beneficiaries",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_beneficiaries_form() -> Response:
    """Return an empty workbook to fill in beneficiaries, with its columns explained."""
    return formats.file(forms.template([rosters.FORM], "zh"), "受益人登记表.xlsx", Format.xlsx)


@router.post(
    "/sheets/beneficiaries",
    operation_id="record_beneficiary_sheet",
    summary="Take a roster of beneficiaries in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable),
    openapi_extra=_SHEET,
)
async def record_beneficiary_sheet(
    session: Writing, caller: Changer, organization_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> BeneficiarySheetOut:
    """Register everybody on a filled form (XLSX or CSV, 2,000 lines), or nobody: each fault has its place."""
    caller.must(at=organization_id)
    async with received.on_disk(file) as path:
        taken = await rosters.take_in(session, organization_id, path, actor=caller.label, dry_run=dry_run)
    return BeneficiarySheetOut(beneficiary_count=taken.beneficiary_count, dry_run=taken.dry_run)


@router.get(
    "/sheets/benefits",
    operation_id="export_benefits_form",
    summary="Get the form for benefits",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_benefits_form() -> Response:
    """Return an empty workbook to fill in what was given, with its columns explained."""
    return formats.file(forms.template([lists.FORM], "zh"), "受益记录表.xlsx", Format.xlsx)


@router.post(
    "/sheets/benefits",
    operation_id="record_benefit_sheet",
    summary="Take a list of benefits in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable, *RECORDING),
    openapi_extra=_SHEET,
)
async def record_benefit_sheet(
    session: Writing, caller: Changer, project_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> BenefitSheetOut:
    """Record every line of a filled form (XLSX or CSV, 50,000 lines), or none: each fault has its place."""
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    async with received.on_disk(file) as path:
        taken = await lists.take_in(session, project, path, actor=caller.label, dry_run=dry_run)
    amount = MoneyOut.of(taken.amount_minor)
    return BenefitSheetOut(benefit_count=taken.benefit_count, amount=amount, dry_run=taken.dry_run)
