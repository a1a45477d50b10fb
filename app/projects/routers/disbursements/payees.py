"""Payees over HTTP: their bank details, which two people change, and who is related to them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.accounting.parties import counterparties
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may
from app.projects.disbursements import accounts, errors, explanations, relations
from app.projects.models import PayeeAccount, PayeeRelation
from app.projects.schemas.disbursements.payees import (
    PayeeAccountDetail,
    PayeeAccountIn,
    PayeeAccountOut,
    PayeeRelationIn,
    PayeeRelationOut,
)

router = APIRouter(prefix="/v1/projects", tags=["payees"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Officer = Annotated[Asking, may(Permission.disbursements_request)]
Second = Annotated[Asking, may(Permission.disbursements_approve)]
Anybody = Annotated[Asking, may(Permission.approvals_decide)]
Asked = Annotated[PageQuery, Query()]
_DECIDING = problems.responses(errors.PayeeAccountDecided, errors.SamePersonTwice, errors.RelatedToPayee)


async def _home(session: ReadSession, counterparty_id: UUID) -> UUID:
    payee = await counterparties.get(session, counterparty_id)
    if payee.organization_id is None:
        raise OutOfSight
    return payee.organization_id


@router.post(
    "/payees/{counterparty_id}/accounts",
    operation_id="add_payee_account",
    summary="Propose a payee's bank details",
    status_code=201,
    responses=problems.responses(errors.PayeeAccountWaiting, errors.RelatedToPayee),
)
async def add_payee_account(
    session: Writing, caller: Officer, counterparty_id: UUID, body: PayeeAccountIn, request: Request
) -> PayeeAccountOut:
    """Propose where a payee is paid from now on; it counts once a second person has confirmed it."""
    caller.must(at=await _home(session, counterparty_id))
    details = body.details()
    made = await accounts.propose(session, counterparty_id, details, reason=body.reason, actor=caller.label)
    idempotency.concerns(request, counterparty_id)
    return await _told(session, caller, made)


async def _told(session: ReadSession, caller: Asking, account: PayeeAccount) -> PayeeAccountOut:
    why = await explanations.read(session, caller.caller, [(account, account)])
    return PayeeAccountOut.of(account, why.get(account.id))


@router.get(
    "/payees/{counterparty_id}/accounts",
    operation_id="list_payee_accounts",
    summary="List a payee's bank details",
)
async def list_payee_accounts(
    session: Reading, caller: Reader, counterparty_id: UUID, asked: Asked
) -> Page[PayeeAccountOut]:
    """List every version of a payee's bank details by their last digits, the first one first."""
    caller.must(at=await _home(session, counterparty_id))
    query = select(PayeeAccount).where(PayeeAccount.counterparty_id == counterparty_id)
    found = await pages.page(session, query, [PayeeAccount.id], asked)
    why = await explanations.read(session, caller.caller, [(one, one) for one in found.items])
    return found.told([PayeeAccountOut.of(one, why.get(one.id)) for one in found.items])


@router.get(
    "/payee-accounts/{account_id}", operation_id="read_payee_account", summary="Read bank details in clear"
)
async def read_payee_account(session: Reading, caller: Second, account_id: UUID) -> PayeeAccountDetail:
    """Read bank details in clear, to compare them with the payee's papers before you confirm them."""
    account = await accounts.get(session, account_id)
    caller.must(at=account.organization_id)
    why = await explanations.read(session, caller.caller, [(account, account)])
    details = await accounts.opened(session, [account])
    return PayeeAccountDetail.whole(account, details.get(account.id), why.get(account.id))


@router.post(
    "/payee-accounts/{account_id}/confirmation",
    operation_id="confirm_payee_account",
    summary="Confirm bank details",
    responses=_DECIDING,
)
async def confirm_payee_account(
    session: Writing, caller: Second, account_id: UUID, request: Request
) -> PayeeAccountOut:
    """Confirm bank details that somebody else proposed: the payee is paid there from now on."""
    account = await accounts.get(session, account_id, lock=True)
    caller.must(at=account.organization_id)
    await accounts.decide(session, account, confirm=True, actor=caller.label)
    idempotency.concerns(request, account.counterparty_id)
    return await _told(session, caller, account)


@router.post(
    "/payee-accounts/{account_id}/refusal",
    operation_id="decline_payee_account",
    summary="Decline bank details",
    responses=_DECIDING,
)
async def decline_payee_account(
    session: Writing, caller: Second, account_id: UUID, request: Request
) -> PayeeAccountOut:
    """Decline bank details that somebody else proposed; those before stay in force."""
    account = await accounts.get(session, account_id, lock=True)
    caller.must(at=account.organization_id)
    await accounts.decide(session, account, confirm=False, actor=caller.label)
    idempotency.concerns(request, account.counterparty_id)
    return await _told(session, caller, account)


@router.post(
    "/payees/{counterparty_id}/relations",
    operation_id="add_payee_relation",
    summary="Declare a relation to a payee",
    status_code=201,
    responses=problems.responses(errors.RelationDeclared, errors.PersonWorksElsewhere),
)
async def add_payee_relation(
    session: Writing, caller: Anybody, counterparty_id: UUID, body: PayeeRelationIn, request: Request
) -> PayeeRelationOut:
    """Declare that somebody who works here is related to a payee: they neither ask, decide nor pay."""
    home = await _home(session, counterparty_id)
    caller.must(at=home)
    relation = body.as_relation(home, counterparty_id, caller.label)
    made = await relations.declare(session, relation, body.relation)
    idempotency.concerns(request, counterparty_id)
    how = await explanations.read(session, caller.caller, [(made, made)])
    return PayeeRelationOut.of(made, how.get(made.id))


@router.get(
    "/payees/{counterparty_id}/relations",
    operation_id="list_payee_relations",
    summary="List who is related to a payee",
)
async def list_payee_relations(
    session: Reading,
    caller: Annotated[Asking, may(Permission.approvals_read)],
    counterparty_id: UUID,
    asked: Asked,
) -> Page[PayeeRelationOut]:
    """List who of the staff keeps away from what is paid to a payee."""
    caller.must(at=await _home(session, counterparty_id))
    query = select(PayeeRelation).where(PayeeRelation.counterparty_id == counterparty_id)
    found = await pages.page(session, query, [PayeeRelation.id], asked)
    how = await explanations.read(session, caller.caller, [(one, one) for one in found.items])
    return found.told([PayeeRelationOut.of(one, how.get(one.id)) for one in found.items])
