"""Funds: pools of money with one purpose, and what is left in them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.kit.database import ReadSession, WriteSession
from app.ledger.errors import FundNotUsable, PurposeNotAllowed
from app.ledger.models import Fund, FundCounter, FundProject

GENERAL_CODE = "GENERAL"


async def open_general(session: WriteSession, organization_id: UUID) -> Fund:
    """Open an organization's general fund: unrestricted, and the only one that bears costs."""
    return await open_fund(
        session,
        Fund(
            organization_id=organization_id,
            code=GENERAL_CODE,
            title="非限定资金",
            restricted=False,
            general=True,
        ),
    )


async def open_fund(session: WriteSession, fund: Fund) -> Fund:
    """Add a fund with its counters at zero."""
    session.add(fund)
    # The counter points to the fund, and the unit of work knows of no relationship between them.
    await session.flush()
    session.add(FundCounter(fund_id=fund.id))
    await session.flush()
    return fund


async def general(session: ReadSession, organization_id: UUID) -> Fund:
    """Return an organization's general fund."""
    query = select(Fund).where(Fund.organization_id == organization_id, Fund.general)
    return (await session.scalars(query)).one()


async def left(session: ReadSession, fund_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return what each fund still holds, in fen."""
    query = select(FundCounter.fund_id, FundCounter.received - FundCounter.spent)
    rows = await session.execute(query.where(FundCounter.fund_id.in_(list(fund_ids))))
    return {row[0]: row[1] for row in rows}


async def allow(session: WriteSession, fund: Fund, project_id: UUID) -> None:
    """Add a project to what the fund's purpose allows."""
    await session.execute(
        insert(FundProject).values(fund_id=fund.id, project_id=project_id).on_conflict_do_nothing()
    )


def check_day(fund: Fund, on: date) -> None:
    """Refuse unless the fund's time limits allow that day."""
    if (fund.usable_from and on < fund.usable_from) or (fund.usable_until and on > fund.usable_until):
        raise FundNotUsable(fund=fund.code, usable_from=fund.usable_from, usable_until=fund.usable_until)


async def check_use(session: ReadSession, fund: Fund, *, project_id: UUID | None, on: date) -> None:
    """Refuse unless the fund may be spent on the project that day (books.md, invariant 10)."""
    check_day(fund, on)
    if fund.restricted and await session.get(FundProject, (fund.id, project_id)) is None:
        raise PurposeNotAllowed(fund=fund.code, project=project_id)
