"""Registers: an organization's accounts and funds, each with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
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


async def accounts(session: ReadSession, organization_ids: Sequence[UUID]) -> list[AccountRow]:
    """Return every leaf account of these organizations, in the order of the chart."""
    rows = await session.execute(_ACCOUNTS, {"organizations": bulk.array(organization_ids)})
    return [AccountRow(*row) for row in rows]


async def funds(session: ReadSession, organization_ids: Sequence[UUID]) -> list[FundRow]:
    """Return every fund of these organizations with what it received, spent and still holds."""
    rows = await session.execute(_FUNDS, {"organizations": bulk.array(organization_ids)})
    return [FundRow(*row) for row in rows]
