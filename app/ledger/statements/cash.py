"""Cash: where it came from and went to, by the account on the other side of each movement.

Gifts are by far the most entries, and all of one nature: they are read from the folded credits of the
accounts that they are credited to. Every other movement of cash is looked at itself.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession
from app.ledger.statements.forms import CASH
from app.ledger.statements.terms import Term

GIFTS = ("4101", "2209/suspense")
"""What gifts of money are credited to."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Cash with the same account on its other side, in fen; what was reversed is taken off where it stood.

    `came` tells which way it went first: money taken back of what had come makes less of what came.
    """

    code: str
    sub: str | None
    came: bool
    amount: int


# In both questions the postings are looked up for each of the few rows that lead to them (lateral, and with
# `offset 0`, which keeps the planner from joining them otherwise): a hash join reads every gift's.
# Cash against cash (deposits, settlements net of their fee) moves nothing.
_MOVED = text(
    """
    with not_gifts as materialized (
      select id, kind from entries
      where organization_id = :organization and chart = :chart and booked_on between :first and :until
        and kind <> 'donation' and kind not in ('closing', 'opening')
    )
    select o.code, o.sub, w.debited = (e.kind <> 'reversal') as came,
           sum(case when w.debited then p.amount else -p.amount end)::bigint
    from not_gifts e
    cross join lateral (select * from postings where entry_id = e.id offset 0) p
    join accounts d on d.id = p.debit_account_id
    join accounts c on c.id = p.credit_account_id
    cross join lateral (select d.code = any(:cash) as debited, c.code = any(:cash) as credited) w
    join accounts o on o.id = coalesce(p.stands_for_id, case when w.debited then c.id else d.id end)
    where w.debited <> w.credited
    group by 1, 2, 3 order by 1, 2, 3
    """
)
# All credits of the gifts' accounts, less those of other entries (vouchers, refunds, claims ...) and of gifts
# that were no money: what is left are gifts of money.
_GIFTS = text(
    """
    with not_gifts as materialized (
      select id from entries where organization_id = :organization and kind <> 'donation'
        and booked_on between :first and :until
    ), theirs as materialized (
      select id from accounts where organization_id = :organization and chart = :chart
        and (code = any(:gifts) or code || '/' || sub = any(:gifts))
    ), folded as (
      select coalesce(sum(b.credit - b.debit), 0) as amount
      from theirs t join balances b on b.account_id = t.id where b.month between :first and :last
    ), others as (
      select coalesce(sum(x.amount) filter (where x.account_id in (select id from theirs)), 0) as amount
      from not_gifts e
      cross join lateral (select * from postings where entry_id = e.id offset 0) p
      cross join lateral (values (p.credit_account_id, p.amount), (p.debit_account_id, -p.amount))
        x (account_id, amount)
    ), not_money as materialized (
      -- Found by what was debited: from the side of the gifts' accounts all gifts would be read.
      select p.credit_account_id, p.entry_id, p.amount from accounts a
      cross join lateral (select * from postings where debit_account_id = a.id offset 0) p
      where a.organization_id = :organization and a.chart = :chart and a.code <> all(:cash)
        and a.id not in (select id from theirs)
    ), goods as (
      select coalesce(sum(p.amount), 0) as amount from not_money p
      cross join lateral (select * from entries where id = p.entry_id offset 0) e
      where e.kind = 'donation' and e.booked_on between :first and :until
        and p.credit_account_id in (select id from theirs)
    )
    select (folded.amount - others.amount - goods.amount)::bigint from folded, others, goods
    """
)


async def moved(session: ReadSession, organization_id: UUID, chart: str, term: Term) -> list[Movement]:
    """Return where the cash of a term came from and went to."""
    books = {"organization": organization_id, "chart": chart}
    asked = books | {"first": term.first, "until": term.until, "cash": list(CASH)}
    rows = await session.execute(_MOVED, asked)
    given = await session.scalar(_GIFTS, asked | {"last": term.last, "gifts": list(GIFTS)})
    gifts = Movement(GIFTS[0], None, came=True, amount=given or 0)
    return [gifts, *(Movement(*row) for row in rows)]
