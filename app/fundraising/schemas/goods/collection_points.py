"""Points of used-clothing collection as JSON."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.goods.collections import NewPoint
from app.fundraising.models.goods import CollectionPoint
from app.fundraising.schemas.goods import examples
from app.kit.fields import Body, Code, Line, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

_POINT_ID = "01997d5d-ac96-774b-bcce-b302099a8110"
_POINT: dict[str, Any] = {
    "organization_id": examples.ORGANIZATION,
    "code": "JY-0001",
    "name": "幸福小区东门",
    "address": None,
}


class CollectionPointIn(Body):
    """A place where people leave what they no longer wear."""

    model_config = ConfigDict(json_schema_extra=shown(_POINT))

    organization_id: UUID
    code: Code
    name: Line
    address: Line | None = None

    def as_point(self) -> NewPoint:
        """Return the same in the words of the rules."""
        return NewPoint(**dict(self))


class CollectionPointQuery(PageQuery):
    """Which collection points to list."""

    organization_id: UUID | None = None


class CollectionPointOut(BaseModel):
    """A collection point; closed, nothing is collected there."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _POINT
            | {
                "id": _POINT_ID,
                "closed_at": None,
                "created_at": examples.CREATED,
                "allowed_actions": ["collect", "close"],
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
    def of(cls, point: CollectionPoint, caller: Caller) -> Self:
        """Return a collection point as JSON, with what its caller may do about it."""
        record = Permission.goods_record
        admitted = {} if point.closed_at else {"collect": record, "close": record}
        actions = caller.allowed(admitted, at=point.organization_id)
        plain = {name: getattr(point, name) for name in cls.model_fields if name != "allowed_actions"}
        return cls(**plain, allowed_actions=actions)
