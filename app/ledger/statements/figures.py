"""Figures: what stood and what moved on an organization's accounts, as its statements need it.

Read from what recording folds in (accounts by month), so the cost does not grow with the number of gifts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.figures import dues
from app.ledger.statements.terms import Term

RESULTS = frozenset({"income", "expense"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The accounts of one code, sub-account, class and project, in fen, debit positive.

    `moved` holds neither closing entries nor opening balances: the former are in `closed`, the latter in
    `opening`, whenever they were booked. What waits in 1122 to be covered is shown on the account that it
    stands for.
    """

    code: str
    kind: str
    sub: str | None
    restricted: bool
    project: str | None
    opening: int
    moved: int
    closed: int

    @property
    def balance(self) -> int:
        """What stands on the accounts in the end."""
        return self.opening + self.moved + self.closed

    def on(self, codes: Iterable[str]) -> bool:
        """Whether a line with these codes shows it; "5401/fundraising" names a sub-account."""
        return self.code in codes or (self.sub is not None and f"{self.code}/{self.sub}" in codes)


_FIGURES = text(
    f"""
    with {dues.SHIFTED}, apart as (
      select x.account_id, e.kind, x.amount, e.booked_on from entries e
      join postings p on p.entry_id = e.id
      cross join lateral (values (p.debit_account_id, p.amount), (p.credit_account_id, -p.amount))
        x (account_id, amount)
      where e.organization_id = :organization and e.kind <> 'donation' and e.kind in ('closing', 'opening')
        and e.booked_on between :first and :until
    ), amounts as (
      select b.account_id, b.debit - b.credit as amount, b.month < :first as before, 'moved' as kind
      from accounts a join balances b on b.account_id = a.id
      where a.organization_id = :organization and b.month <= :last
      union all
      select account_id, amount, booked_on < :first, 'moved' from shifted where booked_on <= :until
      union all
      select account_id, -amount, false, 'moved' from apart
      union all
      select account_id, amount, false, kind from apart
    )
    select a.code, k.kind, a.sub,
           case when a.code in ('3101', '3102') then a.code = '3102' else coalesce(f.restricted, false) end,
           j.code,
           coalesce(sum(m.amount) filter (where m.before or (m.kind = 'opening' and not (
             :whole and k.kind in ('income', 'expense')))), 0)::bigint,
           coalesce(sum(m.amount) filter (where not m.before and (m.kind = 'moved' or (m.kind = 'opening'
             and :whole and k.kind in ('income', 'expense')))), 0)::bigint,
           coalesce(sum(m.amount) filter (where not m.before and m.kind = 'closing'), 0)::bigint
    from amounts m join accounts a on a.id = m.account_id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    left join funds f on f.id = a.fund_id
    left join dimensions j on j.id = a.project_id
    where a.chart = :chart
    group by 1, 2, 3, 4, 5 order by 1, 3, 4, 5
    """  # noqa: S608 - our own words
)


async def of(session: ReadSession, organization_id: UUID, chart: str, term: Term) -> list[Figure]:
    """Return the figures of one organization on one chart for a term.

    Opening balances of income and costs (books that went live in mid-year) are movements of the term that
    begins with the year, and belong to the time before in any other.
    """
    books = {"organization": organization_id, "organizations": bulk.array([organization_id]), "chart": chart}
    days = {"first": term.first, "last": term.last, "until": term.until, "whole": term.first.month == 1}
    rows = await session.execute(_FIGURES, {**books, **days})
    return [
        Figure(
            code=code,
            kind=kind,
            sub=sub,
            restricted=restricted,
            project=project,
            opening=opening,
            moved=moved,
            closed=closed,
        )
        for code, kind, sub, restricted, project, opening, moved, closed in rows
    ]
