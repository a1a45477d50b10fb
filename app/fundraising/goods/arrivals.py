"""Arrivals: a shipment is taken in by the member that it was sent to; what did not come is written off."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.fundraising.goods import days, lots, shipments, stock_funds, warehouses
from app.fundraising.goods.errors import ArrivalIncomplete
from app.fundraising.models.goods import GoodsLot, GoodsShipment, GoodsShipmentLine
from app.kit.database import WriteSession
from app.ledger import accounts, charts, journal
from app.ledger.charts import Concept
from app.ledger.drafts import Follow
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Account, Direction, EntryKind, FollowKind, Fund, Posting
from app.ledger.movements import pairs
from app.organizations import organizations


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """How many pieces of a line came, and why not all."""

    line_id: UUID
    count: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Where a shipment was taken in, on which day, for which fund, and how much of each line came."""

    warehouse_id: UUID
    on: date
    came: Sequence[Came]
    fund_id: UUID | None = None


async def take_in(session: WriteSession, shipment: GoodsShipment, told: Arrival, *, actor: str) -> None:
    """Take a locked shipment into stock and book it as it was sent: Dr 1201 / Cr 4101, following the sender.

    The difference is a cost of the receiver, in whose books the goods have been since they were sent.
    Raises ShipmentReceived, ArrivalIncomplete, GoodsOfAnotherOrganization, WarehouseClosed, DayUnfit.
    """
    shipments.must_wait(shipment)
    days.must_have_come(told.on, after=shipment.shipped_on)
    warehouse = await warehouses.taking_in(session, told.warehouse_id, shipment.receiver_id)
    fund = await stock_funds.chosen(session, shipment.receiver_id, told.fund_id)
    lines = await shipments.lines_of(session, shipment)
    said = {one.line_id: one for one in told.came}
    if len(said) != len(told.came) or set(said) != {line.id for line in lines}:
        raise ArrivalIncomplete(shipment=shipment.id)
    lost: defaultdict[str, int] = defaultdict(int)
    for number, line in enumerate(lines, 1):
        origin = await session.get_one(GoodsLot, line.lot_id)
        kept = await _line(session, line, said[line.id], lots.elsewhere(origin, warehouse, fund.id, number))
        lost[lots.ACCOUNTS[origin.asset_class]] += line.value_minor - kept
    shipment.received_on, shipment.received_by = told.on, actor
    shipment.warehouse_id, shipment.lost_minor = warehouse.id, sum(lost.values())
    if shipment.entry_id is not None:
        shipment.received_entry_id = await _book(session, shipment, fund, lost)
    await session.flush()


async def _line(session: WriteSession, line: GoodsShipmentLine, came: Came, lot: GoodsLot) -> int:
    """Write down how much of a line came, as a lot of the receiver; return what that is worth."""
    if came.count > line.count or (came.count < line.count and came.reason is None):
        raise ArrivalIncomplete("what did not come needs a reason", "未到达的部分须说明原因", line=line.id)
    kept = line.value_minor * came.count // line.count
    line.difference_reason = came.reason
    if came.count:
        lot.received_count = line.count
        lot.accepted_count = lot.left_count = came.count
        lot.refused_reason = came.reason
        if not kept:
            lot.method = lot.basis = None
        else:
            lot.value_minor = lot.left_minor = kept
        session.add(lot)
        # The line points to it, and the unit of work knows of no relationship between them.
        await session.flush()
        line.received_lot_id = lot.id
    line.received_count = came.count
    return kept


async def _book(session: WriteSession, shipment: GoodsShipment, fund: Fund, lost: dict[str, int]) -> UUID:
    organization = await organizations.get(session, shipment.receiver_id)
    event = Event(
        occurred_at=days.moment(shipment.received_on or shipment.shipped_on),
        actor=shipment.received_by or shipment.actor,
        chart=organization.chart_version,
    )
    stock = await stock_funds.of(session, fund)
    income = event.leaf(organization.id, "4101", fund_id=stock.id, counterparty_id=shipment.organization_id)
    cost = event.leaf(organization.id, charts.code(event.chart, Concept.administration), fund_id=stock.id)
    sent = (
        select(Posting.id, Posting.amount, Account.code)
        .join(Account, Account.id == Posting.credit_account_id)
        .where(Posting.entry_id == shipment.entry_id)
        .order_by(Posting.line)
    )
    rows = (await session.execute(sent)).all()
    goods = {row.code: event.leaf(organization.id, row.code) for row in rows}
    opened = await accounts.open_all(session, [income, cost, *goods.values()])
    lines = [
        Line(
            debit=opened[goods[row.code]],
            credit=opened[income],
            amount=row.amount,
            fund_id=stock.id,
            direction=Direction.inflow,
            follows=Follow(posting_id=row.id, offset=0, kind=FollowKind.transfer),
        )
        for row in rows
    ]
    lines += [
        Line(
            debit=opened[cost],
            credit=opened[goods[code]],
            amount=amount,
            fund_id=stock.id,
            direction=Direction.outflow,
        )
        for code, amount in sorted(lost.items())
        if amount
    ]
    name = pairs.reference(shipments.SENT, shipment.id, "in")
    [receipt] = await journal.post(session, [event.draft(organization.id, EntryKind.transfer, name, lines)])
    return receipt.entry_id
