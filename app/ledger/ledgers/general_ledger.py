"""General ledger: every statutory account month by month, with the year so far (总账)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit.database import ReadSession


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One account in one month, in fen: `balance` = `opening` + `debit` - `credit`, debit positive."""

    chart: str
    code: str
    name_zh: str
    name: str
    month: date
    opening: int
    debit: int
    credit: int
    year_debit: int
    year_credit: int

    @property
    def balance(self) -> int:
        """What stands on the account at the month's end; a credit is negative."""
        return self.opening + self.debit - self.credit


# From what recording folds in: as many rows as accounts and months, however many gifts.
_MONTHS = text(
    """
    with sums as (
      select a.chart, a.code, b.month, sum(b.debit) as debit, sum(b.credit) as credit
      from accounts a join balances b on b.account_id = a.id
      where a.organization_id = :organization and b.month <= :last
        and (cast(:code as text) is null or a.code = :code)
      group by 1, 2, 3
    ), months as (
      select cast(m as date) as month from generate_series(cast(:first as timestamp), :last, '1 month') m
    ), spread as (
      select s.chart, s.code, m.month, coalesce(x.debit, 0) as debit, coalesce(x.credit, 0) as credit,
             (select coalesce(sum(o.debit - o.credit), 0) from sums o
              where (o.chart, o.code) = (s.chart, s.code) and o.month < m.month) as opening,
             (select coalesce(sum(y.debit), 0) from sums y where (y.chart, y.code) = (s.chart, s.code)
              and y.month between date_trunc('year', m.month) and m.month) as year_debit,
             (select coalesce(sum(y.credit), 0) from sums y where (y.chart, y.code) = (s.chart, s.code)
              and y.month between date_trunc('year', m.month) and m.month) as year_credit
      from (select distinct chart, code from sums) s cross join months m
      left join sums x on (x.chart, x.code, x.month) = (s.chart, s.code, m.month)
    )
    select s.chart, s.code, k.name_zh, k.name, s.month, s.opening::bigint, s.debit::bigint, s.credit::bigint,
           s.year_debit::bigint, s.year_credit::bigint
    from spread s join chart_accounts k on (k.chart, k.code) = (s.chart, s.code)
    where s.opening <> 0 or s.debit <> 0 or s.credit <> 0 or s.year_debit <> 0 or s.year_credit <> 0
    order by s.chart, s.code, s.month
    """
)


async def months(
    session: ReadSession, organization_id: UUID, first: date, last: date, *, code: str | None = None
) -> Sequence[MonthRow]:
    """Return the general ledger from one month to another (by their first days), of all codes or of one."""
    asked = {"organization": organization_id, "first": first, "last": last, "code": code}
    return [MonthRow(*row) for row in await session.execute(_MONTHS, asked)]
