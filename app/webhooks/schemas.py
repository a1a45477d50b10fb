"""What platforms say to us over HTTP: the events of the contract (api.md, "The donation webhook")."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.fundraising.models import DonorKind
from app.kit.clock import now
from app.kit.money import AMOUNT_MINOR_MAX

AHEAD_MAX = timedelta(hours=24)


def _moment(value: object) -> object:
    # Pydantic would also take Unix seconds and dates; the contract says RFC 3339 with an offset.
    if not isinstance(value, str) or len(value) < len("2026-05-01T08:00:00Z") or value[10] not in "Tt":
        raise PydanticCustomError("rfc3339", "a moment is written as RFC 3339 with an offset")
    return value


def _not_far_ahead(value: datetime) -> datetime:
    if value > now() + AHEAD_MAX:
        raise PydanticCustomError("ahead", "the moment is more than 24 hours ahead")
    return value


Text = Annotated[str, Field(strict=True, min_length=1, max_length=200)]
Words = Annotated[str, Field(strict=True, max_length=2000)]
Flag = Annotated[bool, Field(strict=True)]
Amount = Annotated[int, Field(strict=True, ge=1, le=AMOUNT_MINOR_MAX)]
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]


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
    amount: Amount
    currency: Literal["CNY"]
    donated_at: Annotated[Moment, AfterValidator(_not_far_ahead)]
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
    amount: Amount
    currency: Literal["CNY"]
    refunded_at: Moment
    reason: Words | None = None
    test: Flag = False


class DisputeSaid(Said):
    """The data of `donation.disputed` and `donation.dispute_closed`."""

    dispute_id: Text
    donation_id: Text
    amount: Amount
    currency: Literal["CNY"]
    at: Moment
    outcome: Literal["won", "lost"] | None = None
    test: Flag = False


class EventSaid(Said):
    """What every event says."""

    type: Annotated[str, Field(strict=True, min_length=1, max_length=100)]
    timestamp: Moment
    data: dict[str, Any]
