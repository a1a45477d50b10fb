"""Differences: where a platform's bills and the books do not say the same, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, func, select, text

from app.fundraising.models import BillKind, BillLine, Donation, Settlement
from app.kit.database import ReadSession

DAYS_MAX = 366


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a merchant account: what the bills say, and what the books say; amounts in fen."""

    day: date
    billed_count: int
    billed_minor: int
    booked_count: int
    booked_minor: int
    refunds_billed_minor: int
    refunds_booked_minor: int
    odd_count: int

    # Read by its name, as the other sums are (schemas/bills.py).
    @property
    def difference_minor(self) -> int:
        """What the bills have more than the books, gifts less refunds."""
        billed = self.billed_minor - self.refunds_billed_minor
        return billed - (self.booked_minor - self.refunds_booked_minor)

    @property
    def agrees(self) -> bool:
        """Whether nobody needs to look at this day."""
        same = (self.billed_count, self.billed_minor) == (self.booked_count, self.booked_minor)
        return same and self.refunds_billed_minor == self.refunds_booked_minor and not self.odd_count


DAYS = text(
    """
    with days as (
      select generate_series(cast(:first as date), cast(:last as date), interval '1 day')::date as day
    ), billed as (
      select (happened_at at time zone 'Asia/Shanghai')::date as day,
             count(*) filter (where kind = 'payment') as payments,
             coalesce(sum(amount) filter (where kind = 'payment'), 0)::bigint as gross,
             coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint as refunded,
             count(*) filter (where state in ('differs', 'unknown')) as odd
      from bill_lines where channel_id = :channel
        and happened_at >= cast(:first as timestamp) at time zone 'Asia/Shanghai'
        and happened_at < (cast(:last as timestamp) + interval '1 day') at time zone 'Asia/Shanghai'
      group by 1
    ), gifts as (
      select (donated_at at time zone 'Asia/Shanghai')::date as day, count(*) as count,
             sum(first_amount)::bigint as amount
      from donations where channel_id = :channel
        and donated_at >= cast(:first as timestamp) at time zone 'Asia/Shanghai'
        and donated_at < (cast(:last as timestamp) + interval '1 day') at time zone 'Asia/Shanghai'
      group by 1
    ), back as (
      select (r.refunded_at at time zone 'Asia/Shanghai')::date as day, sum(r.amount)::bigint as amount
      from refunds r join channels c on c.platform_id = r.source_id
      where c.id = :channel and r.state = 'posted'
        and r.refunded_at >= cast(:first as timestamp) at time zone 'Asia/Shanghai'
        and r.refunded_at < (cast(:last as timestamp) + interval '1 day') at time zone 'Asia/Shanghai'
      group by 1
    )
    select day, coalesce(b.payments, 0), coalesce(b.gross, 0), coalesce(g.count, 0), coalesce(g.amount, 0),
           coalesce(b.refunded, 0), coalesce(k.amount, 0), coalesce(b.odd, 0)
    from days left join billed b using (day) left join gifts g using (day) left join back k using (day)
    order by day
    """
)


async def by_day(session: ReadSession, channel_id: UUID, first: date, last: date) -> Sequence[Day]:
    """Return a merchant account's days from `first` to `last`, as its bills and as the books have them."""
    rows = await session.execute(DAYS, {"channel": channel_id, "first": first, "last": last})
    return [Day(*row) for row in rows]


def in_the_books_only() -> Select[Donation]:
    """Return the gifts that lie in days which a platform has settled, and that none of its bills knows."""
    day = func.date(func.timezone("Asia/Shanghai", Donation.donated_at))
    settled = exists().where(
        Settlement.channel_id == Donation.channel_id,
        Settlement.begins_on <= day,
        Settlement.ends_on >= day,
    )
    billed = exists().where(
        BillLine.channel_id == Donation.channel_id,
        BillLine.kind == BillKind.payment,
        BillLine.their_id == Donation.their_id,
    )
    return select(Donation).where(settled, ~billed)
