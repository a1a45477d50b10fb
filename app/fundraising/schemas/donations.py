"""Donations as JSON."""

from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Channel
from app.fundraising.gifts import Gift, Giver, Original, OutcomeKind
from app.fundraising.givers import Known
from app.fundraising.models import Campaign, Donation, DonationState, DonorKind
from app.fundraising.registers import Search
from app.fundraising.schemas import examples
from app.fundraising.schemas.corrections import CorrectionOut
from app.fundraising.schemas.purposes import AllocationOut, PurposeIn
from app.fundraising.schemas.refunds import RefundOut
from app.kit.clock import legal_day, today
from app.kit.fields import (
    Body,
    Day,
    Flag,
    ForeignMoneyIn,
    ForeignMoneyOut,
    Line,
    MoneyIn,
    MoneyOut,
    PastMoment,
    Words,
)
from app.kit.http.pages import FRAME, PageQuery
from app.kit.ids import new_id
from app.kit.money import AMOUNT_MINOR_MAX


class GiverIn(Body):
    """Who gives, as far as they say, and what may be shown of it; what nobody agreed to is not shown."""

    name: Line | None = None
    kind: DonorKind = DonorKind.individual
    anonymous: Flag = False
    show_name: Flag = False
    show_amount: Flag = True
    show_message: Flag = False
    show_photo: Flag = Field(default=False, description="A photo of the giver, such as at a handover.")


class GiftIn(PurposeIn):
    """A gift that reaches us at the counter or in the bank, outside any platform."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.GIFT_IN))

    channel_id: UUID
    amount: MoneyIn
    donated_at: PastMoment
    original: ForeignMoneyIn | None = Field(default=None, description="What a foreign gift was.")
    giver: GiverIn = GiverIn()
    message: Words | None = None
    their_id: Line | None = Field(
        default=None,
        description="Your own number for the gift, such as the receipt's; unique in the channel.",
    )

    def as_gift(self, campaign: Campaign, channel: Channel, actor: str) -> Gift:
        """Return the same in the words of the rules."""
        gift_id = new_id()
        return Gift(
            id=gift_id,
            source_id=channel.id,
            channel=channel,
            their_id=self.their_id or str(gift_id),
            campaign=campaign.code,
            amount=self.amount.amount,
            donated_at=self.donated_at,
            actor=actor,
            source=channel.code,
            designation=self.designation,
            allocations=self.parts(),
            giver=Giver(**dict(self.giver)),
            message=self.message,
            original=self.original and Original(self.original.currency, self.original.amount),
        )


_Fen = Field(default=None, ge=0, le=AMOUNT_MINOR_MAX, description="Fen.")


class DonationQuery(PageQuery):
    """Which donations to list. Days are those of Asia/Shanghai."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    channel_id: UUID | None = None
    donor_id: UUID | None = None
    state: DonationState | None = None
    donated_on_from: Day | None = None
    donated_on_to: Day | None = None
    amount_from: int | None = _Fen
    amount_to: int | None = _Fen
    their_id: Line | None = Field(default=None, description="The order number on a donor's bill.")
    lookup_code: Line | None = None
    sort: Literal["created_at", "-created_at", "donated_at", "-donated_at", "amount", "-amount"] = (
        "-created_at"
    )

    def search(self) -> Search:
        """Return the same in the words of the register."""
        return Search(**self.model_dump(exclude=FRAME))


class GiverOut(BaseModel):
    """Who gave. Without the right to read donors a name is masked, and nothing else is told."""

    kind: DonorKind
    anonymous: bool
    donor_id: UUID | None
    name: str | None
    message: str | None
    masked: bool
    show_name: bool
    show_amount: bool
    show_message: bool
    show_photo: bool


class DonationOut(BaseModel):
    """A donation as it stands."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.DONATION))

    id: UUID
    organization_id: UUID
    campaign_id: UUID | None
    channel_id: UUID
    source_id: UUID
    their_id: str
    lookup_code: str
    amount: MoneyOut
    original: ForeignMoneyOut | None = Field(description="What a foreign gift was, before it became yuan.")
    refunded: MoneyOut
    donated_at: datetime
    donated_on: date
    created_at: datetime
    state: DonationState
    entry_id: UUID
    correction_count: int
    giver: GiverOut

    @classmethod
    def of(cls, donation: Donation, known: Known, **more: Any) -> Self:  # noqa: ANN401
        """Return a donation as JSON shows it."""
        facts: dict[str, Any] = {name: getattr(donation, name) for name in _COPIED}
        giver: dict[str, Any] = {name: getattr(donation, name) for name in _OF_THE_GIVER}
        giver |= {"name": known.name, "message": known.message, "masked": known.masked}
        currency, amount = donation.original_currency, donation.original_amount
        return cls(
            amount=MoneyOut.of(donation.amount),
            original=ForeignMoneyOut(currency=currency, amount=amount) if currency and amount else None,
            refunded=MoneyOut.of(donation.refunded),
            donated_on=legal_day(donation.donated_at),
            giver=GiverOut(kind=donation.donor_kind, **giver),
            **facts,
            **more,
        )


_COPIED = (
    *("id", "organization_id", "campaign_id", "channel_id", "source_id", "their_id", "lookup_code"),
    *("donated_at", "created_at", "state", "entry_id", "correction_count"),
)
_OF_THE_GIVER = ("anonymous", "donor_id", "show_name", "show_amount", "show_message", "show_photo")


class ReceivedOut(DonationOut):
    """What became of a gift at the counter; the giver follows it with the lookup code."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.DONATION | {"outcome": "posted"}))

    outcome: OutcomeKind


class DonationDetail(DonationOut):
    """A donation with its parts, what went back of it and what was corrected."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            examples.DONATION
            | {"allocations": [examples.ALLOCATION], "refunds": [], "corrections": [examples.CORRECTION]}
            | {"allowed_actions": ["refund"], "irregular": False}
        )
    )

    allocations: list[AllocationOut]
    refunds: list[RefundOut]
    corrections: list[CorrectionOut]
    allowed_actions: list[str] = Field(description="What the caller may do about it, as it now stands.")
    irregular: bool = Field(description="It came by a way that its campaign was not free to use.")


class SuspenseQuery(PageQuery):
    """Which gifts in suspense to list."""

    organization_id: UUID | None = None
    age_days_from: int | None = Field(default=None, ge=0, le=100_000)
    age_days_to: int | None = Field(default=None, ge=0, le=100_000)
    sort: Literal["created_at", "-created_at", "donated_at", "-donated_at", "amount", "-amount"] = (
        "created_at"
    )


class WaitingOut(DonationOut):
    """A gift that waits to be claimed: for how long, and the campaign it was told to be for."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            examples.DONATION
            | {"state": "suspense", "campaign_id": None, "age_days": 3, "told_campaign": "SX-2025-BRIDGE"}
        )
    )

    age_days: int
    told_campaign: str

    @classmethod
    def waiting(cls, donation: Donation, known: Known) -> Self:
        """Return a gift in suspense as JSON shows it."""
        age = (today() - legal_day(donation.donated_at)).days
        return cls.of(donation, known, age_days=age, told_campaign=donation.first_campaign_code)


class ClaimIn(PurposeIn):
    """The campaign that a gift in suspense is for."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"campaign_id": "01890a5d-ac96-774b-bcce-b302099a8057"}]}
    )

    campaign_id: UUID
