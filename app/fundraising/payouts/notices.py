"""Notices: what a platform tells that it settled and paid out, kept once, and where the books say otherwise.

A notice books nothing: fees come with the bill, line by line, and the money with the bank's statement.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from app.fundraising.gifts import Outcome, OutcomeKind, PayoutTold
from app.fundraising.models import SettlementNotice
from app.fundraising.payouts.errors import NoticeDiffers
from app.kit import bulk
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.kit.ids import new_id

_FACTS = (
    *("begins_on", "ends_on", "payment_count", "gross_minor", "refunded_minor", "fee_minor", "paid_at"),
    "account_last4",
)


@fact()
class Booked:
    """What the books have of a notice's days and merchant account, and how many bills cover all of them."""

    payment_count: int
    gross: int
    refunded: int
    bill_count: int


async def receive(session: WriteSession, told: PayoutTold) -> Outcome:
    """Keep what a platform tells of a settlement, once; again it is a duplicate, otherwise a conflict."""
    channel = told.channel
    said = {
        "organization_id": channel.organization_id,
        "channel_id": channel.id,
        "their_id": told.their_id,
        "begins_on": told.begins_on,
        "ends_on": told.ends_on,
        "payment_count": told.payment_count,
        "gross_minor": told.gross,
        "refunded_minor": told.refunded,
        "fee_minor": told.fee,
        "paid_at": told.paid_at,
        "account_last4": told.account_last4,
        "actor": told.actor,
    }
    made = insert(SettlementNotice).values(id=new_id(), created_at=now(), **said)
    once = made.on_conflict_do_nothing(index_elements=["channel_id", "their_id"])
    if await session.scalar(once.returning(SettlementNotice.id)):
        return Outcome(kind=OutcomeKind.posted)
    query = select(SettlementNotice).filter_by(channel_id=channel.id, their_id=told.their_id)
    known = (await session.scalars(query)).one()
    if any(getattr(known, name) != said[name] for name in _FACTS):
        return Outcome(kind=OutcomeKind.conflict, refusal=NoticeDiffers(settlement_id=told.their_id))
    return Outcome(kind=OutcomeKind.duplicate)


# Each notice's own days are found by the index, so that what was given on other days costs nothing here.
BOOKED = text(
    """
    with wanted as (
      select *, cast(begins_on as timestamp) at time zone 'Asia/Shanghai' as first,
             cast(ends_on + 1 as timestamp) at time zone 'Asia/Shanghai' as past
      from settlement_notices where id = any(cast(:ids as uuid[]))
    )
    select n.id, g.count, coalesce(g.amount, 0), coalesce(b.amount, 0), s.count
    from wanted n
    cross join lateral (
      select count(*) as count, sum(first_amount) as amount from donations
      where channel_id = n.channel_id and donated_at >= n.first and donated_at < n.past
    ) g
    cross join lateral (
      select sum(r.amount) as amount from refunds r join channels c on c.platform_id = r.source_id
      where c.id = n.channel_id and r.state = 'posted'
        and r.refunded_at >= n.first and r.refunded_at < n.past
    ) b
    cross join lateral (
      select count(*) as count from settlements
      where channel_id = n.channel_id and begins_on <= n.begins_on and ends_on >= n.ends_on
    ) s
    """
)


async def booked(session: ReadSession, notices: Sequence[SettlementNotice]) -> dict[UUID, Booked]:
    """Return what the books have of each notice's days: gifts as they were first told, and refunds."""
    rows = await session.execute(BOOKED, {"ids": bulk.array([notice.id for notice in notices])})
    return {row[0]: Booked(*(int(value) for value in row[1:])) for row in rows}
