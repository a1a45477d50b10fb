"""Onboarding over HTTP: the template to download, and the workbook with which an association goes live."""

import tempfile
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile

from app.accounting.books import charts
from app.kit.database import Writing
from app.kit.fields import MoneyOut
from app.kit.http import formats, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import MoneyRoute
from app.kit.sheets import forms as workbook_forms
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.tables import TableUnreadable
from app.onboarding import errors, forms, going_live
from app.onboarding.orders import Order
from app.onboarding.schemas import OnboardingOut
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/onboarding", tags=["onboarding"], route_class=MoneyRoute)

Opener = Annotated[Asking, may(Permission.onboarding_take)]


@router.get(
    "/template",
    operation_id="read_onboarding_template",
    response_class=Response,
    dependencies=[public],
    responses=formats.also(Format.xlsx),
)
async def read_onboarding_template(language: Annotated[Literal["zh", "en"], Query()] = "zh") -> Response:
    """Download the workbook to fill in; its first sheet explains every column."""
    content = workbook_forms.template(forms.FORMS, language)
    return formats.file(content, f"onboarding-{language}.xlsx", Format.xlsx)


@router.post(
    "/organizations/{organization_id}",
    operation_id="open_organization_books",
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"example": {"file": "PK..."}}}}},
    responses=problems.responses(
        WorkbookFaulty, TableUnreadable, errors.OnboardedAlready, errors.WorkbookTooLarge
    ),
)
async def open_organization_books(
    session: Writing,
    caller: Opener,
    organization_id: UUID,
    file: Annotated[UploadFile, File(description="The template, filled in.")],
    dry_run: Annotated[bool, Query(description="Only try: nothing is kept.")] = False,
) -> OnboardingOut:
    """Take an association's workbook over, whole or not at all; the same file again does nothing."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    chart = await charts.in_force(session, organization, organization.books_from)
    order = Order(organization=organization, live_on=organization.books_from, chart=chart, actor=caller.label)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "onboarding.xlsx"
        path.write_bytes(await file.read())
        report = await going_live.take(session, order, path, dry_run=dry_run)
    unspent = MoneyOut.of(report.pop("unspent_minor"))
    return OnboardingOut(**report, unspent=unspent, dry_run=dry_run)
