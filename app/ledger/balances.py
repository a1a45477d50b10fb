"""Balances: the trial balance on both bases.

Read from what recording folds in (accounts by month), so its cost does not grow with the number of gifts.
Only a day in mid-month looks at postings, at those of the shorter part of that month.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.figures import eliminations
from app.ledger.figures.eliminations import InTransit
from app.ledger.periods import month_of, next_month


class Basis(enum.StrEnum):
    """Whose figures: of legal entities added up as they are, or with transfers among them eliminated."""

    entity = "entity"
    consolidated = "consolidated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a trial balance, in fen: `balance` = `opening` + `debit` - `credit`, debit positive.

    Money in transit between members has a line of its own without an account.
    """

    organization_id: UUID | None
    chart: str
    code: str
    name_zh: str
    name: str
    label: str
    account_id: UUID | None
    opening: int
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """What stands on the account in the end; a credit is negative."""
        return self.opening + self.debit - self.credit


IN_TRANSIT = ("在途划拨（成员间）", "In transit between members")

_MONTHS = """
    select a.id, a.organization_id, a.chart, a.code, k.name_zh, k.name, a.label,
           coalesce(m.debit, 0)::bigint as debit, coalesce(m.credit, 0)::bigint as credit
    from accounts a join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    left join lateral (select sum(b.debit) as debit, sum(b.credit) as credit from balances b
                       where b.account_id = a.id and {months}) m on true
    where a.organization_id = any(cast(:organizations as uuid[]))
    order by a.chart, a.code, a.label, a.organization_id
"""
_ALL_MONTHS = text(_MONTHS.format(months="true"))
_SOME_MONTHS = text(_MONTHS.format(months="b.month < :until"))
_DAYS = text(
    """
    select x.account_id, sum(x.debit)::bigint, sum(x.credit)::bigint
    from entries e join postings p on p.entry_id = e.id
    cross join lateral (values (p.debit_account_id, p.amount, 0::bigint),
                               (p.credit_account_id, 0::bigint, p.amount)) x (account_id, debit, credit)
    where e.organization_id = any(cast(:organizations as uuid[])) and e.booked_on between :first and :last
    group by x.account_id
    """
)


async def trial_balance(
    session: ReadSession,
    organization_ids: Sequence[UUID],
    *,
    since: date | None = None,
    as_of: date | None = None,
    basis: Basis = Basis.entity,
) -> list[Row]:
    """Return every account of these organizations that ever moved, by `booked_on` to the end of `as_of`.

    What was booked before `since` is in `opening`. Consolidated, both sides of transfers among these
    organizations are left out, and what one of them sent and no other has booked yet is in transit.
    """
    rows = await _figures(session, organization_ids, as_of, basis)
    if since is not None:
        before = await _figures(session, organization_ids, since - timedelta(days=1), basis)
        opened = {_key(row): row for row in before}
        rows = [_since(row, opened.get(_key(row))) for row in rows]
    return [row for row in rows if row.opening or row.debit or row.credit]


def by_code(rows: Iterable[Row]) -> list[Row]:
    """Return the lines added up by statutory account (chart and code)."""
    totals: dict[tuple[str, str], Row] = {}
    for row in rows:
        total = totals.get((row.chart, row.code))
        totals[row.chart, row.code] = replace(
            row,
            organization_id=None,
            account_id=None,
            label=row.code,
            opening=row.opening + (total.opening if total else 0),
            debit=row.debit + (total.debit if total else 0),
            credit=row.credit + (total.credit if total else 0),
        )
    return list(totals.values())


def _key(row: Row) -> tuple[UUID | None, str]:
    return row.account_id, row.label


def _since(row: Row, before: Row | None) -> Row:
    if before is None:
        return row
    return replace(
        row, opening=before.balance, debit=row.debit - before.debit, credit=row.credit - before.credit
    )


async def _figures(
    session: ReadSession, organization_ids: Sequence[UUID], as_of: date | None, basis: Basis
) -> list[Row]:
    """Return debits and credits from the beginning to the end of a day, on either basis."""
    changes = await _part_of_month(session, organization_ids, as_of)
    in_transit: list[InTransit] = []
    if basis is Basis.consolidated:
        eliminated, in_transit = await eliminations.until(session, organization_ids, as_of)
        for account_id, (debit, credit) in eliminated.items():
            had = changes.get(account_id, (0, 0))
            changes[account_id] = (had[0] - debit, had[1] - credit)
    rows: list[Row] = []
    parameters = {"organizations": bulk.array(organization_ids)}
    if as_of is None:
        found = await session.execute(_ALL_MONTHS, parameters)
    else:
        found = await session.execute(_SOME_MONTHS, parameters | {"until": _whole_until(as_of)})
    for account_id, organization_id, chart, code, name_zh, name, label, debit, credit in found:
        more = changes.get(account_id, (0, 0))
        row = Row(
            organization_id=organization_id,
            chart=chart,
            code=code,
            name_zh=name_zh,
            name=name,
            label=label,
            account_id=account_id,
            opening=0,
            debit=debit + more[0],
            credit=credit + more[1],
        )
        rows.append(row)
    return rows + [_in_transit(one) for one in in_transit]


def _in_transit(one: InTransit) -> Row:
    return Row(
        organization_id=None,
        chart="",
        code="",
        name_zh=IN_TRANSIT[0],
        name=IN_TRANSIT[1],
        label=f"{one.sender}>{one.receiver}",
        account_id=None,
        opening=0,
        debit=max(one.amount, 0),
        credit=max(-one.amount, 0),
    )


def _whole_until(as_of: date) -> date:
    """Return the month before which months count as a whole."""
    later_half = as_of.day > 15
    return next_month(month_of(as_of)) if later_half else month_of(as_of)


async def _part_of_month(
    session: ReadSession, organization_ids: Sequence[UUID], as_of: date | None
) -> dict[UUID, tuple[int, int]]:
    """Return what to add to the whole months: the month's days so far, or minus the days still to come."""
    if as_of is None or as_of == next_month(month_of(as_of)) - timedelta(days=1):
        return {}
    month = month_of(as_of)
    first, last, sign = month, as_of, 1
    if _whole_until(as_of) > month:
        first, last, sign = as_of + timedelta(days=1), next_month(month) - timedelta(days=1), -1
    parameters = {"organizations": bulk.array(organization_ids), "first": first, "last": last}
    found = await session.execute(_DAYS, parameters)
    return {account_id: (sign * debit, sign * credit) for account_id, debit, credit in found}
