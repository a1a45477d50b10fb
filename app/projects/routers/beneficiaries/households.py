"""Households over HTTP."""

from typing import Annotated
from uuid import UUID

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
from app.projects.beneficiaries import errors, households, persons
from app.projects.models import Beneficiary, Household
from app.projects.schemas.beneficiaries.households import (
    HouseholdIn,
    HouseholdMemberIn,
    HouseholdOut,
    HouseholdQuery,
)
from app.projects.schemas.beneficiaries.persons import BeneficiaryLine

router = APIRouter(prefix="/v1/projects/households", tags=["beneficiaries"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.beneficiaries_read)]
Changer = Annotated[Asking, may(Permission.beneficiaries_change)]


@router.post(
    "",
    operation_id="create_household",
    summary="Open a household",
    status_code=201,
    response_model=HouseholdOut,
    responses=problems.responses(RegionUnknown),
)
async def create_household(session: Writing, caller: Changer, body: HouseholdIn) -> Household:
    """Open a household, as yet without members."""
    caller.must(at=body.organization_id)
    return await households.create(session, body.as_home(), by=caller.label)


@router.get("", operation_id="list_households", summary="List households", response_model=Page[HouseholdOut])
async def list_households(
    session: Reading, caller: Reader, asked: Annotated[HouseholdQuery, Query()]
) -> Slice[Household]:
    """List the households of the organizations that you can see; who lives there, the beneficiaries tell."""
    visible = caller.visible()
    if asked.organization_id is not None:
        visible &= {asked.organization_id}
    query = select(Household).where(Household.organization_id.in_(visible))
    if asked.region_code is not None:
        query = query.where(Household.region_code.in_(regions.within(asked.region_code)))
    return await pages.page(session, query, [Household.id], asked)


@router.post(
    "/{household_id}/members",
    operation_id="add_household_member",
    summary="Add a member to a household",
    status_code=201,
    response_model=BeneficiaryLine,
    responses=problems.responses(errors.BeneficiaryErased),
)
async def add_household_member(
    session: Writing, caller: Changer, household_id: UUID, body: HouseholdMemberIn
) -> Beneficiary:
    """Let a beneficiary live in a household from now on; nobody lives in two."""
    visible = caller.visible()
    household = await households.seen(session, household_id, visible)
    beneficiary = await persons.seen(session, body.beneficiary_id, visible, lock=True)
    await households.join(session, household, beneficiary, body.relation)
    return beneficiary
