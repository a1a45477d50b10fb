"""Benefits over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import Select, select

from app.kit.database import Reading, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may
from app.projects.beneficiaries import benefits, errors
from app.projects.models import Benefit
from app.projects.register import errors as registered
from app.projects.register import projects
from app.projects.schemas.beneficiaries.benefits import (
    BenefitOut,
    BenefitQuery,
    BenefitsIn,
    BenefitsRecorded,
    BenefitVoidingIn,
)

router = APIRouter(
    prefix="/v1/projects/{project_id}/benefits", tags=["beneficiaries"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.beneficiaries_read)]
Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
RECORDING = (
    *(registered.ProjectNotInState, registered.DayAhead, errors.GivenBeforeStart, RegionUnknown),
    *(errors.BeneficiaryUnknown, errors.BeneficiaryErased, errors.GroupUnknown, errors.BenefitReferenceTaken),
)


@router.post(
    "",
    operation_id="record_benefits",
    summary="Record what was given",
    status_code=201,
    responses=problems.responses(*RECORDING),
)
async def record_benefits(
    session: Writing, caller: Changer, project_id: UUID, body: BenefitsIn
) -> BenefitsRecorded:
    """Record a list of what a running project gave: all of it, or nothing."""
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    given = [one.as_given() for one in body.items]
    return BenefitsRecorded(benefit_ids=await benefits.record(session, project, given, by=caller.label))


@router.get("", operation_id="list_benefits", summary="List what was given")
async def list_benefits(
    session: Reading, caller: Reader, project_id: UUID, asked: Annotated[BenefitQuery, Query()]
) -> Page[BenefitOut]:
    """List what a project gave, with what was taken back; no line names anybody."""
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    query = _found(project.id, asked)
    found = await pages.page(session, query, [Benefit.id], asked, amount=Benefit.amount_minor)
    why = await benefits.why(session, found.items)
    return found.told([BenefitOut.of(one, why.get(one.id)) for one in found.items])


def _found(project_id: UUID, asked: BenefitQuery) -> Select[Benefit]:
    query = select(Benefit).where(Benefit.project_id == project_id)
    for name in ("beneficiary_id", "kind"):
        if getattr(asked, name) is not None:
            query = query.where(getattr(Benefit, name) == getattr(asked, name))
    if asked.given_on_from is not None:
        query = query.where(Benefit.given_on >= asked.given_on_from)
    if asked.given_on_to is not None:
        query = query.where(Benefit.given_on <= asked.given_on_to)
    return query


@router.post(
    "/{benefit_id}/voiding",
    operation_id="withdraw_benefit",
    summary="Take a benefit back",
    responses=problems.responses(errors.BenefitVoided),
)
async def withdraw_benefit(
    session: Writing,
    caller: Changer,
    project_id: UUID,
    benefit_id: UUID,
    body: BenefitVoidingIn,
    request: Request,
) -> BenefitOut:
    """Take back a line that was wrong: no total counts it any more, and the line stays with the reason."""
    project = await projects.get(session, project_id)
    caller.must(at=project.organization_id)
    benefit = await benefits.get(session, project, benefit_id, lock=True)
    await benefits.void(session, project, benefit, by=caller.label, reason=body.reason)
    idempotency.concerns(request, benefit.beneficiary_id or benefit.id)
    return BenefitOut.of(benefit, body.reason)
