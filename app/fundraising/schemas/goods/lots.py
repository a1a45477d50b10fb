"""Lots of goods as JSON: the stock list."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.goods.lots import Search
from app.fundraising.models.goods import NEVER, AssetClass, GoodsLot, ValuationMethod
from app.fundraising.schemas.goods import examples
from app.kit.fields import Day, Line, MoneyOut, shown
from app.kit.http.pages import FRAME, PageQuery
from app.organizations.access import Caller, Permission


class GoodsLotQuery(PageQuery):
    """Which lots to list: by warehouse, purpose and expiry; `in_stock` leaves out what is gone."""

    organization_id: UUID | None = None
    warehouse_id: UUID | None = None
    fund_id: UUID | None = None
    gift_id: UUID | None = None
    in_stock: bool | None = None
    valued: bool | None = None
    expires_on_from: Day | None = None
    expires_on_to: Day | None = None
    q: Line | None = None
    sort: Literal["created_at", "-created_at", "item", "-item", "expires_on", "-expires_on"] = "-created_at"

    def search(self) -> Search:
        """Return the same in the words of the rules."""
        return Search(**self.model_dump(exclude=FRAME))


class GoodsLotOut(BaseModel):
    """Goods of one kind that came in together, in their smallest unit; unvalued ones are only counted."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LOT))

    id: UUID
    organization_id: UUID
    warehouse_id: UUID
    fund_id: UUID
    gift_id: UUID | None
    origin_lot_id: UUID | None
    number: int
    item: str
    spec: str | None
    batch_number: str | None
    expires_on: date | None
    asset_class: AssetClass
    unit: str
    package_unit: str | None
    package_size: int | None
    received_count: int
    accepted_count: int | None
    refused_reason: str | None
    left_count: int
    method: ValuationMethod | None
    basis: str | None
    value: MoneyOut | None
    left_value: MoneyOut
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(cls, lot: GoodsLot, caller: Caller) -> Self:
        """Return a lot as JSON, with what its caller may do about it."""
        admitted = {"hand_out": Permission.goods_record} if lot.left_count else {}
        plain = {name: getattr(lot, name) for name in _COPIED}
        return cls(
            **plain,
            expires_on=None if lot.expires_on == NEVER else lot.expires_on,
            value=None if lot.value_minor is None else MoneyOut.of(lot.value_minor),
            left_value=MoneyOut.of(lot.left_minor),
            allowed_actions=caller.allowed(admitted, at=lot.organization_id),
        )


_COPIED = GoodsLotOut.model_fields.keys() - {"expires_on", "value", "left_value", "allowed_actions"}
