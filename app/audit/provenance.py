"""Provenance: what came from outside, messages and bills of platforms, and where it is in books and log."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from app.accounting.models import BankLine, Channel
from app.fundraising.models import BillKind, BillLine, BillState, Donation, Refund, Settlement
from app.kit.database import ReadSession
from app.transparency import heads
from app.transparency.models import Leaf


async def indexes(session: ReadSession, entry_ids: Iterable[UUID | None]) -> dict[UUID, int]:
    """Return at which index of the public log each of these entries is, of those that a checkpoint holds."""
    log = await heads.current(session)
    signed = log and await heads.published(session, log.id)
    if not signed:
        return {}
    ids = {one for one in entry_ids if one is not None}
    query = select(Leaf.entry_id, Leaf.index).where(
        Leaf.log_id == signed.log_id, Leaf.entry_id.in_(ids), Leaf.index < signed.size
    )
    return {entry_id: index for entry_id, index in await session.execute(query) if entry_id}


async def payouts(session: ReadSession, settlements: Sequence[Settlement]) -> dict[UUID, UUID]:
    """Return the entry of the bank's line by which each of these bills was paid out, by that line."""
    lines = [one.payout_line_id for one in settlements if one.payout_line_id]
    query = select(BankLine.id, BankLine.entry_id).where(BankLine.id.in_(lines))
    return {line_id: entry_id for line_id, entry_id in await session.execute(query) if entry_id}


def lines(
    organization_id: UUID,
    between: tuple[datetime, datetime],
    *,
    settlement_id: UUID | None,
    state: BillState | None,
) -> Select[BillLine]:
    """Return the query for what a member's bills tell of between two moments: of one bill or all."""
    theirs = select(Channel.id).where(Channel.organization_id == organization_id)
    query = select(BillLine).where(BillLine.channel_id.in_(theirs), BillLine.happened_at.between(*between))
    if settlement_id is not None:
        query = query.where(BillLine.settlement_id == settlement_id)
    return query if state is None else query.where(BillLine.state == state)


async def entries(session: ReadSession, lines: Sequence[BillLine]) -> dict[UUID, UUID]:
    """Return the entry by which the books know what each of these lines tells of, the gift or the refund."""
    told = and_(Refund.donation_id == BillLine.donation_id, Refund.their_id == BillLine.their_id)
    query = (
        select(BillLine.id, func.coalesce(Refund.entry_id, Donation.entry_id))
        .join(Donation, Donation.id == BillLine.donation_id)
        .outerjoin(Refund, and_(BillLine.kind == BillKind.refund, told))
        .where(BillLine.id.in_([one.id for one in lines]))
        # A refund that the books do not know has no entry, whatever its gift has.
        .where((BillLine.kind == BillKind.payment) | Refund.entry_id.is_not(None))
    )
    return {line_id: entry_id for line_id, entry_id in await session.execute(query) if entry_id}
