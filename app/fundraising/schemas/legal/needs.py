"""Needs and offers as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import (
    CommunityNeed,
    NeedState,
    OfferState,
)
from app.fundraising.needs.offers import NewOffer
from app.fundraising.needs.suggestions import Suggestion
from app.fundraising.schemas.filings.examples import AT, ORGANIZATION, REVIEWER
from app.kit.fields import Body, Day, Line, shown
from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import RegionCode

_ID = "01997d5d-ac96-774b-bcce-b302099a84"
NEED, OFFER, MATCH = (f"{_ID}{number:02d}" for number in range(3))
GIVER = "01997d5d-ac96-774b-bcce-b302099a8499"
_NEED_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "region_code": "610924",
    "title": "村小学冬季取暖设备",
    "quantity": "12台",
}
_OFFER_IN: dict[str, Any] = {
    "organization_id": GIVER,
    "title": "取暖设备",
    "quantity": "20台",
    "region_code": "610900",
    "open_until": "2026-12-31",
}
_NEED_OUT: dict[str, Any] = _NEED_IN | {
    "id": NEED,
    "state": "open",
    "met_by": None,
    "unit": "台",
    "count": 12,
    "left_count": 12,
    "actor": REVIEWER,
    "created_at": AT,
}
_OFFER_OUT: dict[str, Any] = {
    "id": OFFER,
    "organization_id": GIVER,
    "title": "取暖设备",
    "unit": "台",
    "count": 20,
    "left_count": 20,
    "region_code": "610900",
    "open_until": "2026-12-31",
    "state": "open",
    "actor": REVIEWER,
    "created_at": AT,
}


class CommunityNeedIn(Body):
    """What a place lacks; it names no person."""

    model_config = ConfigDict(json_schema_extra=shown(_NEED_IN))

    organization_id: UUID
    region_code: RegionCode
    title: Line
    quantity: Line = Field(description="As a number of a unit (12台) it can be matched with offers.")

    def as_need(self, actor: str) -> CommunityNeed:
        """Return the same as a row."""
        return CommunityNeed(actor=actor, **dict(self))


class NeedEndIn(Body):
    """By what a need was met; nothing, if nobody waits for it any more."""

    model_config = ConfigDict(json_schema_extra=shown({"met_by": "某企业捐赠12台取暖设备"}))

    met_by: Line | None = None


class NeedQuery(PageQuery):
    """Which needs to list."""

    organization_id: UUID | None = None
    state: NeedState | None = None


class CommunityNeedOut(BaseModel):
    """What a place lacks, whether it still does, and of how many pieces nobody has agreed to give yet."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_NEED_OUT))

    id: UUID
    organization_id: UUID
    region_code: str
    title: str
    quantity: str
    state: NeedState
    met_by: str | None
    unit: str | None
    count: int | None = Field(description="Null if the quantity is no number of a unit.")
    left_count: int | None
    actor: str
    created_at: datetime


class GoodsOfferIn(Body):
    """Goods that somebody would give; whoever it is stays with the member that tells it."""

    model_config = ConfigDict(json_schema_extra=shown(_OFFER_IN))

    organization_id: UUID
    title: Line
    quantity: Line = Field(description="A whole number with its unit.")
    region_code: RegionCode | None = Field(default=None, description="Where it may go; without it anywhere.")
    open_until: Day | None = None

    def as_offer(self) -> NewOffer:
        """Return the same in the words of the rules."""
        return NewOffer(**dict(self))


class OfferQuery(PageQuery):
    """Which offers to list."""

    organization_id: UUID | None = None
    state: OfferState | None = None


class GoodsOfferOut(BaseModel):
    """Goods that somebody would give, and how many pieces of them are not spoken for."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_OFFER_OUT))

    id: UUID
    organization_id: UUID
    title: str
    unit: str
    count: int
    left_count: int
    region_code: str | None
    open_until: date | None
    state: OfferState
    actor: str
    created_at: datetime


class SuggestionOut(BaseModel):
    """A need and an offer that go together, and how many pieces could be agreed on."""

    need: CommunityNeedOut
    offer: GoodsOfferOut
    count: int

    @classmethod
    def of(cls, one: Suggestion) -> Self:
        """Return a suggestion as JSON shows it."""
        need, offer = CommunityNeedOut.model_validate(one.need), GoodsOfferOut.model_validate(one.offer)
        return cls(need=need, offer=offer, count=one.count)


class SuggestionsOut(BaseModel):
    """What goes together, the best first, twenty at the most."""

    model_config = ConfigDict(
        json_schema_extra=shown({"suggestions": [{"need": _NEED_OUT, "offer": _OFFER_OUT, "count": 12}]})
    )

    suggestions: list[SuggestionOut]
