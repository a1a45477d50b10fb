"""Shipments of goods between members as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.goods.arrivals import Arrival, Came
from app.fundraising.goods.shipments import NewShipment
from app.fundraising.models.goods import GoodsShipment, GoodsShipmentLine
from app.fundraising.models.goods.lots import COUNT_MAX
from app.fundraising.schemas.goods import examples
from app.fundraising.schemas.goods.gifts import LOTS_MAX
from app.fundraising.schemas.goods.handouts import LotPartsIn
from app.kit.fields import Body, Day, Line, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

_RECEIVER = "01997d5d-ac96-774b-bcce-b302099a8130"
_LINE_ID = "01997d5d-ac96-774b-bcce-b302099a8132"
_SAID: dict[str, Any] = {
    "organization_id": examples.ORGANIZATION,
    "receiver_id": _RECEIVER,
    "shipped_on": "2026-05-03",
    "reference": "调拨单-000008",
}
_CAME: dict[str, Any] = {"line_id": _LINE_ID, "received_count": 3990, "reason": "途中破损"}
_ARRIVAL: dict[str, Any] = {
    "warehouse_id": "01997d5d-ac96-774b-bcce-b302099a8133",
    "received_on": "2026-05-04",
    "lines": [_CAME],
}
_LINE: dict[str, Any] = {
    "id": _LINE_ID,
    "lot_id": examples.LOT_ID,
    "count": 4000,
    "value": examples.fen(200_000),
    "received_count": 3990,
    "difference_count": 10,
    "difference_reason": "途中破损",
    "received_lot_id": "01997d5d-ac96-774b-bcce-b302099a8134",
}
_SHIPMENT: dict[str, Any] = _SAID | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8131",
    "value": examples.fen(200_000),
    "lost": examples.fen(500),
    "entry_id": examples.ENTRY,
    "received_on": "2026-05-04",
    "warehouse_id": "01997d5d-ac96-774b-bcce-b302099a8133",
    "emergency_id": None,
    "actor": examples.STAFF,
    "created_at": examples.CREATED,
    "allowed_actions": [],
}


class GoodsShipmentIn(LotPartsIn):
    """Goods that leave for another member."""

    model_config = ConfigDict(
        json_schema_extra=shown(_SAID | {"lots": [{"lot_id": examples.LOT_ID, "quantity": 2, "unit": "箱"}]})
    )

    organization_id: UUID
    receiver_id: UUID
    shipped_on: Day
    reference: Line | None = None
    emergency_id: UUID | None = Field(default=None, description="For which emergency they are sent.")

    def as_shipment(self) -> NewShipment:
        """Return the same in the words of the rules."""
        return NewShipment(
            organization_id=self.organization_id,
            receiver_id=self.receiver_id,
            shipped_on=self.shipped_on,
            parts=self.parts(),
            reference=self.reference,
            emergency_id=self.emergency_id,
        )


class ShipmentLineIn(Body):
    """How many pieces of a line came; why not all."""

    model_config = ConfigDict(json_schema_extra=shown(_CAME))

    line_id: UUID
    received_count: int = Field(strict=True, ge=0, le=COUNT_MAX)
    reason: Line | None = None


class GoodsArrivalIn(Body):
    """What came of a shipment, where it was taken in, and for which fund."""

    model_config = ConfigDict(json_schema_extra=shown(_ARRIVAL))

    warehouse_id: UUID
    received_on: Day
    fund_id: UUID | None = None
    lines: list[ShipmentLineIn] = Field(min_length=1, max_length=LOTS_MAX)

    def as_arrival(self) -> Arrival:
        """Return the same in the words of the rules."""
        came = [Came(line_id=one.line_id, count=one.received_count, reason=one.reason) for one in self.lines]
        return Arrival(warehouse_id=self.warehouse_id, on=self.received_on, came=came, fund_id=self.fund_id)


class GoodsShipmentQuery(PageQuery):
    """Which shipments to list: those sent or received by organizations that you can see."""

    organization_id: UUID | None = None
    receiver_id: UUID | None = None
    emergency_id: UUID | None = None
    received: bool | None = None


class GoodsShipmentOut(BaseModel):
    """A shipment: sent, then received; `lost` is what the difference was worth."""

    model_config = ConfigDict(json_schema_extra=shown(_SHIPMENT))

    id: UUID
    organization_id: UUID
    receiver_id: UUID
    reference: str
    shipped_on: date
    value: MoneyOut
    lost: MoneyOut
    entry_id: UUID | None
    received_on: date | None
    warehouse_id: UUID | None
    emergency_id: UUID | None
    actor: str
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(cls, shipment: GoodsShipment, caller: Caller) -> Self:
        """Return a shipment as JSON, with what its caller may do about it."""
        return cls(**_told(shipment, caller))


_COPIED = GoodsShipmentOut.model_fields.keys() - {"value", "lost", "allowed_actions"}


def _told(shipment: GoodsShipment, caller: Caller) -> dict[str, Any]:
    admitted = {} if shipment.received_on else {"receive": Permission.goods_record}
    return {name: getattr(shipment, name) for name in _COPIED} | {
        "value": MoneyOut.of(shipment.value_minor),
        "lost": MoneyOut.of(shipment.lost_minor),
        "allowed_actions": caller.allowed(admitted, at=shipment.receiver_id),
    }


class GoodsShipmentLineOut(BaseModel):
    """A part of a lot that was sent, and what came of it."""

    model_config = ConfigDict(json_schema_extra=shown(_LINE))

    id: UUID
    lot_id: UUID
    count: int
    value: MoneyOut
    received_count: int | None
    difference_count: int | None
    difference_reason: str | None
    received_lot_id: UUID | None

    @classmethod
    def of(cls, line: GoodsShipmentLine) -> Self:
        """Return a line as JSON."""
        came = line.received_count
        return cls(
            id=line.id,
            lot_id=line.lot_id,
            count=line.count,
            value=MoneyOut.of(line.value_minor),
            received_count=came,
            difference_count=None if came is None else line.count - came,
            difference_reason=line.difference_reason,
            received_lot_id=line.received_lot_id,
        )


class GoodsShipmentDetail(GoodsShipmentOut):
    """A shipment with everything that was sent."""

    model_config = ConfigDict(json_schema_extra=shown(_SHIPMENT | {"lines": [_LINE]}))

    lines: list[GoodsShipmentLineOut]

    @classmethod
    def whole(cls, shipment: GoodsShipment, lines: Sequence[GoodsShipmentLine], caller: Caller) -> Self:
        """Return a shipment with its lines as JSON."""
        shown_lines = [GoodsShipmentLineOut.of(line) for line in lines]
        return cls(**_told(shipment, caller), lines=shown_lines)
