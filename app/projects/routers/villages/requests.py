"""Requests of villages over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from app.accounting.parties.errors import NotACounterparty
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute, KeyRequired
from app.kit.http.pages import Page, Paging
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.claims import drawdowns
from app.projects.disbursements.errors import (
    BeingPaid,
    ChecksUnmet,
    DisbursementPartsApart,
    RelatedToPayee,
)
from app.projects.models import VillageDrawdown
from app.projects.register import projects
from app.projects.routers.disbursements.requests import whole
from app.projects.schemas.disbursements.requests import DisbursementDetail
from app.projects.schemas.villages.books import (
    VillageDisbursementIn,
    VillageRefusalIn,
    VillageRequestIn,
    VillageRequestOut,
)
from app.projects.villages import errors, homes, requests

router = APIRouter(
    prefix="/v1/projects/villages/{village_id}/requests", tags=["villages"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Changer = Annotated[Asking, may(Permission.projects_change)]
Decider = Annotated[Asking, may(Permission.disbursements_approve)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]
_DECIDING = problems.responses(errors.RequestNotInState, errors.RequestByYou)


async def _told(session: ReadSession, row: VillageDrawdown) -> VillageRequestOut:
    return VillageRequestOut.of(row, (await requests.papers(session, [row]))[row.id])


@router.post(
    "",
    operation_id="create_village_request",
    summary="Ask for money",
    status_code=201,
    responses=problems.responses(
        *(errors.VillageEnded, errors.VillageDayOutside, errors.VillageFundMissing),
        *(errors.ResolutionNotCarried, AttachmentNotFree),
    ),
)
async def create_village_request(
    session: Writing, caller: Changer, village_id: UUID, body: VillageRequestIn
) -> VillageRequestOut:
    """Take down what a village asks for by a resolution of its committee, carried by more than half."""
    village = await homes.get(session, village_id, lock=True)
    caller.must(at=village.organization_id)
    return await _told(session, await requests.ask(session, village, body.as_resolution(), by=caller.label))


@router.get("", operation_id="list_village_requests", summary="List a village's requests")
async def list_village_requests(
    session: Reading, caller: Reader, village_id: UUID, asked: Paging
) -> Page[VillageRequestOut]:
    """List what a village asked for, and what became of it."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    query = select(VillageDrawdown).where(VillageDrawdown.village_id == village.id)
    found = await pages.page(
        session,
        query,
        [VillageDrawdown.number, VillageDrawdown.id],
        asked,
        amount=VillageDrawdown.amount_minor,
    )
    papers = await requests.papers(session, found.items)
    items = [VillageRequestOut.of(one, papers[one.id]) for one in found.items]
    return found.told(items)


@router.post(
    "/{request_id}/approval",
    operation_id="approve_village_request",
    summary="Approve a village's request",
    responses=_DECIDING,
)
async def approve_village_request(
    session: Writing, caller: Decider, village_id: UUID, request_id: UUID
) -> VillageRequestOut:
    """Approve what a village asked for; who took it down does not."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    row = await requests.get(session, village, request_id, lock=True)
    return await _told(session, await requests.decide(session, row, by=caller.label))


@router.post(
    "/{request_id}/refusal",
    operation_id="decline_village_request",
    summary="Refuse a village's request",
    responses=_DECIDING,
)
async def decline_village_request(
    session: Writing, caller: Decider, village_id: UUID, request_id: UUID, body: VillageRefusalIn
) -> VillageRequestOut:
    """Refuse what a village asked for, with the reason."""
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    row = await requests.get(session, village, request_id, lock=True)
    return await _told(session, await requests.decide(session, row, by=caller.label, refused_for=body.reason))


@router.post(
    "/{request_id}/disbursement",
    operation_id="submit_village_disbursement",
    summary="Ask for the payment of a village's request",
    status_code=201,
    dependencies=[KeyRequired],
    responses=problems.responses(
        *(errors.RequestNotInState, errors.VillageEnded, NotACounterparty),
        *(BeingPaid, ChecksUnmet, RelatedToPayee, DisbursementPartsApart),
    ),
)
async def submit_village_disbursement(
    session: Writing, caller: Officer, village_id: UUID, request_id: UUID, body: VillageDisbursementIn
) -> DisbursementDetail:
    """Ask for the disbursement of an approved request to the village's collective.

    It is decided and ordered like any other; when the bank has paid, the village's book has it.
    """
    village = await homes.get(session, village_id)
    caller.must(at=village.organization_id)
    row = await requests.get(session, village, request_id, lock=True)
    source = body.as_source(await projects.get(session, body.project_id))
    caller.must(at=source.project.organization_id)
    return await whole(session, caller, await drawdowns.ask(session, village, row, source, by=caller.label))
