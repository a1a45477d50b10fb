"""Matches of needs and offers as JSON."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import NeedMatch, NeedMatchState
from app.fundraising.models.goods.lots import COUNT_MAX
from app.fundraising.schemas.filings.examples import AT, ORGANIZATION, REVIEWER
from app.fundraising.schemas.legal.needs import GIVER, MATCH, NEED, OFFER
from app.kit.fields import Body, Day, Words, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

_MATCH_OUT: dict[str, Any] = {
    "id": MATCH,
    "need_id": NEED,
    "need_organization_id": ORGANIZATION,
    "offer_id": OFFER,
    "offer_organization_id": GIVER,
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


class NeedMatchIn(Body):
    """How many pieces of which offer shall meet which need."""

    model_config = ConfigDict(json_schema_extra=shown({"need_id": NEED, "offer_id": OFFER, "count": 12}))

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
