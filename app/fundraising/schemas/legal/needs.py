"""Needs, offers and their matches as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import (
    CommunityNeed,
    NeedMatch,
    NeedMatchState,
    NeedState,
    OfferState,
)
from app.fundraising.models.goods.lots import COUNT_MAX
from app.fundraising.needs.offers import NewOffer
from app.fundraising.needs.suggestions import Suggestion
from app.fundraising.schemas.filings.examples import AT, ORGANIZATION, REVIEWER
from app.kit.fields import Body, Day, Line, Words, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission
from app.organizations.schemas.words import RegionCode

_ID = "01997d5d-ac96-774b-bcce-b302099a84"
_NEED, _OFFER, _MATCH = (f"{_ID}{number:02d}" for number in range(3))
_GIVER = "01997d5d-ac96-774b-bcce-b302099a8499"
_NEED_IN: dict[str, Any] = {
    "organization_id": ORGANIZATION,
    "region_code": "610924",
    "title": "村小学冬季取暖设备",
    "quantity": "12台",
}
_OFFER_IN: dict[str, Any] = {
    "organization_id": _GIVER,
    "title": "取暖设备",
    "quantity": "20台",
    "region_code": "610900",
    "open_until": "2026-12-31",
}
_NEED_OUT: dict[str, Any] = _NEED_IN | {
    "id": _NEED,
    "state": "open",
    "met_by": None,
    "unit": "台",
    "count": 12,
    "left_count": 12,
    "actor": REVIEWER,
    "created_at": AT,
}
_OFFER_OUT: dict[str, Any] = {
    "id": _OFFER,
    "organization_id": _GIVER,
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
_MATCH_OUT: dict[str, Any] = {
    "id": _MATCH,
    "need_id": _NEED,
    "need_organization_id": ORGANIZATION,
    "offer_id": _OFFER,
    "offer_organization_id": _GIVER,
    "count": 12,
    "state": "proposed",
    "proposed_by": REVIEWER,
    "need_agreed_by": REVIEWER,
    "need_agreed_at": AT,
    "offer_agreed_by": None,
    "offer_agreed_at": None,
    "delivered_on": None,
    "ended_by": None,
    "ended_reason": None,
    "created_at": AT,
}
Count = Annotated[int, Field(strict=True, ge=1, le=COUNT_MAX)]


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


class NeedMatchIn(Body):
    """How many pieces of which offer shall meet which need."""

    model_config = ConfigDict(json_schema_extra=shown({"need_id": _NEED, "offer_id": _OFFER, "count": 12}))

    need_id: UUID
    offer_id: UUID
    count: Count


class NeedMatchEndIn(Body):
    """Why a match is declined, or falls through."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "规格不符"}))

    reason: Words


class NeedDeliveryIn(Body):
    """On which day what was agreed on arrived."""

    model_config = ConfigDict(json_schema_extra=shown({"delivered_on": "2026-05-20"}))

    delivered_on: Day


class NeedMatchQuery(PageQuery):
    """Which matches to list."""

    organization_id: UUID | None = Field(default=None, description="On either side.")
    need_id: UUID | None = None
    offer_id: UUID | None = None
    state: NeedMatchState | None = None


class NeedMatchOut(BaseModel):
    """That an offer shall meet a need, and which side has agreed to that."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_MATCH_OUT))

    id: UUID
    need_id: UUID
    need_organization_id: UUID
    offer_id: UUID
    offer_organization_id: UUID
    count: int
    state: NeedMatchState
    proposed_by: str
    need_agreed_by: str | None
    need_agreed_at: datetime | None
    offer_agreed_by: str | None
    offer_agreed_at: datetime | None
    delivered_on: date | None
    ended_by: str | None
    ended_reason: str | None
    created_at: datetime


class NeedMatchDetail(NeedMatchOut):
    """A match, and what the caller may do about it on either side."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra=shown(_MATCH_OUT | {"allowed_actions": ["agree", "end"]})
    )

    allowed_actions: list[str]

    @classmethod
    def whole(cls, match: NeedMatch, caller: Caller) -> Self:
        """Return everything that is to be read about a match."""
        facts = NeedMatchOut.model_validate(match).model_dump()
        return cls(**facts, allowed_actions=_allowed(match, caller))


def _allowed(match: NeedMatch, caller: Caller) -> list[str]:
    def may(*actions: str, at: UUID) -> list[str]:
        return caller.allowed(dict.fromkeys(actions, Permission.campaigns_change), at=at)

    need, offer = match.need_organization_id, match.offer_organization_id
    if match.state is NeedMatchState.agreed:
        told = may("deliver", "end", at=need) + may("end", at=offer)
    elif match.state is NeedMatchState.proposed:
        told = may(*(() if match.need_agreed_at else ("agree",)), "end", at=need)
        told += may(*(() if match.offer_agreed_at else ("agree",)), "end", at=offer)
    else:
        told = []
    return list(dict.fromkeys(told))
