"""Workbooks as JSON: what came of one, and what it told of earlier times."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Campaign
from app.kit.fields import Day, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.onboarding.models import CarriedGift, CarriedTransit, Onboarding, TransitArrival
from app.onboarding.schemas.transits import ARRIVED, CarriedTransitOut

_REPORT: dict[str, Any] = {
    "organization": "610100",
    "live_on": "2026-07-01",
    "dry_run": False,
    "already": False,
    "funds": 2,
    "itemised": 120,
    "accounts": 2,
    "people": 3,
    "campaigns": 1,
    "entries": 3,
    "unspent": {"amount": 9000000, "currency": "CNY"},
}
_FUND = "01997d5d-ac96-774b-bcce-b302099a800a"
_CAMPAIGN = "01997d5d-ac96-774b-bcce-b302099a8006"


class OnboardingOut(BaseModel):
    """What came of a workbook. `already`: this very file was taken before, and nothing was done now."""

    model_config = ConfigDict(json_schema_extra=shown(_REPORT))

    organization: str
    live_on: date
    dry_run: bool = Field(description="Whether it was only tried: nothing is kept then.")
    already: bool
    funds: int
    itemised: int = Field(default=0, description="How many gifts are listed behind what the funds hold.")
    accounts: int
    people: int
    campaigns: int
    entries: int
    unspent: MoneyOut

    @classmethod
    def of(cls, report: dict[str, Any], *, dry_run: bool) -> "OnboardingOut":
        """Return a report as JSON says it."""
        return cls(**report, unspent=MoneyOut.of(report["unspent_minor"]), dry_run=dry_run)


class OnboardingDetail(OnboardingOut):
    """With which workbook an organization went live, and what was on its way on that day."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _REPORT
            | {
                "taken_by": "staff:01997d5d-ac96-774b-bcce-b302099a8005",
                "taken_at": "2026-07-01T02:00:00Z",
                "file_sha256": "0" * 64,
                "in_transit": [
                    {
                        "number": 1,
                        "words": "平台未到账结算款",
                        "amount": {"amount": 500000, "currency": "CNY"},
                        "expected_on": "2026-07-05",
                        "left": {"amount": 0, "currency": "CNY"},
                        "arrivals": [ARRIVED],
                    }
                ],
            }
        )
    )

    taken_by: str
    taken_at: datetime
    file_sha256: str
    in_transit: list[CarriedTransitOut]

    @classmethod
    def read(
        cls, kept: Onboarding, transits: Sequence[CarriedTransit], arrived: Sequence[TransitArrival]
    ) -> "OnboardingDetail":
        """Return what was kept as JSON says it."""
        said = OnboardingOut.of(kept.report, dry_run=False)
        return cls(
            **dict(said),
            taken_by=kept.actor,
            taken_at=kept.created_at,
            file_sha256=kept.file_sha256.hex(),
            in_transit=[CarriedTransitOut.of(one, arrived) for one in transits],
        )


class CarriedGiftOut(BaseModel):
    """What was unspent of an earlier gift: fen of its fund from `first_serial` on."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8031",
                "fund_id": _FUND,
                "first_serial": 0,
                "amount": {"amount": 50000, "currency": "CNY"},
                "given_on": "2025-11-02",
                "earlier_number": "2025-000123",
                "donor": "王**",
            }
        )
    )

    id: UUID
    fund_id: UUID
    first_serial: int
    amount: MoneyOut
    given_on: date
    earlier_number: str | None
    donor: str | None = Field(description="In full for those who may read donors, masked for the rest.")

    @classmethod
    def of(cls, gift: CarriedGift, donor: str | None) -> "CarriedGiftOut":
        """Return a gift as JSON says it."""
        return cls(
            id=gift.id,
            fund_id=gift.fund_id,
            first_serial=gift.first_serial,
            amount=MoneyOut.of(gift.amount),
            given_on=gift.given_on,
            earlier_number=gift.earlier_number,
            donor=donor,
        )


class CarriedGiftQuery(PageQuery):
    """Which of the gifts that were given before."""

    fund_id: UUID | None = None
    given_on_from: Day | None = None
    given_on_to: Day | None = None


class CarriedCampaignOut(BaseModel):
    """A campaign that ran before the books went live: its clocks go on from its last publication."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "campaign_id": _CAMPAIGN,
                "code": "SX-2026-BRIDGE",
                "filing_no": "52620600MJY949356HA25006",
                "starts_on": "2025-06-01",
                "last_published_on": "2026-05-30",
            }
        )
    )

    campaign_id: UUID
    code: str
    filing_no: str | None
    starts_on: date
    last_published_on: date

    @classmethod
    def of(cls, campaign: Campaign, last_published_on: date) -> "CarriedCampaignOut":
        """Return a campaign as JSON says it."""
        return cls(
            campaign_id=campaign.id,
            code=campaign.code,
            filing_no=campaign.filing_no,
            starts_on=campaign.starts_on,
            last_published_on=last_published_on,
        )
