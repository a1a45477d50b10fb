"""Numbers: 记-YYYYMM-NNNN for every entry, without gaps, given outside of recording and never changed.

A day's gifts of one merchant or bank account are one summary voucher; every other entry is one. What is
recorded late is booked in an open month, and gets the next numbers of that month.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from app.accounting.models import VoucherMonth
from app.kit import batches, bulk
from app.kit.clock import LEGAL_ZONE, now, today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.ids import new_id
from app.ledger.models import Period
from app.ledger.models.accounts import PeriodState
from app.ledger.periods import next_month

AT_ONCE = 1_000

# One statement finds, numbers and maps, so that all its parts see the same entries; what commits meanwhile
# waits for the next one. The row of the month is locked: nobody else hands out its numbers.
_ASSIGN = text(
    """
    with fresh as materialized (
      select e.id, e.booked_on, e.created_at, coalesce(c.id, e.id) as group_id, c.id as channel_id,
             (select sum(x.amount) from postings x join accounts d on d.id = x.debit_account_id
              where x.entry_id = e.id and d.code <> '0000') as amount
      from entries e
      join postings p on p.entry_id = e.id and p.line = 1
      join accounts a on a.id = p.debit_account_id
      left join channels c on c.id = a.channel_id and e.kind = 'donation' and c.kind <> 'cash'
      where e.organization_id = :organization and e.booked_on between :first and :last
        and not exists (select from voucher_number_entries n where n.entry_id = e.id)
    ), grouped as (
      select booked_on, group_id, channel_id, count(*) as entry_count, sum(amount)::bigint as amount,
             row_number() over (order by booked_on, min(created_at), min(id::text)) as place
      from fresh group by booked_on, group_id, channel_id
    ), made as (
      insert into voucher_numbers (id, organization_id, month, number, day, amount, entry_count, entry_id,
                                   channel_id, created_at)
      select (cast(:ids as uuid[]))[place], :organization, :first, :reached + place, booked_on, amount,
             entry_count, case when channel_id is null then group_id end, channel_id, :at
      from grouped where place <= :most
      returning id
    ), mapped as (
      insert into voucher_number_entries (entry_id, number_id)
      select f.id, (cast(:ids as uuid[]))[g.place] from fresh f join grouped g using (booked_on, group_id)
      where g.place <= :most
    )
    select count(*) from made
    """
)


async def assign(session: WriteSession, organization_id: UUID, month: date, *, until: date) -> int:
    """Number what is booked in a month to the end of `until` and has no number yet; return how many it gave.

    Two who do it at once take turns at the month's row, so there is no gap and no double.
    """
    values = {"organization_id": organization_id, "month": month, "last_number": 0}
    await session.execute(insert(VoucherMonth).values(values).on_conflict_do_nothing())
    query = select(VoucherMonth).where(
        VoucherMonth.organization_id == organization_id, VoucherMonth.month == month
    )
    row = (await session.scalars(query.with_for_update().execution_options(populate_existing=True))).one()
    last = min(until, next_month(month) - timedelta(days=1))
    before, made, at = row.last_number, AT_ONCE, now()
    while made == AT_ONCE:
        parameters = {
            "organization": organization_id,
            "first": month,
            "last": last,
            "ids": bulk.array(new_id() for _ in range(AT_ONCE)),
            "reached": row.last_number,
            "most": AT_ONCE,
            "at": at,
        }
        made = (await session.execute(_ASSIGN, parameters)).scalar_one()
        row.last_number += made
    row.numbered_at = at
    await session.flush()
    return row.last_number - before


async def due(session: ReadSession) -> Iterable[tuple[UUID, date]]:
    """Return the months to number today: open ones once a day, closed ones once after they were closed."""
    began = datetime.combine(today(), time(), LEGAL_ZONE)
    numbered = func.coalesce(VoucherMonth.numbered_at, datetime.min.replace(tzinfo=LEGAL_ZONE))
    query = (
        select(Period.organization_id, Period.month)
        .outerjoin(
            VoucherMonth,
            (VoucherMonth.organization_id == Period.organization_id) & (VoucherMonth.month == Period.month),
        )
        .where(
            Period.month < today(),
            or_(
                VoucherMonth.numbered_at.is_(None),
                Period.closed_at > numbered,
                (Period.state == PeriodState.open) & (numbered < began),
            ),
        )
        .order_by(Period.organization_id, Period.month)
    )
    return [(organization_id, month) for organization_id, month in await session.execute(query)]


async def give(database: Transactions) -> int:
    """Number everything that was booked until yesterday, each month in a transaction of its own."""
    async with database.reading() as session:
        waiting = await due(session)
    until = today() - timedelta(days=1)
    return await batches.apart(database, waiting, lambda session, one: assign(session, *one, until=until))
