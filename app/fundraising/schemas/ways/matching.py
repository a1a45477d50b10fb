"""Matching as JSON."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Campaign, GiftMatch, MatchingPool, PoolKind
from app.fundraising.models.ways.matching import RATIO_MAX
from app.fundraising.ways.matches import Run
from app.kit.fields import Body, Code, Line, Moment, MoneyIn, MoneyOut, shown
from app.kit.http.pages import PageQuery

Ratio = Annotated[
    int, Field(strict=True, ge=1, le=RATIO_MAX, description="Added per 10,000 fen of a gift: 10,000 is 1:1.")
]
_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_CAMPAIGN = "01997d5d-ac96-774b-bcce-b302099a8002"
_FUND = "01997d5d-ac96-774b-bcce-b302099a8031"
_ID = "01997d5d-ac96-774b-bcce-b302099a8032"


def _fen(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "CNY"}


_SAID = {
    "campaign_id": _CAMPAIGN,
    "code": "MATCH-2026-01",
    "title": "企业配捐（演示）",
    "kind": "held",
    "fund_id": _FUND,
    "budget": _fen(10_000_000),
    "ratio_basis_points": 10_000,
    "cap_per_gift": _fen(20_000),
    "cap_per_donor": None,
    "starts_at": "2026-09-01T00:00:00Z",
    "ends_at": "2026-09-10T00:00:00Z",
}
_SHOWN = _SAID | {
    "id": _ID,
    "organization_id": _ORGANIZATION,
    "used": _fen(5_000),
    "left": _fen(9_995_000),
    "paid": _fen(0),
    "platform_id": None,
    "their_id": None,
    "closed_at": None,
    "created_at": "2026-08-20T02:00:00Z",
}


class MatchingPoolIn(Body):
    """A pool that adds to a campaign's gifts."""

    model_config = ConfigDict(json_schema_extra=shown(_SAID))

    campaign_id: UUID
    code: Code
    title: Line
    kind: PoolKind
    budget: MoneyIn
    ratio_basis_points: Ratio = 10_000
    fund_id: UUID | None = Field(default=None, description="Where a held pool's money lies.")
    cap_per_gift: MoneyIn | None = None
    cap_per_donor: MoneyIn | None = None
    starts_at: Moment
    ends_at: Moment

    def as_pool(self, campaign: Campaign) -> MatchingPool:
        """Return the same as a row."""
        return MatchingPool(
            organization_id=campaign.organization_id,
            campaign_id=campaign.id,
            code=self.code,
            title=self.title,
            kind=self.kind,
            budget=self.budget.amount,
            ratio_basis_points=self.ratio_basis_points,
            fund_id=self.fund_id,
            cap_per_gift=self.cap_per_gift.amount if self.cap_per_gift else None,
            cap_per_donor=self.cap_per_donor.amount if self.cap_per_donor else None,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


class MatchingPoolOut(BaseModel):
    """A pool: what it has added to gifts, what is left of its budget, what its matcher has paid."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN))

    id: UUID
    organization_id: UUID
    campaign_id: UUID
    code: str
    title: str
    kind: PoolKind
    fund_id: UUID | None
    budget: MoneyOut
    used: MoneyOut
    left: MoneyOut
    paid: MoneyOut
    ratio_basis_points: int | None
    cap_per_gift: MoneyOut | None
    cap_per_donor: MoneyOut | None
    starts_at: datetime | None
    ends_at: datetime | None
    platform_id: UUID | None = Field(description="Whose own pool it is; its terms are not known to us.")
    their_id: str | None = Field(description="The platform's `matching_id`.")
    closed_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, pool: MatchingPool, paid: int) -> Self:
        """Return a pool as JSON shows it; `paid` counts for a promised one."""
        return cls(
            id=pool.id,
            organization_id=pool.organization_id,
            campaign_id=pool.campaign_id,
            code=pool.code,
            title=pool.title,
            kind=pool.kind,
            fund_id=pool.fund_id,
            budget=MoneyOut.of(pool.budget),
            used=MoneyOut.of(pool.used),
            left=MoneyOut.of(pool.budget - pool.used),
            paid=MoneyOut.of(paid),
            ratio_basis_points=pool.ratio_basis_points,
            cap_per_gift=MoneyOut.of(pool.cap_per_gift) if pool.cap_per_gift else None,
            cap_per_donor=MoneyOut.of(pool.cap_per_donor) if pool.cap_per_donor else None,
            starts_at=pool.starts_at,
            ends_at=pool.ends_at,
            platform_id=pool.platform_id,
            their_id=pool.their_id,
            closed_at=pool.closed_at,
            created_at=pool.created_at,
        )


class MatchingRunOut(BaseModel):
    """What a run of a pool did."""

    model_config = ConfigDict(
        json_schema_extra=shown({"gift_count": 3, "matched": _fen(5_000), "released": _fen(0)})
    )

    gift_count: int
    matched: MoneyOut
    released: MoneyOut

    @classmethod
    def of(cls, run: Run) -> Self:
        """Return a run as JSON shows it."""
        return cls(
            gift_count=run.gift_count,
            matched=MoneyOut.of(run.matched),
            released=MoneyOut.of(run.released),
        )


class GiftMatchOut(BaseModel):
    """What a pool added to a gift for one fund, and how much of it a refund took back."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "donation_id": _ID,
                "fund_id": _FUND,
                "amount": _fen(5_000),
                "released": _fen(0),
                "created_at": "2026-09-01T02:00:00Z",
            }
        )
    )

    donation_id: UUID
    fund_id: UUID
    amount: MoneyOut
    released: MoneyOut
    created_at: datetime

    @classmethod
    def of(cls, match: GiftMatch) -> Self:
        """Return a match as JSON shows it."""
        return cls(
            donation_id=match.donation_id,
            fund_id=match.fund_id,
            amount=MoneyOut.of(match.amount),
            released=MoneyOut.of(match.released),
            created_at=match.created_at,
        )


class MatchingPaymentIn(Body):
    """The matcher's own gift, by which a promised pool is paid."""

    model_config = ConfigDict(json_schema_extra=shown({"donation_id": _ID}))

    donation_id: UUID


class MatchingPoolQuery(PageQuery):
    """Which pools to list."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    sort: Literal["created_at", "-created_at", "code", "-code"] = "-created_at"
