"""Bank reconciliations over HTTP, and the cheques that explain what bank and books differ by."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank import cheques, errors, reconciliation_papers, reconciliations, statements
from app.accounting.models import BankReconciliation, Channel, Cheque
from app.accounting.schemas.bank_matches import ReasonIn
from app.accounting.schemas.reconciliations import (
    ReconcilementOut,
    ReconciliationIn,
    ReconciliationOut,
    ReconciliationQuery,
)
from app.accounting.schemas.transit.cheques import ChequeIn, ChequeOut, ChequeQuery, PresentationIn
from app.kit.clock import now
from app.kit.database import Reading, ReadSession, Writing
from app.kit.fields import Day
from app.kit.http import formats, pages, problems
from app.kit.http.formats import Format, Wanted
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.sheets import workbooks
from app.ledger.periods import month_of
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["bank"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.bank_read)]
Recorder = Annotated[Asking, may(Permission.bank_record)]
Reviewer = Annotated[Asking, may(Permission.bank_review)]


@router.get(
    "/bank-accounts/{channel_id}/reconciliation",
    operation_id="read_reconciliation",
    response_model=ReconcilementOut,
    responses=formats.also(Format.xlsx, Format.pdf),
)
async def read_reconciliation(
    session: Reading, caller: Reader, channel_id: UUID, month: Day, wanted: Wanted
) -> ReconcilementOut | Response:
    """Read a month's reconciliation (any day of it): as it was signed, or as it would be drawn now."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    statements.must_be_bank(channel)
    signed = await reconciliations.of_month(session, channel, month_of(month))
    told = await _told(session, channel, month_of(month), signed)
    if wanted is Format.json:
        return ReconcilementOut.of(told, signed)
    return await _file(session, channel, told, signed, wanted)


async def _told(
    session: ReadSession, channel: Channel, month: date, signed: BankReconciliation | None
) -> dict[str, Any]:
    if signed is not None:
        return orjson.loads(signed.content)
    return reconciliations.plain(await reconciliations.draw(session, channel, month))


async def _file(
    session: ReadSession,
    channel: Channel,
    told: dict[str, Any],
    signed: BankReconciliation | None,
    wanted: Format,
) -> Response:
    organization = await organizations.get(session, channel.organization_id)
    named = told | {
        "prepared_by": signed.prepared_by if signed else "",
        "reviewed_by": (signed.reviewed_by or "") if signed else "",
    }
    name = f"{organization.code}-{channel.code}-{told['month'][:7]}"
    if wanted is Format.xlsx:
        content = workbooks.write([reconciliation_papers.sheet(organization, channel, named)])
        return formats.file(content, f"{name}.xlsx", wanted)
    made_at = signed.created_at if signed else now()
    content = await reconciliation_papers.pdf(organization, channel, named, made_at=made_at)
    return formats.file(content, f"{name}.pdf", wanted)


@router.post(
    "/bank-accounts/{channel_id}/reconciliations",
    operation_id="sign_reconciliation",
    status_code=201,
    responses=problems.responses(
        errors.ReconciliationUnequal, errors.ReconciliationSigned, errors.ChannelIsNoBankAccount
    ),
)
async def sign_reconciliation(
    session: Writing, caller: Recorder, channel_id: UUID, body: ReconciliationIn
) -> ReconciliationOut:
    """Sign a month's reconciliation as it is drawn now; from then on it is kept as it was."""
    channel = await channels.lock(session, channel_id)
    caller.must(at=channel.organization_id)
    statements.must_be_bank(channel)
    signed = await reconciliations.sign(session, channel, month_of(body.month), actor=caller.label)
    return ReconciliationOut.of(signed)


@router.get("/bank-accounts/{channel_id}/reconciliations", operation_id="list_reconciliations")
async def list_reconciliations(
    session: Reading, caller: Reader, channel_id: UUID, asked: Annotated[ReconciliationQuery, Query()]
) -> Page[ReconciliationOut]:
    """List an account's signed reconciliations, the latest month first."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    query = select(BankReconciliation).where(BankReconciliation.channel_id == channel.id)
    if asked.reviewed is not None:
        query = query.where(BankReconciliation.reviewed_at.is_not(None) == asked.reviewed)
    keys = [BankReconciliation.month, BankReconciliation.id]
    found = await pages.page(session, query, keys, asked, newest_first=True)
    return found.told([ReconciliationOut.of(one) for one in found.items])


@router.post(
    "/bank-reconciliations/{reconciliation_id}/review",
    operation_id="confirm_reconciliation",
    responses=problems.responses(errors.ReconciliationReviewed, errors.ReviewerPrepared),
)
async def confirm_reconciliation(
    session: Writing, caller: Reviewer, reconciliation_id: UUID
) -> ReconciliationOut:
    """Put a second person's name under a reconciliation: never the preparer's own."""
    signed = await reconciliations.get(session, reconciliation_id)
    caller.must(at=signed.organization_id)
    await reconciliations.review(session, signed, actor=caller.label)
    return ReconciliationOut.of(signed)


@router.post(
    "/bank-accounts/{channel_id}/cheques",
    operation_id="record_cheque",
    status_code=201,
    responses=problems.responses(errors.ChannelIsNoBankAccount, errors.ChequeUnfit, errors.ChequeNumberTaken),
)
async def record_cheque(session: Writing, caller: Recorder, channel_id: UUID, body: ChequeIn) -> ChequeOut:
    """Record a cheque that was drawn or received; it is outstanding until the bank has paid it."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    return ChequeOut.of(await cheques.record(session, channel, body.cheque(), actor=caller.label))


@router.get("/bank-accounts/{channel_id}/cheques", operation_id="list_cheques")
async def list_cheques(
    session: Reading, caller: Reader, channel_id: UUID, asked: Annotated[ChequeQuery, Query()]
) -> Page[ChequeOut]:
    """List the cheques of a bank account, the latest first."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    query = select(Cheque).where(Cheque.channel_id == channel.id)
    if asked.direction:
        query = query.where(Cheque.direction == asked.direction)
    if asked.outstanding is not None:
        stands = Cheque.line_id.is_(None) & Cheque.cancelled_at.is_(None)
        query = query.where(stands == asked.outstanding)
    found = await pages.page(session, query, [Cheque.id], asked, newest_first=True, amount=Cheque.amount)
    return found.told([ChequeOut.of(one) for one in found.items])


@router.post(
    "/cheques/{cheque_id}/presentation",
    operation_id="confirm_cheque",
    responses=problems.responses(errors.ChequeEnded, errors.ChequeUnfit, errors.LinePaidAnother),
)
async def confirm_cheque(
    session: Writing, caller: Recorder, cheque_id: UUID, body: PresentationIn
) -> ChequeOut:
    """Say which line of the bank paid a cheque; a drawn one is matched with its entry at once."""
    cheque = await cheques.get(session, cheque_id)
    caller.must(at=cheque.organization_id)
    await cheques.present(session, cheque, body.line_id, actor=caller.label)
    return ChequeOut.of(cheque)


@router.post(
    "/cheques/{cheque_id}/cancellation",
    operation_id="revoke_cheque",
    responses=problems.responses(errors.ChequeEnded),
)
async def revoke_cheque(session: Writing, caller: Recorder, cheque_id: UUID, body: ReasonIn) -> ChequeOut:
    """Give up a cheque that the bank has not paid; what was booked is corrected by a voucher."""
    cheque = await cheques.get(session, cheque_id)
    caller.must(at=cheque.organization_id)
    await cheques.cancel(session, cheque, because=body.reason, actor=caller.label)
    return ChequeOut.of(cheque)
