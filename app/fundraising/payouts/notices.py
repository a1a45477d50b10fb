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


# One statement and one walk through the gifts for a page of notices, however many they are.
_BOOKED = text(
    """
    with wanted as (
      select * from settlement_notices where id = any(cast(:ids as uuid[]))
    ), span as (
      select channel_id, min(begins_on)::timestamp at time zone 'Asia/Shanghai' as first,
             (max(ends_on) + 1)::timestamp at time zone 'Asia/Shanghai' as past
      from wanted group by channel_id
    ), gifts as (
      select d.channel_id, (d.donated_at at time zone 'Asia/Shanghai')::date as day, count(*) as count,
             sum(d.first_amount) as amount
      from donations d join span s
        on s.channel_id = d.channel_id and d.donated_at >= s.first and d.donated_at < s.past
      group by 1, 2
    ), back as (
      select c.id as channel_id, (r.refunded_at at time zone 'Asia/Shanghai')::date as day,
             sum(r.amount) as amount
      from refunds r join channels c on c.platform_id = r.source_id
        join span s on s.channel_id = c.id and r.refunded_at >= s.first and r.refunded_at < s.past
      where r.state = 'posted' group by 1, 2
    )
    select n.id, coalesce(g.count, 0), coalesce(g.amount, 0), coalesce(b.amount, 0), s.count
    from wanted n
    cross join lateral (
      select sum(count) as count, sum(amount) as amount from gifts
      where channel_id = n.channel_id and day between n.begins_on and n.ends_on
    ) g
    cross join lateral (
      select sum(amount) as amount from back
      where channel_id = n.channel_id and day between n.begins_on and n.ends_on
    ) b
    cross join lateral (
      select count(*) as count from settlements
      where channel_id = n.channel_id and begins_on <= n.begins_on and ends_on >= n.ends_on
    ) s
    """
)


async def booked(session: ReadSession, notices: Sequence[SettlementNotice]) -> dict[UUID, Booked]:
    """Return what the books have of each notice's days: gifts as they were first told, and refunds."""
    rows = await session.execute(_BOOKED, {"ids": bulk.array([notice.id for notice in notices])})
    return {row[0]: Booked(*(int(value) for value in row[1:])) for row in rows}
