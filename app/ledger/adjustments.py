"""Adjustments: what corrects the income of an earlier year goes to 3201 instead of this year's result."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from app.kit.database import WriteSession
from app.ledger import accounts
from app.ledger.accounts import Leaf
from app.ledger.charts import CHARTS
from app.ledger.drafts import Line
from app.ledger.models import Account

PRIOR_YEARS = "3201"
_INCOME = {(chart, line.code) for chart, lines in CHARTS.items() for line in lines if line.kind == "income"}


async def of_prior_years(session: WriteSession, lines: Sequence[Line]) -> list[Line]:
    """Return the lines with 3201 of the same fund in the place of every income account (domain.md, J13)."""
    touched = {side for line in lines for side in (line.debit, line.credit)}
    rows = await session.scalars(select(Account).where(Account.id.in_(touched)))
    leaves = {
        row.id: Leaf(
            organization_id=row.organization_id, chart=row.chart, code=PRIOR_YEARS, fund_id=row.fund_id
        )
        for row in rows
        if (row.chart, row.code) in _INCOME
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
