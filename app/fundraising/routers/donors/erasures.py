"""Erasures of donors over HTTP, at the word of staff and by the decision of somebody else."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.fundraising.care import cards, erasing, errors
from app.fundraising.schemas.donors.erasures import DonorErasureIn, DonorErasureOut
from app.kit.database import Writing
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.organizations.access import Asking, Permission
from app.organizations.errors import AskedAlready, OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["donors"], route_class=IdempotentRoute)

Carer = Annotated[Asking, may(Permission.donors_change)]


@router.post(
    "/donors/{donor_id}/erasure",
    operation_id="erase_donor",
    summary="Ask for a donor's erasure",
    status_code=201,
    responses=problems.responses(
        errors.ReceiptKept, errors.GaveElsewhere, errors.NothingToErase, AskedAlready, OutOfSight
    ),
)
async def erase_donor(
    session: Writing, caller: Carer, donor_id: UUID, body: DonorErasureIn
) -> DonorErasureOut:
    """Ask for the erasure of a donor who asked by letter or in person; somebody else decides it."""
    place = body.organization_id
    caller.must(at=place)
    donor = await cards.get(session, place, donor_id)
    approval = await erasing.propose(session, donor, organization_id=place, asked_by=caller.label)
    return DonorErasureOut(approval_id=approval.id, state=approval.state)
