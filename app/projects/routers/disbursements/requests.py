"""Disbursements over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.accounting.parties.errors import NotACounterparty
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, ReadSession, Writing
from app.kit.fields import MoneyOut
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, PageQuery
from app.ledger import sources
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.disbursements import confirmations, errors, explanations, lists, reaching, requests
from app.projects.models import Disbursement, DisbursementStep
from app.projects.register import projects
from app.projects.schemas.disbursements.requests import (
    DisbursementConfirmationIn,
    DisbursementDetail,
    DisbursementIn,
    DisbursementOut,
    DisbursementQuery,
    DisbursementSourceOut,
    DisbursementSourcesOut,
    DisbursementStepOut,
    EvidenceIn,
    SourcesQuery,
)

router = APIRouter(prefix="/v1/projects/disbursements", tags=["disbursements"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]


@router.post(
    "",
    operation_id="submit_disbursement",
    summary="Ask for a disbursement",
    status_code=201,
    responses=problems.responses(
        *(errors.ChecksUnmet, errors.RelatedToPayee, errors.DisbursementPartsApart),
        *(errors.VillageAsksFirst, NotACounterparty),
    ),
)
async def submit_disbursement(session: Writing, caller: Officer, body: DisbursementIn) -> DisbursementDetail:
    """Ask for money of a fund, and put it before those who decide (`/v1/approvals`).

    A refusal names everything that is missing: the agreement, the last report, the fund's money or purpose.
    """
    project = await projects.get(session, body.project_id)
    caller.must(at=project.organization_id)
    disbursement = await requests.ask(session, body.as_disbursement(project), by=caller.label)
    return await whole(session, caller, disbursement)


@router.get("", operation_id="list_disbursements", summary="List disbursements")
async def list_disbursements(
    session: Reading, caller: Reader, asked: Annotated[DisbursementQuery, Query()]
) -> Page[DisbursementOut]:
    """List disbursements with how much of each has reached its beneficiaries."""
    query = lists.found(caller.visible(), asked.model_dump(exclude_none=True))
    found = await pages.listed(session, query, lists.ORDERS, asked, amount=Disbursement.amount)
    arrived = await reaching.arrived(session, found.items)
    items = [DisbursementOut.of(one, arrived.get(one.id, 0)) for one in found.items]
    return found.told(items)


@router.get("/{disbursement_id}", operation_id="read_disbursement", summary="Read a disbursement")
async def read_disbursement(session: Reading, caller: Reader, disbursement_id: UUID) -> DisbursementDetail:
    """Read a disbursement with its files, and what you may do about it."""
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    return await whole(session, caller, disbursement)


@router.get(
    "/{disbursement_id}/steps",
    operation_id="list_disbursement_steps",
    summary="List a disbursement's steps",
)
async def list_disbursement_steps(
    session: Reading, caller: Reader, disbursement_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[DisbursementStepOut]:
    """List every state that a disbursement came into: who brought it there, and why."""
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    query = select(DisbursementStep).where(DisbursementStep.disbursement_id == disbursement.id)
    found = await pages.page(session, query, [DisbursementStep.number, DisbursementStep.id], asked)
    why = await explanations.read(session, caller.caller, [(one, disbursement) for one in found.items])
    return found.told([DisbursementStepOut.of(one, why.get(one.id)) for one in found.items])


@router.get(
    "/{disbursement_id}/sources",
    operation_id="follow_disbursement_sources",
    summary="Trace a disbursement back to its donors",
)
async def follow_disbursement_sources(
    session: Reading, caller: Reader, disbursement_id: UUID, asked: Annotated[SourcesQuery, Query()]
) -> DisbursementSourcesOut:
    """Trace a disbursement back to the gifts that paid for it, across the federation.

    Of what thousands paid for, a part comes at a time: ask for the rest from `next_from` on.
    """
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    posting_id = disbursement.posting_id
    if posting_id is None:
        return DisbursementSourcesOut(sources=[], next_from=None)
    reach = await sources.page(session, posting_id, asked.start)
    told = [DisbursementSourceOut.of(one) for one in reach.sources]
    rest = reach.next_start
    return DisbursementSourcesOut(sources=told, next_from=None if rest is None else MoneyOut.of(rest))


@router.post(
    "/{disbursement_id}/withdrawal",
    operation_id="withdraw_disbursement",
    summary="Take a disbursement back",
    responses=problems.responses(errors.DisbursementNotInState),
)
async def withdraw_disbursement(
    session: Writing, caller: Officer, disbursement_id: UUID
) -> DisbursementDetail:
    """Take a disbursement back of which nothing is on its way: asked for, approved, or failed at the bank."""
    # Not locked here: whoever decides takes the request for approval before the disbursement.
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    await requests.withdraw(session, disbursement, by=caller.label)
    return await whole(session, caller, disbursement)


@router.post(
    "/{disbursement_id}/confirmation",
    operation_id="confirm_disbursement",
    summary="Confirm that the payee has the money",
    responses=problems.responses(errors.DisbursementNotInState, errors.DayToCome),
)
async def confirm_disbursement(
    session: Writing, caller: Officer, disbursement_id: UUID, body: DisbursementConfirmationIn
) -> DisbursementDetail:
    """Write down that the payee has told us of the money's arrival."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    await confirmations.confirm(session, disbursement, on=body.confirmed_on, note=body.note, by=caller.label)
    return await whole(session, caller, disbursement)


@router.post(
    "/{disbursement_id}/evidence",
    operation_id="add_disbursement_evidence",
    summary="Add evidence",
    responses=problems.responses(errors.DisbursementNotInState, AttachmentNotFree),
)
async def add_disbursement_evidence(
    session: Writing, caller: Officer, disbursement_id: UUID, body: EvidenceIn
) -> DisbursementDetail:
    """Add uploaded files that show what became of the money; they are kept for as long as it is."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    await reaching.show(session, disbursement, body.attachment_ids, by=caller.label)
    return await whole(session, caller, disbursement)


async def whole(session: ReadSession, caller: Asking, disbursement: Disbursement) -> DisbursementDetail:
    """Return a disbursement as it is read."""
    arrived = await reaching.arrived(session, [disbursement])
    files = await reaching.evidence(session, disbursement)
    return DisbursementDetail.whole(disbursement, arrived.get(disbursement.id, 0), files, caller.caller)
