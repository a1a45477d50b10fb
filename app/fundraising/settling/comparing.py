"""Comparing: each line of a bill against the books, and what the books did not know is booked now."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text

from app.accounting import channels
from app.accounting.models import Channel
from app.fundraising import donations
from app.fundraising.banking import fees
from app.fundraising.gifts import Gift, GivenBack, Outcome, OutcomeKind, Told
from app.fundraising.models import BillKind, BillLine, BillState, RefundReason, Settlement, SettlementState
from app.fundraising.paying import remarks
from app.fundraising.settling.errors import SettlementNotFound
from app.kit import batches, runs
from app.kit.clock import now
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.runs import Progress
from app.ledger import journal
from app.ledger.journal import Draft
from app.ledger.models import EntryKind

BOOKED_AT_ONCE = 500

_STATES: Mapping[OutcomeKind, BillState] = {
    OutcomeKind.posted: BillState.booked,
    OutcomeKind.suspense: BillState.booked,
    OutcomeKind.duplicate: BillState.matched,
    OutcomeKind.conflict: BillState.differs,
    # A refund of a gift that neither the books nor the bill know.
    OutcomeKind.pending: BillState.unknown,
}


async def get(session: ReadSession, settlement_id: UUID) -> Settlement:
    """Return a settlement, or refuse."""
    settlement = await session.get(Settlement, settlement_id)
    if settlement is None:
        raise SettlementNotFound
    return settlement


@runs.long_job()
async def compare_settlement(
    database: Transactions, progress: Progress, *, settlement_id: str
) -> Mapping[str, Any]:
    """Hold every line of a settlement against the books; a job that is safe to repeat."""
    return await settle(database, UUID(settlement_id), progress)


async def settle(
    database: Transactions, settlement_id: UUID, progress: Progress | None = None
) -> Mapping[str, Any]:
    """Match what the books know, book what they do not, then the fee; return the count of lines by state.

    What is found in the file only is booked like a gift that the platform tells: a late message of it is a
    duplicate. Gifts come before refunds. Each batch has a transaction of its own, and again is as once.
    """
    async with database.writing() as session:
        settlement = await _hold(session, settlement_id)
        channel = await channels.get(session, settlement.channel_id)
        asked = {"settlement": settlement_id, "source": channel.platform_id}
        for statement in (_PAYMENTS, _REFUNDS):
            await session.execute(statement, asked)
    done = settlement.new_count
    while True:
        async with database.reading() as session:
            found = (await session.scalars(_new(settlement_id))).all()
            left = await session.scalar(_LEFT, {"settlement": settlement_id}) or 0
        if progress is not None:
            await progress.tell(done - left, done)
        if not found:
            break
        for answer in await batches.commit(database, found, partial(_book, channel)):
            if isinstance(answer, BaseException):
                raise answer
    async with database.writing() as session:
        await _end(session, await _hold(session, settlement_id), channel)
        rows = await session.execute(_COUNTS, {"settlement": settlement_id})
        return {row.state: row.count for row in rows}


# One statement per state; the amount first delivered is what the platform goes by.
_PAYMENTS = text(
    """
    update bill_lines l set donation_id = d.id,
      state = case when d.first_amount = l.amount then 'matched' else 'differs' end
    from donations d
    where l.settlement_id = :settlement and l.state = 'new' and l.kind = 'payment'
      and d.source_id = :source and d.their_id = l.their_id
    """
)
_REFUNDS = text(
    """
    update bill_lines l set donation_id = r.donation_id,
      state = case when r.amount = l.amount and r.their_gift_id = l.their_gift_id
                   then 'matched' else 'differs' end
    from refunds r
    where l.settlement_id = :settlement and l.state = 'new' and l.kind = 'refund'
      and r.source_id = :source and r.their_id = l.their_id and r.state = 'posted'
    """
)
_LEFT = text("select count(*) from bill_lines where settlement_id = :settlement and state = 'new'")
_COUNTS = text(
    "select state, count(*) as count from bill_lines where settlement_id = :settlement group by state"
)


def _new(settlement_id: UUID) -> Select[UUID]:
    query = select(BillLine.id).where(
        BillLine.settlement_id == settlement_id, BillLine.state == BillState.new
    )
    return query.order_by(BillLine.kind, BillLine.id).limit(BOOKED_AT_ONCE)


async def _hold(session: WriteSession, settlement_id: UUID) -> Settlement:
    settlement = await session.get(Settlement, settlement_id, with_for_update=True, populate_existing=True)
    if settlement is None:
        raise SettlementNotFound
    return settlement


async def _book(channel: Channel, session: WriteSession, ids: Sequence[UUID]) -> list[BillState]:
    query = select(BillLine).where(BillLine.id.in_(ids)).order_by(BillLine.id).with_for_update()
    found = (await session.scalars(query.execution_options(populate_existing=True))).all()
    lines = [line for line in found if line.state is BillState.new]
    outcomes = await donations.receive(session, [_told(channel, line) for line in lines])
    for line, outcome in zip(lines, outcomes, strict=True):
        line.state, line.donation_id = _STATES[outcome.kind], await _donation(session, line, channel, outcome)
    await session.flush()
    return [line.state for line in found]


async def _donation(session: ReadSession, line: BillLine, channel: Channel, outcome: Outcome) -> UUID | None:
    if outcome.donation_id is not None or outcome.kind is not OutcomeKind.conflict:
        return outcome.donation_id
    number = line.their_gift_id or line.their_id
    statement = text("select id from donations where source_id = :source and their_id = :number")
    return await session.scalar(statement, {"source": channel.platform_id, "number": number})


def _told(channel: Channel, line: BillLine) -> Told:
    assert channel.platform_id is not None, "only merchant accounts are settled"  # noqa: S101
    actor = f"settlement:{line.settlement_id}"
    if line.kind is BillKind.refund:
        return GivenBack(
            source_id=channel.platform_id,
            their_id=line.their_id,
            their_gift_id=line.their_gift_id or "",
            amount=line.amount,
            refunded_at=line.happened_at,
            reason=RefundReason.other,
            actor=actor,
        )
    remark = remarks.read(line.remark)
    return Gift(
        source_id=channel.platform_id,
        channel=channel,
        their_id=line.their_id,
        campaign=remark.campaign,
        designation=remark.designation,
        amount=line.amount,
        donated_at=line.happened_at,
        actor=actor,
        source=channel.code,
        details={"fundraiser": remark.fundraiser} if remark.fundraiser else {},
    )


async def _end(session: WriteSession, settlement: Settlement, channel: Channel) -> None:
    if settlement.state is SettlementState.settled:
        return
    if settlement.fee_minor:
        settlement.fee_entry_id = await _fee(session, settlement, channel)
    settlement.state, settlement.settled_at = SettlementState.settled, now()
    await session.flush()


async def _fee(session: WriteSession, settlement: Settlement, channel: Channel) -> UUID:
    """Book what the platform kept (J4: income stays gross)."""
    happened = await session.scalar(
        select(func.max(BillLine.happened_at)).where(BillLine.settlement_id == settlement.id)
    )
    draft = Draft(
        organization_id=settlement.organization_id,
        chart=channel.chart,
        kind=EntryKind.settlement,
        reference=f"settlement:{settlement.id}",
        occurred_at=happened or now(),
        actor=settlement.actor,
        lines=[await fees.line(session, channel, settlement.fee_minor)],
        source=channel.code,
        fact=True,
    )
    [receipt] = await journal.post(session, [draft])
    return receipt.entry_id
