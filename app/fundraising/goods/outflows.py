"""Outflows: what goods were worth that leave the stock, as lines of an entry."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.fundraising.goods import lots, stock_funds
from app.fundraising.goods.lots import Taken
from app.kit.database import WriteSession
from app.ledger import accounts, funds
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, Fund


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """On which account of cost goods end, for which project and by whom they were taken."""

    code: str
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


async def lines(session: WriteSession, taken: Sequence[Taken], use: Use, event: Event) -> list[Line]:
    """Return what was taken as outflows, one for each stock fund and account; unvalued goods make none.

    Whoever calls has asked the fund of the money whether its purpose allows the project.
    """
    sums: defaultdict[tuple[UUID, str], int] = defaultdict(int)
    for one in taken:
        if not one.value_minor:
            continue
        stock = await stock_funds.of(session, await session.get_one(Fund, one.lot.fund_id))
        if use.project_id is not None:
            # What the purpose of the money allows, the purpose of its goods allows.
            await funds.allow(session, stock, use.project_id)
        sums[stock.id, lots.ACCOUNTS[one.lot.asset_class]] += one.value_minor
    made: list[Line] = []
    for (stock_id, code), amount in sorted(sums.items()):
        at = taken[0].lot.organization_id
        cost = event.leaf(
            at,
            use.code,
            fund_id=stock_id,
            project_id=use.project_id,
            counterparty_id=use.counterparty_id,
        )
        goods = event.leaf(at, code)
        opened = await accounts.open_all(session, [cost, goods])
        line = Line(debit=opened[cost], credit=opened[goods], amount=amount)
        made.append(replace(line, fund_id=stock_id, direction=Direction.outflow))
    return made
