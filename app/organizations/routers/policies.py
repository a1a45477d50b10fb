"""Approval policies over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.kit.database import Reading, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import problems, versions
from app.kit.http.doors import LateRoute
from app.organizations.access import Asking, Permission
from app.organizations.approvals import policies
from app.organizations.errors import ApprovalKindUnknown, TiersUnordered
from app.organizations.schemas.approvals import KindName
from app.organizations.schemas.policies import PoliciesOut, PolicyIn, PolicyOut
from app.organizations.signin import may

router = APIRouter(
    prefix="/organizations/{organization_id}/approval-policies", tags=["approvals"], route_class=LateRoute
)
Changing = Annotated[Asking, may(Permission.policies_change)]
Looking = Annotated[Asking, may(Permission.approvals_read)]
Kind = Annotated[KindName, Path(description="The kind of request.")]


@router.get("", operation_id="read_approval_policies", summary="Read the approval policies")
async def read_policies(session: Reading, caller: Looking, organization_id: UUID) -> PoliciesOut:
    """Return which steps each kind of request takes at an organization, by its amount."""
    caller.must(at=organization_id)
    return PoliciesOut.of(await policies.listed(session, organization_id))


@router.get(
    "/{kind}",
    operation_id="read_approval_policy",
    summary="Read an approval policy",
    responses=problems.responses(ApprovalKindUnknown),
)
async def read_policy(
    session: Reading, caller: Looking, response: Response, organization_id: UUID, kind: Kind
) -> PolicyOut:
    """Return the steps of one kind of request; its ETag is what a change has to name."""
    caller.must(at=organization_id)
    policy = await policies.read(session, organization_id, kind)
    response.headers["ETag"] = versions.etag(policy.version)
    return PolicyOut.of(policy)


@router.put(
    "/{kind}",
    operation_id="change_approval_policy",
    responses=problems.responses(VersionNotStated, VersionStale, ApprovalKindUnknown, TiersUnordered),
    summary="Change an approval policy",
)
async def change_policy(
    session: Writing,
    caller: Changing,
    organization_id: UUID,
    kind: Kind,
    body: PolicyIn,
    if_match: versions.IfMatch = None,
) -> PolicyOut:
    """Set the steps of a kind of request; what was asked before keeps the steps it was given."""
    caller.must(at=organization_id)
    now = await policies.read(session, organization_id, kind)
    versions.expect(if_match, now.version)
    made = await policies.replace(
        session, organization_id, kind, body.said(), version=now.version, by=caller.label
    )
    return PolicyOut.of(made)
