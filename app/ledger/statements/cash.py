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


# Cash against cash (deposits, settlements net of their fee) moves nothing.
_MOVED = text(
    """
    select o.code, o.sub, w.debited = (e.kind <> 'reversal') as came,
           sum(case when w.debited then p.amount else -p.amount end)::bigint
    from entries e
    join postings p on p.entry_id = e.id
    join accounts d on d.id = p.debit_account_id
    join accounts c on c.id = p.credit_account_id
    cross join lateral (select d.code = any(:cash) as debited, c.code = any(:cash) as credited) w
    join accounts o on o.id = coalesce(p.stands_for_id, case when w.debited then c.id else d.id end)
    where e.organization_id = :organization and e.chart = :chart
      and e.booked_on between :first and :until
      and e.kind <> 'donation' and e.kind not in ('closing', 'opening') and w.debited <> w.credited
    group by 1, 2, 3 order by 1, 2, 3
    """
)
# All credits of the gifts' accounts, less those of other entries (vouchers, refunds, claims ...) and of gifts
# that were no money: what is left are gifts of money.
_GIFTS = text(
    """
    with theirs as (
      select id from accounts where organization_id = :organization and chart = :chart
        and (code = any(:gifts) or code || '/' || sub = any(:gifts))
    ), folded as (
      select coalesce(sum(b.credit - b.debit), 0) as amount
      from theirs t join balances b on b.account_id = t.id where b.month between :first and :last
    ), others as (
      select coalesce(sum(x.amount), 0) as amount from entries e
      join postings p on p.entry_id = e.id
      cross join lateral (values (p.credit_account_id, p.amount), (p.debit_account_id, -p.amount))
        x (account_id, amount)
      join theirs t on t.id = x.account_id
      where e.organization_id = :organization and e.booked_on between :first and :until
        and e.kind <> 'donation'
    ), goods as (
      select coalesce(sum(p.amount), 0) as amount from accounts a
      join postings p on p.debit_account_id = a.id
      join entries e on e.id = p.entry_id
      where a.organization_id = :organization and a.chart = :chart and a.code <> all(:cash)
        and a.id not in (select id from theirs) and e.kind = 'donation'
        and e.booked_on between :first and :until and p.credit_account_id in (select id from theirs)
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
