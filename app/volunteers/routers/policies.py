"""Insurance of volunteers over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery, Slice
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.volunteers import errors, gates, volunteers
from app.volunteers.models import Policy
from app.volunteers.schemas.sign_ups import InsuranceIn, InsuranceOut, InsuredIn

router = APIRouter(prefix="/v1/volunteers", tags=["activities"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.volunteers_read)]
Changer = Annotated[Asking, may(Permission.volunteers_change)]


@router.post(
    "/policies",
    operation_id="create_policy",
    summary="Register an insurance",
    status_code=201,
    response_model=InsuranceOut,
    responses=problems.responses(errors.PolicyNoTaken, errors.PolicyPeriodReversed),
)
async def create_policy(session: Writing, caller: Changer, body: InsuranceIn) -> Policy:
    """Register a personal accident insurance that an organization took out for its volunteers."""
    caller.must(at=body.organization_id)
    return await gates.open_policy(session, Policy(**dict(body)))


@router.get(
    "/policies", operation_id="list_policies", summary="List policies", response_model=Page[InsuranceOut]
)
async def list_policies(
    session: Reading, caller: Reader, asked: Annotated[PageQuery, Query()]
) -> Slice[Policy]:
    """List the insurances of the organizations that you can see."""
    return await pages.page(session, gates.policies(caller.visible()), [Policy.id], asked)


@router.post(
    "/policies/{policy_id}/people",
    operation_id="add_insured",
    summary="Name volunteers in an insurance",
    status_code=204,
)
async def add_insured(session: Writing, caller: Changer, policy_id: UUID, body: InsuredIn) -> None:
    """Name volunteers of yours in an insurance; who is named already stays so."""
    policy = await gates.policy(session, policy_id)
    caller.must(at=policy.organization_id)
    await volunteers.must_see(session, body.volunteer_ids, caller.visible())
    await gates.insure(session, policy, body.volunteer_ids)
