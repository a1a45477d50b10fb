"""Gifts in kind as JSON: what came in, how it was inspected, and what it is worth."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.gifts import Giver
from app.fundraising.goods.intake import Accepted, NewGift, NewLot
from app.fundraising.goods.valuations import Value
from app.fundraising.models import DonorKind
from app.fundraising.models.goods import AssetClass, GoodsGift, GoodsValuation, ValuationMethod
from app.fundraising.models.goods.lots import COUNT_MAX
from app.fundraising.schemas.donations import GiverIn
from app.fundraising.schemas.goods import examples
from app.kit.fields import Body, Code, Day, Line, MoneyIn, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

Count = Annotated[int, Field(strict=True, ge=1, le=COUNT_MAX)]
Unit = Annotated[Line, Field(max_length=20)]
Attachments = Annotated[list[UUID], Field(max_length=50, examples=[[]])]
LOTS_MAX = 500


class PiecesIn(Body):
    """How many of a smaller unit are in one of the unit told: stock is kept in the smaller one."""

    model_config = ConfigDict(json_schema_extra=shown({"unit": "个", "per_unit": 2000}))

    unit: Unit
    per_unit: int = Field(strict=True, ge=2, le=10**6)


class GoodsLotIn(Body):
    """Goods of one kind that came in together."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LOT_IN))

    item: Line
    quantity: Count
    unit: Unit
    pieces: PiecesIn | None = None
    spec: Line | None = None
    batch_number: Line | None = None
    expires_on: Day | None = None
    asset_class: AssetClass = AssetClass.inventory

    @model_validator(mode="after")
    def _counts_in_smaller_units(self) -> Self:
        if self.pieces is not None and self.pieces.unit == self.unit:
            raise wrong("pieces are counted in another unit than packages", "件数与包装数须用不同的单位")
        if self.pieces is not None and self.quantity * self.pieces.per_unit > COUNT_MAX:
            raise wrong("more pieces than one lot can hold", "件数超过一个批次的上限")
        return self

    def as_lot(self) -> NewLot:
        """Return the same in the words of the rules."""
        pieces = self.pieces
        return NewLot(
            item=self.item,
            count=self.quantity * (pieces.per_unit if pieces else 1),
            unit=pieces.unit if pieces else self.unit,
            package_unit=self.unit if pieces else None,
            package_size=pieces.per_unit if pieces else None,
            spec=self.spec,
            batch_number=self.batch_number,
            expires_on=self.expires_on,
            asset_class=self.asset_class,
        )


class GoodsGiftIn(Body):
    """A gift in kind: for a campaign's designation, else for a fund, else for nothing in particular."""

    model_config = ConfigDict(json_schema_extra=shown(examples.GIFT_IN))

    organization_id: UUID
    warehouse_id: UUID
    received_on: Day
    reference: Line | None = Field(default=None, description="Your own number for it; recorded once.")
    campaign_id: UUID | None = None
    designation: Code | None = None
    fund_id: UUID | None = None
    emergency_id: UUID | None = Field(default=None, description="The campaign's own if left out.")
    giver: GiverIn = GiverIn()
    lots: list[GoodsLotIn] = Field(min_length=1, max_length=LOTS_MAX)
    attachment_ids: Attachments = Field(default_factory=list[UUID])

    @model_validator(mode="after")
    def _has_one_purpose(self) -> Self:
        if self.campaign_id is not None and self.fund_id is not None:
            raise wrong("a gift is for a campaign or for a fund", "捐赠须指明募捐活动或基金，二者取一")
        if self.designation is not None and self.campaign_id is None:
            raise wrong("designations are a campaign's", "指定用途仅属于募捐活动")
        return self

    def as_gift(self) -> NewGift:
        """Return the same in the words of the rules."""
        said = dict(self)
        said["giver"] = Giver(**dict(self.giver))
        said["lots"] = [lot.as_lot() for lot in self.lots]
        return NewGift(**said)


class GoodsGiftQuery(PageQuery):
    """Which gifts in kind to list."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    fund_id: UUID | None = None
    emergency_id: UUID | None = None
    inspected: bool | None = None
    received_on_from: Day | None = None
    received_on_to: Day | None = None


class GoodsGiftOut(BaseModel):
    """A gift in kind; who gave is masked for those who may not read donors. Its lines are lots."""

    model_config = ConfigDict(json_schema_extra=shown(examples.GIFT))

    id: UUID
    organization_id: UUID
    campaign_id: UUID | None
    fund_id: UUID
    emergency_id: UUID | None
    reference: str
    received_on: date
    giver_kind: DonorKind
    giver_name: str | None
    anonymous: bool
    show_name: bool
    inspected_on: date | None
    actor: str
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(cls, gift: GoodsGift, giver_name: str | None, caller: Caller) -> Self:
        """Return a gift in kind as JSON, with what its caller may do about it."""
        inspected = gift.inspected_on is not None
        admitted = {"value": Permission.goods_value} if inspected else {"inspect": Permission.goods_record}
        plain = {name: getattr(gift, name) for name in _COPIED}
        actions = caller.allowed(admitted, at=gift.organization_id)
        return cls(**plain, giver_name=giver_name, allowed_actions=actions)


_COPIED = GoodsGiftOut.model_fields.keys() - {"giver_name", "allowed_actions"}


class AcceptedIn(Body):
    """How much of a lot was found usable, safe and sanitary, in the lot's own unit; why the rest was not."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INSPECTION["lots"][0]))

    lot_id: UUID
    accepted_count: int = Field(strict=True, ge=0, le=COUNT_MAX)
    reason: Line | None = None


class InspectionIn(Body):
    """What an inspection accepted of every lot of a gift."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INSPECTION))

    inspected_on: Day
    lots: list[AcceptedIn] = Field(min_length=1, max_length=LOTS_MAX)

    def accepted(self) -> list[Accepted]:
        """Return the same in the words of the rules."""
        return [Accepted(lot_id=one.lot_id, count=one.accepted_count, reason=one.reason) for one in self.lots]


class ValueIn(Body):
    """What the accepted goods of a lot are worth together, and how that was found."""

    model_config = ConfigDict(json_schema_extra=shown(examples.VALUATION_IN["lots"][0]))

    lot_id: UUID
    method: ValuationMethod
    basis: Line = Field(description="The paper's kind and number, or whose market price it is.")
    amount: MoneyIn | None = Field(default=None, description="Absent at one yuan each (`nominal`).")


class GoodsValuationIn(Body):
    """Values of some lots of a gift, booked together."""

    model_config = ConfigDict(json_schema_extra=shown(examples.VALUATION_IN))

    lots: list[ValueIn] = Field(min_length=1, max_length=LOTS_MAX)
    attachment_ids: Attachments = Field(default_factory=list[UUID])

    def values(self) -> list[Value]:
        """Return the same in the words of the rules."""
        return [
            Value(
                lot_id=one.lot_id,
                method=one.method,
                basis=one.basis,
                amount=one.amount and one.amount.amount,
            )
            for one in self.lots
        ]


class GoodsValuationOut(BaseModel):
    """A valuation with the entry that booked it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.VALUATION))

    id: UUID
    gift_id: UUID
    amount: MoneyOut
    actor: str
    entry_id: UUID
    created_at: datetime

    @classmethod
    def of(cls, valuation: GoodsValuation) -> Self:
        """Return a valuation as JSON."""
        return cls(
            id=valuation.id,
            gift_id=valuation.gift_id,
            amount=MoneyOut.of(valuation.amount),
            actor=valuation.actor,
            entry_id=valuation.entry_id,
            created_at=valuation.created_at,
        )
