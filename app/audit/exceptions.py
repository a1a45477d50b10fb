"""Exceptions: what stands open in the books and asks for an explanation, with its age."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.audit.mandates import Mandate
from app.kit.database import ReadSession


class Matter(enum.StrEnum):
    """What kind of matter is open."""

    suspense = "suspense"
    due = "due"
    receivable = "receivable"
    advance = "advance"
    payable = "payable"
    in_transit = "in_transit"
    pending_refund = "pending_refund"
    dispute = "dispute"
    conflict = "conflict"
    unmatched = "unmatched"
    bill = "bill"


PENDING_DAYS_MAX = 7
"""A refund that waits for its gift longer than this is an exception."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One open matter: since when, what it is about, and how much it is, in fen.

    What stands on an account of receivables, advances or payables is as old as the month in which the account
    last left zero: claims on one account are not told apart.
    """

    matter: Matter
    since: date
    subject: str
    amount: int
    account: str | None
    entry_id: UUID | None

    def age_days(self, on: date) -> int:
        """Return for how many days it has been open."""
        return (on - self.since).days


# What a platform told of no gift of ours is shown to the member that alone it pays into: a platform that pays
# several would tell one of another's matters.
_OPEN = text(
    """
    with sources as (
      select platform_id as id from channels where platform_id is not null
      group by platform_id having bool_and(organization_id = :at)
    ), running as (
      select a.id, a.code, a.label, b.month,
             sum(b.debit - b.credit) over (partition by a.id order by b.month) as left_over
      from accounts a join balances b on b.account_id = a.id
      where a.organization_id = :at and a.code in ('1111', '1121', '1122', '1141', '2202', '2209')
        -- What one fund owes to another is told posting by posting below.
        and (a.code <> '1122' or a.fund_id is null)
    ), standing as (
      select r.id, r.code, r.label, (array_agg(r.left_over order by r.month desc))[1] as left_over,
             coalesce((select min(n.month) from running n where n.id = r.id and n.month > coalesce(
               (select max(z.month) from running z where z.id = r.id and z.left_over = 0), '-infinity')),
               max(r.month)) as since
      from running r group by r.id, r.code, r.label
    )
    select * from (
    select 'suspense' as matter, (donated_at at time zone 'Asia/Shanghai')::date as since,
           id::text as subject, amount - refunded as amount, null as account, entry_id
    from donations where organization_id = :at and state = 'suspense' and amount > refunded
    union all
    select 'due', e.booked_on, p.id::text, (p.amount - coalesce(c.cleared, 0))::bigint, a.label, p.entry_id
    from accounts a join postings p on p.debit_account_id = a.id and p.stands_for_id is not null
    join entries e on e.id = p.entry_id
    left join lateral (select sum(x.amount) as cleared from postings x
      where x.follows_posting_id = p.id and x.follows_kind = 'exchange') c on true
    where a.organization_id = :at and a.code = '1122' and p.amount > coalesce(c.cleared, 0)
      and not exists (select from entries r where r.reverses_id = e.id)
    union all
    select case code when '1141' then 'advance' when '2202' then 'payable' when '2209' then 'payable'
                     else 'receivable' end,
           since, id::text, left_over::bigint, label, null
    from standing where left_over <> 0
    union all
    select 'in_transit', e.booked_on, p.id::text, p.amount, d.label, p.entry_id
    from postings p join entries e on e.id = p.entry_id join accounts d on d.id = p.debit_account_id
    join dimensions k on k.id = d.counterparty_id and k.kind = 'organization'
    where p.organization_id = :at and e.organization_id = :at and e.kind = 'transfer'
      and right(e.reference, 3) = 'out'
      -- The other member's half has the same name but for its end (ledger/movements/pairs.py).
      and not exists (select from entries i where i.reference = left(e.reference, -3) || 'in')
      and not exists (select from postings x
                      where x.follows_posting_id = p.id and x.follows_kind in ('transfer', 'returned'))
      and not exists (select from entries r where r.reverses_id = e.id)
    union all
    select 'pending_refund', (created_at at time zone 'Asia/Shanghai')::date, id::text, amount, null, null
    from refunds where source_id in (select id from sources)
      and (state = 'excess' or (state = 'pending' and created_at < now() - make_interval(days => :pending)))
    union all
    select 'dispute', (disputed_at at time zone 'Asia/Shanghai')::date, id::text, amount, null, null
    from disputes where source_id in (select id from sources) and state = 'open'
    union all
    select 'conflict', (created_at at time zone 'Asia/Shanghai')::date, id::text, 0, null, entry_id
    from deliveries where platform_id in (select id from sources) and outcome = 'conflict'
    union all
    select 'unmatched', l.happened_on, l.id::text,
           l.amount - sign(l.amount)::bigint * l.matched_minor, a.label, l.entry_id
    from bank_lines l join channels c on c.id = l.channel_id left join accounts a on a.id = c.account_id
    where l.organization_id = :at and l.matched_minor < abs(l.amount)
    union all
    select 'bill', (l.happened_at at time zone 'Asia/Shanghai')::date, l.id::text, l.amount, null, null
    from bill_lines l join channels c on c.id = l.channel_id
    where c.organization_id = :at and l.state in ('differs', 'unknown')
    ) found where since between :first and :last
    order by 2, 1, 3
    """
)


async def of(session: ReadSession, mandate: Mandate) -> Sequence[Open]:
    """Return everything that stands open at a mandate's one member since a day of it, the oldest first."""
    [at] = mandate.organization_ids
    where = {"at": at, "pending": PENDING_DAYS_MAX, "first": mandate.first, "last": mandate.last}
    return [
        Open(
            matter=Matter(row.matter),
            since=row.since,
            subject=row.subject,
            amount=row.amount,
            account=row.account,
            entry_id=row.entry_id,
        )
        for row in await session.execute(_OPEN, where)
    ]
