"""What shows that paid money reached its beneficiaries, or came back, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.accounting import channels
from app.kit import vault
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.database import Reading, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page, PageQuery
from app.ledger.errors import ArrivalUnfit, NothingToReturn
from app.ledger.models import ArrivalKind
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.projects.beneficiaries.errors import BeneficiaryUnknown
from app.projects.disbursements import errors, explanations, reaching, requests, returns, signing
from app.projects.disbursements.returns import GivenBack
from app.projects.models import DisbursementReturn, SignedList, SignedRow
from app.projects.routers.disbursements.requests import whole
from app.projects.schemas.disbursements.reaching import (
    DisbursementArrivalIn,
    DisbursementReturnIn,
    DisbursementReturnOut,
    SignedListIn,
    SignedListOut,
    SignedRowOut,
)
from app.projects.schemas.disbursements.requests import DisbursementDetail
from app.projects.villages.errors import RequestSpent, VillageFundShort

router = APIRouter(
    prefix="/v1/projects/disbursements/{disbursement_id}", tags=["last mile"], route_class=MoneyRoute
)

Reader = Annotated[Asking, may(Permission.projects_read)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]
Asked = Annotated[PageQuery, Query()]
_ARRIVING = problems.responses(
    errors.DisbursementNotInState,
    errors.CountsWhenSpent,
    errors.NothingLeftToReach,
    errors.DayToCome,
    ArrivalUnfit,
    AttachmentNotFree,
)


@router.post(
    "/arrivals",
    operation_id="record_disbursement_arrival",
    summary="Record goods handed over or an asset accepted",
    responses=_ARRIVING,
)
async def record_disbursement_arrival(
    session: Writing, caller: Officer, disbursement_id: UUID, body: DisbursementArrivalIn
) -> DisbursementDetail:
    """Record that what passed-on money bought or built was handed over or accepted: it counts now."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    shown = (ArrivalKind(body.kind), body.arrived_on, f"{body.kind}: {body.note}")
    await reaching.arrive(session, disbursement, body.amount.amount, shown)
    await reaching.show(session, disbursement, body.attachment_ids, by=caller.label)
    return await whole(session, caller, disbursement)


@router.post(
    "/signed-lists",
    operation_id="record_signed_list",
    summary="Record a signed list",
    status_code=201,
    responses=_ARRIVING | problems.responses(errors.BenefitUnfit, errors.BenefitSigned, BeneficiaryUnknown),
)
async def record_signed_list(
    session: Writing, caller: Officer, disbursement_id: UUID, body: SignedListIn
) -> SignedListOut:
    """Record a list that beneficiaries signed, one file with many rows: the sum of them has arrived."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    made = await signing.sign(
        session,
        disbursement,
        body.signers(),
        on=body.signed_on,
        attachment_id=body.attachment_id,
        by=caller.label,
    )
    return SignedListOut.of(made)


@router.get("/signed-lists", operation_id="list_signed_lists", summary="List signed lists")
async def list_signed_lists(
    session: Reading, caller: Reader, disbursement_id: UUID, asked: Asked
) -> Page[SignedListOut]:
    """List the signed lists of a disbursement: how many signed, and for how much."""
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    query = select(SignedList).where(SignedList.disbursement_id == disbursement.id)
    found = await pages.page(session, query, [SignedList.id], asked, amount=SignedList.amount)
    return found.told([SignedListOut.of(one) for one in found.items])


@router.get("/signed-lists/{list_id}/rows", operation_id="list_signed_rows", summary="List who signed")
async def list_signed_rows(
    session: Reading,
    caller: Annotated[Asking, may(Permission.beneficiaries_read)],
    disbursement_id: UUID,
    list_id: UUID,
    asked: Asked,
) -> Page[SignedRowOut]:
    """List who signed a list, by name, and for how much."""
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    query = select(SignedRow).join(SignedList, SignedList.id == SignedRow.list_id)
    query = query.where(SignedList.disbursement_id == disbursement.id, SignedRow.list_id == list_id)
    found = await pages.page(session, query, [SignedRow.number, SignedRow.id], asked, amount=SignedRow.amount)
    names = await vault.read(session, [one.id for one in found.items], [signing.NAME])
    items = [SignedRowOut.of(one, names.get(one.id, {}).get(signing.NAME)) for one in found.items]
    return found.told(items)


@router.post(
    "/returns",
    operation_id="record_disbursement_return",
    summary="Record money given back",
    status_code=201,
    responses=problems.responses(
        errors.DisbursementNotInState,
        errors.OrderOfAnotherOrganization,
        errors.DayToCome,
        NothingToReturn,
        ArrivalUnfit,
        VillageFundShort,
        RequestSpent,
    ),
)
async def record_disbursement_return(
    session: Writing,
    caller: Annotated[Asking, may(Permission.payments_execute)],
    disbursement_id: UUID,
    body: DisbursementReturnIn,
    request: Request,
) -> DisbursementReturnOut:
    """Record what a payee gave back: the end of what it was paid, and its fund has it again."""
    disbursement = await requests.get(session, disbursement_id, lock=True)
    caller.must(at=disbursement.organization_id)
    channel = await channels.get(session, body.channel_id)
    given = GivenBack(channel=channel, amount=body.amount.amount, on=body.returned_on, reason=body.reason)
    made = await returns.take_back(session, disbursement, given, actor=caller.label)
    idempotency.concerns(request, disbursement.counterparty_id)
    why = await explanations.read(session, caller.caller, [(made, disbursement)])
    return DisbursementReturnOut.of(made, why.get(made.id))


@router.get("/returns", operation_id="list_disbursement_returns", summary="List money given back")
async def list_disbursement_returns(
    session: Reading, caller: Reader, disbursement_id: UUID, asked: Asked
) -> Page[DisbursementReturnOut]:
    """List what a payee gave back of a disbursement."""
    disbursement = await requests.get(session, disbursement_id)
    caller.must(at=disbursement.organization_id)
    query = select(DisbursementReturn).where(DisbursementReturn.disbursement_id == disbursement.id)
    found = await pages.page(session, query, [DisbursementReturn.id], asked, amount=DisbursementReturn.amount)
    why = await explanations.read(session, caller.caller, [(one, disbursement) for one in found.items])
    return found.told([DisbursementReturnOut.of(one, why.get(one.id)) for one in found.items])
