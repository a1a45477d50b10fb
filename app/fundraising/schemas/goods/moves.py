"""Moves of goods between an organization's warehouses as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.goods.storage.moves import NewMove
from app.fundraising.models.goods import GoodsMove, GoodsMoveLine
from app.fundraising.schemas.goods import examples
from app.fundraising.schemas.goods.handouts import LotPartsIn
from app.kit.fields import Day, Line, MoneyOut, shown
from app.kit.http.pages import PageQuery

_SAID: dict[str, Any] = {
    "organization_id": examples.ORGANIZATION,
    "warehouse_id": "01997d5d-ac96-774b-bcce-b302099a8135",
    "moved_on": "2026-05-03",
    "reference": "移库单-000003",
}
_LINE: dict[str, Any] = {
    "lot_id": examples.LOT_ID,
    "moved_lot_id": "01997d5d-ac96-774b-bcce-b302099a8137",
    "count": 4000,
    "value": examples.fen(200_000),
}
_MOVE: dict[str, Any] = _SAID | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8136",
    "actor": examples.STAFF,
    "created_at": examples.CREATED,
}


class GoodsMoveIn(LotPartsIn):
    """Goods that were brought into another warehouse of the same organization."""

    model_config = ConfigDict(
        json_schema_extra=shown(_SAID | {"lots": [{"lot_id": examples.LOT_ID, "quantity": 2, "unit": "箱"}]})
    )

    organization_id: UUID
    warehouse_id: UUID
    moved_on: Day
    reference: Line | None = None

    def as_move(self) -> NewMove:
        """Return the same in the words of the rules."""
        return NewMove(
            organization_id=self.organization_id,
            warehouse_id=self.warehouse_id,
            moved_on=self.moved_on,
            parts=self.parts(),
            reference=self.reference,
        )


class GoodsMoveQuery(PageQuery):
    """Which moves to list."""

    organization_id: UUID | None = None
    warehouse_id: UUID | None = None


class GoodsMoveOut(BaseModel):
    """A move into a warehouse."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_MOVE))

    id: UUID
    organization_id: UUID
    warehouse_id: UUID
    reference: str
    moved_on: date
    actor: str
    created_at: datetime


class GoodsMoveLineOut(BaseModel):
    """A part of a lot that was moved, and the lot that it is now."""

    model_config = ConfigDict(json_schema_extra=shown(_LINE))

    lot_id: UUID
    moved_lot_id: UUID
    count: int
    value: MoneyOut


class GoodsMoveDetail(GoodsMoveOut):
    """A move with everything that was moved."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_MOVE | {"lines": [_LINE]}))

    lines: list[GoodsMoveLineOut]

    @classmethod
    def whole(cls, move: GoodsMove, lines: Sequence[GoodsMoveLine]) -> Self:
        """Return a move with its lines as JSON."""
        told = [
            GoodsMoveLineOut(
                lot_id=one.lot_id,
                moved_lot_id=one.moved_lot_id,
                count=one.count,
                value=MoneyOut.of(one.value_minor),
            )
            for one in lines
        ]
        return cls(**{name: getattr(move, name) for name in GoodsMoveOut.model_fields}, lines=told)
