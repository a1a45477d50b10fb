"""Shipments: goods from one member's stock to another's; each books its own side under one id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.fundraising.filings import emergencies
from app.fundraising.goods import days, lots, outflows
from app.fundraising.goods.errors import (
    GoodsExpired,
    GoodsReferenceTaken,
    ShipmentReceived,
    ShipmentToItself,
)
from app.fundraising.goods.lots import Taken
from app.fundraising.goods.outflows import Use
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsShipment, GoodsShipmentLine
from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.ledger import funds, journal
from app.ledger.events import Event
from app.ledger.models import EntryKind, Fund
from app.ledger.movements import pairs
from app.organizations import organizations
from app.organizations.errors import OutOfSight

SENT = "transfer"
"""What both sides' entries are called, as transfers of money are: so both are eliminated alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShipment:
    """What is told of a shipment when it leaves."""

    organization_id: UUID
    receiver_id: UUID
    shipped_on: date
    parts: Sequence[tuple[UUID, Quantity]]
    reference: str | None = None
    emergency_id: UUID | None = None


async def send(session: WriteSession, new: NewShipment, *, actor: str) -> GoodsShipment:
    """Take goods out of stock and book them as granted to the member: Dr 5101 / Cr 1201; now in transit.

    Raises StockShort, GoodsExpired, LotUnknown, UnitUnknown, ShipmentToItself, GoodsReferenceTaken, DayUnfit,
    and EmergencyNotFound, EmergencyClosed or FilingDateWrong if no response was open on the day.
    """
    days.must_have_come(new.shipped_on)
    if new.emergency_id is not None:
        await emergencies.must_cover(session, new.emergency_id, new.shipped_on)
    if new.receiver_id == new.organization_id:
        raise ShipmentToItself
    await organizations.get(session, new.receiver_id)
    held = await lots.hold(session, new.organization_id, [lot_id for lot_id, _ in new.parts])
    for lot in held.values():
        if lot.expires_on < new.shipped_on:
            raise GoodsExpired(lot=lot.id, expires_on=lot.expires_on)
        funds.check_day(await session.get_one(Fund, lot.fund_id), new.shipped_on)
    taken = [await lots.take(session, held[lot_id], quantity) for lot_id, quantity in new.parts]
    shipment = GoodsShipment(
        organization_id=new.organization_id,
        receiver_id=new.receiver_id,
        reference=new.reference or str(new_id()),
        shipped_on=new.shipped_on,
        value_minor=sum(one.value_minor for one in taken),
        actor=actor,
        emergency_id=new.emergency_id,
    )
    if shipment.value_minor:
        shipment.entry_id = await _book(session, shipment, taken)
    known = GoodsReferenceTaken(reference=shipment.reference)
    async with constraints.told(session, {"goods_shipments_organization_id_reference_key": known}):
        session.add(shipment)
    session.add_all(
        GoodsShipmentLine(
            organization_id=new.organization_id,
            shipment_id=shipment.id,
            lot_id=one.lot.id,
            count=one.count,
            value_minor=one.value_minor,
        )
        for one in taken
    )
    await session.flush()
    await _tell(session, shipment)
    return shipment


async def _book(session: WriteSession, shipment: GoodsShipment, taken: Sequence[Taken]) -> UUID:
    organization = await organizations.get(session, shipment.organization_id)
    event = Event(
        occurred_at=days.moment(shipment.shipped_on),
        actor=shipment.actor,
        chart=organization.chart_version,
    )
    use = Use(code="5101", counterparty_id=shipment.receiver_id)
    lines = await outflows.lines(session, taken, use, event)
    name = pairs.reference(SENT, shipment.id, "out")
    [receipt] = await journal.post(session, [event.draft(organization.id, EntryKind.transfer, name, lines)])
    return receipt.entry_id


async def _tell(session: WriteSession, shipment: GoodsShipment) -> None:
    await outbox.tell(
        session,
        "goods.shipped",
        organization_id=shipment.organization_id,
        subject=str(shipment.id),
        payload={
            "shipment_id": str(shipment.id),
            "receiver_id": str(shipment.receiver_id),
            "emergency_id": shipment.emergency_id and str(shipment.emergency_id),
        },
    )


async def get(session: ReadSession, shipment_id: UUID, *, lock: bool = False) -> GoodsShipment:
    """Return a shipment, or refuse; with `lock` nobody else receives it until the transaction ends."""
    found = await session.get(
        GoodsShipment, shipment_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


async def lines_of(session: ReadSession, shipment: GoodsShipment) -> Sequence[GoodsShipmentLine]:
    """Return what was sent, in the order in which it was written down."""
    query = select(GoodsShipmentLine).where(GoodsShipmentLine.shipment_id == shipment.id)
    return (await session.scalars(query.order_by(GoodsShipmentLine.id))).all()


def must_wait(shipment: GoodsShipment) -> None:
    """Refuse a shipment that has been received."""
    if shipment.received_on is not None:
        raise ShipmentReceived(shipment=shipment.id)
