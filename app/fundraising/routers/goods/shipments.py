"""Shipments of goods between members over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import or_, select

from app.fundraising.errors import EmergencyNotFound
from app.fundraising.filings.errors import EmergencyClosed, FilingDateWrong
from app.fundraising.goods import arrivals, errors, shipments
from app.fundraising.models.goods import GoodsShipment
from app.fundraising.routers.goods.handouts import OUT_OF_STOCK
from app.fundraising.schemas.goods.shipments import (
    GoodsArrivalIn,
    GoodsShipmentDetail,
    GoodsShipmentIn,
    GoodsShipmentOut,
    GoodsShipmentQuery,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.ledger.errors import FundNotUsable
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/goods/shipments", tags=["goods"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.goods_read)]
Recorder = Annotated[Asking, may(Permission.goods_record)]


@router.post(
    "",
    operation_id="record_goods_shipment",
    status_code=201,
    responses=problems.responses(
        *(*OUT_OF_STOCK, errors.GoodsExpired, errors.ShipmentToItself, FundNotUsable),
        *(EmergencyNotFound, EmergencyClosed, FilingDateWrong),
    ),
)
async def record_goods_shipment(
    session: Writing, caller: Recorder, body: GoodsShipmentIn
) -> GoodsShipmentDetail:
    """Send goods to another member: they leave the stock, and are in transit until they are received."""
    caller.must(at=body.organization_id)
    shipment = await shipments.send(session, body.as_shipment(), actor=caller.label)
    return await _whole(session, caller, shipment)


@router.get("", operation_id="list_goods_shipments")
async def list_goods_shipments(
    session: Reading, caller: Reader, asked: Annotated[GoodsShipmentQuery, Query()]
) -> Page[GoodsShipmentOut]:
    """List shipments from or to the organizations that you can see, the latest first."""
    visible = caller.visible()
    at = GoodsShipment.organization_id, GoodsShipment.receiver_id
    query = select(GoodsShipment).where(or_(*(one.in_(visible) for one in at)))
    if asked.received is not None:
        query = query.where(GoodsShipment.received_on.is_not(None) == asked.received)
    exact = asked.model_dump(include={"organization_id", "receiver_id", "emergency_id"}, exclude_none=True)
    found = await pages.page(
        session,
        query.filter_by(**exact),
        [GoodsShipment.id],
        asked,
        newest_first=True,
        amount=GoodsShipment.value_minor,
    )
    items = [GoodsShipmentOut.of(one, caller.caller) for one in found.items]
    return found.told(items)


@router.get("/{shipment_id}", operation_id="read_goods_shipment")
async def read_goods_shipment(session: Reading, caller: Reader, shipment_id: UUID) -> GoodsShipmentDetail:
    """Read a shipment that your organization sent or is to receive, with its differences."""
    shipment = await shipments.get(session, shipment_id)
    receiving = shipment.receiver_id in caller.visible()
    caller.must(at=shipment.receiver_id if receiving else shipment.organization_id)
    return await _whole(session, caller, shipment)


@router.post(
    "/{shipment_id}/receipt",
    operation_id="receive_goods_shipment",
    responses=problems.responses(
        errors.ShipmentReceived,
        errors.ArrivalIncomplete,
        errors.WarehouseClosed,
        errors.GoodsOfAnotherOrganization,
        errors.DayUnfit,
    ),
)
async def receive_goods_shipment(
    session: Writing, caller: Recorder, shipment_id: UUID, body: GoodsArrivalIn
) -> GoodsShipmentDetail:
    """Take a shipment in, line by line, with what did not come; the goods are in your stock from now on."""
    shipment = await shipments.get(session, shipment_id, lock=True)
    caller.must(at=shipment.receiver_id)
    await arrivals.take_in(session, shipment, body.as_arrival(), actor=caller.label)
    return await _whole(session, caller, shipment)


async def _whole(session: ReadSession, caller: Asking, shipment: GoodsShipment) -> GoodsShipmentDetail:
    lines = await shipments.lines_of(session, shipment)
    return GoodsShipmentDetail.whole(shipment, lines, caller.caller)
