"""A donor's own gifts as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Campaign, Donation, DonationState
from app.fundraising.own.consents import Consent
from app.fundraising.own.gifts import Given
from app.fundraising.schemas import examples
from app.kit.fields import Body, Flag, MoneyOut, shown

_GIVEN = "2026-05-01T02:30:00Z"
_CODE = "7ZQ4M0T2V9KXC3HB5N8D"


class DonationConsentIn(Body):
    """What the public may see of a gift; all of it is said each time."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"show_name": False, "show_amount": True, "show_message": False, "show_photo": False}
        )
    )

    show_name: Flag = Field(description="On an anonymous gift it ends the anonymity.")
    show_amount: Flag
    show_message: Flag
    show_photo: Flag = Field(default=False, description="A photo of the giver, such as at a handover.")

    def consent(self) -> Consent:
        """Return the same in the words of the rules."""
        return Consent(**dict(self))


class DonorMeOut(BaseModel):
    """What the person who asks gave, as far as they proved who they are."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "visitor_id": "01997d5d-ac96-774b-bcce-b302099a8010",
                "donor_ids": ["01997d5d-ac96-774b-bcce-b302099a8011"],
                "gift_count": 3,
                "amount": {"amount": 15000, "currency": "CNY"},
                "refunded": {"amount": 0, "currency": "CNY"},
                "first_at": _GIVEN,
                "last_at": _GIVEN,
            }
        )
    )

    visitor_id: UUID
    donor_ids: list[UUID] = Field(description="One for each platform through which they gave.")
    gift_count: int
    amount: MoneyOut
    refunded: MoneyOut
    first_at: datetime | None
    last_at: datetime | None

    @classmethod
    def of(cls, visitor_id: UUID, donor_ids: Sequence[UUID], given: Given) -> Self:
        """Return what a person gave as JSON shows it to themselves."""
        return cls(
            visitor_id=visitor_id,
            donor_ids=[*donor_ids],
            gift_count=given.gift_count,
            amount=MoneyOut.of(given.amount),
            refunded=MoneyOut.of(given.refunded),
            first_at=given.first_at,
            last_at=given.last_at,
        )


class OwnDonationOut(BaseModel):
    """A gift as its giver reads it: what they gave, what became of it, and where to follow it."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8005",
                "order_number": "T-20260501-000001",
                "campaign_id": "01997d5d-ac96-774b-bcce-b302099a8002",
                "campaign_code": "SX-2026-BRIDGE",
                "campaign_title": "慈安桥",
                "amount": {"amount": 5000, "currency": "CNY"},
                "refunded": {"amount": 0, "currency": "CNY"},
                "donated_at": _GIVEN,
                "state": "posted",
                "lookup_code": _CODE,
                "trace_url": f"https://example.org/v1/disclosure/donations/{_CODE}/trace",
                "anonymous": False,
                "show_name": True,
                "show_amount": True,
                "show_message": False,
                "show_photo": False,
            }
        )
    )

    id: UUID
    order_number: str = Field(description="The platform's own number, as on the donor's bill.")
    campaign_id: UUID | None = Field(description="Null while it waits in suspense.")
    campaign_code: str | None
    campaign_title: str | None
    amount: MoneyOut
    refunded: MoneyOut
    donated_at: datetime
    state: DonationState
    lookup_code: str
    trace_url: str = Field(description="Where the money went.")
    anonymous: bool
    show_name: bool
    show_amount: bool
    show_message: bool
    show_photo: bool

    @classmethod
    def of(cls, donation: Donation, campaign: Campaign | None, public_url: str) -> Self:
        """Return a gift as JSON shows it to its giver."""
        copied: dict[str, Any] = {name: getattr(donation, name) for name in _COPIED}
        return cls(
            order_number=donation.their_id,
            campaign_code=campaign and campaign.code,
            campaign_title=campaign and campaign.title,
            amount=MoneyOut.of(donation.amount),
            refunded=MoneyOut.of(donation.refunded),
            trace_url=f"{public_url}/v1/disclosure/donations/{donation.lookup_code}/trace",
            **copied,
        )


_COPIED = (
    *("id", "campaign_id", "donated_at", "state", "lookup_code"),
    *("anonymous", "show_name", "show_amount", "show_message", "show_photo"),
)
