"""Groups of people who are counted only, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations import regions
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.signin import may
from app.projects.beneficiaries import errors, groups
from app.projects.models import BeneficiaryGroup
from app.projects.schemas.beneficiaries.households import (
    BeneficiaryGroupIn,
    BeneficiaryGroupOut,
    HouseholdQuery,
)

router = APIRouter(
    prefix="/v1/projects/beneficiary-groups", tags=["beneficiaries"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.beneficiaries_read)]
Changer = Annotated[Asking, may(Permission.beneficiaries_change)]


@router.post(
    "",
    operation_id="create_beneficiary_group",
    summary="Write a group down",
    status_code=201,
    response_model=BeneficiaryGroupOut,
    responses=problems.responses(RegionUnknown, errors.GroupNameTaken),
)
async def create_beneficiary_group(
    session: Writing, caller: Changer, body: BeneficiaryGroupIn
) -> BeneficiaryGroup:
    """Write a group down whose people are known by their number only."""
    caller.must(at=body.organization_id)
    return await groups.create(session, body.as_group(), by=caller.label)


@router.get(
    "",
    operation_id="list_beneficiary_groups",
    summary="List groups",
    response_model=Page[BeneficiaryGroupOut],
)
async def list_beneficiary_groups(
    session: Reading, caller: Reader, asked: Annotated[HouseholdQuery, Query()]
) -> Slice[BeneficiaryGroup]:
    """List the groups of the organizations that you can see."""
    visible = caller.visible()
    if asked.organization_id is not None:
        visible &= {asked.organization_id}
    query = select(BeneficiaryGroup).where(BeneficiaryGroup.organization_id.in_(visible))
    if asked.region_code is not None:
        query = query.where(BeneficiaryGroup.region_code.in_(regions.within(asked.region_code)))
    return await pages.page(session, query, [BeneficiaryGroup.id], asked)
