"""Donation receipts over HTTP: asked for, sent in batches, their results taken in, reversed, replaced."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, UploadFile

from app.fundraising.models import Receipt
from app.fundraising.receipts import batches, errors, queue, requests, results, reversals, words
from app.fundraising.schemas.receipt_files import ReceiptBatchIn, ReceiptBatchOut, ReceiptResultsOut
from app.fundraising.schemas.receipts import (
    ReceiptDetail,
    ReceiptIn,
    ReceiptOut,
    ReceiptPayerIn,
    ReceiptQuery,
    ReceiptReversalIn,
    ReceiptWaiverIn,
)
from app.kit.database import Reading, Writing
from app.kit.http import formats, idempotency, pages, problems
from app.kit.http.formats import Format
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.sheets import forms, received, workbooks
from app.kit.sheets.faults import WorkbookFaulty
from app.kit.tables import TableUnreadable
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may, public

router = APIRouter(prefix="/v1/fundraising/receipts", tags=["donation receipts"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Issuer = Annotated[Asking, may(Permission.receipts_issue)]
DryRun = Annotated[bool, Query(description="Only tell what the file would do.")]
_GIFTS = (errors.GiftReceipted, errors.GiftsOfSeveralDonors, errors.NothingToReceipt, OutOfSight)


@router.post(
    "",
    operation_id="request_receipt",
    summary="Ask for a receipt",
    status_code=201,
    responses=problems.responses(*_GIFTS, errors.ReceiptTitleMissing),
)
async def request_receipt(session: Writing, caller: Issuer, body: ReceiptIn) -> ReceiptOut:
    """Ask for one receipt over gifts of a donor; it goes to the finance system with the next batch."""
    gifts = await requests.hold(session, body.donation_ids)
    for gift in gifts:
        caller.must(at=gift.organization_id)
    return ReceiptOut.of(await requests.request(session, gifts, body.payer(), actor=caller.label))


@router.post(
    "/waivers",
    operation_id="record_receipt_waiver",
    summary="Record that there is no receipt",
    status_code=201,
    responses=problems.responses(*_GIFTS),
)
async def record_receipt_waiver(
    session: Writing, caller: Issuer, body: ReceiptWaiverIn, request: Request
) -> ReceiptOut:
    """Record that gifts get no receipt: waived by their donor, or given anonymously (慈善法 art. 38)."""
    gifts = await requests.hold(session, body.donation_ids)
    for gift in gifts:
        caller.must(at=gift.organization_id)
    made = await requests.waive(session, gifts, body.state, note=body.note, actor=caller.label)
    idempotency.concerns(request, made.person_id)
    return ReceiptOut.of(made, body.note)


@router.get("", operation_id="list_receipts", summary="List receipts")
async def list_receipts(
    session: Reading, caller: Reader, asked: Annotated[ReceiptQuery, Query()]
) -> Page[ReceiptOut]:
    """List receipts, the one that has waited longest first; `state=requested` is the queue."""
    visible = caller.visible()
    if asked.organization_id:
        visible &= {asked.organization_id}
    query = queue.receipts(
        visible, state=asked.state, donation_id=asked.donation_id, to_reverse=asked.to_reverse
    )
    found = await pages.listed(session, query, queue.ORDERS, asked, amount=Receipt.amount)
    clear_in = caller.caller.holds(Permission.donors_read)
    notes = await words.notes(session, found.items, clear_in=clear_in)
    items = [ReceiptOut.of(one, notes.get(one.id)) for one in found.items]
    return found.told(items)


@router.post(
    "/batches",
    operation_id="create_receipt_batch",
    summary="Make a batch for the finance system",
    status_code=201,
    responses=problems.responses(errors.ReceiptsNoneWaiting),
)
async def create_receipt_batch(session: Writing, caller: Issuer, body: ReceiptBatchIn) -> ReceiptBatchOut:
    """Put what waits to be issued or reversed into a batch, whose workbook the finance system takes."""
    caller.must(at=body.organization_id)
    return ReceiptBatchOut.of(await batches.make(session, body.organization_id, actor=caller.label))


@router.get(
    "/batches/{batch_id}/sheet",
    operation_id="export_receipt_batch",
    summary="Get a batch's workbook",
    response_class=Response,
    responses=formats.also(Format.xlsx) | problems.responses(OutOfSight),
)
async def export_receipt_batch(session: Reading, caller: Issuer, batch_id: UUID) -> Response:
    """Return a batch as a workbook: a line per receipt to issue, then one per reversal."""
    batch = await batches.get(session, batch_id)
    caller.must(at=batch.organization_id)
    content = workbooks.write([await batches.sheet(session, batch)])
    answer = formats.file(content, "票据申请.xlsx", Format.xlsx)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get(
    "/results/form",
    operation_id="export_receipt_results_form",
    summary="Get the form for results",
    response_class=Response,
    responses=formats.also(Format.xlsx),
    dependencies=[public],
)
async def export_receipt_results_form() -> Response:
    """Return an empty workbook for the finance system's answers, with its columns explained."""
    return formats.file(forms.template([results.FORM], "zh"), "开票结果.xlsx", Format.xlsx)


