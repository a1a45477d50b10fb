"""Queue: the receipts of some organizations, and those that have waited too long for the finance system."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, and_, literal, or_, select

from app.fundraising.models import Receipt, ReceiptGift, ReceiptState
from app.kit.clock import now
from app.kit.database import ReadSession
from app.kit.http import pages
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks

TASK = "receipt"
WAITED = timedelta(days=5)
"""The practice is five working days; whoever waits longer is somebody's task."""

# Ids sort by the moment at which a row was made: the age of a request.
ORDERS: pages.Orders = {
    "created_at": [Receipt.id],
    "amount": [Receipt.amount, Receipt.id],
}

_REVERSING = and_(Receipt.state == ReceiptState.issued, Receipt.reversal_reason.is_not(None))


def receipts(
    visible: Collection[UUID],
    *,
    state: ReceiptState | None = None,
    donation_id: UUID | None = None,
    to_reverse: bool | None = None,
) -> Select[Receipt]:
    """Return the query for receipts; `to_reverse` are the issued ones that wait for their reversal."""
    query = select(Receipt).where(Receipt.organization_id.in_(visible))
    if state is not None:
        query = query.where(Receipt.state == state)
    if donation_id is not None:
        covering = select(ReceiptGift.receipt_id).where(ReceiptGift.donation_id == donation_id)
        query = query.where(Receipt.id.in_(covering))
    if to_reverse is not None:
        query = query.where(_REVERSING if to_reverse else ~_REVERSING)
    return query


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the receipts that have waited too long, for those who have them issued."""
    return tasks.row(
        organization_id=Receipt.organization_id,
        subject_id=Receipt.id,
        title=literal("待处理票据：").concat(Receipt.reference),
        amount_minor=Receipt.amount,
        since_at=Receipt.created_at,
    ).where(
        Receipt.organization_id.in_(caller.holds(Permission.receipts_issue)),
        or_(
            and_(Receipt.state == ReceiptState.requested, Receipt.created_at < now() - WAITED),
            and_(_REVERSING, Receipt.reversal_at < now() - WAITED),
        ),
    )
