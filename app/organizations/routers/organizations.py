"""Organizations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import Select, select

from app.kit.clock import now
from app.kit.database import Reading, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import problems, versions
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Orders, Page, Slice, listed
from app.organizations import grants, organizations, passwords, people
from app.organizations.access import Asking, Permission
from app.organizations.errors import (
    CodeTaken,
    CreditCodeInvalid,
    CreditCodeTaken,
    EndedBeforeBooks,
    ParentNotAbove,
    RegionUnknown,
    UsernameTaken,
)
from app.organizations.models import Organization, Role
from app.organizations.schemas.organizations import (
    OrganizationChanges,
    OrganizationDetail,
    OrganizationIn,
    OrganizationJoined,
    OrganizationOut,
    OrganizationQuery,
    ParentIn,
    SubtreeQuery,
)
from app.organizations.schemas.people import LinkOut, PersonOut
from app.organizations.signin import may

router = APIRouter(prefix="/organizations", tags=["organizations"], route_class=LateRoute)
_ORDERS: Orders = {
    "code": [Organization.code],
    "name": [Organization.name, Organization.id],
    "created_at": [Organization.id],
}
Creating = Annotated[Asking, may(Permission.organizations_create)]
Changing = Annotated[Asking, may(Permission.organizations_change)]
Looking = Annotated[Asking, may(Permission.organizations_read)]


@router.post(
    "",
    operation_id="create_organization",
    responses=problems.responses(
        *(CodeTaken, CreditCodeTaken, CreditCodeInvalid, RegionUnknown, ParentNotAbove, UsernameTaken),
        EndedBeforeBooks,
    ),
    summary="Let an organization join",
    status_code=201,
)
async def create_organization(session: Writing, caller: Creating, body: OrganizationIn) -> OrganizationJoined:
    """Add a member below one of yours, with its first admin if one is named."""
    caller.must(at=body.parent_id)
    parent = await organizations.get(session, body.parent_id)
    joined = await organizations.create(session, body.particulars(), parent=parent)
    if body.admin is None:
        return OrganizationJoined(
            organization=OrganizationOut.model_validate(joined), admin=None, password_link=None
        )
    admin = await people.create(session, joined, **body.admin.model_dump())
    await grants.give(session, admin, joined, role=Role.admin, given_by=caller.label)
    return OrganizationJoined(
        organization=OrganizationOut.model_validate(joined),
        admin=PersonOut.model_validate(admin),
        password_link=LinkOut(
            token=await passwords.make_link(session, admin, made_by=caller.label),
            expires_at=now() + passwords.LINK_LIFETIME,
        ),
    )


@router.get(
    "",
    operation_id="list_organizations",
    summary="List organizations",
    response_model=Page[OrganizationOut],
)
async def list_organizations(
    session: Reading, caller: Looking, asked: Annotated[OrganizationQuery, Query()]
) -> Slice[Organization]:
    """Return the members that you see: your own and all below them."""
    found = select(Organization).where(Organization.id.in_(caller.visible()))
    if asked.parent_id is not None:
        found = found.where(Organization.parent_id == asked.parent_id)
    if asked.region_code is not None:
        found = found.where(Organization.region_code == asked.region_code)
    return await _page(session, found, asked)


@router.get("/{organization_id}", operation_id="read_organization", summary="Read an organization")
async def read_organization(
    session: Reading, caller: Looking, response: Response, organization_id: UUID
) -> OrganizationDetail:
    """Return a member, with those above it. Its `ETag` is what a change must name in `If-Match`."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    response.headers["ETag"] = versions.etag(organization.version)
    above = await organizations.ancestors(session, organization_id)
    return OrganizationDetail.of(organization, above, caller.caller)


@router.get(
    "/{organization_id}/subtree",
    operation_id="list_subtree",
    summary="List a subtree",
    response_model=Page[OrganizationOut],
)
async def list_subtree(
    session: Reading, caller: Looking, organization_id: UUID, asked: Annotated[SubtreeQuery, Query()]
) -> Slice[Organization]:
    """Return a member and everything below it."""
    caller.must(at=organization_id)
    return await _page(session, organizations.subtree(organization_id), asked)


@router.patch(
    "/{organization_id}",
    operation_id="change_organization",
    responses=problems.responses(
        VersionNotStated, VersionStale, CreditCodeTaken, CreditCodeInvalid, RegionUnknown
    ),
    summary="Change an organization",
    response_model=OrganizationOut,
)
async def change_organization(
    session: Writing,
    caller: Changing,
    response: Response,
    organization_id: UUID,
    body: OrganizationChanges,
    if_match: versions.IfMatch = None,
) -> Organization:
    """Change what is said about a member. Its code, tier and the beginning of its books never change."""
    caller.must(at=organization_id)
    organization = await organizations.lock(session, organization_id)
    versions.expect(if_match, organization.version)
    await organizations.change(session, organization, **body.model_dump(exclude_unset=True))
    response.headers["ETag"] = versions.etag(organization.version)
    return organization


@router.post(
    "/{organization_id}/parent",
    operation_id="move_organization",
    responses=problems.responses(ParentNotAbove),
    summary="Move an organization",
    response_model=OrganizationOut,
)
async def move_organization(
    session: Writing, caller: Creating, organization_id: UUID, body: ParentIn
) -> Organization:
    """Put a member, with everything below it, under another parent; you must be admin of both parents."""
    organization = await organizations.lock(session, organization_id)
    caller.must(at=organization.parent_id or organization.id)
    caller.must(at=body.parent_id)
    await organizations.move(session, organization, await organizations.get(session, body.parent_id))
    return organization


async def _page(session: Reading, found: Select[Organization], asked: SubtreeQuery) -> Slice[Organization]:
    if asked.tier is not None:
        found = found.where(Organization.tier == asked.tier)
    if asked.q is not None:
        found = found.where(organizations.matching(asked.q))
    return await listed(session, found, _ORDERS, asked)
