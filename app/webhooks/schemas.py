"""What platforms say to us over HTTP: the events of the contract (api.md, "The donation webhook")."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import DonorKind
from app.kit.fields import Flag, Minor, Moment, PastMoment

Text = Annotated[str, Field(strict=True, min_length=1, max_length=200)]
Words = Annotated[str, Field(strict=True, max_length=2000)]


class Said(BaseModel):
    """Something a platform says; members that we do not know are kept with the message, not refused."""

    model_config = ConfigDict(extra="ignore", frozen=True)


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


class EventSaid(Said):
    """What every event says."""

    type: Annotated[str, Field(strict=True, min_length=1, max_length=100)]
    timestamp: Moment
    data: dict[str, Any]
