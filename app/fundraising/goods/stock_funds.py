"""Stock funds: what the goods of a fund are worth, held apart from its money (docs/decisions/0048-*)."""

from uuid import UUID

from sqlalchemy import select

from app.fundraising.goods.errors import GoodsOfAnotherOrganization
from app.fundraising.models.goods import GoodsFund
from app.kit.database import ReadSession, WriteSession
from app.ledger import funds
from app.ledger.models import Fund, FundCounter

SUFFIX = "-GOODS"
_CODE_LENGTH_MAX = 64


async def chosen(session: ReadSession, organization_id: UUID, fund_id: UUID | None) -> Fund:
    """Return the fund whose purpose binds goods: the one named, else the general one."""
    if fund_id is None:
        return await funds.general(session, organization_id)
    fund = await session.get(Fund, fund_id)
    if fund is None or fund.organization_id != organization_id:
        raise GoodsOfAnotherOrganization(fund=fund_id)
    return fund


async def of(session: WriteSession, fund: Fund) -> Fund:
    """Return the fund that holds what a fund's goods are worth, opened with the first that are valued."""
    # The fund's counters stand for it: who needs its stock fund for the first time at once comes in turn.
    await session.scalar(select(FundCounter.fund_id).where(FundCounter.fund_id == fund.id).with_for_update())
    known = await session.get(GoodsFund, fund.id, populate_existing=True)
    if known is not None:
        return await session.get_one(Fund, known.stock_fund_id)
    stock = await funds.open_fund(
        session,
        Fund(
            organization_id=fund.organization_id,
            code=fund.code[: _CODE_LENGTH_MAX - len(SUFFIX)] + SUFFIX,
            title=f"{fund.title}（物资）",
            restricted=fund.restricted,
            usable_from=fund.usable_from,
            usable_until=fund.usable_until,
        ),
    )
    session.add(GoodsFund(fund_id=fund.id, stock_fund_id=stock.id))
    await session.flush()
    return stock
