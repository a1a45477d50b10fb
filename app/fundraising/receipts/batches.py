"""Batches: what is handed to the finance system at one time, as a workbook; nothing is handed over twice."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from app.fundraising.models import Receipt, ReceiptBatch, ReceiptState
from app.fundraising.receipts import words
from app.fundraising.receipts.errors import ReceiptsNoneWaiting
from app.fundraising.receipts.words import Payer
from app.kit.clock import legal_day
from app.kit.database import ReadSession, WriteSession
from app.kit.sheets.cells import Column, Kind
from app.kit.sheets.workbooks import Sheet
from app.organizations.errors import OutOfSight

SIZE_MAX = 1000
"""So many receipts, and as many reversals go in one batch; the rest waits for the next."""

ISSUE, REVERSE = "开具", "红冲"
NAME = "票据申请"
COLUMNS = (
    Column("申请编号", width=16),
    Column("业务类型"),
    Column("交款人", width=30),
    Column("统一社会信用代码／身份证号", width=30),
    Column("电子邮箱", width=28),
    Column("项目名称"),
    Column("金额（元）", Kind.money),
    Column("申请日期", Kind.day),
    Column("原票据代码"),
    Column("原票据号码"),
    Column("红冲原因"),
)
ITEM = "捐赠收入"
REASONS = {
    "wrong_title": "抬头有误",
    "wrong_tax_id": "税号有误",
    "refunded": "捐赠退回",
    "gift_corrected": "捐赠更正",
    "other": "其他",
}


async def make(session: WriteSession, organization_id: UUID, *, actor: str) -> ReceiptBatch:
    """Put everything of an organization that waits into a batch, the oldest first; refused if nothing does.

    Two that make one at once divide what waits: a row that the other has locked is left to it.
    """
    waiting = select(Receipt).where(Receipt.organization_id == organization_id)
    waiting = waiting.order_by(Receipt.id).limit(SIZE_MAX).with_for_update(skip_locked=True)
    fresh = (
        await session.scalars(
            waiting.where(Receipt.state == ReceiptState.requested, Receipt.batch_id.is_(None))
        )
    ).all()
    # Of a donor who was erased there is nobody left to make it out to.
    known = await words.read(session, fresh)
    issued = [one for one in fresh if one.id in known]
    flagged = (
        await session.scalars(
            waiting.where(
                Receipt.state == ReceiptState.issued,
                Receipt.reversal_reason.is_not(None),
                Receipt.reversal_batch_id.is_(None),
            )
        )
    ).all()
    if not issued and not flagged:
        raise ReceiptsNoneWaiting
    batch = ReceiptBatch(
        organization_id=organization_id,
        receipt_count=len(issued),
        reversal_count=len(flagged),
        made_by=actor,
    )
    session.add(batch)
    await session.flush()
    for receipt in issued:
        receipt.batch_id, receipt.refused_at = batch.id, None
    for receipt in flagged:
        receipt.reversal_batch_id = batch.id
    await session.flush()
    return batch


async def get(session: ReadSession, batch_id: UUID) -> ReceiptBatch:
    """Return a batch, or refuse."""
    found = await session.get(ReceiptBatch, batch_id)
    if found is None:
        raise OutOfSight
    return found


async def sheet(session: ReadSession, batch: ReceiptBatch) -> Sheet:
    """Return the workbook's sheet of a batch."""
    return Sheet(NAME, COLUMNS, await lines(session, batch))


async def lines(session: ReadSession, batch: ReceiptBatch) -> Sequence[Sequence[object]]:
    """Return a batch as `COLUMNS` say it: a line per receipt to issue, then one per reversal."""
    inside = or_(Receipt.batch_id == batch.id, Receipt.reversal_batch_id == batch.id)
    found = (await session.scalars(select(Receipt).where(inside).order_by(Receipt.id))).all()
    return list(_lines(batch, found, await words.read(session, found)))


def _lines(
    batch: ReceiptBatch, found: Sequence[Receipt], known: Mapping[UUID, Payer]
) -> Iterator[Sequence[object]]:
    for kind in (ISSUE, REVERSE):
        for receipt in found:
            reversal = kind == REVERSE
            if batch.id != (receipt.reversal_batch_id if reversal else receipt.batch_id):
                continue
            payer = known.get(receipt.id, Payer(title="（已删除）"))
            asked_at = receipt.reversal_at if reversal else receipt.created_at
            yield (
                *(receipt.reference, kind, payer.title, payer.tax_id, payer.email, ITEM, receipt.amount),
                asked_at and legal_day(asked_at),
                receipt.code if reversal else None,
                receipt.number if reversal else None,
                REASONS[receipt.reversal_reason] if reversal and receipt.reversal_reason else None,
            )