@router.post(
    "/results",
    operation_id="record_receipt_results",
    summary="Take results in",
    status_code=201,
    responses=problems.responses(WorkbookFaulty, TableUnreadable),
    openapi_extra={
        "requestBody": {"content": {"multipart/form-data": {"example": {"file": "results.xlsx"}}}}
    },
)
async def record_receipt_results(
    session: Writing, caller: Issuer, organization_id: UUID, file: UploadFile, dry_run: DryRun = False
) -> ReceiptResultsOut:
    """Take the finance system's answer in (XLSX or CSV): what matches takes effect, the rest is listed."""
    caller.must(at=organization_id)
    async with received.on_disk(file) as path, session.begin_nested() as tried:
        taken = await results.take_in(session, organization_id, path)
        if dry_run:
            await tried.rollback()
    return ReceiptResultsOut.of(taken, dry_run=dry_run)


@router.get(
    "/{receipt_id}",
    operation_id="read_receipt",
    summary="Read a receipt",
    responses=problems.responses(OutOfSight),
)
async def read_receipt(
    session: Reading, caller: Reader, receipt_id: UUID, response: Response
) -> ReceiptDetail:
    """Read a receipt with its gifts; to whom it is made out is masked for those who may not read donors."""
    receipt = await requests.get(session, receipt_id)
    caller.must(at=receipt.organization_id)
    response.headers["Cache-Control"] = "no-store"
    known = (await words.read(session, [receipt])).get(receipt.id)
    clear_in = caller.caller.holds(Permission.donors_read)
    payer = words.shown(known, clear=receipt.organization_id in clear_in)
    note = (await words.notes(session, [receipt], clear_in=clear_in)).get(receipt.id)
    lines = await requests.lines(session, receipt)
    return ReceiptDetail.with_lines(receipt, payer, lines, note=note)


@router.post(
    "/{receipt_id}/withdrawal",
    operation_id="withdraw_receipt",
    summary="Withdraw a request or a waiver",
    responses=problems.responses(errors.ReceiptStateOther, errors.ReceiptSent, OutOfSight),
)
async def withdraw_receipt(session: Writing, caller: Issuer, receipt_id: UUID) -> ReceiptOut:
    """Take back a request that is not sent yet, or a waiver: the gifts are free for another receipt."""
    receipt = await requests.get(session, receipt_id, lock=True)
    caller.must(at=receipt.organization_id)
    await requests.withdraw(session, receipt)
    clear_in = caller.caller.holds(Permission.donors_read)
    note = (await words.notes(session, [receipt], clear_in=clear_in)).get(receipt.id)
    return ReceiptOut.of(receipt, note)


@router.post(
    "/{receipt_id}/reversal",
    operation_id="reverse_receipt",
    summary="Ask for a receipt's reversal",
    responses=problems.responses(errors.ReceiptStateOther, OutOfSight),
)
async def reverse_receipt(
    session: Writing, caller: Issuer, receipt_id: UUID, body: ReceiptReversalIn, request: Request
) -> ReceiptOut:
    """Ask the finance system, with the next batch, to reverse an issued receipt; no money moves."""
    receipt = await requests.get(session, receipt_id, lock=True)
    caller.must(at=receipt.organization_id)
    await reversals.ask(session, receipt, body.reason, note=body.note, actor=caller.label)
    idempotency.concerns(request, receipt.person_id)
    return ReceiptOut.of(receipt, body.note)


@router.post(
    "/{receipt_id}/replacement",
    operation_id="request_receipt_replacement",
    summary="Ask for a reversed receipt's replacement",
    status_code=201,
    responses=problems.responses(errors.ReceiptStateOther, errors.ReceiptTitleMissing, *_GIFTS),
)
async def request_receipt_replacement(
    session: Writing, caller: Issuer, receipt_id: UUID, body: ReceiptPayerIn
) -> ReceiptOut:
    """Ask for the receipt that takes a reversed one's place, over what is left of its gifts."""
    receipt = await requests.get(session, receipt_id, lock=True)
    caller.must(at=receipt.organization_id)
    return ReceiptOut.of(await reversals.replace(session, receipt, body.payer(), actor=caller.label))
