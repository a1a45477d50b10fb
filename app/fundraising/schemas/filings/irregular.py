"""Irregular receipts as JSON: money that came by a way that its campaign was not free to use."""

import enum
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.models import Campaign, CampaignDay, CampaignKind, Donation
from app.fundraising.schemas.filings import examples
from app.kit.fields import MoneyOut, shown
from app.kit.http.pages import PageQuery


class Irregularity(enum.StrEnum):
    """Why money should not have come that way."""

    platform_not_designated = "platform_not_designated"
    targeted_in_public = "targeted_in_public"


def why(campaign: Campaign) -> Irregularity:
    """Return why money should not have come to a campaign that way."""
    targeted = campaign.kind is CampaignKind.targeted
    return Irregularity.targeted_in_public if targeted else Irregularity.platform_not_designated


class IrregularDayOut(BaseModel):
    """A day on which money came by a way that the campaign was not free to use; it is booked all the same."""

    model_config = ConfigDict(json_schema_extra=shown(examples.IRREGULAR))

    day: date
    campaign_id: UUID
    campaign_code: str
    channel_id: UUID
    platform_id: UUID | None
    why: Irregularity
    raised: MoneyOut
    gift_count: int

    @classmethod
    def of(cls, day: CampaignDay, campaign: Campaign, platform_id: UUID | None) -> Self:
        """Return an irregular day as JSON shows it."""
        return cls(
            day=day.day,
            campaign_id=campaign.id,
            campaign_code=campaign.code,
            channel_id=day.channel_id,
            platform_id=platform_id,
            why=why(campaign),
            raised=MoneyOut.of(day.raised),
            gift_count=day.gift_count,
        )


class IrregularGiftOut(BaseModel):
    """A gift that came by a way that its campaign was not free to use; it is booked all the same."""

    model_config = ConfigDict(json_schema_extra=shown(examples.IRREGULAR_GIFT))

    donation_id: UUID
    campaign_id: UUID
    campaign_code: str
    channel_id: UUID
    why: Irregularity
    amount: MoneyOut
    donated_at: datetime

    @classmethod
    def of(cls, gift: Donation, campaign: Campaign) -> Self:
        """Return a flagged gift as JSON shows it."""
        return cls(
            donation_id=gift.id,
            campaign_id=campaign.id,
            campaign_code=campaign.code,
            channel_id=gift.channel_id,
            why=why(campaign),
            amount=MoneyOut.of(gift.amount),
            donated_at=gift.donated_at,
        )


class IrregularGiftQuery(PageQuery):
    """Which flagged gifts to list."""

    campaign_id: UUID | None = None
    channel_id: UUID | None = None
