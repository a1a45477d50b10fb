"""Documents of vouchers over HTTP: added, listed, and removed while nobody has reviewed the voucher."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.accounting.models import Voucher
from app.accounting.schemas.vouchers.documents import (
    VoucherAttachmentIn,
    VoucherAttachmentOut,
    VoucherAttachmentsOut,
)
from app.accounting.vouchers import documents, drafts, errors
from app.kit.attachments.errors import AttachmentGone, AttachmentNotFree
from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Paging
from app.kit.models import Attachment
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(
    prefix="/v1/accounting/vouchers/{voucher_id}/attachments", tags=["vouchers"], route_class=IdempotentRoute
)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]


@router.post(
    "",
    operation_id="add_voucher_attachments",
    status_code=201,
    responses=problems.responses(errors.VoucherNotFound, errors.StepNotPossible, AttachmentNotFree),
)
async def add_voucher_attachments(
    session: Writing, caller: Recorder, voucher_id: UUID, body: VoucherAttachmentIn
) -> VoucherAttachmentsOut:
    """Give uploaded files to a voucher, all or none; who reads the voucher reads them."""
    voucher = await _locked(session, caller, voucher_id)
    given = await documents.add(session, voucher, body.attachment_ids, by=caller.label)
    return await _told(session, voucher, sorted(file.id for file in given))


@router.get(
    "",
    operation_id="list_voucher_attachments",
    responses=problems.responses(errors.VoucherNotFound),
)
async def list_voucher_attachments(
    session: Reading, caller: Reader, voucher_id: UUID, asked: Paging
) -> Page[VoucherAttachmentOut]:
    """List the files that support a voucher; their bytes are read at `/v1/attachments`."""
    voucher = await drafts.get(session, voucher_id)
    caller.must(at=voucher.organization_id)
    found = await pages.page(session, documents.standing(voucher.id), [Attachment.id], asked)
    items = [VoucherAttachmentOut.of(file) for file in found.items]
    return found.told(items)


@router.delete(
    "/{attachment_id}",
    operation_id="remove_voucher_attachment",
    responses=problems.responses(errors.VoucherNotFound, errors.StepNotPossible, AttachmentGone),
)
async def remove_voucher_attachment(
    session: Writing, caller: Recorder, voucher_id: UUID, attachment_id: UUID
) -> VoucherAttachmentsOut:
    """Take a file from a voucher that nobody has reviewed yet; what was reviewed keeps its papers."""
    voucher = await _locked(session, caller, voucher_id)
    await documents.remove(session, voucher, attachment_id, by=caller.label)
    return await _told(session, voucher, [])


async def _locked(session: WriteSession, caller: Asking, voucher_id: UUID) -> Voucher:
    voucher = await drafts.lock(session, voucher_id)
    caller.must(at=voucher.organization_id)
    return voucher


async def _told(session: ReadSession, voucher: Voucher, given: list[UUID]) -> VoucherAttachmentsOut:
    counts = await documents.counts(session, [voucher.id])
    return VoucherAttachmentsOut(file_count=counts[voucher.id], attachment_ids=given)
