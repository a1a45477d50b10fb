"""Eliminations: what members booked among themselves, which is nothing to somebody who looks at all of them.

Accounts that name another member hold it. Both sides of a pair are left out; as long as only one side is
booked, what it says is in transit: so a consolidated trial balance is zero at every moment.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger import accounts
from app.ledger.charts import CHART_2004


class InTransit(NamedTuple):
    """Fen that one member (by its code) sent, or gave back, and the other has not booked."""

    sender: str
    receiver: str
    amount: int


# Walks only accounts whose counterparty is a member, so gifts cost nothing here. A closing entry on such an
# account is undone on both its sides: it moved to net assets what is left out. Of a pair's entry the first
# posting counts: a second one tells for whom agency money is held, which is true for whoever looks.
_ELIMINATED = text(
    """
    with inner_accounts as materialized (
      select a.id, a.organization_id, a.counterparty_id from accounts a
      where a.organization_id = any(cast(:organizations as uuid[]))
        and a.counterparty_id = any(cast(:organizations as uuid[]))
    ), touched as (
      select p.*, i.id as inner_id, i.organization_id as ours, i.counterparty_id as theirs, e.kind,
             coalesce(r.reference, e.reference) as reference
      from inner_accounts i
      join lateral (
        select * from postings d where d.debit_account_id = i.id
        union all select * from postings c where c.credit_account_id = i.id) p on true
      join entries e on e.id = p.entry_id
      left join entries r on r.id = e.reverses_id
      where e.booked_on <= coalesce(cast(:as_of as date), 'infinity')
        and (e.kind in ('transfer', 'returned', 'closing') or split_part(e.reference, ':', 1) = 'transfer'
             or r.kind = 'transfer')
        and (p.line = 1 or e.kind = 'closing')
    )
    select t.inner_id, s.code, o.code,
           coalesce(sum(t.amount) filter (where t.debit_account_id = t.inner_id), 0)::bigint as debit,
           coalesce(sum(t.amount) filter (where t.credit_account_id = t.inner_id), 0)::bigint as credit,
           false as closing
    from touched t
    cross join lateral (
      select (split_part(t.reference, ':', 1), split_part(t.reference, ':', 3))
        in (('transfer', 'out'), ('transfer', 'used'), ('return', 'in')) as sent) w
    join dimensions s on s.id = case when w.sent then t.ours else t.theirs end
    join dimensions o on o.id = case when w.sent then t.theirs else t.ours end
    where t.kind <> 'closing' group by t.inner_id, s.code, o.code
    union all
    select x.id, '', '', coalesce(sum(t.amount) filter (where t.debit_account_id = x.id), 0)::bigint,
           coalesce(sum(t.amount) filter (where t.credit_account_id = x.id), 0)::bigint, true
    from touched t cross join lateral (values (t.debit_account_id), (t.credit_account_id)) x (id)
    where t.kind = 'closing' group by x.id
    """
)


# Where books have moved to another chart, opening entries have emptied the accounts of the old one, what is
# left out included.
_CARRIED = text(
    """
    select o.id, n.id from accounts o
    join entries f on f.reference = concat_ws(':', 'chart', o.organization_id, 'from', 1)
      and f.chart = o.chart and f.booked_on <= coalesce(cast(:as_of as date), 'infinity')
    join unnest(cast(:codes as text[]), cast(:there as text[])) c (code, there) on c.code = o.code
    join accounts n on (n.organization_id, n.chart, n.code, n.currency)
        = (o.organization_id, '2026', c.there, o.currency)
      and (n.sub, n.fund_id, n.channel_id, n.project_id, n.counterparty_id)
        is not distinct from (o.sub, o.fund_id, o.channel_id, o.project_id, o.counterparty_id)
    where o.id = any(cast(:accounts as uuid[]))
    """
)


async def until(
    session: ReadSession, organization_ids: Sequence[UUID], as_of: date | None
) -> tuple[dict[UUID, tuple[int, int]], list[InTransit]]:
    """Return what to leave out of each account (debit, credit), and what is in transit between members."""
    out: defaultdict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    on_its_way: defaultdict[tuple[str, str], int] = defaultdict(int)
    found = await session.execute(
        _ELIMINATED, {"organizations": bulk.array(organization_ids), "as_of": as_of}
    )
    for account_id, sender, receiver, debit, credit, closing in found:
        had = out[account_id]
        out[account_id] = (had[0] + debit, had[1] + credit)
        if not closing:
            on_its_way[sender, receiver] += debit - credit
    await _carry(session, out, as_of)
    return dict(out), [InTransit(*pair, amount) for pair, amount in sorted(on_its_way.items()) if amount]


async def _carry(session: ReadSession, out: defaultdict[UUID, tuple[int, int]], as_of: date | None) -> None:
    """Leave out of a new chart's accounts what was carried there of what is left out of the old one's."""
    uneven = [account_id for account_id, (debit, credit) in out.items() if debit != credit]
    codes = [line.code for line in CHART_2004]
    asked = {
        "accounts": bulk.array(uneven),
        "as_of": as_of,
        "codes": bulk.array(codes),
        "there": bulk.array(accounts.carried(code, "2004", "2026") for code in codes),
    }
    for old, new in await session.execute(_CARRIED, asked):
        (debit, credit), there = out[old], out[new]
        out[new] = (there[0] + max(debit - credit, 0), there[1] + max(credit - debit, 0))
        out[old] = (max(debit, credit), max(debit, credit))
