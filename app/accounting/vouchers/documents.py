"""Documents: the files that support a voucher (附件), such as invoices, contracts and salary sheets."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, select

from app.accounting.models import Voucher, VoucherAttachment, VoucherState
from app.accounting.vouchers import catalogue
from app.accounting.vouchers.errors import DocumentMissing, StepNotPossible
from app.kit.attachments import files, retention
from app.kit.attachments.errors import AttachmentGone
from app.kit.attachments.files import Owner
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.models import AccessClass, Attachment
from app.organizations.access import Caller, Permission
from app.organizations.errors import NotAllowed, OutOfSight

KIND = "voucher"
"""What an attachment's owner is called."""

UNREVIEWED = frozenset({VoucherState.draft, VoucherState.returned, VoucherState.submitted})
"""While nobody has looked at it; from then on what was looked at stays."""

OPEN = UNREVIEWED | {VoucherState.reviewed, VoucherState.posted}
"""A paper that comes late is added all the same, to what still stands."""

HANDLING = (Permission.vouchers_record, Permission.vouchers_review, Permission.vouchers_post)


async def add(
    session: WriteSession, voucher: Voucher, attachment_ids: Sequence[UUID], *, by: str
) -> Sequence[Attachment]:
    """Give uploaded files to a locked voucher, all or none; they are kept for as long as it is.

    Raises StepNotPossible, AttachmentNotFree.
    """
    if voucher.state not in OPEN:
        raise StepNotPossible(state=voucher.state, step="attach")
    owner = Owner(KIND, voucher.id, voucher.organization_id)
    given = await files.attach(session, attachment_ids, owner, by=by)
    session.add_all(
        VoucherAttachment(attachment_id=file.id, voucher_id=voucher.id, added_by=by) for file in given
    )
    await session.flush()
    for file in sorted(given, key=lambda one: one.id):
        await retention.hold(session, file.id, _holder(voucher))
    return given


async def remove(session: WriteSession, voucher: Voucher, attachment_id: UUID, *, by: str) -> None:
    """Take a file from a locked voucher that nobody has reviewed; its bytes go with the next sweep.

    Raises StepNotPossible, AttachmentGone.
    """
    if voucher.state not in UNREVIEWED:
        raise StepNotPossible(state=voucher.state, step="detach")
    given = await session.get(VoucherAttachment, attachment_id)
    if given is None or given.voucher_id != voucher.id or given.removed_at is not None:
        raise AttachmentGone
    given.removed_by, given.removed_at = by, now()
    await session.flush()
    await retention.release(session, attachment_id, _holder(voucher))
    await retention.discard(session, attachment_id)


def _holder(voucher: Voucher) -> str:
    return f"{KIND}:{voucher.id}"


def standing(voucher_id: UUID) -> Select[Attachment]:
    """Return the query for the files of a voucher."""
    return (
        select(Attachment)
        .join(VoucherAttachment, VoucherAttachment.attachment_id == Attachment.id)
        .where(VoucherAttachment.voucher_id == voucher_id, VoucherAttachment.removed_at.is_(None))
    )


async def counts(session: ReadSession, voucher_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many files support each voucher, all with one statement."""
    query = (
        select(VoucherAttachment.voucher_id, func.count())
        .where(VoucherAttachment.voucher_id.in_(voucher_ids), VoucherAttachment.removed_at.is_(None))
        .group_by(VoucherAttachment.voucher_id)
    )
    found = {row[0]: int(row[1]) for row in await session.execute(query)}
    return {voucher_id: found.get(voucher_id, 0) for voucher_id in voucher_ids}


def sheets(voucher: Voucher, file_count: int) -> int:
    """Return what the paper says: 附件 N 张 (docs/decisions/0035-papers-of-vouchers.md)."""
    return max(voucher.attachment_count, file_count)


async def must_be_there(session: ReadSession, voucher: Voucher) -> None:
    """Refuse a voucher whose template asks for a document until a file of such a kind supports it."""
    wanted = catalogue.documents_of(voucher.template)
    if not wanted:
        return
    there = standing(voucher.id).where(Attachment.kind.in_(wanted)).limit(1)
    if await session.scalar(there) is None:
        raise DocumentMissing(template=voucher.template, kinds=sorted(wanted))


async def may_read(_: ReadSession, caller: Caller, file: Attachment) -> None:
    """Refuse a file to whoever may not read its voucher; a personal one to whoever does not handle vouchers.

    Auditors read everything financial, and nothing of a person (a salary sheet names people).
    """
    at = file.organization_id
    if not caller.sees(at):
        raise OutOfSight
    if at not in caller.holds(Permission.books_read):
        raise NotAllowed(permission=Permission.books_read, organization_id=at)
    handles = any(at in caller.holds(permission) for permission in HANDLING)
    if file.access is AccessClass.personal and not handles:
        raise NotAllowed(permission=Permission.vouchers_record, organization_id=at)
