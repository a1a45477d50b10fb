"""Adjustments: what corrects the income of an earlier year stays out of this year's result (3201)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, charts, periods
from app.ledger.accounts import Leaf
from app.ledger.charts import CHARTS
from app.ledger.drafts import Line
from app.ledger.models import Account, Fund

_INCOME = {(chart, line.code) for chart, lines in CHARTS.items() for line in lines if line.kind == "income"}


async def reaches_back(session: WriteSession, organization_id: UUID, booked_on: date, day: date) -> bool:
    """Tell whether what happened on `day` lands in a later year than the entry booked on `booked_on`.

    The year of the event does not count: what is told after December has closed lands in January.
    """
    landing = await periods.landing(session, {(organization_id, day)})
    return booked_on.year < landing[organization_id, day].year


async def of_prior_years(session: WriteSession, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with 3201 of the same fund in the place of every income account (domain.md, J13)."""
    touched = {side for line in lines for side in (line.debit, line.credit)}
    rows = [
        row
        for row in await session.scalars(select(Account).where(Account.id.in_(touched)))
        if (row.chart, row.code) in _INCOME
    ]
    restricted = await _restricted(session, {row.fund_id for row in rows if row.fund_id})
    leaves = {
        row.id: Leaf(
            organization_id=row.organization_id,
            chart=row.chart,
            code=charts.prior_years(row.chart, restricted=row.fund_id in restricted),
            fund_id=row.fund_id,
        )
        for row in rows
    }
    opened = await accounts.open_all(session, leaves.values())
    instead = {account_id: opened[leaf] for account_id, leaf in leaves.items()}
    return [
        replace(
            line,
            debit=instead.get(line.debit, line.debit),
            credit=instead.get(line.credit, line.credit),
        )
        for line in lines
    ]


async def codes(session: ReadSession, chart: str, fund_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return for each fund the account that takes what corrects its income of an earlier year."""
    restricted = await _restricted(session, fund_ids)
    return {one: charts.prior_years(chart, restricted=one in restricted) for one in fund_ids}


async def _restricted(session: ReadSession, fund_ids: Collection[UUID]) -> set[UUID]:
    return set(await session.scalars(select(Fund.id).where(Fund.id.in_(fund_ids), Fund.restricted)))
