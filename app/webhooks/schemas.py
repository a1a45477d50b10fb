"""What platforms say to us over HTTP: the events of the contract (api.md, "The donation webhook")."""

from typing import Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.models import DonorKind
from app.kit.fields import Day, Flag, Minor, Moment, PastMoment, wrong
from app.kit.money import AMOUNT_MINOR_MAX

Text = Annotated[str, Field(strict=True, min_length=1, max_length=200)]
Sum = Annotated[int, Field(strict=True, ge=0, le=AMOUNT_MINOR_MAX)]
Words = Annotated[str, Field(strict=True, max_length=2000)]


class Said(BaseModel):
    """Something a platform says; members that we do not know are kept with the message, not refused."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    NULL_SAYS: ClassVar[frozenset[str]] = frozenset()
    """The members of which `null` is a word, and not how something is left out."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, told: object) -> object:
        # `null` is how many programs write what they leave out.
        if not isinstance(told, dict):
            return told
        members = cast("dict[str, object]", told)
        if None not in members.values():
            return members
        return {name: value for name, value in members.items() if value is not None or name in cls.NULL_SAYS}


class ConsentSaid(Said):
    """What may be shown of a gift."""

    name: Flag = False
    amount: Flag = True
    message: Flag = False
    photo: Flag = False


class DonorSaid(Said):
    """Who gave."""

    external_id: Text | None = None
    display_name: Text | None = None
    publish_consent: Flag = False
    kind: DonorKind = DonorKind.individual
    anonymous: Flag = False
    domicile: Literal["mainland", "hk_mo_tw", "overseas"] | None = None
    consent: ConsentSaid | None = None


class ReceiptSaid(Said):
    """That the donor asks for a receipt."""

    title: Text | None = None
    tax_id: Text | None = None
    email: Text | None = None


class GiftSaid(Said):
    """The data of `donation.succeeded`."""

    donation_id: Text
    campaign: Text
    amount: Minor
    currency: Literal["CNY"]
    donated_at: PastMoment
    designation: Text | None = None
    donor: DonorSaid = DonorSaid()
    message: Words | None = None
    payer_name: Text | None = None
    fundraiser_code: Text | None = None
    plan_id: Text | None = None
    receipt_request: ReceiptSaid | None = None
    matches: Text | None = None
    test: Flag = False


class UpdateSaid(Said):
    """The data of `donation.updated`: never money. What is left out stays; `message: null` takes it back."""

    NULL_SAYS = frozenset({"message"})

    donation_id: Text
    donor: DonorSaid = DonorSaid()
    consent: ConsentSaid | None = None
    message: Words | None = None
    receipt_request: ReceiptSaid | None = None
    test: Flag = False


class RefundSaid(Said):
    """The data of `donation.refunded`."""

    refund_id: Text
    donation_id: Text
    amount: Minor
    currency: Literal["CNY"]
    refunded_at: PastMoment
    reason: Words | None = None
    test: Flag = False


class DisputeSaid(Said):
    """The data of `donation.disputed` and `donation.dispute_closed`."""

    dispute_id: Text
    donation_id: Text
    amount: Minor
    currency: Literal["CNY"]
    at: PastMoment
    outcome: Literal["won", "lost"] | None = None
    test: Flag = False


class PlanSaid(Said):
    """The data of `plan.*`; what is left out stays as it was."""

    plan_id: Text
    campaign: Text
    amount: Minor | None = None
    day: Annotated[int, Field(strict=True, ge=1, le=31)] | None = None
    at: PastMoment
    test: Flag = False


class PayoutSaid(Said):
    """The data of `settlement.paid`; the sums agree, or nothing of it is believed."""

    settlement_id: Text
    begins_on: Day = Field(alias="from")
    ends_on: Day = Field(alias="to")
    count: Sum
    gross: Sum
    fee: Sum
    refunded: Sum
    net: Annotated[int, Field(strict=True, ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX)]
    currency: Literal["CNY"]
    bank_account_last4: Annotated[str, Field(strict=True, pattern=r"^[0-9]{4}$")] | None = None
    paid_at: PastMoment
    test: Flag = False

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.net != self.gross - self.refunded - self.fee:
            raise wrong("net is gross less refunded less fee", "净额应等于总额减退款减手续费", code="sums")
        if self.ends_on < self.begins_on:
            raise wrong("the days end before they begin", "结束日期早于开始日期", code="days")
        return self


class MatchedSaid(Said):
    """What was added to one gift."""

    donation_id: Text
    amount: Minor


class MatchingSaid(Said):
    """The data of `matching.result`; each gift stands there once, and the amounts add up."""

    matching_id: Text
    campaign: Text
    amount: Minor
    donations: Annotated[tuple[MatchedSaid, ...], Field(min_length=1)]
    test: Flag = False

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.amount != sum(one.amount for one in self.donations):
            raise wrong(
                "amount is the sum of what was added to each gift", "金额应等于各笔配捐之和", code="sums"
            )
        if len({one.donation_id for one in self.donations}) != len(self.donations):
            raise wrong("a gift stands here twice", "同一笔捐赠重复出现", code="twice")
        return self


class EventSaid(Said):
    """What every event says; the data of a type that is not ours may be anything, or nothing."""

    type: Annotated[str, Field(strict=True, min_length=1, max_length=100)]
    timestamp: Moment
    data: Any = None
