"""Used-clothing collection as JSON: points, weighings, what became of it, and yearly figures."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.models import Channel
from app.fundraising.goods.clothes import NewDisposal
from app.fundraising.goods.collections import Weighing
from app.fundraising.models.goods import (
    CollectedItem,
    Collection,
    CollectionDisposal,
    CollectionOutcome,
    CollectionYear,
)
from app.fundraising.models.goods.collections import WEIGHT_GRAMS_MAX
from app.fundraising.schemas.goods import examples
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

Grams = Annotated[int, Field(strict=True, ge=1, le=WEIGHT_GRAMS_MAX)]
_POINT_ID = "01997d5d-ac96-774b-bcce-b302099a8110"
_WEIGHING: dict[str, Any] = {
    "point_id": _POINT_ID,
    "item": "clothing",
    "collected_on": "2026-05-01",
    "weight_grams": 186_500,
    "collector": "某某再生资源有限公司",
    "reference": "磅单-000789",
}
_DISPOSAL: dict[str, Any] = {
    "organization_id": examples.ORGANIZATION,
    "item": "clothing",
    "outcome": "sold",
    "disposed_on": "2026-05-31",
    "weight_grams": 5_000_000,
    "recipient": "某某再生资源有限公司",
    "reference": "出库-000012",
    "proceeds": examples.fen(400_000),
    "channel_id": "01997d5d-ac96-774b-bcce-b302099a8003",
}
_MADE = {"actor": examples.STAFF, "created_at": examples.CREATED}


class CollectionIn(Body):
    """What a collecting organization weighed when it emptied a point."""

    model_config = ConfigDict(json_schema_extra=shown(_WEIGHING))

    point_id: UUID
    item: CollectedItem = CollectedItem.clothing
    collected_on: Day
    weight_grams: Grams
    collector: Line = Field(description="The organization or crew that collects; nobody's name.")
    reference: Line | None = Field(default=None, description="The weighing slip's number; counted once.")

    def as_weighing(self) -> Weighing:
        """Return the same in the words of the rules."""
        return Weighing(**self.model_dump(exclude={"point_id"}))


class CollectionQuery(PageQuery):
    """Which weighings to list."""

    organization_id: UUID | None = None
    point_id: UUID | None = None
    item: CollectedItem | None = None


class CollectionOut(BaseModel):
    """A weighing; one that was taken back counts no more."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _WEIGHING
            | _MADE
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8111",
                "organization_id": examples.ORGANIZATION,
                "voided_at": None,
                "voided_reason": None,
                "allowed_actions": ["void"],
            }
        )
    )

    id: UUID
    organization_id: UUID
    point_id: UUID
    item: CollectedItem
    collected_on: date
    weight_grams: int
    collector: str
    reference: str
    voided_at: datetime | None
    voided_reason: str | None
    actor: str
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(cls, collection: Collection, caller: Caller) -> Self:
        """Return a weighing as JSON, with what its caller may do about it."""
        admitted = {} if collection.voided_at else {"void": Permission.goods_record}
        actions = caller.allowed(admitted, at=collection.organization_id)
        plain = {name: getattr(collection, name) for name in cls.model_fields if name != "allowed_actions"}
        return cls(**plain, allowed_actions=actions)


class WeighingVoidIn(Body):
    """Why a weighing is taken back."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "磅单重复录入"}))

    reason: Words


class CollectionDisposalIn(Body):
    """What became of a part of what was collected; sold, with its proceeds and where they came in."""

    model_config = ConfigDict(json_schema_extra=shown(_DISPOSAL))

    organization_id: UUID
    item: CollectedItem = CollectedItem.clothing
    outcome: CollectionOutcome
    disposed_on: Day
    weight_grams: Grams
    recipient: Line = Field(description="The organization that took it.")
    reference: Line | None = None
    proceeds: MoneyIn | None = None
    channel_id: UUID | None = None
    fund_id: UUID | None = Field(default=None, description="For which fund it was sold; else for none.")

    @model_validator(mode="after")
    def _tells_money_of_a_sale_only(self) -> Self:
        sold = self.outcome is CollectionOutcome.sold
        if sold != (self.proceeds is not None) or sold != (self.channel_id is not None):
            raise wrong(
                "a sale, and nothing else, has proceeds and a channel",
                "仅变卖须填写所得款项和收款账户",
            )
        if self.fund_id is not None and not sold:
            raise wrong("only proceeds go to a fund", "仅所得款项可以归入基金")
        return self

    def as_disposal(self, channel: Channel | None) -> NewDisposal:
        """Return the same in the words of the rules."""
        said = self.model_dump(exclude={"proceeds", "channel_id"})
        return NewDisposal(
            **said, proceeds_minor=self.proceeds.amount if self.proceeds else None, channel=channel
        )


class CollectionDisposalOut(BaseModel):
    """What became of a part of what was collected."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _DISPOSAL | _MADE | {"id": "01997d5d-ac96-774b-bcce-b302099a8112", "entry_id": examples.ENTRY}
        )
    )

    id: UUID
    organization_id: UUID
    item: CollectedItem
    outcome: CollectionOutcome
    disposed_on: date
    weight_grams: int
    recipient: str
    reference: str
    proceeds: MoneyOut | None
    channel_id: UUID | None
    entry_id: UUID | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, disposal: CollectionDisposal) -> Self:
        """Return the same as JSON."""
        plain = {name: getattr(disposal, name) for name in cls.model_fields if name != "proceeds"}
        proceeds = disposal.proceeds_minor
        return cls(**plain, proceeds=None if proceeds is None else MoneyOut.of(proceeds))


class CollectionYearQuery(PageQuery):
    """Which yearly figures to list."""

    organization_id: UUID | None = None
    year: Annotated[int, Field(ge=1900, le=2999)] | None = None


class CollectionYearOut(BaseModel):
    """What an organization collected of an item in a year."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "year": 2020,
                "item": "clothing",
                "weight_grams": 2_918_000_000,
                "collection_count": 14_590,
            }
        )
    )

    organization_id: UUID
    year: int
    item: CollectedItem
    weight_grams: int
    collection_count: int

    @classmethod
    def of(cls, year: CollectionYear) -> Self:
        """Return a year's figure as JSON."""
        return cls(**{name: getattr(year, name) for name in cls.model_fields})
