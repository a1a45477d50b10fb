"""Years: what members earned and used in whole years of their books, whoever else's account it names.

Read from what recording folds in (accounts by month), so the cost does not grow with the number of gifts.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger.figures import dues


@fact(kw_only=True)
class Flow:
    """What moved in a year, by `booked_on`, on the accounts of one code and these dimensions.

    `amount` is in fen, debit positive: of a cost what was used, of an income less than zero. Closing entries
    are left out; what was earned before books went live in mid-year counts with that year.
    """

    year: int
    organization_id: UUID
    chart: str
    code: str
    kind: str
    sub: str | None
    restricted: bool
    fund_id: UUID | None
    project_id: UUID | None
    counterparty_id: UUID | None
    amount: int


# Closing entries empty these accounts into net assets at the year's end: they are few, and have an index.
_FLOWS = text(
    f"""
    with {dues.SHIFTED}, ours as materialized (
      select a.*, k.kind from accounts a join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      where a.organization_id = any(cast(:organizations as uuid[])) and k.kind in ('income', 'expense')
    ), amounts as (
      select b.account_id, b.month as day, b.debit - b.credit as amount
      from ours o join balances b on b.account_id = o.id where b.month between :first and :until
      union all
      select account_id, booked_on, amount from shifted where booked_on between :first and :until
      union all
      select x.account_id, e.booked_on, -x.amount from entries e join postings p on p.entry_id = e.id
      cross join lateral (values (p.debit_account_id, p.amount), (p.credit_account_id, -p.amount))
        x (account_id, amount)
      where e.organization_id = any(cast(:organizations as uuid[])) and e.kind = 'closing'
        and e.booked_on between :first and :until
    )
    select extract(year from m.day)::int, o.organization_id, o.chart, o.code, o.kind, o.sub,
           coalesce(f.restricted, false), o.fund_id, o.project_id, o.counterparty_id, sum(m.amount)::bigint
    from amounts m join ours o on o.id = m.account_id left join funds f on f.id = o.fund_id
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 having sum(m.amount) <> 0
    """  # noqa: S608 - our own words
)


# Openings are few, and have an index among what is no gift.
_CARRIED = text(
    """
    select distinct e.organization_id from entries e join postings p on p.entry_id = e.id
    cross join lateral (values (p.debit_account_id), (p.credit_account_id)) x (account_id)
    join accounts a on a.id = x.account_id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    where e.organization_id = any(cast(:organizations as uuid[])) and e.kind <> 'donation'
      and e.kind = 'opening' and k.kind in ('income', 'expense')
    """
)


async def carried(session: ReadSession, organization_ids: Sequence[UUID]) -> set[UUID]:
    """Return which members took over what was earned or used in a year before their books went live."""
    return set(await session.scalars(_CARRIED, {"organizations": bulk.array(organization_ids)}))


async def flows(
    session: ReadSession, organization_ids: Sequence[UUID], *, first: int, last: int
) -> list[Flow]:
    """Return what members earned and used from one year to another, both included."""
    asked = {"first": date(first, 1, 1), "until": date(last, 12, 31)}
    rows = await session.execute(_FLOWS, {"organizations": bulk.array(organization_ids)} | asked)
    return [
        Flow(
            year=row[0],
            organization_id=row[1],
            chart=row[2],
            code=row[3],
            kind=row[4],
            sub=row[5],
            restricted=row[6],
            fund_id=row[7],
            project_id=row[8],
            counterparty_id=row[9],
            amount=row[10],
        )
        for row in rows
    ]
