"""Payment orders over HTTP: what leaves a channel, the file for its bank, and what the bank says of it."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Request, Response, UploadFile
from sqlalchemy import select

from app.accounting import channels
from app.kit import vault
from app.kit.database import Reading, ReadSession, Streaming, Writing, transactions
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import FRAME, Page, PageQuery, Slice
from app.kit.tables import TableUnreadable
from app.ledger.errors import AccountShort, FundShort
from app.organizations import accesses
from app.organizations.access import Asking, Permission
from app.organizations.models import AccessKind
from app.organizations.signin import may
from app.projects.disbursements import errors, explanations, orders, payment_files, results
from app.projects.models import PaymentOrder, PaymentResult, PaymentResultRow
from app.projects.schemas.disbursements import examples
from app.projects.schemas.disbursements.orders import (
    PaymentOrderDetail,
    PaymentOrderIn,
    PaymentOrderOut,
    PaymentOrderQuery,
    PaymentResultOut,
    PaymentResultRowOut,
)

router = APIRouter(prefix="/v1/projects/payment-orders", tags=["disbursements"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.projects_read)]
Cashier = Annotated[Asking, may(Permission.payments_execute)]
Sheet = Annotated[
    UploadFile,
    File(description="CSV (UTF-8 or GB18030) or XLSX, as the bank hands it out.", examples=[examples.CSV]),
]


@router.post(
    "",
    operation_id="make_payment_order",
    summary="Order payments",
    status_code=201,
    responses=problems.responses(
        errors.ChecksUnmet,
        errors.DisbursementNotInState,
        errors.OrderOfAnotherOrganization,
        errors.PaidAlready,
        errors.RelatedToPayee,
        FundShort,
        AccountShort,
    ),
)
async def make_payment_order(session: Writing, caller: Cashier, body: PaymentOrderIn) -> PaymentOrderDetail:
    """Pay approved disbursements from one channel, all or none; never more than fund and account hold.

    Each is booked at once. From a bank account its file goes out next; cash is handed over with the order.
    """
    channel = await channels.get(session, body.channel_id)
    caller.must(at=channel.organization_id)
    made = await orders.order(session, channel, body.disbursement_ids, actor=caller.label)
    return await _whole(session, caller, made)


async def _whole(session: ReadSession, caller: Asking, made: PaymentOrder) -> PaymentOrderDetail:
    parts = await orders.parts(session, made)
    why = await explanations.read(session, caller.caller, [(one.item, one.disbursement) for one in parts])
    return PaymentOrderDetail.whole(made, parts, why)


@router.get("", operation_id="list_payment_orders", summary="List payment orders")
async def list_payment_orders(
    session: Reading, caller: Reader, asked: Annotated[PaymentOrderQuery, Query()]
) -> Page[PaymentOrderOut]:
    """List payment orders, the latest first."""
    query = select(PaymentOrder).where(PaymentOrder.organization_id.in_(caller.visible()))
    query = query.filter_by(**asked.model_dump(exclude=FRAME, exclude_none=True))
    found = await pages.page(
        session, query, [PaymentOrder.id], asked, newest_first=True, amount=PaymentOrder.amount
    )
    return found.told([PaymentOrderOut.of(one) for one in found.items])


@router.get("/{order_id}", operation_id="read_payment_order", summary="Read a payment order")
async def read_payment_order(session: Reading, caller: Reader, order_id: UUID) -> PaymentOrderDetail:
    """Read an order with every payment, and what became of each."""
    made = await orders.get(session, order_id)
    caller.must(at=made.organization_id)
    return await _whole(session, caller, made)


@router.get(
    "/{order_id}/file",
    operation_id="export_payment_order",
    summary="Get the file for the bank",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "One payment a line, amounts in yuan."}},
)
async def export_payment_order(
    request: Request, database: Streaming, caller: Cashier, order_id: UUID
) -> Response:
    """Get an order's payments with the payees' bank details as CSV for the bank; every look is logged."""
    async with database.reading() as session:
        made = await orders.get(session, order_id)
        caller.must(at=made.organization_id)
        written = payment_files.write(await orders.rows(session, made))
    await accesses.record(
        transactions(request),
        caller.label,
        at=made.organization_id,
        kind=AccessKind.beneficiary,
        subject=made.id,
    )
    headers = {"Content-Disposition": f'attachment; filename="payments-{made.id}.csv"'}
    return Response(written, media_type="text/csv", headers=headers | {"Cache-Control": "no-store"})


@router.post(
    "/{order_id}/results",
    operation_id="import_payment_results",
    summary="Take in the bank's results",
    responses=problems.responses(errors.ResultsUnreadable, TableUnreadable),
)
async def import_payment_results(
    session: Writing, caller: Cashier, order_id: UUID, file: Sheet
) -> PaymentResultOut:
    """Take in a bank's results, the whole file at once: paid or failed by row, what is unmatched is listed.

    The same file again, or a row that says what is known, changes nothing. A failed payment is reversed.
    """
    made = await orders.get(session, order_id, lock=True)
    caller.must(at=made.organization_id)
    mac = vault.of(session).mac(await file.read())
    await file.seek(0)
    before = await results.known(session, made, mac)
    told = [] if before else await asyncio.to_thread(payment_files.read, file.file)
    taken = before or await results.take_in(session, made, told, mac, actor=caller.label)
    unmatched = await results.rows_of(session, taken.id)
    return PaymentResultOut.of(taken, unmatched, repeated=before is not None)


@router.get(
    "/{order_id}/unmatched-rows",
    operation_id="list_payment_result_rows",
    summary="List unmatched rows of results",
    response_model=Page[PaymentResultRowOut],
)
async def list_payment_result_rows(
    session: Reading, caller: Reader, order_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Slice[PaymentResultRow]:
    """List the rows of the bank's files for an order that had no effect, and why."""
    made = await orders.get(session, order_id)
    caller.must(at=made.organization_id)
    query = select(PaymentResultRow).join(PaymentResult, PaymentResult.id == PaymentResultRow.result_id)
    query = query.where(PaymentResult.order_id == made.id)
    return await pages.page(session, query, [PaymentResultRow.id], asked)
