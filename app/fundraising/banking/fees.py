"""Fees: what a platform keeps of what it has collected for us, booked gross (J4)."""

from uuid import UUID

from app.accounting.models import Channel
from app.kit.database import WriteSession
from app.ledger import accounts, charts, funds
from app.ledger.accounts import Leaf
from app.ledger.charts import Concept
from app.ledger.journal import Line
from app.ledger.models import Direction


async def line(session: WriteSession, merchant: Channel, fee: int, *, held: UUID | None = None) -> Line:
    """Return the line of a fee in fen: Dr fundraising cost / Cr 1009; of one given back the other way round.

    `held` is the account out of which it was kept, if it is not the merchant's own.

    The platform has kept it, so it is a fact, whatever the general fund holds.
    """
    at, chart = merchant.organization_id, merchant.chart
    general = await funds.general(session, at)
    cost, due = (
        Leaf(organization_id=at, chart=chart, code=code, fund_id=general.id)
        for code in (charts.code(chart, Concept.fundraising), "1122")
    )
    opened = await accounts.open_all(session, [cost, due])
    kept, there = fee > 0, held or merchant.account_id
    return Line(
        debit=opened[cost] if kept else there,
        credit=there if kept else opened[cost],
        amount=abs(fee),
        fund_id=general.id,
        direction=Direction.outflow if kept else Direction.inflow,
        due_from=opened[due] if kept else None,
    )
