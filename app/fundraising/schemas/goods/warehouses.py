"""Warehouses as JSON."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models.goods import Warehouse
from app.kit.fields import Body, Code, Line, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

_SAID: dict[str, Any] = {
    "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
    "code": "WH-1",
    "name": "省会物资库",
    "address": "西安市雁塔区小寨东路",
}


class WarehouseIn(Body):
    """A place where goods are kept."""

    model_config = ConfigDict(json_schema_extra=shown(_SAID))

    organization_id: UUID
    code: Code
    name: Line
    address: Line | None = None

    def as_warehouse(self) -> NewWarehouse:
        """Return the same in the words of the rules."""
        return NewWarehouse(**dict(self))


class WarehouseQuery(PageQuery):
    """Which warehouses to list."""

    organization_id: UUID | None = None


class WarehouseOut(BaseModel):
    """A warehouse; closed, it takes in no more."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _SAID
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8101",
                "closed_at": None,
                "created_at": "2026-01-05T02:00:00Z",
                "allowed_actions": ["receive_goods", "close"],
            }
        )
    )

    id: UUID
    organization_id: UUID
    code: str
    name: str
    address: str | None
    closed_at: datetime | None
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(cls, warehouse: Warehouse, caller: Caller) -> Self:
        """Return a warehouse as JSON, with what its caller may do about it."""
        record = Permission.goods_record
        admitted = {} if warehouse.closed_at else {"receive_goods": record, "close": record}
        return cls(
            id=warehouse.id,
            organization_id=warehouse.organization_id,
            code=warehouse.code,
            name=warehouse.name,
            address=warehouse.address,
            closed_at=warehouse.closed_at,
            created_at=warehouse.created_at,
            allowed_actions=caller.allowed(admitted, at=warehouse.organization_id),
        )
