"""Registers: an organization's accounts and funds, each with its figures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A leaf account with its dimensions, and what was ever debited and credited to it."""

    id: UUID
    organization_id: UUID
    chart: str
    code: str
    name_zh: str
    name: str
    label: str
    fund_id: UUID | None
    channel_id: UUID | None
    project_id: UUID | None
    counterparty_id: UUID | None
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """What stands on it; a credit is negative."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class FundRow:
    """A fund with its counters, and what it owes because facts cost more than it held."""

    id: UUID
    organization_id: UUID
    code: str
    title: str
    restricted: bool
    general: bool
    usable_from: date | None
    usable_until: date | None
    received: int
    spent: int
    due: int

    @property
    def left(self) -> int:
        """What it still holds, in fen."""
        return self.received - self.spent


_ACCOUNTS = text(
    """
    select a.id, a.organization_id, a.chart, a.code, k.name_zh, k.name, a.label, a.fund_id, a.channel_id,
           a.project_id, a.counterparty_id,
           coalesce(sum(b.debit), 0)::bigint, coalesce(sum(b.credit), 0)::bigint
    from accounts a
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    left join balances b on b.account_id = a.id
    where a.organization_id = any(cast(:organizations as uuid[]))
    group by a.id, k.name_zh, k.name order by a.organization_id, a.chart, a.code, a.label
    """
)
# What is due is the debit balance of the fund's 1122 accounts: covering it credits them.
_FUNDS = text(
    """
    select f.id, f.organization_id, f.code, f.title, f.restricted, f.general, f.usable_from, f.usable_until,
           c.received, c.spent,
           coalesce((select sum(b.debit - b.credit) from accounts a join balances b on b.account_id = a.id
                     where a.fund_id = f.id and a.code = '1122'), 0)::bigint
    from funds f join fund_counters c on c.fund_id = f.id
    where f.organization_id = any(cast(:organizations as uuid[]))
    order by f.organization_id, f.code
    """
)


# Whole months as they are folded in, and of the day's own month the postings.
_THEN = text(
    """
    select x.account_id, sum(x.debit)::bigint, sum(x.credit)::bigint from (
      select b.account_id, b.debit, b.credit from balances b join accounts a on a.id = b.account_id
      where a.organization_id = any(cast(:organizations as uuid[])) and b.month < :month
      union all
      select y.account_id, y.debit, y.credit from entries e join postings p on p.entry_id = e.id
      cross join lateral (values (p.debit_account_id, p.amount, 0::bigint),
                                 (p.credit_account_id, 0::bigint, p.amount)) y (account_id, debit, credit)
      where e.organization_id = any(cast(:organizations as uuid[])) and e.booked_on between :month and :as_of
    ) x group by x.account_id
    """
)
# What the counters said at the end of a day: they add up the postings of their fund.
_FUNDS_THEN = text(
    """
    select p.fund_id, coalesce(sum(p.amount) filter (where p.direction = 'in'), 0)::bigint as received,
           coalesce(sum(p.amount) filter (where p.direction = 'out'), 0)::bigint as spent
    from postings p join entries e on e.id = p.entry_id join funds f on f.id = p.fund_id
    where f.organization_id = any(cast(:organizations as uuid[])) and e.booked_on <= :as_of
    group by p.fund_id
    """
)


async def accounts(
    session: ReadSession, organization_ids: Sequence[UUID], as_of: date | None = None
) -> list[AccountRow]:
    """Return every leaf account of these organizations, in the order of the chart, now or at a day's end."""
    found = await session.execute(_ACCOUNTS, {"organizations": bulk.array(organization_ids)})
    rows = [AccountRow(*row) for row in found]
    if as_of is None:
        return rows
    then = await _then(session, organization_ids, as_of)
    return [
        replace(row, debit=debit, credit=credit)
        for row in rows
        for debit, credit in [then.get(row.id, (0, 0))]
    ]


async def funds(
    session: ReadSession, organization_ids: Sequence[UUID], as_of: date | None = None
) -> list[FundRow]:
    """Return every fund of these organizations with what it received, spent and held, also at a day's end."""
    organizations = bulk.array(organization_ids)
    rows = [FundRow(*row) for row in await session.execute(_FUNDS, {"organizations": organizations})]
    if as_of is None:
        return rows
    counted = await session.execute(_FUNDS_THEN, {"organizations": organizations, "as_of": as_of})
    then = {fund_id: (received, spent) for fund_id, received, spent in counted}
    due: defaultdict[UUID, int] = defaultdict(int)
    for row in await accounts(session, organization_ids, as_of):
        if row.code == "1122" and row.fund_id is not None:
            due[row.fund_id] += row.balance
    return [
        replace(row, received=received, spent=spent, due=due[row.id])
        for row in rows
        for received, spent in [then.get(row.id, (0, 0))]
    ]


async def _then(
    session: ReadSession, organization_ids: Sequence[UUID], as_of: date
) -> dict[UUID, tuple[int, int]]:
    days = {"month": as_of.replace(day=1), "as_of": as_of}
    rows = await session.execute(_THEN, {"organizations": bulk.array(organization_ids)} | days)
    return {account_id: (debit, credit) for account_id, debit, credit in rows}
